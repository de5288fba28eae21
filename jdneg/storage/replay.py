"""From lines to live records, in bounded memory: one pass learns what is not as it was added, one reads the rest."""

from __future__ import annotations

import datetime as dt
import time
from array import array
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import field
from functools import cache
from itertools import chain
from typing import Any, BinaryIO, NamedTuple

from jdneg.domain.codec import decode
from jdneg.domain.ids import PREFIXES
from jdneg.domain.records import class_of
from jdneg.domain.records.base import Stored
from jdneg.errors import HeadMoved, JdnegError, JournalBroken
from jdneg.storage.files import SETTLED, state_of
from jdneg.storage.journal import PLACE_BUFFER, Journal
from jdneg.storage.lines import BadLine, Json, Line
from jdneg.storage.tail import START, Tail
from jdneg.values import dataclass

PUTS = frozenset({"add", "amend"})


class Version(NamedTuple):
    """A record's first line, which says when it was recorded, and the line with what it says now.

    ``amended``: somebody corrected it; what only went a step further was not corrected.
    """

    first: Line
    now: Line
    amended: bool = False


@dataclass(slots=True)
class Survey:
    """What one checked pass over the journal learns: eight bytes a record and few ids, however long it is."""

    end: Tail = START
    added: defaultdict[str, array[int]] = field(default_factory=lambda: defaultdict(lambda: array("q")))
    gone: set[str] = field(default_factory=set)
    amended: dict[str, tuple[int, int]] = field(default_factory=dict)
    corrected: dict[str, int] = field(default_factory=dict)
    holes: dict[str, int] = field(default_factory=dict)

    def take(self, line: Line, kind: str) -> None:
        """``kind`` is the line's, which costs a look each time."""
        if line.adds:  # almost every line
            self.added[kind].append(line.offset)
            if line.purged:
                self.holes.setdefault(line.id, line.seq)
            return
        op, record_id = line.op, line.id
        if op == "amend":
            self.amended[record_id] = (line.offset, line.end)
            if line.corrections:
                self.corrected[record_id] = self.corrected.get(record_id, 0) + line.corrections
        elif op == "reinstate":
            self.gone.discard(record_id)
        else:
            self.gone.add(record_id)
        if op == "amend" and line.purged:
            self.holes.setdefault(record_id, line.seq)
        elif op == "purge":
            self.holes.pop(record_id, None)


def survey(journal: Journal, file: BinaryIO) -> Survey:
    """Check every committed line, once while the file stays as it is.

    A hole that no purge explains is damage: JournalBroken.
    """
    state = _state(file)
    if state is not None and journal.learnt is not None and journal.learnt[0] == state:
        known: Survey = journal.learnt[1]
        return known
    found = _checked(journal, file)
    journal.learnt = (state, found)
    return found


def _state(file: BinaryIO) -> object:
    """What changes when the file does; None for a file changed so lately that its time may not tell."""
    state = state_of(file)
    return None if time.time_ns() - state[-1] < SETTLED else state


def _checked(journal: Journal, file: BinaryIO) -> Survey:
    found = Survey(end=journal.tail(file))
    for batch in journal.batches(file, end=found.end):
        for line in batch:
            found.take(line, line.kind)
    _refuse_holes(journal, found)
    return found


def _refuse_holes(journal: Journal, found: Survey) -> None:
    if found.holes:
        raise JournalBroken(
            path=str(journal.path), line=min(found.holes.values()), reason=BadLine("payload_wrong").reason
        )


def sweep(journal: Journal, kind: str) -> Iterator[Stored[Any]]:
    """The records of a kind in one pass that checks the whole journal, for a reader that says nothing before the end.

    Raises HeadMoved when one of them is not as it was added, JournalBroken as `survey` does.
    """
    path = str(journal.path)
    with journal.open() as file:
        state, found = _state(file), Survey(end=journal.tail(file))
        for batch in journal.batches(file, end=found.end):
            for line in batch:
                its = line.kind
                found.take(line, its)
                if its == kind:
                    if not line.adds:
                        raise HeadMoved()
                    yield _as_added(line, path)
        _refuse_holes(journal, found)
        journal.learnt = (state, found)


def versions(journal: Journal, kind: str | None, *, gone: bool = False) -> Iterator[Version]:
    """The live records of a kind (None: of all) in the order they were added; with ``gone`` the withdrawn ones."""
    with journal.open() as file, journal.open(PLACE_BUFFER) as aside:
        known = survey(journal, file)
        untouched = not (gone or known.gone or known.amended or known.corrected)  # as most journals are
        for line in _added(journal, file, known, kind):
            if untouched:
                yield Version(line, line, False)
            elif (line.id in known.gone) is gone:
                place = known.amended.get(line.id)
                now = next(journal.lines(aside, *place)) if place else line
                yield Version(line, now, known.corrected.get(line.id, 0) > 0)


def _added(journal: Journal, file: BinaryIO, known: Survey, kind: str | None) -> Iterator[Line]:
    places = known.added.get(kind, ()) if kind else sorted(chain.from_iterable(known.added.values()))
    return journal.at(file, places)


def stored_of(version: Version, path: str = "") -> Stored[Any]:
    """The record as the domain knows it. A payload that is none of ours is damage: JournalBroken."""
    first, now, amended = version
    clock_set = first.clock_set or (now is not first and now.clock_set)
    return _stored(first.id, now.record, first.recorded_at, now.payload_sha256, amended, clock_set, path, now)


def _as_added(line: Line, path: str) -> Stored[Any]:
    """`stored_of` for what nobody changed since."""
    record_id, recorded_at, digest = line.facts
    return _stored(record_id, line.record, recorded_at, digest, False, line.clock_set, path, line)


def document_of(version: Version) -> Json:
    """The record as a table row: its payload under ``record``, beside it what the journal knows of it."""
    first, now, amended = version
    return {
        "id": first.id,
        "seq": now.seq,
        "recorded_at": first.recorded_at,
        "payload_sha256": now.payload_sha256,
        "amended": amended,
        "clock_set": first.clock_set or now.clock_set,
        "record": now.record,
    }


def stored_from(document: Json, path: str = "") -> Stored[Any]:
    """The record of a table row. Raises JournalBroken as `stored_of` does."""
    return _stored(
        document["id"], document["record"], document["recorded_at"], document["payload_sha256"],
        document["amended"], document["clock_set"], path, document["seq"],
    )  # fmt: skip


def _stored(
    record_id: str,
    payload: Any,
    recorded_at: str,
    digest: str,
    amended: bool,
    clock_set: bool,
    path: str,
    place: Line | int,
) -> Stored[Any]:
    try:
        record = decode(_class_by_prefix(record_id[0]), payload)
    except (ValueError, TypeError, KeyError, AttributeError, JdnegError) as error:
        seq = place if isinstance(place, int) else place.seq
        raise JournalBroken(path=path, line=seq, reason=BadLine("record_wrong").reason) from error
    return Stored(record_id, record, dt.datetime.fromisoformat(recorded_at), digest, amended, clock_set)


_BY_PREFIX = {prefix: kind for kind, prefix in PREFIXES.items()}


@cache
def _class_by_prefix(prefix: str) -> type:
    return class_of(_BY_PREFIX[prefix])
