"""What kind of letter a text is, and what in it is to be doubted: by words alone."""

from __future__ import annotations

import re
from collections.abc import Mapping

from jdneg.domain.records.paper import LetterClass
from jdneg.values import dataclass

Texts = Mapping[str, str]
_SLOT = re.compile(r"^\{([a-z_]+)\}$")


@dataclass(frozen=True, slots=True)
class ClassWords:
    """One class: patterns with their weight, each counted once; ``next``: what to do with a letter of this class."""

    id: LetterClass
    name: Texts
    next: Texts
    words: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Flag:
    """``patterns``: one of them stands in the text; ``without``: none of these contexts does."""

    id: str
    reason: Texts
    patterns: tuple[str, ...]
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LetterBook:
    classes: tuple[ClassWords, ...]
    flags: tuple[Flag, ...]
    contexts: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Classified:
    """``kind``: None where nothing speaks for any class. ``because``: the words that spoke for it, gravest first."""

    kind: ClassWords | None
    because: tuple[str, ...]
    doubts: tuple[tuple[Flag, str], ...]


def classify(text: str, book: LetterBook) -> Classified:
    """The class with the most weight; of equals the first in the file's order."""
    weighed = [(one, _spoken(one, text)) for one in book.classes]
    best, spoken = max(weighed, key=lambda pair: sum(weight for _, weight in pair[1]))
    ordered = sorted(spoken, key=lambda pair: -pair[1])
    return Classified(best if spoken else None, tuple(quote for quote, _ in ordered), tuple(_doubts(text, book)))


def _spoken(kind: ClassWords, text: str) -> list[tuple[str, int]]:
    found = ((re.search(pattern, text), weight) for pattern, weight in kind.words)
    return [(hit[0], weight) for hit, weight in found if hit]


def _doubts(text: str, book: LetterBook) -> list[tuple[Flag, str]]:
    return [
        (flag, quote)
        for flag in book.flags
        if (quote := _first(flag.patterns, text, book)) is not None
        and not any(_first(book.contexts[name], text, book) for name in flag.without)
    ]


def _first(patterns: tuple[str, ...], text: str, book: LetterBook) -> str | None:
    """The first match of any; a pattern that is a context's name alone stands for its patterns."""
    for pattern in patterns:
        slot = _SLOT.match(pattern)
        found = _first(book.contexts[slot[1]], text, book) if slot else _match(pattern, text)
        if found is not None:
            return found
    return None


def _match(pattern: str, text: str) -> str | None:
    hit = re.search(pattern, text)
    return hit[0] if hit else None
