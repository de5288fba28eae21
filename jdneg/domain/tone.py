"""The tone of a text: how much it reads like texts that people labelled, by runs of one to three characters.

A linear model (logistic regression), learnt by `benchmarks.tone` from lines of our own making. It knows words and no
law: what it finds is for a closer look, never a breach, and the words that weighed most are quoted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from math import exp

from jdneg.values import dataclass

LONGEST = 3  # characters of a run
_STRETCH = 120  # characters: longer texts are read in stretches as long as those that were learnt from
_SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?\n]*")
_QUOTE = 24
_CHINESE = re.compile("[\u4e00-\u9fff]")
_LEAST = 4
_MOST = 5000
# Any figure is a figure, a letter has no size; lengths stay, so that places stay.
_SAME = str.maketrans("123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0" * 9 + "abcdefghijklmnopqrstuvwxyz")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Tone:
    """``weights`` are hundredths of log-odds by run of characters; the empty run stands in every text."""

    weights: Mapping[str, int]

    def of(self, text: str) -> tuple[float, Span]:
        """Between 0 and 1, and where the stretch stands that reads most like it."""
        odds, span = max(((self._odds(text[start:end]), (start, end)) for start, end in stretches(text)))
        return 1 / (1 + exp(-odds / 100)), span

    def _odds(self, text: str) -> int:
        known = self.weights
        total = known.get("", 0) + sum(known[one] for one in runs(text) if one in known)
        return max(min(total, _MOST), -_MOST)

    def telling(self, text: str, span: Span) -> Span:
        """Of that stretch the few words whose runs weigh most."""
        start, end = span
        weighed = [0.0] * (end - start)
        for at, run in _placed(alike(text[start:end])):
            weight = self.weights.get(run, 0) / len(run)
            for place in range(at, at + len(run)):
                weighed[place] += weight
        first, last = _heaviest(weighed)
        return start + first, start + last


def is_chinese(text: str) -> bool:
    """Whether a third of it is, and a few characters at least: all the lines that were learnt from are."""
    written = len(text) - text.count(" ")
    return len(_CHINESE.findall(text)) >= max(_LEAST, written / 3)


def runs(text: str) -> set[str]:
    """The runs of one to three characters in a text, each once."""
    return {run for _, run in _placed(alike(text))}


def alike(text: str) -> str:
    return text.translate(_SAME)


def stretches(text: str) -> Iterator[Span]:
    """Sentences put together as long as they stay short; one that is longer is cut."""
    start, end = 0, 0
    for found in _SENTENCE.finditer(text):
        if found.end() - start > _STRETCH and end > start:
            yield start, end
            start = found.start()
        end = found.end()
        while end - start > _STRETCH:
            yield start, start + _STRETCH
            start += _STRETCH
    yield start, max(end, start)


def _placed(text: str) -> Iterator[tuple[int, str]]:
    for size in range(1, LONGEST + 1):
        for at in range(len(text) - size + 1):
            yield at, text[at : at + size]


def _heaviest(weighed: list[float]) -> Span:
    """The run of at most `_QUOTE` places with the greatest sum."""
    best, found = float("-inf"), (0, 0)
    for first in range(len(weighed)):
        total = 0.0
        for last in range(first, min(first + _QUOTE, len(weighed))):
            total += weighed[last]
            if total > best:
                best, found = total, (first, last + 1)
    return found
