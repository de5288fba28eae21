"""From words as they are written to the `Lexicon` that messages are read by: which pattern to try where.

Imported only when the cache does not help.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field

from jdneg.domain.conduct.frames import Frame
from jdneg.domain.conduct.lexicon import APART, SLOT, Lexicon, Signal
from jdneg.storage.wordkeys import Need, needs_of
from jdneg.values import dataclass

Words = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Told:
    """A signal with what it is told by."""

    signal: Signal
    patterns: tuple[str, ...] = ()
    frames: tuple[Frame, ...] = ()


@dataclass(frozen=True, slots=True)
class Writing:
    """What the files say: ``context`` has patterns for each of `CONTEXTS`, ``slots`` the words that frames name."""

    told: Sequence[Told]
    context: Words
    slots: Words
    simplified: Mapping[str, str] = field(default_factory=dict)
    sounds: Mapping[str, str] = field(default_factory=dict)
    tone: Mapping[str, int] = field(default_factory=dict)

    @property
    def patterns(self) -> list[tuple[str, str]]:
        """All of them, each after its group."""
        slots = ((SLOT + name, words) for name, words in self.slots.items())
        groups = (*((one.signal.id, one.patterns) for one in self.told), *self.context.items(), *slots)
        return [(group, pattern) for group, patterns in groups for pattern in patterns]


def lexicon_of(writing: Writing, version: str = "", needs_of: Callable[[str], Sequence[Need]] = needs_of) -> Lexicon:
    """The first need of a pattern is what it is looked up by; one without is always tried."""
    patterns = writing.patterns
    needs = [needs_of(pattern) for _, pattern in patterns]
    frames = [(one.signal.id, frame) for one in writing.told for frame in one.frames]
    signals = [one.signal for one in writing.told]
    return Lexicon(
        signals={one.id: [one.cls, one.plain, one.debt, one.trade] for one in signals},
        patterns=[
            f"{group} {pattern}".replace("\n", r"\n") for group, pattern in patterns
        ],  # each a line of the cache
        needs=[APART.join(" ".join(sorted(need)) for need in found[1:]) for found in needs],
        index=_by_character(_places(sorted(found[0]) if found else [""] for found in needs)),
        frames=[f"{signal} {frame}" for signal, frame in frames],
        framed=_places([SLOT + frame.needs[0]] for _, frame in frames),
        simplified=writing.simplified,
        sounds=writing.sounds,
        numbers=_numbers([pattern for _, pattern in patterns], writing.sounds),
        tone=writing.tone,
        version=version,
    )


def _places(rows: Iterable[Iterable[str]]) -> dict[str, str]:
    """In which rows each word stands."""
    found: dict[str, list[str]] = {}
    for number, words in enumerate(rows):
        for word in words:
            found.setdefault(word, []).append(str(number))
    return {word: " ".join(numbers) for word, numbers in found.items()}


def _by_character(places: Mapping[str, str]) -> dict[str, str]:
    """The same under the first character of each word."""
    found: dict[str, list[str]] = {}
    for word, numbers in places.items():
        found.setdefault(word[:1], []).append(f"{word} {numbers}")
    return {character: APART.join(entries) for character, entries in found.items()}


def _numbers(patterns: Iterable[str], sounds: Iterable[str]) -> list[str]:
    """Figures patterns name, such as 96110, and spellings with one; how often something may stand is no figure.

    With the character they need beside them (1天): a figure too many costs every message that holds it a reading.
    """
    bare = (re.sub(r"\{[\d,]+\}|0-9|\\u[0-9a-f]{4}", "", pattern) for pattern in patterns)
    named = {number for pattern in bare for number in re.findall(r"\d+(?:[\u4e00-\u9fff](?![?*{]))?", pattern)}
    return sorted(named | {one for one in sounds if re.search(r"\d", one)})
