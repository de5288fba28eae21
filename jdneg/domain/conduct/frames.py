"""Frames: words that mean together what none of them means alone, in whatever order people say them.

A frame names *slots*; a slot is a list of words in data (`slots.toml`). A frame is met where every slot it needs is
filled, each by words of its own, within one sentence and a few dozen characters, and no slot it excludes stands
anywhere in the message. Denied words (我们不会告诉您的家人) do not fill a slot.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise, product

from jdneg.values import dataclass

SENTENCE_END = "。!?;！？；\n"
_CLAUSE_END = SENTENCE_END + ",，"
_WIDTH = 30
_DENIES_WITHIN = 8
_OCCURRENCES = 6
_NOT = "!"

Span = tuple[int, int]
BySentence = Mapping[int, Sequence[Span]]


@dataclass(frozen=True, slots=True)
class Frame:
    """Written as the names of its slots, those it excludes after a "!": ``tell kin !guarantor``."""

    needs: tuple[str, ...]
    excludes: tuple[str, ...] = ()

    @classmethod
    def read(cls, written: str) -> Frame:
        names = written.split()
        excluded = tuple(name[1:] for name in names if name[0] == _NOT)
        return cls(tuple(name for name in names if name[0] != _NOT), excluded)

    def __str__(self) -> str:
        return " ".join((*self.needs, *(_NOT + name for name in self.excludes)))


class Sentences:
    """Sorts places by the sentence they stand in, so that a long page is looked through but once."""

    def __init__(self, text: str) -> None:
        self._ends = [place for place, character in enumerate(text) if character in SENTENCE_END]

    def sorted(self, spans: Iterable[Span], edge: int = 0) -> BySentence:
        """``edge`` 0: by the sentence where each begins; 1: where it ends."""
        found: dict[int, list[Span]] = {}
        for span in spans:
            found.setdefault(bisect_left(self._ends, span[edge]), []).append(span)
        return found


def place_of(frame: Frame, text: str, spans: Callable[[str], BySentence], denials: BySentence) -> Span | None:
    """Where the frame is met most closely; None where it is not. ``spans``: where the words of a slot stand."""
    if any(spans(slot) for slot in frame.excludes):
        return None
    needed = [spans(slot) for slot in frame.needs]
    met = [
        _around(words)
        for sentence in sorted(set(needed[0]).intersection(*needed[1:]))
        for words in product(*(one[sentence][:_OCCURRENCES] for one in needed))
        if _together(words, text) and not _denied(words, text, denials.get(sentence, ()))
    ]
    return min(met, key=_length, default=None)


def _around(words: Sequence[Span]) -> Span:
    return min(start for start, _ in words), max(end for _, end in words)


def _length(span: Span) -> int:
    return span[1] - span[0]


def _together(words: Sequence[Span], text: str) -> bool:
    start, end = _around(words)
    if end - start > _WIDTH or any(mark in text[start:end] for mark in SENTENCE_END):
        return False
    ordered = sorted(words)
    return all(before[1] <= after[0] for before, after in pairwise(ordered))


def _denied(words: Sequence[Span], text: str, denials: Iterable[Span]) -> bool:
    """A denial shortly before one of the words, in the same clause; one that is within a word (不得好死) is none."""
    return any(
        at < start <= end + _DENIES_WITHIN and not any(mark in text[end:start] for mark in _CLAUSE_END)
        for at, end in denials
        if not any(first <= at and end <= last for first, last in words)
        for start, _ in words
    )
