"""A debt and its terms."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Literal

from jdneg.domain.rate import Rate
from jdneg.domain.records.base import private
from jdneg.values import dataclass

LenderKind = Literal["bank", "consumer_finance", "microlender", "private", "unknown"]
Method = Literal["equal-payment", "equal-principal", "interest-only", "bullet", "daily", "flat-fee"]
PenaltyBase = Literal["overdue_principal", "overdue_instalment", "balance"]
Basis = Literal["act/365", "act/360", "act/act", "30/360"]
Part = Literal["principal", "interest", "penalty", "fee"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Instalment:
    """One row of a schedule that somebody else fixed: a contract's own table, or an agreement."""

    due: dt.date
    amount: Decimal
    principal: Decimal | None = None
    interest: Decimal | None = None
    fee: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OverdueTerms:
    """What the contract says of lateness. A missing term is missing: nothing is guessed from practice.

    ``beside``: the penalty runs besides ordinary interest, not in its place. ``compound_every``: when unpaid
    interest joins the base of compound interest (due dates, the 20th of a month or of a quarter's last month).
    """

    factor: Decimal | None = None
    rate: Rate | None = None
    base: PenaltyBase | None = None
    beside: bool = False
    compound: bool = False
    compound_every: Literal["due", "month", "quarter"] | None = None
    grace_days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RateChange:
    """A rate in force from a day on, that day included."""

    since: dt.date
    rate: Rate


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """A fee in yuan beside interest. ``payee`` None is the lender; ``due`` is a one-off fee's day where known."""

    name: str
    amount: Decimal
    every: Literal["once", "month"]
    payee: str | None = None
    due: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustment:
    """What the lender let go (``waiver``), or paid back to the borrower (``refund``)."""

    kind: Literal["waiver", "refund"]
    at: dt.date
    amount: Decimal
    part: Part | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """What was done once the debt was settled, each with its day; None: not done, or nobody said."""

    auto_debit_off: dt.date | None = None
    credit_checked: dt.date | None = None
    contact_stop: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Loan:
    """One debt. ``lender`` is the party named in the contract; it decides which rules bind.

    ``count_first``, ``count_last``: whether interest runs on the first and on the last day, where the contract says.
    ``accelerated_on``: the day from which the whole balance is due, by the contract and its notice.
    ``allocation``: the contract's own order in which a payment is counted.
    ``secured``: whether property or a guarantor stands behind it.
    """

    lender: str
    kind: LenderKind
    principal: Decimal | None = None
    start: dt.date | None = None
    product: str | None = None
    party: str | None = None
    contract_no: str | None = private("number")
    signed_on: dt.date | None = None
    received: Decimal | None = None
    rate: Rate | None = None
    fee: Rate | None = None
    term: int | None = None
    due_day: int | None = None
    method: Method | None = None
    basis: Basis | None = None
    payment: Decimal | None = None
    schedule: tuple[Instalment, ...] = ()
    rate_changes: tuple[RateChange, ...] = ()
    charges: tuple[Charge, ...] = ()
    count_first: bool | None = None
    count_last: bool | None = None
    overdue: OverdueTerms | None = None
    allocation: tuple[Part, ...] = ()
    accelerated_on: dt.date | None = None
    adjustments: tuple[Adjustment, ...] = ()
    minimum: Decimal | None = None
    credit_card: bool | None = None
    joint_lending: bool | None = None
    credit_sale: bool | None = None
    secured: bool | None = None
    holder: str | None = None
    holder_role: Literal["assignee", "guarantor"] | None = None
    agencies: tuple[str, ...] = ()
    agreed_hours: str | None = None
    closed_on: dt.date | None = None
    closing: Closing | None = None
    note: str | None = None
