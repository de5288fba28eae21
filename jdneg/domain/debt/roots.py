"""Every u where sum(amount x exp(-u x years)) crosses or touches zero, in floats.

One change of sign among the flows means exactly one root (Descartes), and bisection finds it. With more, a grid
looks for crossings, and between two points on one side it looks for the turning point that may reach across.
Three roots inside one step of the grid (one to three percentage points at ordinary rates) are seen as one.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

TimedFlow = tuple[Decimal, Decimal]
Plain = Sequence[tuple[float, float]]

_GRID = 150
_USUAL = math.log(1e12)  # where a rate means anything; beyond it the grid is coarse
_TOUCHES = 1e-13  # of the largest flow: so near to zero that the curve touches it


def sign_changes(flows: Sequence[TimedFlow]) -> int:
    return sum((one > 0) != (two > 0) for (_, one), (_, two) in pairwise(flows))


def roots(flows: Sequence[TimedFlow]) -> list[float]:
    """From the least to the largest. ``flows`` in time order, one a moment, none zero, with a change of sign."""
    largest = max(abs(amount) for _, amount in flows)
    plain = [(float(years), float(amount / largest)) for years, amount in flows]
    low, high = _bounds(plain)
    if sign_changes(flows) == 1:
        return [_bisect(plain, low, high)]
    return sorted({round(u, 10): u for u in _found(plain, _grid(low, high))}.values())


def _bounds(flows: Plain) -> tuple[float, float]:
    """No root lies outside: beyond, the first flow (or the last) outweighs all the others together."""
    sizes = [abs(amount) for _, amount in flows]
    high = math.log(max(sum(sizes[1:]) / sizes[0], 1)) / (flows[1][0] - flows[0][0])
    low = -math.log(max(sum(sizes[:-1]) / sizes[-1], 1)) / (flows[-1][0] - flows[-2][0])
    return low - 1e-3, high + 1e-3


def _grid(low: float, high: float) -> list[float]:
    """Points close together about zero, where the rates of people's loans are, and wider apart outside."""
    left, right = _half(-low), _half(high)
    return [-step for step in reversed(left)] + [1e-12] + right


def _half(far: float) -> list[float]:
    usual = min(far, _USUAL)
    near = [usual * (n / _GRID) ** 3 for n in range(1, _GRID + 1)]
    return near if usual == far else near + [usual * (far / usual) ** (n / 20) for n in range(1, 21)]


def _found(flows: Plain, points: Sequence[float]) -> Iterator[float]:
    values = [_value(flows, u) for u in points]
    for (left, before), (right, after) in pairwise(zip(points, values, strict=True)):
        if before[0] == 0:
            yield left
        elif before[0] * after[0] < 0:
            yield _bisect(flows, left, right)
        elif before[0] * before[1] < 0 < after[0] * after[1]:  # towards zero, then away from it again
            yield from _around(flows, left, right)


def _around(flows: Plain, left: float, right: float) -> Iterator[float]:
    """The turning point between two points on one side of zero, and the roots beside it where it reaches across."""
    turn = _bisect(flows, left, right, _slope)
    side, here = _sum(flows, left), _sum(flows, turn)
    if abs(here) < _TOUCHES:
        yield turn
    elif here * side < 0:
        yield _bisect(flows, left, turn)
        yield _bisect(flows, turn, right)


def _value(flows: Plain, u: float) -> tuple[float, float]:
    """The value at u and its slope, from whichever end of time keeps the terms from overflowing.

    A positive factor exp(u x last) taken out changes no sign of the value; the slope is that of what is left.
    """
    return _sum(flows, u), _slope(flows, u)


def _terms(flows: Plain, u: float) -> Iterator[tuple[float, float]]:
    shift = 0.0 if u >= 0 else flows[-1][0]
    return ((years - shift, amount * math.exp(-u * (years - shift))) for years, amount in flows)


def _sum(flows: Plain, u: float) -> float:
    return math.fsum([term for _, term in _terms(flows, u)])


def _slope(flows: Plain, u: float) -> float:
    return math.fsum([-years * term for years, term in _terms(flows, u)])


def _bisect(flows: Plain, left: float, right: float, of: Callable[[Plain, float], float] = _sum) -> float:
    """Where the value (or the slope) changes its sign."""
    before = of(flows, left) > 0
    for _ in range(200):
        middle = (left + right) / 2
        if middle in (left, right):
            break
        left, right = (middle, right) if (of(flows, middle) > 0) == before else (left, middle)
    return (left + right) / 2
