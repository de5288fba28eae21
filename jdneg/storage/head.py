"""``journal.head``: what the last commit left the journal at, so that a journal cut short later is noticed.

Derived and never synced: it may lag behind the journal (a kill between the two writes, a power cut), never lead it. A
journal that ends before it has lost what was reported as saved. Without the file the index is the
witness, which writes it anew when it finds the journal shorter than it was.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from jdneg.errors import JournalShort
from jdneg.storage.files import open_private, write_all
from jdneg.storage.tail import Tail
from jdneg.values import dataclass

_LONGEST = 4096


@dataclass(frozen=True, slots=True)
class Head:
    """The number and hash of the last line committed, and the id counters after it."""

    seq: int
    hash: str
    counters: Mapping[str, int]


def read_head(path: Path) -> Head | None:
    """What was written last; None when it is not there or was not written whole."""
    try:
        fd = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        try:
            found = json.loads(os.read(fd, _LONGEST))
        finally:
            os.close(fd)
        counters = {str(name): int(number) for name, number in found["counters"].items()}
        return Head(int(found["seq"]), str(found["hash"]), counters)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def write_head(path: Path, tail: Tail) -> None:
    """The lock is held. What cannot be written is left: the batch itself is on the disk already."""
    _write(path, {"seq": tail.seq, "hash": tail.head, "length": tail.end, "counters": dict(tail.counters)})


def keep_head(path: Path, head: Head) -> None:
    """What another witness saw, where the file itself is gone."""
    _write(path, {"seq": head.seq, "hash": head.hash, "counters": dict(head.counters)})


def _write(path: Path, found: Mapping[str, object]) -> None:
    beside = path.with_name(path.name + ".new")
    with suppress(OSError):
        fd = open_private(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        try:
            write_all(fd, json.dumps(found, separators=(",", ":")).encode() + b"\n")
        finally:
            os.close(fd)
        beside.replace(path)


def refuse_short(path: Path, tail: Tail, head: Head | None) -> None:
    """JournalShort where the journal ends before its head, or ends there with another line."""
    short = shortfall(path, tail, head)
    if short is not None:
        raise short


def shortfall(path: Path, tail: Tail, head: Head | None) -> JournalShort | None:
    """What is missing: how many entries, from which on, and which ids had been given by then."""
    if head is None or head.seq < tail.seq or (head.seq == tail.seq and head.hash == tail.head):
        return None
    count = max(head.seq - tail.seq, 1)
    return JournalShort(path=str(path), count=count, since=head.seq - count + 1, ids=lost_ids(tail, head))


def lost_ids(tail: Tail, head: Head) -> str:
    """``C12-C40, E3``: the ids given in what is missing; a hyphen for none."""
    spans = []
    for prefix, after in sorted(head.counters.items()):
        first = tail.counters.get(prefix, 1)
        if first < after and prefix != "B":
            spans.append(f"{prefix}{first}" if after == first + 1 else f"{prefix}{first}-{prefix}{after - 1}")
    return ", ".join(spans) or "-"


def never_again(tail: Tail, head: Head | None) -> Tail:
    """The end to go on from after a loss was accepted: what was given once is never given twice."""
    counters = dict(tail.counters)
    for prefix, number in (head.counters if head else {}).items():
        counters[prefix] = max(number, counters.get(prefix, 1))
    return Tail(tail.end, tail.head, tail.seq, counters)
