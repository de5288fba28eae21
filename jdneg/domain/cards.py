"""Short cards for a moment: what to do, in order, and what it rests on. The texts are data."""

from __future__ import annotations

from jdneg.domain.precheck import CheckSource
from jdneg.domain.rulebook import Texts
from jdneg.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CardItem:
    """One line; ``rules`` are of the rule book, ``sources`` are what the book has no rule for."""

    text: Texts
    rules: tuple[str, ...] = ()
    sources: tuple[CheckSource, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CardPart:
    """Lines under one heading; ``ordered`` where they are steps."""

    title: Texts
    items: tuple[CardItem, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """``lead`` is the one sentence to keep in mind."""

    id: str
    title: Texts
    lead: Texts
    parts: tuple[CardPart, ...]
