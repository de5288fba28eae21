"""Everything that was ever written, with what each entry changed."""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Iterator
from typing import Any

from jdneg.errors import NotFound
from jdneg.storage.journal import Journal
from jdneg.storage.lines import REDOES, UNDOES, Json, Line
from jdneg.storage.replay import PUTS
from jdneg.values import dataclass

_Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One entry. ``before`` and ``after`` are the record's payload where the entry set one, else None.

    ``step``: the amendment corrected nothing. ``undoes`` and ``redoes`` name a batch. ``purged``: its payload was
    dropped later.
    """

    seq: int
    batch: str
    op: str
    kind: str
    id: str
    recorded_at: dt.datetime
    clock_set: bool
    payload_sha256: str
    reason: str | None
    undoes: str | None
    redoes: str | None
    before: Json | None
    after: Json | None
    purged: bool
    step: bool = False


def history(journal: Journal, asked: str | None, last: int | None) -> list[HistoryEntry]:
    """The entries of one record or batch, or all; with ``last`` only the newest. Oldest first."""
    with journal.open() as file:
        places = deque(_places(journal, file, asked), maxlen=last)
        if asked is not None and not places:
            raise NotFound(id=asked)

        def at(place: _Place | None) -> Line | None:
            return next(journal.lines(file, *place)) if place else None

        return [_entry(line, at(before)) for own, before in places if (line := at(own))]


def _places(journal: Journal, file: Any, asked: str | None) -> Iterator[tuple[_Place, _Place | None]]:
    """Where each entry stands and where its record's former text does: places, not lines, for a long journal."""
    former: dict[str, _Place] = {}
    for batch in journal.batches(file):
        for line in batch:
            place = (line.offset, line.end)
            if asked is None or asked in (line.id, line.batch):
                yield place, former.get(line.id)
            if line.op in PUTS:
                former[line.id] = place


def _entry(line: Line, before: Line | None) -> HistoryEntry:
    envelope = {} if line.purged else line.read()
    return HistoryEntry(
        line.seq, line.batch, line.op, line.kind, line.id, dt.datetime.fromisoformat(line.recorded_at),
        line.clock_set, line.payload_sha256, envelope.get("reason"), envelope.get("undoes"), envelope.get("redoes"),
        before.record if before and line.op in PUTS else None,
        envelope.get("record"), line.purged, line.op == "amend" and line.step,
    )  # fmt: skip


def undone_batch(line: Line) -> tuple[str | None, str | None]:
    """The batch an entry undoes or redoes. User text cannot pass for it: every other payload begins otherwise."""
    payload = line.payload
    if payload.startswith((UNDOES, REDOES)):
        envelope = line.read()
        return envelope.get("undoes"), envelope.get("redoes")
    return None, None
