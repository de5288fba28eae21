"""The rate hidden in a cash flow: what one yuan really costs a year.

Solved for u = ln(1 + rate), where every rate above -100 % has its place and a rate of 1,000,000 % is near:
found by bisection in floats, settled by Newton steps in Decimal. Times are years; money out is negative.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from itertools import pairwise

from jdneg.domain.debt.days import year_fraction
from jdneg.domain.messages import Message, info, warning
from jdneg.domain.records.loan import Basis
from jdneg.values import dataclass

SIX = Decimal("0.000001")
_DIGITS = 34
_CLOSE = Decimal("1e-22")
_LARGEST = math.log(1e12)  # beyond a factor of 10^12 a year, either way, a rate means nothing
_GRID = 400

Flow = tuple[dt.date, Decimal]
TimedFlow = tuple[Decimal, Decimal]


@dataclass(frozen=True, slots=True)
class Solution:
    """``rate`` as a fraction (0.13 is 13 %) or None; the message says why, or that several rates fit."""

    rate: Decimal | None
    message: Message | None = None


@dataclass(frozen=True, slots=True)
class RateSummary:
    """All as fractions, None where there is no answer. ``period_rate`` only for evenly spaced flows."""

    nominal_12: Decimal | None
    effective: Decimal | None
    xirr: Decimal | None
    period_rate: Decimal | None = None
    messages: tuple[Message, ...] = ()


def six_places(value: Decimal | None) -> Decimal | None:
    """As rates are printed: six places, half even."""
    if value is None:
        return None
    with localcontext(prec=_DIGITS):
        return value.quantize(SIX, ROUND_HALF_EVEN)


def annual_rate(flows: Iterable[TimedFlow]) -> Solution:
    """The yearly compound rate r with sum(amount / (1 + r) ** years) = 0, from flows of (years, amount)."""
    merged = _merged(flows)
    changes = _sign_changes([amount for _, amount in merged])
    if not changes:
        return Solution(None, warning("debt.rate_no_sign_change"))
    roots = _roots(merged, changes)
    if not roots:
        return Solution(None, warning("debt.rate_no_solution"))
    nearest = min(roots, key=abs)
    if abs(nearest) > _LARGEST:
        return Solution(None, warning("debt.rate_out_of_range"))
    message = info("debt.rate_several", count=len(roots)) if len(roots) > 1 else None
    return Solution(_settled(merged, nearest), message)


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
    return RateSummary(nominal_12(found.rate), found.rate, found.rate, None, _only(found.message))


def periodic_summary(cash: Sequence[Decimal], periods_per_year: int) -> RateSummary:
    """Evenly spaced flows: effective = (1 + period) ^ periods - 1; nominal_12 is 12 x the month's rate."""
    found = irr(cash)
    if found.rate is None:
        return RateSummary(None, None, None, None, _only(found.message))
    with localcontext(prec=_DIGITS):
        effective = (1 + found.rate) ** periods_per_year - 1
    nominal = found.rate * 12 if periods_per_year == 12 else nominal_12(effective)
    return RateSummary(nominal, effective, None, found.rate, _only(found.message))


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
    sums: dict[Decimal, Decimal] = {}
    for years, amount in flows:
        sums[years] = sums.get(years, Decimal(0)) + amount
    kept = [(years, amount) for years, amount in sorted(sums.items()) if amount]
    return [(years - kept[0][0], amount) for years, amount in kept]


def _sign_changes(amounts: Sequence[Decimal]) -> int:
    return sum((one > 0) != (two > 0) for one, two in pairwise(amounts))


def _roots(flows: Sequence[TimedFlow], changes: int) -> list[float]:
    """All u where the value crosses zero. One sign change has exactly one (Descartes); else a grid looks."""
    low, high = _bounds(flows)
    points = [low, high] if changes == 1 else _grid(low, high)
    largest = max(abs(amount) for _, amount in flows)
    plain = [(float(years), float(amount / largest)) for years, amount in flows]
    signs = [_sign(plain, u) for u in points]
    found = [u for u, sign in zip(points, signs, strict=True) if sign == 0]
    for left, right, before, after in zip(points, points[1:], signs, signs[1:], strict=False):
        if before * after < 0:
            found.append(_bisect(plain, left, right))
    return found


def _bounds(flows: Sequence[TimedFlow]) -> tuple[float, float]:
    """No root lies outside: beyond, the first flow (or the last) outweighs all the others together."""
    sizes = [abs(float(amount)) for _, amount in flows]
    times = [float(years) for years, _ in flows]
    high = math.log(max(sum(sizes[1:]) / sizes[0], 1)) / (times[1] - times[0])
    low = -math.log(max(sum(sizes[:-1]) / sizes[-1], 1)) / (times[-1] - times[-2])
    return low - 1e-3, high + 1e-3


def _grid(low: float, high: float) -> list[float]:
    """Points close together about zero, where the rates of people's loans are, and wider apart outside."""
    steps = [(n / _GRID) ** 3 for n in range(_GRID, 0, -1)]
    return [low * step for step in steps] + [1e-12] + [high * step for step in reversed(steps)]


def _sign(flows: Sequence[tuple[float, float]], u: float) -> int:
    """The sign of the value at u, from whichever end of time keeps the terms from overflowing."""
    shift = 0.0 if u >= 0 else flows[-1][0]
    value = math.fsum(amount * math.exp(-u * (years - shift)) for years, amount in flows)
    return (value > 0) - (value < 0)


def _bisect(flows: Sequence[tuple[float, float]], left: float, right: float) -> float:
    before = _sign(flows, left)
    for _ in range(200):
        middle = (left + right) / 2
        if middle in (left, right):
            break
        left, right = (middle, right) if _sign(flows, middle) == before else (left, middle)
    return (left + right) / 2


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
