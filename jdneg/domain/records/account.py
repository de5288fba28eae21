"""What is claimed and what was paid."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Literal

from jdneg.domain.ids import Id
from jdneg.domain.records.base import When
from jdneg.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What the other side says is owed on a day. Never overwritten; components may not add up."""

    loan: Id
    at: dt.date
    total: Decimal | None = None
    principal: Decimal | None = None
    interest: Decimal | None = None
    penalty: Decimal | None = None
    fee: Decimal | None = None
    source: Literal["sms", "call", "letter", "app", "statement", "chat", "other"] | None = None
    contact: Id | None = None
    exhibits: tuple[Id, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """Money the borrower paid on a loan."""

    loan: Id
    amount: Decimal
    at: When
    via: str | None = None
    to: str | None = None
    exhibits: tuple[Id, ...] = ()
    note: str | None = None
