"""A rate over a period, as a plain fraction of the balance. A month is a twelfth of a year, a day is a day."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from jdneg.domain.debt.days import counted_days, year_fraction
from jdneg.domain.money import half_up
from jdneg.domain.rate import Rate
from jdneg.domain.records.loan import Basis

DEFAULT_BASIS: Basis = "act/365"


def annual(rate: Rate) -> Decimal:
    """The rate a year as a fraction; a month or year rate only (a day rate needs its days)."""
    return rate.fraction * (12 if rate.per == "month" else 1)


def span_fraction(
    rate: Rate, start: dt.date, end: dt.date, basis: Basis, *, include_first: bool = True, include_last: bool = False
) -> Decimal:
    """Interest on one yuan from ``start`` to ``end`` by actual days (by the basis for month and year rates)."""
    if rate.per == "day":
        return rate.fraction * counted_days(start, end, include_first=include_first, include_last=include_last)
    years = year_fraction(start, end, basis, include_first=include_first, include_last=include_last)
    return annual(rate) * years


def period_fraction(rate: Rate, start: dt.date, end: dt.date, basis: Basis, *, regular: bool) -> Decimal:
    """Interest on one yuan over one instalment period: a whole month is year/12, an odd one counts its days."""
    if rate.per != "day" and regular:
        return annual(rate) / 12
    return span_fraction(rate, start, end, basis)


def yearly(rate: Rate, basis: Basis) -> Decimal:
    """The simple annual rate: what one yuan costs in a year of 365 days (360 on a 360 basis for day rates)."""
    if rate.per != "day":
        return annual(rate)
    return rate.fraction * (360 if basis in ("act/360", "30/360") else 365)


def simple_interest(
    principal: Decimal,
    rate: Rate,
    start: dt.date,
    end: dt.date,
    basis: Basis = DEFAULT_BASIS,
    *,
    include_first: bool = True,
    include_last: bool = False,
) -> Decimal:
    """Yuan of simple interest, half up to the fen once, at the end."""
    fraction = span_fraction(rate, start, end, basis, include_first=include_first, include_last=include_last)
    return half_up(principal * fraction)
