"""``jdneg config``: language and time zone of this home."""

from __future__ import annotations

from jdneg.blocks import Facts
from jdneg.commands.shared.options import Text
from jdneg.i18n import LANGUAGES, language, t
from jdneg.result import Result
from jdneg.session import DEFAULT_ZONE, Session


def show(session: Session) -> Result:
    zone = session.config.get("timezone", DEFAULT_ZONE)
    data = {"home": str(session.home), "lang": session.config.get("lang", language()), "timezone": zone}
    labels = {"home": t("init.home"), "lang": t("init.language"), "timezone": t("init.zone")}
    return Result(data, (Facts(tuple((labels[key], value) for key, value in data.items())),))


def set_(session: Session, language_: Text = None, tz: Text = None) -> Result:
    from zoneinfo import ZoneInfo

    from jdneg.errors import BadChoice, MissingFlags
    from jdneg.storage.home import write_config

    if not language_ and not tz:
        raise MissingFlags(flags="--language --tz")
    if language_ and language_ not in LANGUAGES:
        raise BadChoice(value=language_, choices=", ".join(LANGUAGES))
    if tz:
        try:
            ZoneInfo(tz)
        except (KeyError, ValueError, OSError) as error:
            raise BadChoice(value=tz, choices="Asia/Shanghai, UTC, …") from error
    session.start_writing()
    fresh = {"lang": language_, "timezone": tz}
    write_config(session.home, session.config | {key: value for key, value in fresh.items() if value})
    session.__dict__.pop("config", None)
    return show(session)
