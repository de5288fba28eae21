"""Counting days. A period takes its first day and leaves its last one out, unless the caller says otherwise."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from jdneg.domain.records.loan import Basis


def counted_days(start: dt.date, end: dt.date, *, include_first: bool = True, include_last: bool = False) -> int:
    """Actual days from ``start`` to ``end``, each end counted or not."""
    return (end - start).days - (not include_first) + include_last


def year_fraction(
    start: dt.date, end: dt.date, basis: Basis, *, include_first: bool = True, include_last: bool = False
) -> Decimal:
    """The period in years. act/act splits at the turn of the year (ISDA); 30/360 is the bond basis."""
    first = start if include_first else start + dt.timedelta(days=1)
    last = end + dt.timedelta(days=1) if include_last else end
    if basis == "act/act":
        return _actual_actual(first, last)
    if basis == "30/360":
        return Decimal(_thirty_days(first, last)) / 360
    return Decimal((last - first).days) / year_days(basis, first)


def year_days(basis: Basis, day: dt.date) -> int:
    """How many days the year of ``day`` has on this basis."""
    if basis == "act/365":
        return 365
    return _days_in(day.year) if basis == "act/act" else 360


def _days_in(year: int) -> int:
    return (dt.date(year + 1, 1, 1) - dt.date(year, 1, 1)).days


def _actual_actual(first: dt.date, last: dt.date) -> Decimal:
    total, day = Decimal(0), first
    while day < last:
        upto = min(last, dt.date(day.year + 1, 1, 1))
        total += Decimal((upto - day).days) / _days_in(day.year)
        day = upto
    return total


def _thirty_days(first: dt.date, last: dt.date) -> int:
    first_day = min(first.day, 30)
    last_day = 30 if last.day == 31 and first_day == 30 else last.day
    return (last.year - first.year) * 360 + (last.month - first.month) * 30 + last_day - first_day
