"""Where live records stand in the journal: a small SQLite file, derived, deleted and rebuilt at will.

It holds places, days, ids and the names of lenders. It knows how far it has read, reads on from there, and
starts afresh when the journal is not the one it read (another file, cut back, another line at its place), when
it is damaged, or when a line is not where it says. Where it cannot be written it lives in memory.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
import weakref
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from jdneg.domain.dates import shanghai_day
from jdneg.errors import DiskFailed, JournalBroken
from jdneg.storage.cites import cited_ids
from jdneg.storage.files import state_of
from jdneg.storage.head import Head, keep_head, shortfall
from jdneg.storage.indexfile import VERSION, connect, empty, in_memory, transaction
from jdneg.storage.journal import PLACE_BUFFER, Journal
from jdneg.storage.lines import BadLine, Json, Line, check_line
from jdneg.storage.replay import PUTS, Version
from jdneg.storage.tail import START, Tail, tail_after

_PLACES = "SELECT first, first_end, now, now_end, corrections FROM record "
_CHUNK = 500


class IndexStale(Exception):
    """A line is not where the index says."""


class Index:
    """Answers with lines of the journal, each checked when it is read."""

    def __init__(self, journal: Journal, path: Path) -> None:
        self._journal = journal
        self._path = path
        self._db: sqlite3.Connection | None = None
        self._close: weakref.finalize[..., Any] | None = None
        self._read_of: object = None  # the state of the journal that was last read to its end

    def get(self, record_id: str, *, withdrawn: bool = False) -> Version | None:
        live = "" if withdrawn else " AND live"
        return next(iter(self._versions(_PLACES + "WHERE id = ?" + live, record_id)), None)

    def near(self, day: dt.date, loan: str | None) -> list[Version]:
        """Live contacts of a Shanghai day with the loan's lender; without a loan all of that day."""
        query = _PLACES + "INDEXED BY contact_by_day WHERE kind = 'contact' AND live AND day = ?"
        if loan is None:
            return self._versions(query + " ORDER BY number", day.isoformat())
        same = (
            " AND (loan = ? OR loan IN (SELECT id FROM record WHERE kind = 'loan' AND live AND lender ="
            " (SELECT lender FROM record WHERE id = ?))) ORDER BY number"
        )
        return self._versions(query + same, day.isoformat(), loan, loan)

    def select(self, kind: str, loan: str | None) -> list[Version]:
        """Live records of a kind in the order of their ids; with a loan those that cite it, or it itself."""
        query = _PLACES + "WHERE kind = ? AND live"
        if loan is None:
            return self._versions(query + " ORDER BY number", kind)
        cites = " AND (id = ? OR id IN (SELECT id FROM cites WHERE target = ?)) ORDER BY number"
        return self._versions(query + cites, kind, loan, loan)

    def dependants(self, ids: Sequence[str]) -> list[str]:
        """Live records that cite one of ``ids`` and are none of them."""
        found: set[str] = set()
        for chunk in (ids[at : at + _CHUNK] for at in range(0, len(ids), _CHUNK)):
            marks = ",".join("?" * len(chunk))
            query = f"SELECT id FROM cites JOIN record USING (id) WHERE live AND target IN ({marks})"  # noqa: S608
            found |= {row[0] for row in self._rows(query, *chunk)}
        return sorted(found - set(ids), key=lambda one: (one[0], int(one[1:])))

    def cited_by(self, record_id: str) -> set[str]:
        """The ids that a record cites as it stands now."""
        return {row[0] for row in self._rows("SELECT target FROM cites WHERE id = ?", record_id)}

    def corrected(self, kind: str) -> bool:
        """Whether any record of a kind is not as it was added."""
        query = "SELECT 1 FROM record WHERE kind = ? AND (NOT live OR now <> first) LIMIT 1"
        return bool(self._rows(query, kind))

    def live_ids(self, kind: str) -> list[str]:
        return [row[0] for row in self._rows("SELECT id FROM record WHERE kind = ? AND live ORDER BY number", kind)]

    def names(self, what: str) -> list[str]:
        """The names that live records give to ``what`` (tag, agency), each once, the most used first."""
        query = (
            "SELECT name FROM named JOIN record USING (id) WHERE what = ? AND live GROUP BY name"
            " ORDER BY count(*) DESC, name"
        )
        return [row[0] for row in self._rows(query, what)]

    def seen(self) -> Head | None:
        """How far it had read when it was last used, whatever the journal is now; None where it cannot tell."""
        try:
            if self._db is None and not self._path.exists():
                return None
            return _seen(self._open())
        except sqlite3.Error:
            return None

    def drop(self) -> None:
        """Forget everything; the next question reads the journal from its start."""
        if self._close is not None:
            self._close()
        self._db = self._read_of = None
        for path in (self._path, self._path.with_name(self._path.name + "-journal")):
            with suppress(OSError):
                path.unlink(missing_ok=True)

    def _versions(self, query: str, *facts: object) -> list[Version]:
        """The lines a query names. A line that is not there means a wrong index once, a damaged journal twice."""
        try:
            return self._read(self._rows(query, *facts))
        except IndexStale:
            self.drop()
        try:
            return self._read(self._rows(query, *facts))
        except IndexStale as error:  # pragma: no cover -- the rebuild has just read every line
            raise DiskFailed(path=str(self._path), reason=str(error)) from error

    def _read(self, places: Iterable[tuple[int, int, int, int, int]]) -> list[Version]:
        with self._journal.open(PLACE_BUFFER) as file:
            return [
                Version(
                    first := _line_at(file, at, end), first if now == at else _line_at(file, now, now_end), count > 0
                )
                for at, end, now, now_end, count in places
            ]

    def _rows(self, query: str, *facts: object) -> list[Any]:
        """The answer of an index that has read to the journal's end; a damaged one is made again, then in memory."""
        for attempt in (self._open, self._open_afresh, self._open_in_memory):
            try:
                db = attempt()
                self._catch_up(db)
                return db.execute(query, facts).fetchall()
            except sqlite3.Error:
                continue
        raise DiskFailed(path=str(self._path), reason="SQLite")

    def _open(self) -> sqlite3.Connection:
        if self._db is None:
            with self._journal.open(PLACE_BUFFER):  # without a journal nothing is made
                self._keep(connect(self._path))
        assert self._db is not None
        return self._db

    def _open_afresh(self) -> sqlite3.Connection:
        self.drop()
        return self._open()

    def _open_in_memory(self) -> sqlite3.Connection:
        if self._close is not None:
            self._close()
        self._keep(in_memory())
        assert self._db is not None
        return self._db

    def _keep(self, db: sqlite3.Connection) -> None:
        self._db, self._read_of = db, None
        self._close = weakref.finalize(self, db.close)

    def _catch_up(self, db: sqlite3.Connection) -> None:
        with self._journal.open(PLACE_BUFFER) as file:
            state = state_of(file)
            if state == self._read_of:  # as for most of a command's questions; each line is checked anyway
                return
            end = self._journal.tail(file)
            if _start(db, file, end).end != end.end:
                with transaction(db):  # both are looked at again: another process may have read on meanwhile
                    end = self._journal.tail(file)
                    start = _start(db, file, end)
                    if start is START:
                        self._tell_loss(db, end)
                        empty(db)
                    self._read_on(db, file, start, end)
            self._read_of = state

    def _tell_loss(self, db: sqlite3.Connection, end: Tail) -> None:
        """Before it forgets what it saw: without the journal's head nothing else knows that entries are gone."""
        seen = None if self._journal.head_path.exists() else _seen(db)
        self._journal.short = shortfall(self._journal.path, end, seen) or self._journal.short
        if seen is not None and self._journal.short is not None:
            keep_head(self._journal.head_path, seen)

    def _read_on(self, db: sqlite3.Connection, file: BinaryIO, start: Tail, end: Tail) -> None:
        last: Line | None = None
        for batch in self._journal.batches(file, start, end):
            for line in batch:
                self._take(db, line)
            last = batch[-1]
        if last is not None:
            db.execute("DELETE FROM state")
            row = (VERSION, last.offset, last.end, last.hash, last.seq)
            db.execute("INSERT INTO state VALUES (?, ?, ?, ?, ?)", row)

    def _take(self, db: sqlite3.Connection, line: Line) -> None:
        try:
            _TAKE.get(line.op, _take_end)(db, line)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise JournalBroken(
                path=str(self._journal.path), line=line.seq, reason=BadLine("record_wrong").reason
            ) from error


def _seen(db: sqlite3.Connection) -> Head | None:
    row = db.execute("SELECT seq, head FROM state WHERE version = ?", (VERSION,)).fetchone()
    last = db.execute("SELECT substr(id, 1, 1), max(number) + 1 FROM record GROUP BY 1").fetchall()
    return Head(row[0], row[1], dict(last)) if row else None


def _start(db: sqlite3.Connection, file: BinaryIO, end: Tail) -> Tail:
    """Where reading goes on: the last line that was read must still stand where it stood.

    Its hash vouches for all before it, so a copied or restored home keeps its index.
    """
    row = db.execute("SELECT version, last, end, head, seq FROM state").fetchone()
    if row is None or row[0] != VERSION or row[2] > end.end:
        return START
    try:
        last = _line_at(file, row[1], row[2])
    except IndexStale:
        return START
    return tail_after(last) if last.hash == row[3] and last.is_commit else START


def _line_at(file: BinaryIO, start: int, end: int) -> Line:
    file.seek(start)
    try:
        return check_line(file.read(end - start), start)
    except BadLine as bad:
        raise IndexStale(str(bad)) from bad


def _take_put(db: sqlite3.Connection, line: Line) -> None:
    """An add or an amend: the record says this now."""
    payload = line.record or {}
    facts = (line.offset, line.end, _day(payload), payload.get("loan"), payload.get("lender"))
    if line.op == "add":
        row = (line.id, line.kind, int(line.id[1:]), line.offset, line.end, *facts)
        db.execute("INSERT INTO record VALUES (?, ?, ?, 1, ?, ?, ?, ?, 0, ?, ?, ?)", row)
    else:
        change = (
            "UPDATE record SET now = ?, now_end = ?, day = ?, loan = ?, lender = ?, corrections = corrections + ?"
            " WHERE id = ?"
        )
        db.execute(change, (*facts, line.corrections, line.id))
        db.execute("DELETE FROM cites WHERE id = ?", (line.id,))
        db.execute("DELETE FROM named WHERE id = ?", (line.id,))
    cited = cited_ids(line.kind, payload)
    db.executemany("INSERT INTO cites VALUES (?, ?)", [(target, line.id) for target in cited])
    named = [(what, name, line.id) for what, name in _named(line.kind, payload)]
    if named:
        db.executemany("INSERT OR IGNORE INTO named VALUES (?, ?, ?)", named)


def _take_end(db: sqlite3.Connection, line: Line) -> None:
    db.execute("UPDATE record SET live = ? WHERE id = ?", (line.op == "reinstate", line.id))


_TAKE = dict.fromkeys(PUTS, _take_put)


def _named(kind: str, payload: Json) -> Iterator[tuple[str, str]]:
    """The tags and agencies a record gives names to: what a new one may be misspelt from."""
    if kind == "loan":
        yield from (("agency", name) for name in payload.get("agencies", ()))
    elif kind in ("contact", "letter"):
        came = payload if kind == "contact" else payload.get("received") or {}
        yield from (("tag", name) for name in came.get("tags", ()))
        if came.get("agency"):
            yield "agency", came["agency"]


def _day(payload: Json) -> str | None:
    """The Shanghai day a contact happened on."""
    happened = payload.get("happened_at")
    if happened is None or len(happened) == len("2026-11-22"):
        return happened
    return shanghai_day(dt.datetime.fromisoformat(happened)).isoformat()
