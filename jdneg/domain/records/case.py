"""A negotiation: offers, promises, agreements, and how the talks went."""

from __future__ import annotations

import datetime as dt
from dataclasses import field
from decimal import Decimal
from typing import Literal

from jdneg.domain.ids import Id
from jdneg.domain.records.base import When
from jdneg.domain.records.contact import Refusal
from jdneg.domain.records.loan import Instalment, Part
from jdneg.domain.records.promise import Promise
from jdneg.values import dataclass

__all__ = [
    "Agreement", "Case", "Checked", "Milestone", "Offer", "PartWaiver", "Promise", "Refusal", "Stuck", "Waived",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class PartWaiver:
    """What is let go of one part: ``amount`` yuan, or ``percent`` of what there is of it when it is agreed."""

    part: Part
    amount: Decimal | None = None
    percent: Decimal | None = None


# A part let go wholly, by its name, or in part.
Waived = str | PartWaiver


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One proposal in a case.

    ``waive`` names what is let go wholly (penalty, interest, fee), ``waive_part`` what is let go in part. ``pause``
    is a number of months without a payment before the first one. With neither amount nor term, a pause or a
    ``due_day`` moves the contract's own instalments. ``then_talk``: its instalments settle nothing, and both sides
    talk again after them.
    """

    number: int
    by: Literal["me", "lender"]
    at: dt.date
    months: int | None = None
    monthly: Decimal | None = None
    lump_sum: Decimal | None = None
    first_due: dt.date | None = None
    due_day: int | None = None
    waive: tuple[Literal["penalty", "interest", "fee"], ...] = ()
    waive_part: tuple[PartWaiver, ...] = ()
    pause: int | None = None
    valid_until: dt.date | None = None
    contact: Id | None = None
    note: str | None = None
    then_talk: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """An accepted offer. ``oral`` until proof is attached; ``instalments`` is the schedule in force from it.

    ``then_talk``: they settle nothing; what the contract asks stays owed and goes on but for what was waived.
    """

    offer: int
    agreed_at: When
    starts: dt.date
    oral: bool
    instalments: tuple[Instalment, ...] = ()
    agent: str | None = None
    contact: Id | None = None
    proof: tuple[Id, ...] = ()
    ended_on: dt.date | None = None
    ended_note: str | None = None
    grace_days: int = 0
    then_talk: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """An item of the playbook that was done, by its name there."""

    item: str
    on: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Stuck:
    """The other side would not go on, for a reason of `Refusal` as far as one was given."""

    at: dt.date
    reason: Refusal | None = None
    contact: Id | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """Something that brought the case on: handed to another department, a file number given."""

    at: dt.date
    what: str
    contact: Id | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A negotiation about one or more loans.

    ``earlier`` are agreements that were ended or replaced, oldest first; ``contacts`` those linked by hand, beside
    the ones logged for the case. ``orders`` are order and transaction numbers, ``loss`` is what the problem has cost
    in yuan, ``ticket`` the other side's own number for it, ``reply_by`` the day by which they said they would answer.
    """

    loans: tuple[Id, ...]
    goal: str
    opened_on: dt.date
    problem: Literal["account", "payment", "credit", "investment"] | None = None
    playbook: str | None = None
    loss: Decimal | None = None
    orders: tuple[str, ...] = field(default=(), metadata={"sensitive": "number"})
    checked: tuple[Checked, ...] = ()
    contacts: tuple[Id, ...] = ()
    ticket: str | None = None
    reply_by: dt.date | None = None
    offers: tuple[Offer, ...] = ()
    agreement: Agreement | None = None
    earlier: tuple[Agreement, ...] = ()
    promises: tuple[Promise, ...] = ()
    stuck: tuple[Stuck, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    closed_on: dt.date | None = None
    outcome: str | None = None
    rating: int | None = None
    note: str | None = None

    @property
    def agreements(self) -> tuple[Agreement, ...]:
        """Every agreement ever made in the case, oldest first."""
        return self.earlier if self.agreement is None else (*self.earlier, self.agreement)
