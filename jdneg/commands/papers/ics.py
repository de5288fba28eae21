"""``jdneg export ics``: instalments, promises and deadlines for a calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jdneg.commands.shared.options import Many, Question, Switch, Text, complete
from jdneg.commands.shared.reading import Reader, words_of
from jdneg.result import Result
from jdneg.session import Session

if TYPE_CHECKING:
    from jdneg.documents.ics import Origin
    from jdneg.domain.records.base import Stored


def ics(
    session: Session, what: Many = None, output: Text = None, discreet: Switch = False, force: Switch = False
) -> Result:
    from jdneg.blocks import Paragraph
    from jdneg.commands.shared.pages import target
    from jdneg.commands.talks.today import known
    from jdneg.documents.ics import to_ics
    from jdneg.documents.writers import save
    from jdneg.domain.agenda.calendar import WHAT, events
    from jdneg.i18n import t

    read = Reader(session)
    wanted = tuple(read.choice(one, dict(zip(WHAT, WHAT, strict=True))) for one in words_of(what)) or WHAT
    read.done()
    (output,) = complete(session, [Question("--output", output)])
    path = target(output, ".ics", force=force)
    found = events(known(session), session.as_of, wanted, _former(session))
    save(path, to_ics(found, _origin(session), discreet=discreet), force=force)
    gone = sum(1 for one in found if one.cancelled)
    counts = {name: sum(1 for one in found if one.what == name and not one.cancelled) for name in wanted}
    data = {"path": str(path), "events": len(found) - gone, "cancelled": gone, "counts": counts, "discreet": discreet}
    said = t("ics.wrote", path=str(path), count=len(found) - gone, cancelled=gone)
    return Result(data, (Paragraph(said), Paragraph(t("ics.import_again"))))


def _former(session: Session) -> list[Stored[Any]]:
    """What records said before, and what was taken back: a calendar may still have it."""
    kinds = (("loan", ()), ("case", ()), ("contact", ("next_at",)), ("letter", ("reply_by",)), ("complaint", ()))
    return [one for kind, having in kinds for one in session.store.ever(kind, having)]


def _origin(session: Session) -> Origin:
    """The journal's first entry tells it from others; its last one says how far it has come."""
    from hashlib import sha256

    from jdneg.documents.ics import Origin

    header, (last,) = session.store.get("J1"), session.store.history(last=1)
    mark = sha256(f"{header.recorded_at.isoformat()} {header.payload_sha256}".encode()).hexdigest()[:16]
    return Origin(mark, last.seq, last.recorded_at)
