"""Does this look like fraud? Signals quoted, a verdict, never a promise that something is safe."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Literal

from jdneg.domain.conduct.textform import PlainText, Simplifier
from jdneg.domain.scam.callers import caller_signals
from jdneg.domain.scam.links import is_known, kind_of, links_of
from jdneg.domain.scam.signals import COMPUTED, GRADES, ScamBook, Signal
from jdneg.domain.tone import is_chinese
from jdneg.values import dataclass

Verdict = Literal["scam_likely", "suspicious", "no_signal"]

_BEFORE = 12
_AFTER = 16
_CLAUSE = "。!?;！？；\n"
_ENOUGH = 2
_ALIKE = 0.95
_SMALL = {ord(capital): capital.lower() for capital in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}  # lower() may change lengths


@dataclass(frozen=True, slots=True)
class Found:
    """A signal with the words it rests on, as they were written."""

    signal: Signal
    quote: str


@dataclass(frozen=True, slots=True)
class Screening:
    """``signals``: gravest first."""

    verdict: Verdict
    signals: tuple[Found, ...]


def screen(
    text: str, number: str | None, book: ScamBook, confirmed: Collection[str] = (), stated: Collection[str] = ()
) -> Screening:
    """``confirmed``: hosts the user has confirmed; links to them are no sign of anything.

    ``stated``: ids of signals that a logged contact states by itself, without words to quote.
    """
    words = _Words(text, book, confirmed)
    found = list(words.found()) if text.strip() else []
    named = {one.signal.id for one in found}
    found += [Found(book.signals[name], "") for name in stated if name not in named]
    if number:
        office = words.has("office_claimed")
        found += [
            Found(book.signals[name], number) for name in caller_signals(number, book.resellers, claims_office=office)
        ]
    return conclude(found)


def conclude(found: Collection[Found]) -> Screening:
    """One decisive signal, two strong ones, or one in a text that reads like fraud: likely. Weak ones need others."""
    decisive, strong, weak, look = ([one for one in found if one.signal.grade == grade] for grade in GRADES)
    if decisive:
        return Screening("scam_likely", (*decisive, *strong, *weak))
    if len(strong) + len(look) >= _ENOUGH:
        return Screening("scam_likely", (*strong, *weak, *look))
    if strong or len(weak) >= _ENOUGH or look:
        return Screening("suspicious", (*strong, *weak, *look))
    return Screening("no_signal", ())


class _Words:
    """One text in the form it is looked at."""

    def __init__(self, text: str, book: ScamBook, confirmed: Collection[str]) -> None:
        self._book = book
        plain = Simplifier(book.simplified, book.sounds)(text)
        self._text = PlainText(plain.text.translate(_SMALL), plain.original, plain.places)
        hosts = [(link.host, text[link.start : link.end]) for link in links_of(text)]
        self._vouched = any(is_known(host, (*confirmed, *book.links.state)) for host, _ in hosts)
        # Only state organs get names under gov.cn; a link there is no sign of fraud, nor a proof of anything.
        self._links = [(host, quote) for host, quote in hosts if not is_known(host, (*confirmed, *book.links.state))]
        self._contexts: dict[str, bool] = {}
        self._contexts["link"] = bool(self._links) or self.has("link_word")

    def has(self, context: str) -> bool:
        if context not in self._contexts:
            patterns = self._book.contexts[context]
            self._contexts[context] = self._book.pattern(patterns).search(self._text.text) is not None
        return self._contexts[context]

    def found(self) -> Iterator[Found]:
        if self.has("warning"):
            return
        for signal in self._book.signals.values():
            if self._may_hold(signal) and self._fits(signal):
                quote = self._quote(signal)
                if quote is not None:
                    yield Found(signal, quote)
        yield from self._of_links()
        yield from self._of_tone()

    def _may_hold(self, signal: Signal) -> bool:
        return any(word in self._text.text for word in signal.hints)

    def _of_links(self) -> Iterator[Found]:
        seen = set()
        for host, quote in self._links:
            signal = self._book.signals.get(kind_of(host, self._book.links))
            if signal is not None and signal.id not in seen:
                seen.add(signal.id)
                yield Found(signal, quote)

    def _of_tone(self) -> Iterator[Found]:
        """What no pattern names and reads like fraud all the same, where money or an account is spoken of; an
        advertisement reads so without being one.

        A message with a site that the user has confirmed is left alone.
        """
        if not is_chinese(self._text.text):
            return
        like, stretch = self._book.tone.of(self._text.text)
        if like >= _ALIKE and self.has("finance") and not self._vouched and not self.has("promotion"):
            start, end = self._text.place(*self._book.tone.telling(self._text.text, stretch))
            yield Found(self._book.signals["tone"], self._text.original[start:end])

    def _fits(self, signal: Signal) -> bool:
        return all(map(self.has, signal.needs)) and not any(map(self.has, signal.never))

    def _quote(self, signal: Signal) -> str | None:
        for found in self._book.pattern(signal.patterns).finditer(self._text.text):
            if signal.even_denied or not self._is_denied(*found.span()):
                start, end = self._text.place(*found.span())
                return self._text.original[start:end]
        return None

    def _is_denied(self, start: int, end: int) -> bool:
        """Forbidden or warned of right before, or called a fraud right after, within the sentence."""
        text = self._text.text
        before = text[max(0, start - _BEFORE) : start]
        before = before[max(map(before.rfind, _CLAUSE)) + 1 :]
        deny, within, after = (
            self._book.pattern(self._book.contexts[f"denied_{where}"]) for where in ("before", "within", "after")
        )
        return (
            deny.search(before) is not None
            or within.search(text[start:end]) is not None
            or after.match(text[end : end + _AFTER]) is not None
        )


__all__ = ["COMPUTED", "Found", "Screening", "Verdict", "conclude", "screen"]
