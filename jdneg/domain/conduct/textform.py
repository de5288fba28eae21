"""A message in the form words are looked for, with the way back to the words as they were sent.

Half and full width are one, zero-width and separator tricks are gone, common traditional characters are
simplified, spellings that hide a word by its sound are read as that word. Sentence marks stay: words are never
joined across a sentence.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import chain

from jdneg.values import dataclass

_HIDDEN = "\u00ad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff"
_HAN = "\u3400-\u9fff"
_BETWEEN = r"[ \t\u00a0\u3000*·•・_\-~|/\\.^#]"
_SEPARATORS = rf"(?<=[{_HAN}])[{_HIDDEN}]{{0,3}}(?:{_BETWEEN}[{_HIDDEN}]{{0,3}}){{1,3}}(?=[{_HAN}])"
_NOISE = rf"{_SEPARATORS}|[{_HIDDEN}]"
# Full-width letters and digits, circled and compatibility forms; full-width punctuation needs no change.
_COMPATIBLE = "\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\u2460-\u24ff\u3200-\u33ff\u2e80-\u2fdf\uf900-\ufaff"


def pieces(text: str) -> set[str]:
    """Its characters and the pairs of neighbours: a set, so that words are met by hashing and not one by one."""
    return {*text, *map(str.__add__, text, text[1:])}


def _spread(ranges: str) -> Iterator[str]:
    """The characters of a class as a pattern writes it."""
    for first, last in re.findall("(.)(?:-(.))?", ranges):
        yield from map(chr, range(ord(first), ord(last or first) + 1))


@dataclass(frozen=True, slots=True)
class PlainText:
    """``places[i]`` is where character i of ``text`` stands in ``original``; None: the two are the same."""

    text: str
    original: str
    places: tuple[int, ...] | None = None

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where the words of ``text[start:end]`` stand in ``original``."""
        return (start, end) if self.places is None else (self.places[start], self.places[end - 1] + 1)


class Simplifier:
    """`PlainText` maker for one table of characters and one of spellings. Most messages need no change."""

    def __init__(self, simplified: Mapping[str, str], sounds: Mapping[str, str] | None = None) -> None:
        self._simplified = simplified
        self._sounds = sounds or {}
        self._heads = {sound[:2] for sound in self._sounds}
        # A set of characters is met or not far faster than the pattern is searched; most messages hold none.
        odd = _spread(f"{_HIDDEN}{_COMPATIBLE}")
        self._suspect = frozenset(chain(odd, simplified, " \t\u00a0\u3000*·•・…_-~|/\\.^#"))

    @cached_property
    def _changed(self) -> re.Pattern[str]:
        return re.compile(f"{_SEPARATORS}|[{_HIDDEN}{_COMPATIBLE}{''.join(self._simplified)}]")

    @cached_property
    def _spelt(self) -> re.Pattern[str]:
        longest_first = sorted(self._sounds, key=lambda one: (-len(one), one))
        return re.compile("|".join(map(re.escape, longest_first)))

    def __call__(self, text: str) -> PlainText:
        return self.in_pieces(text)[0]

    def in_pieces(self, text: str) -> tuple[PlainText, set[str]]:
        """The plain text and its `pieces`."""
        plain = self._cleaned(text)
        met = pieces(plain.text)
        if self._heads.isdisjoint(met) or self._spelt.search(plain.text) is None:
            return plain, met
        heard = self._heard(plain)
        return heard, pieces(heard.text)

    def _heard(self, plain: PlainText) -> PlainText:
        """Each hidden word as it is meant; its first and last characters lead back to those that were written."""
        out: list[str] = []
        places: list[int] = []
        done = 0
        written = plain.places or range(len(plain.text))
        for hit in self._spelt.finditer(plain.text):
            meant = self._sounds[hit[0]]
            out += (plain.text[done : hit.start()], meant)
            places += written[done : hit.start()]
            last, steps = len(hit[0]) - 1, max(1, len(meant) - 1)
            places += (written[hit.start() + place * last // steps] for place in range(len(meant)))
            done = hit.end()
        out.append(plain.text[done:])
        places += written[done:]
        return PlainText("".join(out), plain.original, tuple(places))

    def _cleaned(self, text: str) -> PlainText:
        if self._suspect.isdisjoint(text) or self._changed.search(text) is None:
            return PlainText(text, text)
        dropped = {place for hit in re.finditer(_NOISE, text) for place in range(*hit.span())}
        out: list[str] = []
        places: list[int] = []
        for place, char in enumerate(text):
            if place not in dropped:
                made = unicodedata.normalize("NFKC", self._simplified.get(char, char))
                out.append(made)
                places += [place] * len(made)
        return PlainText("".join(out), text, tuple(places))
