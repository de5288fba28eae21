"""From lines to live records, in bounded memory: one pass learns what is not as it was added, one reads the rest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import field
from typing import Any, BinaryIO, NamedTuple

from jdneg.domain.codec import decode
from jdneg.domain.ids import PREFIXES
from jdneg.domain.records import class_of
from jdneg.domain.records.base import Stored
from jdneg.errors import JdnegError, JournalBroken
from jdneg.storage.journal import PLACE_BUFFER, Journal
from jdneg.storage.lines import BadLine, Json, Line
from jdneg.storage.tail import START, Tail
from jdneg.values import dataclass

PUTS = frozenset({"add", "amend"})

_KIND_WITHIN = 128  # op and kind stand before it, whatever the numbers; user text comes long after


class Version(NamedTuple):
    """A record's first line, which says when it was recorded, and the line with what it says now."""

    first: Line
    now: Line


@dataclass(slots=True)
class Survey:
    """What one checked pass over the journal learns: few ids, however long the journal is."""

    end: Tail = START
    gone: set[str] = field(default_factory=set)
    amended: dict[str, tuple[int, int]] = field(default_factory=dict)
    holes: dict[str, int] = field(default_factory=dict)

    def take(self, line: Line) -> None:
        op, record_id = line.op, line.id
        if op == "amend":
            self.amended[record_id] = (line.offset, line.end)
        elif op == "reinstate":
            self.gone.discard(record_id)
        elif op != "add":
            self.gone.add(record_id)
        if op in PUTS and line.purged:
            self.holes.setdefault(record_id, line.seq)
        elif op == "purge":
            self.holes.pop(record_id, None)


def survey(journal: Journal, file: BinaryIO) -> Survey:
    """Check every committed line. A hole that no purge explains is damage: JournalBroken."""
    found = Survey(end=journal.tail(file))
    for batch in journal.batches(file, end=found.end):
        for line in batch:
            found.take(line)
    if found.holes:
        raise JournalBroken(
            path=str(journal.path), line=min(found.holes.values()), reason=BadLine("payload_wrong").reason
        )
    return found


def versions(journal: Journal, kind: str | None, *, gone: bool = False) -> Iterator[Version]:
    """The live records of a kind (None: of all) in the order they were added; with ``gone`` the withdrawn ones."""
    with journal.open() as file, journal.open(PLACE_BUFFER) as aside:
        known = survey(journal, file)
        mark = b'"op":"add","kind":"%s"' % kind.encode() if kind else b'"op":"add"'
        for line in journal.lines(file, 0, known.end.end):
            if line.raw.find(mark, 0, _KIND_WITHIN) > 0 and (line.id in known.gone) is gone:
                place = known.amended.get(line.id)
                yield Version(line, next(journal.lines(aside, *place)) if place else line)


def stored_of(version: Version, path: str = "") -> Stored[Any]:
    """The record as the domain knows it. A payload that is none of ours is damage: JournalBroken."""
    return stored_from(document_of(version), path)


def document_of(version: Version) -> Json:
    """The record as a table row: its payload under ``record``, beside it what the journal knows of it."""
    first, now = version
    amended = first is not now and first.offset != now.offset
    return {
        "id": first.id,
        "seq": now.seq,
        "recorded_at": first.recorded_at,
        "payload_sha256": now.payload_sha256,
        "amended": amended,
        "clock_set": first.clock_set or now.clock_set,
        "record": None if now.purged else now.read()["record"],
    }


def stored_from(document: Json, path: str = "") -> Stored[Any]:
    """The record of a table row. Raises JournalBroken as `stored_of` does."""
    record_id = document["id"]
    try:
        record = decode(_class_by_prefix(record_id[0]), document["record"])
    except (ValueError, TypeError, KeyError, AttributeError, JdnegError) as error:
        raise JournalBroken(path=path, line=document["seq"], reason=BadLine("record_wrong").reason) from error
    return Stored(
        record_id, record, dt.datetime.fromisoformat(document["recorded_at"]), document["payload_sha256"],
        document["amended"], document["clock_set"],
    )  # fmt: skip


_BY_PREFIX = {prefix: kind for kind, prefix in PREFIXES.items()}


def _class_by_prefix(prefix: str) -> type:
    return class_of(_BY_PREFIX[prefix])
