"""A month's income and spending."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Literal

from jdneg.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Income:
    """Money that comes in. ``month`` on ``day`` of it (None: unknown), ``week`` on ``day`` of it (1 Monday to
    7 Sunday), ``irregular``: of the months in ``seen`` the lowest is counted, ``once``: a sum expected on ``on``,
    ``from``: so much a month is expected from ``on`` on, and no plan counts it.
    """

    every: Literal["month", "week", "irregular", "once", "from"]
    amount: Decimal
    name: str | None = None
    day: int | None = None
    on: dt.date | None = None
    seen: tuple[Decimal, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Spending:
    """One line of necessary spending, a month; ``note`` is what an officer would ask about it."""

    name: str
    amount: Decimal
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OneOff:
    """A cost that comes once; ``on`` None: its day is not known, and no plan counts it."""

    name: str
    amount: Decimal
    on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """A month's income and necessary spending; the latest one counts, earlier ones stay readable.

    ``income`` is what a usual month brings, of which ``incomes`` are the parts where they were told. ``reserve`` is
    what is set aside each month, ``hand`` what is there for debts today, ``cause`` in one's own words why it is so.
    """

    at: dt.date
    income: Decimal
    spending: tuple[Spending, ...] = ()
    note: str | None = None
    incomes: tuple[Income, ...] = ()
    dependants: int | None = None
    one_off: tuple[OneOff, ...] = ()
    reserve: Decimal | None = None
    hand: Decimal | None = None
    cause: str | None = None
