"""Time in unit periods, and the yearly rate that follows from one: 12 CFR 1026, Appendix J (b).

Whole periods are counted back from the later date; the part that is left bears simple interest, and the yearly rate
is the period's rate times the periods of a year. Where a whole number of periods passes, this is plain compounding;
the yearly rate is nominal, so it is lower than the effective one of the same flows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal, localcontext

from jdneg.domain.dates import ONE_DAY, month_step
from jdneg.domain.debt.rates import Flow, Solution, TimedFlow, annual_rate
from jdneg.domain.messages import warning
from jdneg.errors import BadChoice

_MONTHS = {1: 12, 2: 6, 3: 4, 4: 3, 6: 2, 12: 1}  # periods a year -> months in one
_DAYS = {13: 28, 26: 14, 52: 7, 365: 1}
_HALF_MONTHS = 24
DATED = tuple(sorted({*_MONTHS, *_DAYS, _HALF_MONTHS}))

_DIGITS = 34
_CLOSE = Decimal("1e-24")
_SAME = Decimal("1e-9")  # of a period: 12 x 0.08333333333333333 is one

# whole periods, the part of one that is left, amount
_Split = tuple[int, Decimal, Decimal]


def unit_periods(start: dt.date, end: dt.date, per_year: int) -> tuple[int, Decimal]:
    """Whole periods from ``start`` to ``end`` and the part that is left. Raises BadChoice: see ``DATED``."""
    if per_year in _DAYS:
        whole, days = divmod((end - start).days, _DAYS[per_year])
        return whole, Decimal(days) / _DAYS[per_year]
    if per_year == _HALF_MONTHS:
        months, days = _months_back(start, end)
        return months * 2 + days // 15, Decimal(days % 15) / 15
    if per_year not in _MONTHS:
        raise BadChoice(value=per_year, choices=", ".join(str(one) for one in DATED))
    size = _MONTHS[per_year]
    months, days = _months_back(start, end)
    whole, left = divmod(months, size)
    if size == 12 and days:
        return whole, Decimal((_back(end, whole * size) - start).days) / 365
    return whole, Decimal(left * 30 + days) / (size * 30)


def _months_back(start: dt.date, end: dt.date) -> tuple[int, int]:
    """Whole months counted back from ``end``, and the days from ``start`` to where they begin."""
    months = (end.year - start.year) * 12 + end.month - start.month
    if _back(end, months) < start:
        months -= 1
    return months, (_back(end, months) - start).days


def _back(end: dt.date, months: int) -> dt.date:
    """The end of a month goes back to ends of months."""
    last = (end + ONE_DAY).day == 1
    return month_step(end + ONE_DAY, -months) - ONE_DAY if last else month_step(end, -months)


def in_unit_periods(flows: Sequence[Flow], per_year: int) -> tuple[TimedFlow, ...]:
    """Dated flows with their times in periods from the first."""
    first = min(day for day, _ in flows)
    counted = [(unit_periods(first, day, per_year), amount) for day, amount in flows]
    return tuple((whole + part, amount) for (whole, part), amount in counted)


def unit_period_rate(flows: Sequence[TimedFlow]) -> Solution:
    """The rate of one period; times are in periods, amounts in yuan."""
    split = [_split(periods, amount) for periods, amount in flows]
    near = annual_rate((whole + part, amount) for whole, part, amount in split)
    if near.rate is None or not any(part for _, part, _ in split):
        return near
    found = _settled(split, near.rate)
    return Solution(found, near.message, near.every) if found is not None else _unsettled()


def _unsettled() -> Solution:
    return Solution(None, warning("debt.rate_no_solution"))


def _split(periods: Decimal, amount: Decimal) -> _Split:
    whole = int(periods + _SAME)
    return whole, max(periods - whole, Decimal(0)), amount


def _settled(flows: Sequence[_Split], near: Decimal) -> Decimal | None:
    """Newton from the rate of plain compounding, which differs only in the odd parts."""
    with localcontext(prec=_DIGITS):
        rate = near
        for _ in range(60):
            terms = [
                (whole, part, amount / ((1 + part * rate) * (1 + rate) ** whole)) for whole, part, amount in flows
            ]
            slope = -sum(term * (whole / (1 + rate) + part / (1 + part * rate)) for whole, part, term in terms)
            if not slope:
                return None
            step = sum(term for _, _, term in terms) / slope
            rate = rate - step if rate - step > -1 else (rate - 1) / 2
            if abs(step) < _CLOSE * (1 + abs(rate)):
                return rate
    return None
