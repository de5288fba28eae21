"""A negotiation: offers, promises, an agreement."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Literal

from jdneg.domain.ids import Id
from jdneg.domain.records.base import When
from jdneg.domain.records.loan import Instalment
from jdneg.domain.records.promise import Promise
from jdneg.values import dataclass

__all__ = ["Agreement", "Case", "Offer", "Promise"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One proposal in a case. ``waive`` names what is let go wholly: penalty, interest, fee."""

    number: int
    by: Literal["me", "lender"]
    at: dt.date
    months: int | None = None
    monthly: Decimal | None = None
    lump_sum: Decimal | None = None
    first_due: dt.date | None = None
    due_day: int | None = None
    waive: tuple[Literal["penalty", "interest", "fee"], ...] = ()
    valid_until: dt.date | None = None
    contact: Id | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """An accepted offer. ``oral`` until proof is attached; ``instalments`` is the schedule in force from it."""

    offer: int
    agreed_at: When
    starts: dt.date
    oral: bool
    instalments: tuple[Instalment, ...] = ()
    agent: str | None = None
    contact: Id | None = None
    proof: tuple[Id, ...] = ()
    ended_on: dt.date | None = None
    grace_days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A negotiation about one or more loans."""

    loans: tuple[Id, ...]
    goal: str
    opened_on: dt.date
    problem: Literal["account", "payment", "credit", "investment"] | None = None
    offers: tuple[Offer, ...] = ()
    agreement: Agreement | None = None
    promises: tuple[Promise, ...] = ()
    closed_on: dt.date | None = None
    outcome: str | None = None
    note: str | None = None
