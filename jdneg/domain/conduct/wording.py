"""What a message says: signals by class, each quoted in its own words. The words are data (``data/wording``).

A signal is *plain* when its words alone are enough for a breach. Words of the trade (法院, 律师函, 立案, 征信)
stand in lawful notices too, and warnings or assurances speak of what will not be done: context decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from typing import TypeVar

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
# banter: friends and family talk so; without a debt nothing in it is meant.
CONTEXTS = ("negation", "warning", "debt", "collection", "trade", "promotion", "whole", "office", "banter")

# Threats to life are looked at even where a warning stands beside them.
_EVEN_IN_WARNINGS = frozenset({"violence"})
_BEFORE = 14
_REACH = 8
T = TypeVar("T")
U = TypeVar("U")

_CLAUSE_END = "。!?;！？；\n"
_REMEMBERED = 4096
_CHOICES = 48
_FIGURE = re.compile("[1-9]")
_LONGEST_REMEMBERED = 2000


@dataclass(frozen=True, slots=True)
class Signal:
    """``debt``: counts only where the message speaks of a debt. ``trade``: beside lawful steps it is not plain."""

    id: str
    cls: str
    patterns: tuple[str, ...]
    plain: bool = False
    debt: bool = False
    trade: bool = False


@dataclass(frozen=True, slots=True)
class Lexicon:
    """``context`` has a tuple of patterns for each of `CONTEXTS`; ``simplified`` maps traditional characters,
    ``sounds`` spellings that hide a word.

    ``keys``: by pattern, pairs of characters one of which stands in every match; absent: always try.
    ``numbers``: the numbers that patterns and spellings name; no other figure decides what a message says.
    """

    signals: tuple[Signal, ...]
    context: Mapping[str, tuple[str, ...]]
    simplified: Mapping[str, str]
    version: str
    keys: Mapping[str, frozenset[str]] = field(default_factory=dict)
    numbers: tuple[str, ...] = ()
    sounds: Mapping[str, str] = field(default_factory=dict)


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


Span = tuple[int, int]
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


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is worth trying in a text that holds certain keys; ``certain``: groups that need no search at all."""

    patterns: Mapping[str, re.Pattern[str]]
    certain: frozenset[str]


class Reader:
    """Reads messages by one lexicon. Only patterns one of whose keys stands in a text are compiled and tried."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._simplify = Simplifier(lexicon.simplified, lexicon.sounds)
        self._signals = {signal.id: signal for signal in lexicon.signals}
        # The gravest class first: where one rule forbids several, that one is quoted.
        self._order = {name: (CLASSES.index(one.cls), name) for name, one in self._signals.items()}
        self._groups = {signal.id: signal.patterns for signal in lexicon.signals} | dict(lexicon.context)
        self._compiled: dict[str, dict[frozenset[str], re.Pattern[str]]] = {name: {} for name in self._groups}
        self._always: list[tuple[str, str]] = []
        self._of_key: dict[str, list[tuple[str, str]]] = {}
        for name, patterns in self._groups.items():
            for pattern in patterns:
                keys = lexicon.keys.get(pattern)
                for key in keys or ():
                    self._of_key.setdefault(key, []).append((name, pattern))
                if keys is None:
                    self._always.append((name, pattern))
        self._keys = self._of_key.keys()
        self._plans: dict[frozenset[str], _Plan] = {}
        self._numbered = re.compile("|".join(map(re.escape, lexicon.numbers)) or "(?!)").search
        self._shapes: dict[str, _Shape] = {}

    def __call__(self, text: str) -> Reading:
        if len(text) > _LONGEST_REMEMBERED:
            return self._read(self._simplify(text)).cut(text)
        # Dunning repeats itself word for word, but for amounts, days and case numbers.
        key = text if self._numbered(text) else _FIGURE.sub("0", text)
        shape = self._shapes.get(key)
        if shape is None:
            shape = self._read(self._simplify(text))
            _remember(self._shapes, key, shape)
        return shape.cut(text)

    def with_role(self, reading: Reading, role: str) -> Reading:
        """The reading with the role a caller claimed. It may be true, so it is never plain."""
        if self._pattern("office", frozenset(self._groups["office"])).search(self._simplify(role).text) is None:
            return reading
        return replace(reading, hits=(*reading.hits, Hit("impersonation.claimed", "impersonation", False, role)))

    def _read(self, plain: PlainText) -> _Shape:
        text = plain.text
        # Pairs of neighbouring characters; a set, so that the keys are met by hashing and not one by one.
        plan = self._plan(frozenset(self._keys & set(map(str.__add__, text, text[1:]))))
        if not plan.patterns:
            return _Shape(_NOTHING)
        debt, asks, promotion = (_has(plan, name, text) for name in ("debt", "collection", "promotion"))
        hits, whole = self._hits(plain, plan, debt=debt), _quote(plan, "whole", plain)
        return _Shape(Reading((), debt, asks, promotion), hits, whole)

    def _plan(self, met: frozenset[str]) -> _Plan:
        """Messages of one sender differ in names and amounts: most have their plan already."""
        known = self._plans.get(met)
        if known is None:
            worth: dict[str, set[str]] = {}
            for name, pattern in (*self._always, *(one for key in met for one in self._of_key[key])):
                worth.setdefault(name, set()).add(pattern)
            patterns = {name: self._pattern(name, frozenset(tried)) for name, tried in worth.items()}
            # A pattern of two plain characters is its own key.
            certain = frozenset(name for name in worth if not met.isdisjoint(self._groups[name]))
            known = _Plan(patterns, certain)
            _remember(self._plans, met, known)
        return known

    def _pattern(self, name: str, tried: frozenset[str]) -> re.Pattern[str]:
        """One pattern for those of a group that are tried; past a few dozen such choices, for the whole group."""
        compiled = self._compiled[name]
        tried = tried if len(compiled) < _CHOICES else frozenset(self._groups[name])
        if tried not in compiled:
            compiled[tried] = _joined(tried)
        return compiled[tried]

    def _hits(self, plain: PlainText, plan: _Plan, *, debt: bool) -> tuple[_Seen, ...]:
        found = []
        for name in plan.patterns:
            signal = self._signals.get(name)
            if signal is not None and (debt or not signal.debt):
                quote = _quote(plan, name, plain)
                if quote is not None:
                    found.append((signal, quote))
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


def _remember(kept: dict[T, U], key: T, value: U) -> None:
    """Forgetting all at once keeps the memory bounded."""
    if len(kept) >= _REMEMBERED:
        kept.clear()
    kept[key] = value


def _has(plan: _Plan, name: str, text: str) -> bool:
    """Whether a context is given."""
    pattern = plan.patterns.get(name)
    return pattern is not None and (name in plan.certain or pattern.search(text) is not None)


def _quote(plan: _Plan, name: str, plain: PlainText) -> Span | None:
    """Where the first match that is meant stands in the text as it was written."""
    pattern = plan.patterns.get(name)
    for found in pattern.finditer(plain.text) if pattern else ():
        if not _is_negated(plan, plain.text, found.start()):
            return plain.place(*found.span())
    return None


def _is_negated(plan: _Plan, text: str, start: int) -> bool:
    negation = plan.patterns.get("negation")
    if negation is None:
        return False
    before = text[max(0, start - _BEFORE) : start]
    before = before[max(map(before.rfind, _CLAUSE_END)) + 1 :]
    return any(len(before) - found.end() <= _REACH for found in negation.finditer(before))


def _joined(patterns: Iterable[str]) -> re.Pattern[str]:
    """One alternation, longest first, so that the quote is the fullest wording."""
    return re.compile("|".join(f"(?:{one})" for one in sorted(patterns, key=lambda one: (-len(one), one))))
