"""The end of the journal, found from its end: appending costs the same whatever stands before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import BinaryIO

from jdneg.storage.lines import NO_HASH, BadLine, Line, check_line
from jdneg.values import dataclass

_BLOCK = 1 << 14


@dataclass(frozen=True, slots=True)
class Tail:
    """Where the last committed batch ends: offset, hash and number of its last line, and the id counters."""

    end: int
    head: str
    seq: int
    counters: Mapping[str, int] = field(default_factory=dict)


START = Tail(0, NO_HASH, 0)


def tail_after(commit: Line) -> Tail:
    return Tail(commit.end, commit.hash, commit.seq, commit.counters)


def find_tail(file: BinaryIO, size: int) -> Tail:
    """The last commit within the first ``size`` bytes, `START` if there is none.

    After it only an unfinished batch may stand: whole lines that hold, then at most one without its newline.
    A whole line that does not hold was committed once or was put there by somebody else: BadLine.
    """
    pieces = _backward(file, size)
    rest, offset = next(pieces, (b"", 0))
    _refuse_altered_newline(rest, offset)
    for piece, offset in pieces:
        line = check_line(piece + b"\n", offset)
        if line.is_commit:
            return tail_after(line)
    return START


def _refuse_altered_newline(rest: bytes, offset: int) -> None:
    """A torn write is the beginning of a line. A whole line and a byte more is a line whose end was changed."""
    try:
        check_line(rest[:-1] + b"\n", offset)
    except BadLine:
        return
    raise BadLine("not_a_line")


def _backward(file: BinaryIO, size: int) -> Iterator[tuple[bytes, int]]:
    """What stands between newlines, from the end, with its offset; the first is what follows the last newline."""
    kept, at, step = b"", size, _BLOCK
    while at > 0:
        step = min(step, at)
        at -= step
        file.seek(at)
        kept, *pieces = (file.read(step) + kept).split(b"\n")
        place = at + len(kept) + sum(len(piece) + 1 for piece in pieces)
        for piece in reversed(pieces):
            place -= len(piece)
            yield piece, place
            place -= 1
        step *= 2
    yield kept, 0
