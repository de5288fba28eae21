"""The journal as the rest of jdneg sees it: records in, records out.

What must be fast whatever the journal's length (`commit`, `get`, `by_id`, `near`, `select`) goes by the journal's
end and the index, and checks the lines it reads; what reads everything (`all`, `stream`, `tables`, `history`,
`doctor`, `undo`) checks every hash and the chain.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jdneg.domain.changes import Change, add, step
from jdneg.domain.codec import decode, encode
from jdneg.domain.ids import LocalRef
from jdneg.domain.messages import Message
from jdneg.domain.records import class_of
from jdneg.domain.records.base import Stored
from jdneg.errors import BadState, HeadMoved, InvalidValue, JdnegError, JournalShort, NotFound, ReasonNeeded
from jdneg.storage.batch import Draft, Receipt, Resolve
from jdneg.storage.cites import cited_ids
from jdneg.storage.index import Index
from jdneg.storage.journal import PLACE_BUFFER, Journal
from jdneg.storage.lines import FORMAT, Json, dumps, loads
from jdneg.storage.replay import PUTS, Version, stored_from, stored_of, sweep, versions
from jdneg.storage.vault import Vault

if TYPE_CHECKING:
    from tinydb import TinyDB

    from jdneg.storage.history import HistoryEntry
    from jdneg.storage.undo import Plan, UndoReceipt

__all__ = ["Receipt", "Store"]

_TRIES = 20


class Store:
    """``clock`` gives the moment that stamps an entry; with ``clock_set`` every entry says it was set.

    Reading needs a journal (NoHome) and no right to write. Every method may raise JournalBroken, LaterFormat and
    DiskFailed; those that write LockTimeout too.
    """

    def __init__(
        self,
        home: Path,
        clock: Callable[[], dt.datetime],
        *,
        clock_set: bool = False,
        on_wait: Callable[[], None] | None = None,
    ) -> None:
        self.home = home
        self.vault = Vault(home)
        self._clock = clock
        self._clock_set = clock_set
        self._journal = Journal(home, on_wait)

    @cached_property
    def _index(self) -> Index:
        return Index(self._journal, self.home / "cache" / "index.sqlite")

    # Writing

    def exists(self) -> bool:
        """Whether there is a journal here."""
        return self._journal.exists()

    def create(self, timezone: str, created_by: str) -> None:
        """Make the private home and the journal's first entry; a journal that is there stays as it is."""
        from jdneg.domain.records.journal import JournalHeader

        header = JournalHeader(format=FORMAT, timezone=timezone, created_by=created_by)
        self._journal.create(_draft(add("journal", header)), self._clock, self._clock_set)

    def commit(self, changes: Sequence[Change], *, head: str | None = None) -> Receipt:
        """Write all changes as one batch, or none; return when the disk has them.

        With ``head``, only if nobody wrote since it was read (HeadMoved). Raises NotFound, BadState and ReasonNeeded
        for a correction that does not fit, NotFound for a record that cites what is not there, InvalidValue for
        one that would not read back as it is.
        """
        if not changes:
            raise InvalidValue(value="", flag="changes")
        drafts = [_draft(change) for change in changes]
        cites = _cites(changes)
        if not cites and all(change.op == "add" for change in changes):
            return self._append(drafts, head)
        for _ in range(_TRIES):
            looked_at = head or self.head()
            for change in changes:
                self._check_target(change)
            self._refuse_unknown(cites)
            try:
                return self._append(drafts, looked_at)
            except HeadMoved:
                if head is not None:
                    raise
        raise HeadMoved()

    def accept_loss(self, timezone: str, created_by: str, reason: str) -> Receipt | None:
        """Go on after the journal was cut short, with an entry that says so; None where nothing is missing.

        Ids that were given in what is missing are not given again.
        """
        from jdneg.domain.records.journal import JournalHeader

        short = self.shortfall()
        if short is None:
            return None
        self._index.drop()
        header = JournalHeader(format=FORMAT, timezone=timezone, created_by=created_by)
        try:
            first = next(versions(self._journal, "journal"), None)
        except JournalShort:  # the file itself is gone
            first = None
        if first is None:
            self._journal.create(_draft(add("journal", header)), self._clock, self._clock_set, accept_loss=True)
            first = next(versions(self._journal, "journal"))
        told = step("journal", first.first.id, stored_of(first).record, reason)
        return self._journal.append([_draft(told)], self._clock, self._clock_set, accept_loss=True)

    def shortfall(self) -> JournalShort | None:
        """What was reported as saved and is missing from the journal's end. Raises NoHome."""
        try:
            self.head()
        except JournalShort as gone:
            return gone
        return self._journal.short

    @property
    def doubts(self) -> tuple[Message, ...]:
        """What a reader should know of what was read: that the journal was cut short."""
        short = self._journal.short
        return (Message("integrity.journal_short", short.facts, "warning"),) if short else ()

    def _append(self, drafts: Sequence[Draft], head: str | None) -> Receipt:
        if not self._journal.head_path.exists():
            self._index.live_ids("journal")  # reads on: it tells of a loss, and leaves a head, before ids are given
        return self._journal.append(drafts, self._clock, self._clock_set, head)

    def _check_target(self, change: Change) -> None:
        """A correction needs a reason and something to correct."""
        if change.op == "add" or not isinstance(change.id, str):
            return
        if not change.reason:
            raise ReasonNeeded(id=change.id)
        live = self._index.get(change.id)
        if change.op == "reinstate" and live:
            raise BadState(id=change.id, state=Message("integrity.live"))
        if live is None and (change.op != "reinstate" or self._index.get(change.id, withdrawn=True) is None):
            raise NotFound(id=change.id)

    def _refuse_unknown(self, cites: Mapping[str, str | None]) -> None:
        """What a record cites is live, or was cited by that record before: what went since is no fault of its."""
        for target, by in cites.items():
            if self._index.get(target) is None and not (by and target in self._index.cited_by(by)):
                raise NotFound(id=target)

    def undo(self, batch: str | None = None) -> UndoReceipt:
        """Append the inverses of the last batch not undone, or of ``batch``.

        Raises NothingToUndo, NotFound, UndoRefused (facts: batch, dependants).
        """
        from jdneg.storage.undo import plan_undo

        return self._reverse(lambda file: plan_undo(self._journal, file, batch))

    def redo(self) -> UndoReceipt:
        """Do again what was undone last. Raises NothingToUndo, UndoRefused."""
        from jdneg.storage.undo import plan_redo

        return self._reverse(lambda file: plan_redo(self._journal, file))

    def _reverse(self, make_plan: Callable[[Any], Plan]) -> UndoReceipt:
        from jdneg.storage.undo import UndoReceipt, refuse_cited

        for _ in range(_TRIES):
            with self._journal.open() as file:
                head = self._journal.tail(file).head
                plan = make_plan(file)
            refuse_cited(plan, self._index)
            try:
                receipt = self._append(plan.drafts, head)
            except HeadMoved:
                continue
            return UndoReceipt(receipt.batch, plan.target, plan.touched, receipt.head)
        raise HeadMoved()

    # Reading

    def head(self) -> str:
        """The hash of the last committed line: it moves with every batch."""
        with self._journal.open(PLACE_BUFFER) as file:
            return self._journal.tail(file).head

    def get(self, record_id: str) -> Stored[Any]:
        """The live record. Raises NotFound when there is none, or it was withdrawn."""
        return self._get(record_id, withdrawn=False)

    def get_any(self, record_id: str) -> Stored[Any]:
        """The record, withdrawn or not. Raises NotFound."""
        return self._get(record_id, withdrawn=True)

    def _get(self, record_id: str, *, withdrawn: bool) -> Stored[Any]:
        version = self._index.get(record_id, withdrawn=withdrawn)
        if version is None or version.now.purged:
            raise self.shortfall() or NotFound(id=record_id)  # what is lost is not "never there"
        return stored_of(version, str(self._journal.path))

    def by_id(self, record_ids: Iterable[str]) -> dict[str, Stored[Any]]:
        """The live ones of these records, by their ids; the others are left out."""
        found = ((one, self._index.get(one)) for one in record_ids)
        return {one: stored_of(version, str(self._journal.path)) for one, version in found if version}

    def dependants(self, record_id: str) -> list[Stored[Any]]:
        """The live records that cite this one."""
        return list(self.by_id(self._index.dependants([record_id])).values())

    def names(self, what: str) -> list[str]:
        """The names that live records give to ``what`` (tag, agency), the most used first."""
        return self._index.names(what)

    def near(self, day: dt.date, loan: str | None) -> list[Stored[Any]]:
        """Live contacts of a Shanghai day on any loan of this loan's lender; without a loan all of that day."""
        return [stored_of(version, str(self._journal.path)) for version in self._index.near(day, loan)]

    def select(self, kind: str, *, loan: str | None = None) -> list[Stored[Any]]:
        """Live records of a kind in the order of their ids, by the index; with ``loan`` those that cite it."""
        return [stored_of(version, str(self._journal.path)) for version in self._index.select(kind, loan)]

    def stream(self, kind: str, having: Sequence[str] = ()) -> Iterator[Stored[Any]]:
        """Live records of a kind in the order of their ids, in bounded memory, the whole journal checked first.

        With ``having`` only those that have one of these fields: the others are not even decoded.
        """
        path, marks = str(self._journal.path), [f'"{name}":'.encode() for name in having]
        return (
            stored_of(version, path) for version in versions(self._journal, kind)
            if not marks or any(mark in version.now.raw for mark in marks)
        )  # fmt: skip

    def ever(self, kind: str, having: Sequence[str] = ()) -> Iterator[Stored[Any]]:
        """Every text a record of a kind ever had, withdrawn ones too, oldest first; ``having`` as in `stream`."""
        path, marks = str(self._journal.path), [f'"{name}":'.encode() for name in having]
        with self._journal.open() as file:
            for batch in self._journal.batches(file):
                for line in batch:
                    if line.kind != kind or line.op not in PUTS or line.purged:
                        continue
                    if not marks or any(mark in line.raw for mark in marks):
                        yield stored_of(Version(line, line), path)

    def sweep(self, kind: str) -> Iterator[Stored[Any]]:
        """As `stream`, in one pass where no record of the kind was ever corrected.

        For a reader that says nothing before the end: a broken line is met only when it is reached. Raises HeadMoved
        where somebody corrects one of them meanwhile.
        """
        if self._journal.learnt is not None or self._index.corrected(kind):
            return self.stream(kind)
        return sweep(self._journal, kind)

    def all(self, kind: str) -> tuple[Stored[Any], ...]:
        """Live records of a kind in the order of their ids, read through TinyDB."""
        path = str(self._journal.path)
        return tuple(stored_from(document, path) for document in self.tables().table(kind))

    def next_id(self, kind: str) -> str:
        """The id that the next record of a kind gets, unless somebody writes before."""
        from jdneg.domain.ids import PREFIXES

        with self._journal.open() as file:
            prefix = PREFIXES[kind]
            return f"{prefix}{self._journal.tail(file).counters.get(prefix, 1)}"

    def tables(self) -> TinyDB:
        """The door for queries: ``tables().table("contact").search(where("record")["loan"] == "L1")``. Read-only."""
        from jdneg.storage.tables import JournalTables

        return JournalTables(self._journal)

    def history(self, asked: str | None = None, *, last: int | None = None) -> list[HistoryEntry]:
        """The entries of a record or a batch, or all of them; the newest ``last``. Raises NotFound."""
        from jdneg.storage.history import history

        return history(self._journal, asked, last)

    def doctor(self) -> list[Message]:
        """What is wrong with the files, worst first in the order it was looked for; empty when nothing is."""
        from jdneg.storage.doctor import examine

        return examine(self._journal, self.vault, self._index)


def _cites(changes: Sequence[Change]) -> dict[str, str | None]:
    """The ids of the journal that records of a batch cite, each with the record that does, if it was there before."""
    found: dict[str, str | None] = {}
    for change in changes:
        if change.record is not None:
            payload = encode(change.record, lambda _: "")
            own = change.id if isinstance(change.id, str) else None
            for target in sorted(cited_ids(change.kind, payload) - {""}):
                found[target] = own if found.get(target, own) == own else None
    return found


def _draft(change: Change) -> Draft:
    """The entry a change asks for. Its envelope is checked by reading it back, before anything is written."""
    if change.record is None:
        return Draft(change.op, change.kind, change.id, lambda _: {"reason": change.reason})

    def envelope(resolve: Resolve) -> Json:
        found: Json = {"record": _payload(change, resolve)}
        if change.op == "add":
            return found
        return ({"step": True} if change.step else {}) | found | {"reason": change.reason}

    return Draft(change.op, change.kind, change.id, envelope)


def _payload(change: Change, resolve: Callable[[LocalRef], str]) -> Json:
    payload = encode(change.record, resolve)
    try:
        decode(class_of(change.kind), loads(dumps(payload)))
    except (ValueError, TypeError, JdnegError) as error:
        raise InvalidValue(value=str(error), flag=change.kind) from error
    return payload
