"""What a message says: signals by class, each quoted in its own words (`jdneg.domain.conduct.lexicon`).

A signal is *plain* when its words alone are enough for a breach. Words of the trade (法院, 律师函, 立案, 征信)
stand in lawful notices too, and warnings or assurances speak of what will not be done: context decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, cached_property
from operator import attrgetter
from typing import TypeVar

from jdneg.domain.conduct.frames import SENTENCE_END, BySentence, Frame, Sentences, Span, place_of
from jdneg.domain.conduct.lexicon import APART, CLASSES, SLOT, Hit, Lexicon, Reading, Signal
from jdneg.domain.conduct.textform import PlainText, Simplifier
from jdneg.domain.tone import Tone, is_chinese
from jdneg.values import dataclass

# Threats to life are looked at even where a warning stands beside them, and are meant in any tone.
_EVEN_IN_WARNINGS = frozenset({"violence"})
# `Tone` from which a message without listed words is looked at, from which listed words may be plain, and below
# which it is calm.
_PRESSES, _MEANT, _CALM = 0.8, 0.3, 0.05
_FEW = 12  # characters: too few for a tone
# Said in a calm tone these are something else: a florist's wreath, a plot, a rule quoted. A lawful-sounding falsehood
# is calm too, so no other class is.
_TOLD_BY_TONE = frozenset({"threat", "insult", "disclosure_threat", "visit_threat"})
_BEFORE = 14
_REACH = 8
T = TypeVar("T")
U = TypeVar("U")

_REMEMBERED = 4096
_LONGEST_REMEMBERED = 2000
_rank = attrgetter("rank")


# What no pattern names, and reads like it all the same.
_PRESSING = Signal("pressing.tone", "pressing")

_Seen = tuple[Signal, bool, Span]  # a signal, whether it is plain, where its words stand


@dataclass(frozen=True, slots=True)
class _Shape:
    """The reading of all texts that differ in figures alone; the quotes are cut from each."""

    bare: Reading
    hits: tuple[_Seen, ...] = ()
    whole: Span | None = None

    def cut(self, text: str) -> Reading:
        if not self.hits and self.whole is None:
            return self.bare
        hits = tuple(Hit(one.id, one.cls, plain, text[at:end]) for one, plain, (at, end) in self.hits)
        return replace(self.bare, hits=hits, whole=text[slice(*self.whole)] if self.whole else None)


Search = Callable[[str, int], Span | None]  # where a pattern next stands from a place on
_Plan = Mapping[str, Sequence[Search]]  # what is worth trying in a text, by group, the longest pattern first


@dataclass(frozen=True, slots=True)
class _Pattern:
    """``rank``: of two that match at one place the longer counts, so that the quote is the fullest wording."""

    group: str
    rank: tuple[int, str]
    needs: tuple[frozenset[str], ...]
    search: Search


@dataclass(frozen=True, slots=True)
class _Framed:
    """A signal with one of its frames; ``groups`` are those of the slots it needs."""

    signal: str
    frame: Frame
    groups: frozenset[str]


class Reader:
    """Reads messages by one lexicon. Only patterns whose needs a text meets are compiled and tried."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._simplify = Simplifier(lexicon.simplified, lexicon.sounds)
        self._tone = Tone(lexicon.tone)
        self._closed = dict(lexicon.index)
        self._index: dict[str, tuple[int, ...]] = {}
        self._open("")
        self._patterns: dict[int, _Pattern] = {}
        self._frames: dict[int, _Framed] = {}
        self._shapes: dict[str, _Shape] = {}

    def __call__(self, text: str) -> Reading:
        if len(text) > _LONGEST_REMEMBERED:
            return self._read(text).cut(text)
        # Dunning repeats itself word for word, but for amounts, days and case numbers.
        bare = text
        for figure in "123456789":
            bare = bare.replace(figure, "0")
        key = bare if bare == text or not self._named.search(text) else text
        shape = self._shapes.get(key)
        if shape is None:
            shape = self._read(text)
            _remember(self._shapes, key, shape)
        return shape.cut(text)

    @cached_property
    def _named(self) -> re.Pattern[str]:
        return re.compile("|".join(map(re.escape, self._lexicon.numbers)) or "(?!)")

    def with_role(self, reading: Reading, role: str) -> Reading:
        """The reading with the role a caller claimed. It may be true, so it is never plain."""
        plain, met = self._simplify.in_pieces(role)
        if not _has(self._plan(met), "office", plain.text):
            return reading
        return replace(reading, hits=(*reading.hits, Hit("impersonation.claimed", "impersonation", False, role)))

    def _read(self, written: str) -> _Shape:
        plain, met = self._simplify.in_pieces(written)
        text, plan = plain.text, self._plan(met)
        debt, asks, promotion = (_has(plan, name, text) for name in ("debt", "collection", "promotion"))
        hits, whole = self._hits(plain, plan, debt=debt), _quote(plan, "whole", plain)
        return _Shape(Reading((), debt, asks, promotion), hits, whole)

    def _plan(self, met: set[str]) -> _Plan:
        for character in self._closed.keys() & met:
            self._open(character)
        numbers = {number for key in self._index.keys() & met for number in self._index[key]}
        likely = map(self._pattern, numbers.union(self._index[""]))
        plan: dict[str, list[Search]] = {}
        for one in sorted((one for one in likely if not any(map(met.isdisjoint, one.needs))), key=_rank):
            plan.setdefault(one.group, []).append(one.search)
        return plan

    def _open(self, character: str) -> None:
        """Take apart what the index has of words that begin so."""
        for entry in self._closed.pop(character, "").split(APART):
            word, *numbers = entry.split(" ")
            self._index[word] = tuple(map(int, numbers))

    def _pattern(self, number: int) -> _Pattern:
        found = self._patterns.get(number)
        if found is None:
            group, _, pattern = self._lexicon.patterns[number].partition(" ")
            needs = tuple(frozenset(need.split(" ")) for need in self._lexicon.needs[number].split(APART) if need)
            found = _Pattern(group, (-len(pattern), pattern), needs, _search(pattern))
            self._patterns[number] = found
        return found

    def _hits(self, plain: PlainText, plan: _Plan, *, debt: bool) -> tuple[_Seen, ...]:
        pressed = debt or _has(plan, "hostile", plain.text)
        found = [one for one in self._seen(plain, plan) if pressed or not one[0].debt]
        if not debt and _has(plan, "banter", plain.text):
            return ()
        # The gravest class first: where one rule forbids several, that one is quoted.
        found.sort(key=lambda one: (CLASSES.index(one[0].cls), one[0].id))
        warning, told, trade = (_has(plan, name, plain.text) for name in ("warning", "told", "trade"))
        tone, stretch = self._tone.of(plain.text)
        chinese = is_chinese(plain.text)
        if not found and not warning and chinese and tone >= _PRESSES:
            return ((_PRESSING, False, plain.place(*self._tone.telling(plain.text, stretch))),)
        if len(plain.text) < _FEW or not chinese:
            tone = 1.0

        def is_plain(signal: Signal) -> bool:
            meant = tone >= _MEANT or signal.cls in _EVEN_IN_WARNINGS
            return signal.plain and meant and not (warning or told or (signal.trade and trade))

        return tuple(
            (signal, is_plain(signal), quote)
            for signal, quote in found
            if (not warning or signal.cls in _EVEN_IN_WARNINGS) and (tone >= _CALM or signal.cls not in _TOLD_BY_TONE)
        )

    def _seen(self, plain: PlainText, plan: _Plan) -> Iterator[tuple[Signal, Span]]:
        """Signals given, each once, with where their words stand in the text as it was written."""
        found: dict[str, Span] = {}
        for name in plan.keys() & self._lexicon.signals.keys():
            quote = _quote(plan, name, plain)
            if quote is not None:
                found[name] = quote
        for name, place in self._met(plain.text, plan):
            found.setdefault(name, plain.place(*place))
        return ((Signal(name, *self._lexicon.signals[name]), place) for name, place in found.items())

    def _met(self, text: str, plan: _Plan) -> Iterator[tuple[str, Span]]:
        """Signals whose frames are met, with where they stand in the plain text."""

        sentences = Sentences(text)

        @cache
        def spans(slot: str) -> BySentence:
            return sentences.sorted(_spans(plan.get(SLOT + slot, ()), text))

        denials = sentences.sorted(_spans(plan.get("negation", ()), text), 1)
        framed = self._lexicon.framed
        likely = (number for group in plan.keys() & framed.keys() for number in map(int, framed[group].split(" ")))
        for one in map(self._frame, sorted(likely)):
            if one.groups <= plan.keys():
                place = place_of(one.frame, text, spans, denials)
                if place is not None:
                    yield one.signal, place

    def _frame(self, number: int) -> _Framed:
        found = self._frames.get(number)
        if found is None:
            signal, _, written = self._lexicon.frames[number].partition(" ")
            frame = Frame.read(written)
            found = self._frames[number] = _Framed(signal, frame, frozenset(SLOT + slot for slot in frame.needs))
        return found


def _start(found: tuple[Span, Search]) -> int:
    return found[0][0]


def _remember(kept: dict[T, U], key: T, value: U) -> None:
    """Forgetting all at once keeps the memory bounded."""
    if len(kept) >= _REMEMBERED:
        kept.clear()
    kept[key] = value


def _search(pattern: str) -> Search:
    """Many patterns are plain words and need no compiling; the others are compiled when first searched."""
    if pattern.isalnum():
        return lambda text, start: None if (at := text.find(pattern, start)) < 0 else (at, at + len(pattern))
    compiled: re.Pattern[str] | None = None

    def search(text: str, start: int) -> Span | None:
        nonlocal compiled
        compiled = compiled or re.compile(pattern)
        found = compiled.search(text, start)
        return found.span() if found else None

    return search


def _spans(searches: Sequence[Search], text: str) -> Iterator[Span]:
    """Where one of these stands, one after the other, as in one alternation of all of them."""
    ahead = [(span, search) for search in searches if (span := search(text, 0))]
    while ahead:
        span = min(ahead, key=_start)[0]
        yield span
        place = max(span[1], span[0] + 1)
        # Who found a place further on would find it again: a long page is searched but once.
        looked = ((span if span[0] >= place else search(text, place), search) for span, search in ahead)
        ahead = [(span, search) for span, search in looked if span]


def _has(plan: _Plan, name: str, text: str) -> bool:
    """Whether a context is given: the short patterns, mostly plain words, are looked for first."""
    return any(search(text, 0) for search in reversed(plan.get(name, ())))


def _quote(plan: _Plan, name: str, plain: PlainText) -> Span | None:
    """Where the first match that is meant stands in the text as it was written."""
    for start, end in _spans(plan.get(name, ()), plain.text):
        if not _is_negated(plan, plain.text, start):
            return plain.place(start, end)
    return None


def _is_negated(plan: _Plan, text: str, start: int) -> bool:
    negation = plan.get("negation")
    if negation is None:
        return False
    before = text[max(0, start - _BEFORE) : start]
    before = before[max(map(before.rfind, SENTENCE_END)) + 1 :]
    return any(len(before) - end <= _REACH for _, end in _spans(negation, before))
