"""Undo appends the inverses of a batch, redo applies it again; what was written stays written.

A batch is undone when no later batch, itself not undone, touched the same records. A new batch after an undo
ends what could be redone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from typing import BinaryIO, NamedTuple

from jdneg.domain.ids import LocalRef
from jdneg.errors import NotFound, NothingToUndo, UndoRefused
from jdneg.storage.batch import Draft
from jdneg.storage.cites import cited_ids
from jdneg.storage.history import undone_batch
from jdneg.storage.index import Index
from jdneg.storage.journal import Journal
from jdneg.storage.lines import Json, Line
from jdneg.storage.replay import PUTS
from jdneg.values import dataclass

_INVERSE = {"add": "withdraw", "amend": "amend", "withdraw": "reinstate", "reinstate": "withdraw"}
_AGAIN = {"add": "reinstate", "amend": "amend", "withdraw": "withdraw", "reinstate": "reinstate"}
_NO_BATCH = "B0"


class Touched(NamedTuple):
    """An entry of the batch that was undone or redone."""

    op: str
    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class UndoReceipt:
    """``batch`` is the new one, ``undone`` the one it undid (or did again), ``lines`` that one's entries."""

    batch: str
    undone: str
    lines: tuple[Touched, ...]
    head: str


class Plan(NamedTuple):
    """What to append, what it answers, and the records that would go."""

    target: str
    drafts: list[Draft]
    touched: tuple[Touched, ...]
    going: list[str]


@dataclass(slots=True)
class Ledger:
    """Which batches hold, in the order they were written, and which can be done again, the newest last."""

    done: dict[str, tuple[int, int]] = field(default_factory=dict)
    redoable: dict[str, tuple[int, int]] = field(default_factory=dict)
    written: int = 0

    def take(self, batch: Sequence[Line]) -> None:
        undoes, redoes = undone_batch(batch[0])
        self.written = _number(batch[0].batch)
        if undoes:
            self.redoable[undoes] = self.done.pop(undoes)
        elif redoes:
            self.done[redoes] = self.redoable.pop(redoes)
        elif batch[0].kind == "journal":  # what the journal says of itself is never undone
            return
        else:
            self.done[batch[0].batch] = (batch[0].offset, batch[-1].end)
            self.redoable.clear()


def plan_undo(journal: Journal, file: BinaryIO, asked: str | None) -> Plan:
    """The inverses of the last batch that holds, or of the one asked for, last entry first."""
    ledger = _ledger(journal, file)
    target = asked or max(ledger.done, key=_number, default=_NO_BATCH)
    if _number(target) > ledger.written:
        raise NotFound(id=target)
    if target not in ledger.done:
        raise NothingToUndo()
    lines = list(journal.lines(file, *ledger.done[target]))
    if any(line.op not in _INVERSE for line in lines):
        raise NothingToUndo()  # a purge has no inverse
    _refuse_touched(journal, file, ledger, target, {line.id for line in lines})
    before = _before(journal, file, {line.id for line in lines if line.op == "amend"}, ledger.done[target])
    drafts = [_draft(_INVERSE[line.op], line, {"undoes": target}, before.get(line.seq)) for line in reversed(lines)]
    return Plan(target, drafts, _touched(lines), _going(drafts))


def plan_redo(journal: Journal, file: BinaryIO) -> Plan:
    """What was undone last, once more."""
    ledger = _ledger(journal, file)
    if not ledger.redoable:
        raise NothingToUndo()
    target = list(ledger.redoable)[-1]
    lines = list(journal.lines(file, *ledger.redoable[target]))
    drafts = [_draft(_AGAIN[line.op], line, {"redoes": target}, line) for line in lines]
    return Plan(target, drafts, _touched(lines), _going(drafts))


def _ledger(journal: Journal, file: BinaryIO) -> Ledger:
    ledger = Ledger()
    for batch in journal.batches(file):
        ledger.take(batch)
    return ledger


def _number(batch: str) -> int:
    return int(batch[1:])


def _refuse_touched(journal: Journal, file: BinaryIO, ledger: Ledger, target: str, ids: set[str]) -> None:
    """A later batch that holds may have changed the same record: undoing below it would take that along."""
    later = [place for batch, place in ledger.done.items() if _number(batch) > _number(target)]
    found = {line.id for place in later for line in journal.lines(file, *place) if line.id in ids}
    if found:
        raise UndoRefused(batch=target, dependants=sorted(found))


def _before(journal: Journal, file: BinaryIO, ids: set[str], place: tuple[int, int]) -> dict[int, Line]:
    """For each amendment in the batch, by its number, the line with the text it replaced."""
    former: dict[str, Line] = {}
    found: dict[int, Line] = {}
    start, stop = place
    for line in journal.lines(file, 0, stop if ids else 0):
        if line.id in ids and line.op in PUTS:
            if line.op == "amend" and line.offset >= start:
                found[line.seq] = former[line.id]
            former[line.id] = line
    return found


def _draft(op: str, line: Line, envelope: Json, text: Line | None) -> Draft:
    if op == "amend" and text is not None:
        envelope = envelope | ({"step": True} if line.step else {}) | {"record": text.read()["record"]}
    return Draft(op, line.kind, line.id, lambda _: envelope)


def _touched(lines: Sequence[Line]) -> tuple[Touched, ...]:
    return tuple(Touched(line.op, line.kind, line.id) for line in lines)


def _going(drafts: Sequence[Draft]) -> list[str]:
    return [str(draft.id) for draft in drafts if draft.op == "withdraw"]


def _no_ref(ref: LocalRef) -> str:
    raise TypeError(f"an inverse has no local reference: {ref!r}")


def refuse_cited(plan: Plan, index: Index) -> None:
    """What a live record cites stays: UndoRefused names who cites it, unless its own citation goes in this step."""
    going = set(plan.going)
    after = {
        draft.id: cited_ids(draft.kind, draft.envelope(_no_ref)["record"])
        for draft in plan.drafts
        if draft.op == "amend"
    }
    dependants = [one for one in index.dependants(plan.going) if one not in after or after[one] & going]
    if dependants:
        raise UndoRefused(batch=plan.target, dependants=dependants)
