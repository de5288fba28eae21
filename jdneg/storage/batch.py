"""From what is to be written to the bytes of one batch: ids are given here, under the lock, from the counters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from jdneg.domain.ids import BATCH, PREFIXES, Id, LocalRef
from jdneg.storage.lines import Header, Json, build_line, dumps
from jdneg.storage.tail import Tail
from jdneg.values import dataclass

Resolve = Callable[[LocalRef], str]


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry to be: its envelope is made when the ids of the whole batch are known. ``id`` is None for add."""

    op: str
    kind: str
    id: Id | None
    envelope: Callable[[Resolve], Json]


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was written: ``ids[i]`` is the id of the i-th change; ``head`` is the journal's head after it."""

    batch: str
    ids: tuple[str, ...]
    recorded_at: dt.datetime
    head: str


def make_batch(drafts: Sequence[Draft], tail: Tail, now: dt.datetime, clock_set: bool) -> tuple[bytes, Receipt, Tail]:
    """The lines of a batch that follows ``tail``, in one piece, the receipt for it and the journal's end after it."""
    counters = dict(tail.counters)
    batch = _give(counters, BATCH)
    ids = _ids(drafts, counters)
    lines, prev = [], tail.head
    for index, (draft, record_id) in enumerate(zip(drafts, ids, strict=True)):
        last = index == len(drafts) - 1
        header = Header(
            seq=tail.seq + 1 + index, batch=batch, op=draft.op, kind=draft.kind, id=record_id,
            recorded_at=now.isoformat(), clock_set=clock_set, prev=prev,
            commit=len(drafts) if last else None, counters=counters if last else None,
        )  # fmt: skip
        line, prev = build_line(header, dumps(draft.envelope(lambda ref: ids[ref.index])))
        lines.append(line)
    data = b"".join(lines)
    return data, Receipt(batch, ids, now, prev), Tail(tail.end + len(data), prev, tail.seq + len(drafts), counters)


def _ids(drafts: Sequence[Draft], counters: dict[str, int]) -> tuple[str, ...]:
    """An id for every draft: a new one for add, else the one it names, which may be given in this very batch."""
    known = [_give(counters, PREFIXES[draft.kind]) if draft.op == "add" else draft.id for draft in drafts]
    return tuple(_resolved(one, known) for one in known)


def _resolved(one: Id | None, known: Sequence[Id | None]) -> str:
    found = known[one.index] if isinstance(one, LocalRef) else one
    if not isinstance(found, str):
        raise TypeError(f"no id for {one!r}")
    return found


def _give(counters: dict[str, int], prefix: str) -> str:
    number = counters.get(prefix, 1)
    counters[prefix] = number + 1
    return f"{prefix}{number}"
