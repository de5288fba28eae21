"""What a message says: signals by class, each quoted in its own words. The words are data (``data/wording``).

A signal is *plain* when its words alone are enough for a breach. Words of the trade (法院, 律师函, 立案, 征信)
stand in lawful notices too, and warnings or assurances speak of what will not be done: context decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import field, replace

from jdneg.domain.conduct.textform import PlainText, Simplifier
from jdneg.values import dataclass

CLASSES = (
    "violence", "threat", "insult", "disclosure_threat", "impersonation", "false_consequence",
    "third_party_pressure", "third_party_notice", "visit_threat", "accusation", "new_borrowing",
)  # fmt: skip
# negation: right before the words, they are not meant. warning: the message warns of such words.
# debt: it speaks of a debt. trade: lawful steps. promotion: an advertisement. whole: all of it is asked for.
# office: who a caller may falsely claim to be.
CONTEXTS = ("negation", "warning", "debt", "trade", "promotion", "whole", "office")

# Threats to life are looked at even where a warning stands beside them.
_EVEN_IN_WARNINGS = frozenset({"violence"})
_BEFORE = 14
_REACH = 8
_CLAUSE_END = re.compile(r"[。!?;！？；\n]")
_REMEMBERED = 4096
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
    """``context`` has a tuple of patterns for each of `CONTEXTS`; ``simplified`` maps traditional characters.

    ``keys``: by signal or context, pairs of characters one of which stands in every match; absent: always try.
    """

    signals: tuple[Signal, ...]
    context: Mapping[str, tuple[str, ...]]
    simplified: Mapping[str, str]
    version: str
    keys: Mapping[str, frozenset[str]] = field(default_factory=dict)


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
    promotion: bool = False
    whole: str | None = None

    def of(self, classes: Iterable[str]) -> Hit | None:
        """The first hit of these classes, plain ones before others."""
        wanted = set(classes)
        found = [hit for hit in self.hits if hit.cls in wanted]
        return next((hit for hit in found if hit.plain), found[0] if found else None)


_NOTHING = Reading()


class Reader:
    """Reads messages by one lexicon. Only patterns one of whose keys stands in a text are compiled and tried."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._simplify = Simplifier(lexicon.simplified)
        self._signals = {signal.id: signal for signal in lexicon.signals}
        # The gravest class first: where one rule forbids several, that one is quoted.
        self._order = {name: (CLASSES.index(one.cls), name) for name, one in self._signals.items()}
        groups = {signal.id: signal.patterns for signal in lexicon.signals} | dict(lexicon.context)
        self._patterns = groups
        self._compiled: dict[str, re.Pattern[str]] = {}
        self._always = frozenset(name for name in groups if name not in lexicon.keys)
        self._of_key: dict[str, list[str]] = {}
        for name, keys in lexicon.keys.items():
            for key in keys:
                self._of_key.setdefault(key, []).append(name)
        self._keys = self._of_key.keys()
        self._seen: dict[str, Reading] = {}

    def __call__(self, text: str) -> Reading:
        known = self._seen.get(text)
        if known is not None:
            return known
        made = self._read(self._simplify(text))
        if len(text) <= _LONGEST_REMEMBERED:
            # Dunning repeats itself word for word; forgetting all at once keeps the memory bounded.
            if len(self._seen) >= _REMEMBERED:
                self._seen.clear()
            self._seen[text] = made
        return made

    def with_role(self, reading: Reading, role: str) -> Reading:
        """The reading with the role a caller claimed. It may be true, so it is never plain."""
        if self._pattern("office").search(self._simplify(role).text) is None:
            return reading
        return replace(reading, hits=(*reading.hits, Hit("impersonation.claimed", "impersonation", False, role)))

    def _read(self, plain: PlainText) -> Reading:
        text = plain.text
        # Pairs of neighbouring characters; a set, so that the keys are met by hashing and not one by one.
        met = self._keys & set(map(str.__add__, text, text[1:]))
        worth = self._always.union(*(self._of_key[key] for key in met))
        if not worth:
            return _NOTHING
        debt, promotion = (name in worth and self._has(name, text, met) for name in ("debt", "promotion"))
        hits = self._hits(plain, worth, met, debt=debt)
        return Reading(hits, debt, promotion, self._quote("whole", plain) if "whole" in worth else None)

    def _hits(self, plain: PlainText, worth: frozenset[str], met: set[str], *, debt: bool) -> tuple[Hit, ...]:
        found = []
        for name in worth & self._signals.keys():
            signal = self._signals[name]
            if debt or not signal.debt:
                quote = self._quote(signal.id, plain)
                if quote is not None:
                    found.append((signal, quote))
        if not found:
            return ()
        found.sort(key=lambda one: self._order[one[0].id])
        warning, trade = (name in worth and self._has(name, plain.text, met) for name in ("warning", "trade"))
        return tuple(
            Hit(signal.id, signal.cls, signal.plain and not warning and not (signal.trade and trade), quote)
            for signal, quote in found
            if not warning or signal.cls in _EVEN_IN_WARNINGS
        )

    def _pattern(self, name: str) -> re.Pattern[str]:
        pattern = self._compiled.get(name)
        if pattern is None:
            pattern = self._compiled[name] = _joined(self._patterns[name])
        return pattern

    def _has(self, name: str, text: str, met: set[str]) -> bool:
        """Whether a context is given; a pattern of two plain characters is its own key and needs no search."""
        return not met.isdisjoint(self._patterns[name]) or self._pattern(name).search(text) is not None

    def _quote(self, name: str, plain: PlainText) -> str | None:
        """The words of the first match that is meant."""
        for found in self._pattern(name).finditer(plain.text):
            if not self._is_negated(plain.text, found.start()):
                return plain.quote(*found.span())
        return None

    def _is_negated(self, text: str, start: int) -> bool:
        before = _CLAUSE_END.split(text[max(0, start - _BEFORE) : start])[-1]
        ends = (found.end() for found in self._pattern("negation").finditer(before))
        return any(len(before) - end <= _REACH for end in ends)


def _joined(patterns: Iterable[str]) -> re.Pattern[str]:
    """One alternation, longest first, so that the quote is the fullest wording."""
    return re.compile("|".join(f"(?:{one})" for one in sorted(patterns, key=lambda one: (-len(one), one))))
