"""``jdneg view``: filters that are used again, by a name."""

from __future__ import annotations

from collections.abc import Sequence

from jdneg.commands.shared.options import Need, Words
from jdneg.domain.messages import Message
from jdneg.errors import MissingFlags, UnknownView
from jdneg.i18n import t
from jdneg.result import Result
from jdneg.session import Session


def save(session: Session, name: Need, filter_: Words = None) -> Result:
    from jdneg.blocks import Paragraph
    from jdneg.commands.shared.filtering import read_filter
    from jdneg.domain.filters.views import saved_views, view_name

    called = view_name(name)
    if not filter_:
        raise MissingFlags(flags="FILTER")
    words = read_filter(session, filter_).words  # views of views are taken apart: none can go round in circles
    before = saved_views(session.config).get(called)
    _keep(session, called, words)
    told = (Message("view.replaced", {"name": called, "filter": " ".join(before)}, "hint"),) if before else ()
    said = Paragraph(t("view.saved", name=called, filter=" ".join(words)))
    return Result({"name": called, "filter": list(words), "before": list(before) if before else None}, (said,), told)


def drop(session: Session, name: Need) -> Result:
    from jdneg.blocks import Paragraph
    from jdneg.domain.filters.views import saved_views, view_name

    called, views = view_name(name), saved_views(session.config)
    if called not in views:
        raise UnknownView(name=called, known=", ".join(f"@{one}" for one in views) or "-")
    _keep(session, called, None)
    return Result({"name": called, "filter": list(views[called])}, (Paragraph(t("view.dropped", name=called)),))


def list_(session: Session) -> Result:
    from jdneg.blocks import Table
    from jdneg.domain.filters.views import saved_views
    from jdneg.views.records import empty
    from jdneg.views.words import label

    views = saved_views(session.config)
    if not views:
        return empty("view.none", "views")
    rows = tuple((f"@{name}", " ".join(words)) for name, words in views.items())
    data = [{"name": name, "filter": list(words)} for name, words in views.items()]
    return Result({"views": data}, (Table((label("name"), label("filter")), rows),))


def _keep(session: Session, name: str, words: Sequence[str] | None) -> None:
    from jdneg.domain.filters.views import kept
    from jdneg.storage.home import write_config

    session.start_writing()
    write_config(session.home, kept(session.config, name, words))
    session.__dict__.pop("config", None)
