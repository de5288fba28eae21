"""A month's income and spending."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from jdneg.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Spending:
    """One line of necessary spending, a month."""

    name: str
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """A month's income and necessary spending; the latest one counts."""

    at: dt.date
    income: Decimal
    spending: tuple[Spending, ...] = ()
    note: str | None = None
