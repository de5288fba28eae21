"""``jdneg init``: the private home."""

from __future__ import annotations

from jdneg.commands.shared.options import Text
from jdneg.i18n import language, t
from jdneg.result import Result
from jdneg.session import DEFAULT_ZONE, Session


def init(session: Session, tz: Text = None, name: Text = None, phone: Text = None) -> Result:
    from zoneinfo import ZoneInfo

    from jdneg.blocks import Facts, Paragraph
    from jdneg.domain import changes
    from jdneg.domain.records.journal import Profile
    from jdneg.errors import BadChoice

    zone = tz or session.config.get("timezone", DEFAULT_ZONE)
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError) as error:
        raise BadChoice(value=zone, choices="Asia/Shanghai, Asia/Urumqi, UTC, …") from error
    existed = session.store.exists()
    session.create_home(zone, language())
    session.notes.clear()
    if (name or phone) and session.owner is None:
        session.commit([changes.add("profile", Profile(name=name, phone=phone))])
    facts = Facts(
        ((t("init.home"), str(session.home)), (t("init.language"), t("init.this_language")), (t("init.zone"), zone))
    )
    said = Paragraph(t("init.existed" if existed else "init.made"))
    data = {"home": str(session.home), "language": language(), "timezone": zone, "created": not existed}
    return Result(data, (said, facts, Paragraph(t("app.privacy")), Paragraph(t("init.next"))))
