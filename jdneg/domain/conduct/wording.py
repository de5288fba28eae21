"""What a message says: signals by class, each quoted in its own words. The words are data (``data/wording``).

A signal is *plain* when its words alone are enough for a breach. Words of the trade (法院, 律师函, 立案, 征信)
stand in lawful notices too, and warnings or assurances speak of what will not be done: context decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from functools import cache, cached_property
from operator import itemgetter
from typing import TypeVar

from jdneg.domain.conduct.frames import SENTENCE_END, Frame, Span, place_of
from jdneg.domain.conduct.textform import PlainText, Simplifier
from jdneg.values import dataclass

CLASSES = (
    "violence", "threat", "insult", "disclosure_threat", "impersonation", "false_consequence",
    "third_party_pressure", "third_party_notice", "visit_threat", "accusation", "new_borrowing", "private_account",
    "misleading_amount",
)  # fmt: skip
# negation: right before the words, they are not meant. warning: the message warns of such words.
# debt: it speaks of a debt. collection: it asks for what is owed, or says that it is late. trade: lawful steps.
# promotion: an advertisement. whole: all of it is asked for. office: who a caller may falsely claim to be.
# banter: friends and family talk so; without a debt nothing in it is meant. hostile: only who presses speaks so; it
# stands in for a debt that is not named.
CONTEXTS = ("negation", "warning", "debt", "collection", "trade", "promotion", "whole", "office", "banter", "hostile")

# Threats to life are looked at even where a warning stands beside them.
_EVEN_IN_WARNINGS = frozenset({"violence"})
_BEFORE = 14
_REACH = 8
T = TypeVar("T")
U = TypeVar("U")

_REMEMBERED = 4096
_SLOT = "@"  # before a slot's name: its words are one more group of patterns
_FIGURE = re.compile("[1-9]")
_LONGEST_REMEMBERED = 2000
_start = itemgetter(0)


@dataclass(frozen=True, slots=True)
class Signal:
    """Given where one of its patterns matches or one of its frames is met.

    ``debt``: counts only where the message speaks of a debt. ``trade``: beside lawful steps it is not plain.
    """

    id: str
    cls: str
    patterns: tuple[str, ...] = ()
    frames: tuple[Frame, ...] = ()
    plain: bool = False
    debt: bool = False
    trade: bool = False


@dataclass(frozen=True, slots=True)
class Lexicon:
    """``context`` has a tuple of patterns for each of `CONTEXTS`; ``simplified`` maps traditional characters,
    ``sounds`` spellings that hide a word; ``slots`` are the words that frames name.

    ``index``: by word of one or two characters, the places in `patterns` of those to try where it stands; "" lists
    those always tried. ``needs``: by place, what else must stand in a text, each need as words of which one does.
    Both are texts (places parted by spaces, needs by lines) that are taken apart where they are met: a start that
    reads one message would make thousands of lists for nothing. Without both every pattern is tried.
    ``numbers``: the numbers that patterns and spellings name; no other figure decides what a message says.
    """

    signals: tuple[Signal, ...]
    context: Mapping[str, tuple[str, ...]]
    simplified: Mapping[str, str]
    version: str
    index: Mapping[str, str] = field(default_factory=dict)
    needs: Sequence[str] = ()
    numbers: tuple[str, ...] = ()
    sounds: Mapping[str, str] = field(default_factory=dict)
    slots: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def patterns(self) -> list[tuple[str, str]]:
        """All of them, each after the id of its signal, the name of its context or of its slot."""
        slots = ((_SLOT + name, words) for name, words in self.slots.items())
        groups = (*((one.id, one.patterns) for one in self.signals), *self.context.items(), *slots)
        return [(name, pattern) for name, patterns in groups for pattern in patterns]


@dataclass(frozen=True, slots=True)
class Hit:
    """One signal found; ``plain`` after context was weighed."""

    signal: str
    cls: str
    plain: bool
    quote: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What one text says. ``whole`` is the quote of words that ask for the whole balance."""

    hits: tuple[Hit, ...] = ()
    debt: bool = False
    collection: bool = False
    promotion: bool = False
    whole: str | None = None

    def of(self, classes: Iterable[str]) -> Hit | None:
        """The first hit of these classes, plain ones before others."""
        wanted = set(classes)
        found = [hit for hit in self.hits if hit.cls in wanted]
        return next((hit for hit in found if hit.plain), found[0] if found else None)


_NOTHING = Reading()


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


class Reader:
    """Reads messages by one lexicon. Only patterns whose needs a text meets are compiled and tried."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._simplify = Simplifier(lexicon.simplified, lexicon.sounds)
        self._signals = {signal.id: signal for signal in lexicon.signals}
        # The gravest class first: where one rule forbids several, that one is quoted.
        self._order = {name: (CLASSES.index(one.cls), name) for name, one in self._signals.items()}
        self._patterns = lexicon.patterns
        self._index = lexicon.index or {"": " ".join(map(str, range(len(self._patterns))))}
        self._looked_up: dict[str, tuple[int, ...]] = {}
        self._always = self._numbers("")
        self._needs = lexicon.needs
        framed = ((one, frame) for one in lexicon.signals for frame in one.frames)
        self._frames = [(one, frame, frozenset(_SLOT + slot for slot in frame.needs)) for one, frame in framed]
        self._sets: dict[int, list[frozenset[str]]] = {}
        self._searches: dict[int, Search] = {}
        self._numbers_named = lexicon.numbers
        self._shapes: dict[str, _Shape] = {}

    def __call__(self, text: str) -> Reading:
        if len(text) > _LONGEST_REMEMBERED:
            return self._read(text).cut(text)
        # Dunning repeats itself word for word, but for amounts, days and case numbers.
        bare = _FIGURE.sub("0", text)
        key = bare if bare == text or not self._named.search(text) else text
        shape = self._shapes.get(key)
        if shape is None:
            shape = self._read(text)
            _remember(self._shapes, key, shape)
        return shape.cut(text)

    @cached_property
    def _named(self) -> re.Pattern[str]:
        return re.compile("|".join(map(re.escape, self._numbers_named)) or "(?!)")

    def with_role(self, reading: Reading, role: str) -> Reading:
        """The reading with the role a caller claimed. It may be true, so it is never plain."""
        plain, met = self._simplify.in_pieces(role)
        if not _has(self._plan(met), "office", plain.text):
            return reading
        return replace(reading, hits=(*reading.hits, Hit("impersonation.claimed", "impersonation", False, role)))

    def _read(self, written: str) -> _Shape:
        plain, met = self._simplify.in_pieces(written)
        text, plan = plain.text, self._plan(met)
        if not plan:
            return _Shape(_NOTHING)
        debt, asks, promotion = (_has(plan, name, text) for name in ("debt", "collection", "promotion"))
        hits, whole = self._hits(plain, plan, debt=debt), _quote(plan, "whole", plain)
        return _Shape(Reading((), debt, asks, promotion), hits, whole)

    def _plan(self, met: set[str]) -> _Plan:
        likely = {number for key in self._index.keys() & met for number in self._numbers(key)}
        tried = [one for one in likely if not any(map(met.isdisjoint, self._sets_of(one)))]
        plan: dict[str, list[Search]] = {}
        for number in sorted((*self._always, *tried), key=self._rank):
            plan.setdefault(self._patterns[number][0], []).append(self._search(number))
        return plan

    def _numbers(self, key: str) -> tuple[int, ...]:
        found = self._looked_up.get(key)
        if found is None:
            found = self._looked_up[key] = tuple(map(int, self._index.get(key, "").split()))
        return found

    def _rank(self, number: int) -> tuple[int, str]:
        """Of two that match at one place the longer pattern counts, so that the quote is the fullest wording."""
        pattern = self._patterns[number][1]
        return -len(pattern), pattern

    def _sets_of(self, number: int) -> list[frozenset[str]]:
        found = self._sets.get(number)
        if found is None:
            found = self._sets[number] = [frozenset(need.split()) for need in self._needs[number].split("\n") if need]
        return found

    def _search(self, number: int) -> Search:
        found = self._searches.get(number)
        if found is None:
            found = self._searches[number] = _search(self._patterns[number][1])
        return found

    def _hits(self, plain: PlainText, plan: _Plan, *, debt: bool) -> tuple[_Seen, ...]:
        pressed = debt or _has(plan, "hostile", plain.text)
        found = [one for one in self._seen(plain, plan) if pressed or not one[0].debt]
        if not found:
            return ()
        if not debt and _has(plan, "banter", plain.text):
            return ()
        found.sort(key=lambda one: self._order[one[0].id])
        warning, trade = _has(plan, "warning", plain.text), _has(plan, "trade", plain.text)
        return tuple(
            (signal, signal.plain and not warning and not (signal.trade and trade), quote)
            for signal, quote in found
            if not warning or signal.cls in _EVEN_IN_WARNINGS
        )

    def _seen(self, plain: PlainText, plan: _Plan) -> Iterator[tuple[Signal, Span]]:
        """Signals given, each once, with where their words stand in the text as it was written."""
        given = set()
        for name in plan:
            signal = self._signals.get(name)
            if signal is not None and (quote := _quote(plan, name, plain)) is not None:
                given.add(name)
                yield signal, quote
        for signal, place in self._met(plain.text, plan):
            if signal.id not in given:
                given.add(signal.id)
                yield signal, plain.place(*place)

    def _met(self, text: str, plan: _Plan) -> Iterator[tuple[Signal, Span]]:
        """Signals whose frames are met, with where they stand in the plain text."""

        @cache
        def spans(name: str) -> tuple[Span, ...]:
            return tuple(_spans(plan.get(name, ()), text))

        given = frozenset(plan)
        for signal, frame, slots in self._frames:
            if slots <= given:
                place = place_of(frame, text, lambda slot: spans(_SLOT + slot), spans("negation"))
                if place is not None:
                    yield signal, place


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
    place = 0
    while found := [span for search in searches if (span := search(text, place))]:
        span = min(found, key=_start)
        yield span
        place = max(span[1], span[0] + 1)


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
