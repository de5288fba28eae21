"""The drafts of calls in the home: which one to go on with, a new one, one that the journal has already."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jdneg.domain.livecall.notes import CallNotes, Entry, from_json, notes_of, to_json
from jdneg.errors import MissingFlags, NoDraft
from jdneg.i18n import t
from jdneg.session import Session

if TYPE_CHECKING:
    from jdneg.domain.agenda.known import LeftCall
    from jdneg.domain.records.base import Stored
    from jdneg.storage.calldraft import CallDraft


def chosen(session: Session, *, resume: bool, new: bool) -> CallDraft | None:
    """The left draft to go on with, asked for where a person can be asked. Raises NoDraft, MissingFlags."""
    left = _left(session) if not new else []
    if not left:
        if resume:
            raise NoDraft()
        return None
    latest = left[-1]
    for other in left[:-1]:
        other.close()
    if not resume and not _wanted(session, latest):
        latest.close()
        return None
    return latest


def _left(session: Session) -> list[CallDraft]:
    """Drafts that hold something; one that was started and left empty is nothing to offer."""
    from jdneg.storage.calldraft import left_drafts

    found = []
    for draft in left_drafts(session.home):
        entries = entries_of(draft)
        notes = notes_of(entries)
        if notes is not None and not notes.empty:
            found.append(draft)
        elif notes is not None or not entries:
            draft.remove()
        else:  # its beginning is damaged: not ours to throw away
            draft.close()
    return found


def left_call(session: Session) -> LeftCall | None:
    """The latest call that was left with something noted and is not in use; nothing is changed by looking."""
    from jdneg.domain.agenda.known import LeftCall
    from jdneg.storage.calldraft import left_drafts

    found = None
    for draft in left_drafts(session.home):
        notes = notes_of(entries_of(draft))
        draft.close()
        if notes is not None and not notes.empty and not notes.saving:
            found = LeftCall(started=notes.started, lines=len(notes.lines), loan=notes.loan)
    return found


def _wanted(session: Session, draft: CallDraft) -> bool:
    notes = notes_of(entries_of(draft))
    assert notes is not None
    at, count, loan = f"{notes.started:%Y-%m-%d %H:%M}", len(notes.lines), notes.loan or "-"
    if not session.ports.can_ask():
        raise MissingFlags(flags="--resume | --new")
    answer = session.ports.ask(t("assist.offer", at=at, count=count, loan=loan), "Y/n").strip().lower()
    return answer not in ("n", "no", "否", "不")


def entries_of(draft: CallDraft) -> list[Entry]:
    """Those of its lines that are ours."""
    return [entry for entry in map(from_json, draft.lines()) if entry is not None]


def started(session: Session, debt: Stored[Any] | None, *, out: bool) -> CallDraft:
    """A new draft, begun now."""
    from jdneg.storage.calldraft import CallDraft

    now = session.clock()
    draft = CallDraft.create(session.home, f"{now:%Y%m%d-%H%M%S}")
    draft.keep(to_json(Entry(now, "start", "out" if out else "", debt.id if debt else "")))
    return draft


def logged_before(session: Session, notes: CallNotes) -> Stored[Any] | None:
    """The call in the journal, where a process ended between the journal's write and the draft's removal."""
    said = "\n".join(line.text for line in notes.lines if line.who == "they") or None
    for one in session.store.stream("contact"):
        record = one.record
        if record.channel == "call" and record.happened_at == _moment(session, notes) and record.said == said:
            return one
    return None


def _moment(session: Session, notes: CallNotes) -> Any:
    return session.moment(notes.fields["at"])[0] if notes.fields.get("at") else notes.started
