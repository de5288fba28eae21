"""``history``, ``undo``, ``redo``, ``doctor``: the journal itself."""

from __future__ import annotations

from jdneg.commands.shared.options import Arg, Switch, Text
from jdneg.commands.shared.reading import Reader
from jdneg.result import Result
from jdneg.session import Session

_NEWEST = 50  # entries of the whole journal, unless --last says more


def history(session: Session, record: Arg = None, last: Text = None) -> Result:
    from jdneg.domain.ids import parse_id
    from jdneg.views.journal import history_page

    read = Reader(session)
    count = read.number(last, least=1)
    read.done()
    asked = parse_id(record) if record else None
    return history_page(session.store.history(asked, last=count or (None if asked else _NEWEST)))


def undo(session: Session, batch: Arg = None) -> Result:
    from jdneg.views.journal import undone

    return undone(session.store.undo(_batch(batch)), "undone", "jdneg redo")


def _batch(text: str | None) -> str | None:
    from jdneg.domain.ids import BATCH, parse_id
    from jdneg.errors import BadId

    if text is not None and not text.strip().upper().startswith(BATCH):
        raise BadId(value=text, expected=f"{BATCH}1")
    return parse_id(text) if text is not None else None


def redo(session: Session) -> Result:
    from jdneg.views.journal import undone

    return undone(session.store.redo(), "redone", "jdneg undo")


def doctor(session: Session, accept_loss: Switch = False) -> Result:
    from jdneg.views.journal import doctor_page

    if accept_loss:
        _accept_loss(session)
    return doctor_page(session.store.doctor(), str(session.home))


def _accept_loss(session: Session) -> None:
    """Go on without what is missing; the journal says so from then on."""
    from jdneg import __version__
    from jdneg.domain.messages import Message
    from jdneg.errors import NotAsOf
    from jdneg.i18n import say
    from jdneg.session import DEFAULT_ZONE

    if session.settings.as_of is not None:
        raise NotAsOf()
    short = session.store.shortfall()
    if short is None:
        return
    zone = session.config.get("timezone", DEFAULT_ZONE)
    session.store.accept_loss(zone, f"jdneg {__version__}", say(Message("view.loss_reason", short.facts)))
    session.notes.append(Message("view.loss_accepted", short.facts, "warning"))
