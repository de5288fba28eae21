"""Cards that explain a situation in plain words: both sides, what it does not mean, what to do, and the sources."""

from __future__ import annotations

from collections.abc import Mapping

from jdneg.domain.rulebook import Level, Reference, Texts
from jdneg.values import dataclass


@dataclass(frozen=True, slots=True)
class CardLine:
    """One sentence; ``rows`` name the fact sheet's rows it rests on, none for plain advice."""

    text: Texts
    rows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CardPart:
    title: Texts
    lines: tuple[CardLine, ...]


@dataclass(frozen=True, slots=True)
class CardSource:
    """A text that is no rule of the book, with its own force."""

    reference: Reference
    level: Level


@dataclass(frozen=True, slots=True)
class Card:
    """``names`` are other words for it; ``rules`` of the book are sources too; ``see`` names other cards."""

    id: str
    title: Texts
    names: tuple[str, ...]
    says: Texts
    parts: tuple[CardPart, ...]
    sources: tuple[CardSource, ...] = ()
    rules: tuple[str, ...] = ()
    see: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()


Cards = Mapping[str, Card]


def card_named(cards: Cards, word: str) -> Card | None:
    """By its id or one of its other names, capitals and blanks aside."""
    asked = _plain(word)
    return next((one for one in cards.values() if asked in map(_plain, (one.id, *one.names))), None)


GENERAL = "rights"


def cards_on(cards: Cards, rule: str) -> tuple[str, ...]:
    """Where both sides' rights and duties stand: the situations a rule bears on, else what holds for all."""
    return tuple(one.id for one in cards.values() if rule in one.rules) or (GENERAL,)


def _plain(word: str) -> str:
    return "-".join(word.strip().casefold().replace("_", "-").split())


def names_of(cards: Cards) -> tuple[str, ...]:
    """Every word a card answers to."""
    return tuple(name for one in cards.values() for name in (one.id, *one.names))
