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
    """What the contract says of lateness. A missing term is missing: nothing is guessed from practice."""

    factor: Decimal | None = None
    rate: Rate | None = None
    base: PenaltyBase | None = None
    compound: bool = False
    grace_days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Loan:
    """One debt. ``lender`` is the party named in the contract; it decides which rules bind."""

    lender: str
    kind: LenderKind
    principal: Decimal
    start: dt.date
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
    overdue: OverdueTerms | None = None
    minimum: Decimal | None = None
    credit_card: bool | None = None
    joint_lending: bool | None = None
    credit_sale: bool | None = None
    holder: str | None = None
    holder_role: Literal["assignee", "guarantor"] | None = None
    agencies: tuple[str, ...] = ()
    agreed_hours: str | None = None
    closed_on: dt.date | None = None
    note: str | None = None
