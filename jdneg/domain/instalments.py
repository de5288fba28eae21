"""Whether instalments were paid: in full by 24:00 of their day in China, money going to the oldest first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from jdneg.domain.dates import shanghai_day
from jdneg.domain.money import ZERO
from jdneg.values import dataclass

if TYPE_CHECKING:
    from jdneg.domain.records.account import Payment
    from jdneg.domain.records.loan import Instalment

Paid = Sequence[tuple[dt.date, Decimal]]  # the day in China, yuan


@dataclass(frozen=True, slots=True)
class InstalmentState:
    """An instalment whose day is over. ``short`` is what is open of it, yuan, at the end of the day asked about.

    ``settled_on`` is the day the payments reached it; late when that is after ``due`` and any agreed grace.
    """

    due: dt.date
    amount: Decimal
    state: Literal["on_time", "late", "partial", "unpaid"]
    short: Decimal
    settled_on: dt.date | None = None


def paid_by_day(payments: Iterable[Payment]) -> Paid:
    """What was paid, and on which day in China."""
    return tuple((shanghai_day(one.at), one.amount) for one in payments)


def instalment_states(
    rows: Iterable[Instalment], paid: Paid, as_of: dt.date, grace_days: int = 0
) -> tuple[InstalmentState, ...]:
    """The rows whose day, with its grace, is over on ``as_of``, oldest first: on the day itself nothing is late."""
    grace, known = dt.timedelta(days=grace_days), sorted(one for one in paid if one[0] <= as_of)
    total, owed = sum((amount for _, amount in known), ZERO), ZERO
    found = []
    for row in sorted(rows, key=lambda one: one.due):
        if row.due + grace >= as_of:
            break
        before, owed = owed, owed + row.amount
        settled = _reached(owed, known)
        state: Literal["on_time", "late", "partial", "unpaid"] = "partial" if total > before else "unpaid"
        if settled is not None:
            state = "on_time" if settled <= row.due + grace else "late"
        short = min(row.amount, max(ZERO, owed - total))
        found.append(InstalmentState(row.due, row.amount, state, short, settled))
    return tuple(found)


def open_rows(rows: Iterable[Instalment], paid: Paid, as_of: dt.date) -> tuple[tuple[Instalment, Decimal], ...]:
    """The rows, past and to come, that payments up to ``as_of`` do not cover, each with what is left of it, yuan."""
    money = sum((amount for day, amount in paid if day <= as_of), ZERO)
    found = []
    for row in sorted(rows, key=lambda one: one.due):
        left, money = max(row.amount - money, ZERO), max(money - row.amount, ZERO)
        if left:
            found.append((row, left))
    return tuple(found)


def _reached(owed: Decimal, paid: Paid) -> dt.date | None:
    """The day on which all payments together came to ``owed``."""
    total = ZERO
    for day, amount in paid:
        total += amount
        if total >= owed:
            return day
    return None
