"""``history``, ``undo``, ``redo``, ``doctor``: the journal itself."""

from __future__ import annotations

from jdneg.commands.options import Arg, Text
from jdneg.commands.reading import Reader
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


def doctor(session: Session) -> Result:
    from jdneg.views.journal import doctor_page

    return doctor_page(session.store.doctor(), str(session.home))
