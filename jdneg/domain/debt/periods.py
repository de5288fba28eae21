"""The days of an instalment period: which of them bear interest, and at what rate."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from jdneg.domain.dates import ONE_DAY
from jdneg.domain.debt.duedates import whole_month
from jdneg.domain.debt.ratetable import Piece, RateTable
from jdneg.domain.debt.rows import Period


def in_days(
    rates: RateTable | None, start: dt.date, due: dt.date, *, regular: bool, skip_first: bool
) -> tuple[Piece, ...]:
    """The pieces of one period. A first day that is not counted bears nothing, where days are counted at all."""
    if rates is None:
        return (Piece(start, due, Decimal(0)),)
    by_days = not regular or rates.at(start).per == "day"
    if skip_first and by_days and due > start + ONE_DAY:
        rest = rates.pieces(start + ONE_DAY, due, regular=False)
        return (Piece(start, start + ONE_DAY, Decimal(0)), *rest)
    return tuple(rates.pieces(start, due, regular=regular))


def last_day_of(rates: RateTable, period: Period, due_day: int, *, by_days: bool) -> Decimal:
    """What the last due date itself bears, where the contract counts it; a whole month bears its twelfth alone."""
    last = period.pieces[-1]
    regular = whole_month(last.start, last.end, due_day) and rates.at(last.start).per != "day"
    return Decimal(0) if regular and not by_days else rates.fraction(period.due, period.due + ONE_DAY)
