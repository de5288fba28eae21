"""The rate hidden in a cash flow: what one yuan really costs a year.

Solved for u = ln(1 + rate), where every rate above -100 % has its place and a rate of 1,000,000 % is near:
found by bisection in floats (`jdneg.domain.debt.roots`), settled by Newton steps in Decimal. Times are years;
money out is negative. Where several rates fit, the least that is not below zero is taken, else the nearest to it.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_EVEN, Decimal, localcontext

from jdneg.domain.debt.days import year_fraction
from jdneg.domain.debt.roots import roots, sign_changes
from jdneg.domain.messages import Message, warning
from jdneg.domain.records.loan import Basis
from jdneg.values import dataclass

SIX = Decimal("0.000001")
_DIGITS = 34
_CLOSE = Decimal("1e-22")
_LARGEST = math.log(1e12)  # beyond a factor of 10^12 a year, either way, a rate means nothing
_MOMENT = Decimal("1e-9")  # years, a thirtieth of a second: what 0.25 and 0.25000000000000006 have in common

Flow = tuple[dt.date, Decimal]
TimedFlow = tuple[Decimal, Decimal]


@dataclass(frozen=True, slots=True)
class Solution:
    """``rate`` as a fraction (0.13 is 13 %) or None; the message says why, or that several rates fit.

    ``every`` holds all rates that fit, from the least; empty where there is none.
    """

    rate: Decimal | None
    message: Message | None = None
    every: tuple[Decimal, ...] = ()


@dataclass(frozen=True, slots=True)
class RateSummary:
    """All as fractions, None where there is no answer. ``period_rate`` only for evenly spaced flows."""

    nominal_12: Decimal | None
    effective: Decimal | None
    xirr: Decimal | None
    period_rate: Decimal | None = None
    messages: tuple[Message, ...] = ()
    every: tuple[Decimal, ...] = ()


def six_places(value: Decimal | None) -> Decimal | None:
    """As rates are printed: six places, half even."""
    if value is None:
        return None
    with localcontext(prec=_DIGITS):
        return value.quantize(SIX, ROUND_HALF_EVEN) + 0  # a rate a hair below zero is not shown as -0


def annual_rate(flows: Iterable[TimedFlow]) -> Solution:
    """The yearly compound rate r with sum(amount / (1 + r) ** years) = 0, from flows of (years, amount)."""
    merged = _merged(flows)
    if not sign_changes(merged):
        return Solution(None, warning("debt.rate_no_sign_change"))
    found = roots(merged)
    if not found:
        return Solution(None, warning("debt.rate_no_solution"))
    near = [u for u in found if abs(u) <= _LARGEST]
    if not near:
        return Solution(None, warning("debt.rate_out_of_range"))
    every = tuple(_settled(merged, u) for u in near)
    return Solution(_chosen(every), _several(every), every)


def _chosen(every: Sequence[Decimal]) -> Decimal:
    """The one that is shown of several: a loan rarely costs less than nothing."""
    return min((one for one in every if one > -_CLOSE), default=max(every))


def _several(every: Sequence[Decimal]) -> Message | None:
    if len(every) == 1:
        return None
    return warning("debt.rate_several", count=len(every), rates=", ".join(f"{one * 100:.4f}%" for one in every))


def xirr(flows: Sequence[Flow], basis: Basis = "act/365") -> Solution:
    """The yearly rate of dated flows."""
    if not flows:
        return Solution(None, warning("debt.rate_no_sign_change"))
    first = min(day for day, _ in flows)
    return annual_rate((year_fraction(first, day, basis), amount) for day, amount in flows)


def irr(cash: Sequence[Decimal]) -> Solution:
    """The rate of one period of evenly spaced flows."""
    return annual_rate((Decimal(n), amount) for n, amount in enumerate(cash))


def dated_summary(flows: Sequence[Flow], basis: Basis = "act/365") -> RateSummary:
    """Effective is the XIRR itself; nominal_12 is twelve times its month: 12·((1+xirr)^(1/12) - 1)."""
    found = xirr(flows, basis)
    return timed_summary(found)


def timed_summary(found: Solution) -> RateSummary:
    """The same of flows whose times are known in years."""
    return RateSummary(nominal_12(found.rate), found.rate, found.rate, None, _only(found.message), found.every)


def periodic_summary(cash: Sequence[Decimal], periods_per_year: int) -> RateSummary:
    """Evenly spaced flows: effective = (1 + period) ^ periods - 1; nominal_12 is 12 x the month's rate."""
    return period_summary(irr(cash), periods_per_year)


def period_summary(found: Solution, periods_per_year: int) -> RateSummary:
    """The rates a year that follow from the rate of one period."""
    if found.rate is None:
        return RateSummary(None, None, None, None, _only(found.message))
    with localcontext(prec=_DIGITS):
        effective = (1 + found.rate) ** periods_per_year - 1
    nominal = found.rate * 12 if periods_per_year == 12 else nominal_12(effective)
    return RateSummary(nominal, effective, None, found.rate, _only(found.message), found.every)


def nominal_12(effective: Decimal | None) -> Decimal | None:
    if effective is None:
        return None
    with localcontext(prec=_DIGITS):
        return 12 * ((1 + effective) ** (Decimal(1) / 12) - 1)


def net_present_value(flows: Iterable[TimedFlow], rate: Decimal) -> Decimal:
    with localcontext(prec=_DIGITS):
        return sum((amount * (1 + rate) ** -years for years, amount in flows), Decimal(0))


def _only(message: Message | None) -> tuple[Message, ...]:
    return () if message is None else (message,)


def _merged(flows: Iterable[TimedFlow]) -> list[TimedFlow]:
    """In time order, one amount a moment, none of them zero: only so does counting sign changes count roots."""
    kept: list[TimedFlow] = []
    for years, amount in sorted(flows):
        if kept and years - kept[-1][0] < _MOMENT:
            kept[-1] = (kept[-1][0], kept[-1][1] + amount)
        else:
            kept.append((years, amount))
    found = [(years, amount) for years, amount in kept if amount]
    return [(years - found[0][0], amount) for years, amount in found]


def _settled(flows: Sequence[TimedFlow], u: float) -> Decimal:
    """Newton in Decimal from the float's answer, then back from u to the rate."""
    with localcontext(prec=_DIGITS):
        exact = Decimal(u)
        for _ in range(6):
            terms = [(years, amount * (-exact * years).exp()) for years, amount in flows]
            slope = -sum(years * term for years, term in terms)
            step = sum(term for _, term in terms) / slope if slope else Decimal(0)
            exact -= step
            if abs(step) < _CLOSE:
                break
        return exact.exp() - 1
