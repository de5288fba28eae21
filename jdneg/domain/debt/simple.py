"""The simple annual rate on the principal in use: no interest on interest.

From flows alone a payment goes to interest first and then to principal, and unpaid interest waits without bearing
interest itself. From a schedule the contract's own split is taken: its cost over the principal in use and its time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal, localcontext
from itertools import pairwise

TimedFlow = tuple[Decimal, Decimal]

_DIGITS = 34
_MOST = Decimal(10) ** 6  # 100,000,000 % a year
_CLOSE = Decimal("1e-20")


def rate_in_use(cost: Decimal, used: Iterable[tuple[Decimal, Decimal]]) -> Decimal | None:
    """``cost`` over the sum of (principal in use x years); None where nothing was in use."""
    with localcontext(prec=_DIGITS):
        area = sum((principal * years for principal, years in used), Decimal(0))
        return cost / area if area > 0 else None


def simple_rate(flows: Sequence[TimedFlow]) -> Decimal | None:
    """The rate that leaves nothing owed after the last flow; None for a loss, and for flows all at one time.

    Times in years, money out negative; flows seen from the borrower's side (first in, then out) are turned round.
    """
    ordered = sorted(one for one in flows if one[1])
    if not ordered:
        return None
    lent = [(years, amount if ordered[0][1] < 0 else -amount) for years, amount in ordered]
    gain = sum((amount for _, amount in lent), Decimal(0))
    if gain <= 0 or lent[-1][0] == lent[0][0]:
        return Decimal(0) if gain == 0 and len(lent) > 1 else None
    return _solved(lambda rate: _left(lent, rate))


def _left(flows: Sequence[TimedFlow], rate: Decimal) -> Decimal:
    """What is still owed after the last flow."""
    principal, interest = -flows[0][1], Decimal(0)
    for (before, _), (years, amount) in pairwise(flows):
        interest += principal * rate * (years - before)
        if amount < 0:
            principal -= amount
            continue
        paid = min(amount, max(interest, Decimal(0)))
        interest -= paid
        principal -= amount - paid
    return principal + interest


def _solved(owed: Callable[[Decimal], Decimal]) -> Decimal | None:
    """Where ``owed`` crosses zero from below: doubled, halved a few times, then by the chord (Illinois)."""
    with localcontext(prec=_DIGITS):
        low, high = Decimal(0), Decimal("0.25")
        below, above = owed(low), owed(high)
        while above < 0:
            low, below, high = high, above, high * 2
            if high > _MOST:
                return None
            above = owed(high)
        for _ in range(200):
            middle = (low * above - high * below) / (above - below)
            value = owed(middle)
            if not value or high - low < _CLOSE:
                return middle
            if (value < 0) == (below < 0):
                low, below, above = middle, value, above / 2
            else:
                high, above, below = middle, value, below / 2
        return middle
