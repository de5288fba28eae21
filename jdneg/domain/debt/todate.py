"""What has been asked beside the principal until a day, over the principal that was in use: courts mostly measure so.

Simple, by actual days of a 365-day year. It compares what is asked with a line; it is no claim for money back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal, localcontext
from itertools import pairwise

from jdneg.domain.dates import shanghai_day
from jdneg.domain.debt.ledger import LedgerLine
from jdneg.domain.debt.terms import principal_of
from jdneg.domain.money import ZERO, half_up
from jdneg.domain.records.account import Payment
from jdneg.domain.records.loan import Loan
from jdneg.values import dataclass

_YEAR = Decimal(365)
_DIGITS = 34


@dataclass(frozen=True, slots=True)
class ToDate:
    """Yuan: ``asked`` is interest, penalty and fees together, paid or still demanded, until ``day``.

    ``used`` is the principal in use times its years.
    """

    day: dt.date
    asked: Decimal
    used: Decimal

    @property
    def rate(self) -> Decimal:
        """A year, as a fraction."""
        with localcontext(prec=_DIGITS):
            return self.asked / self.used

    def at(self, limit: Decimal) -> Decimal:
        """What the same principal and time come to at another yearly rate."""
        return half_up(self.used * limit)


def to_date(
    loan: Loan, ledger: Sequence[LedgerLine], payments: Sequence[Payment], total: Decimal | None, day: dt.date
) -> ToDate | None:
    """``total`` is what is demanded on ``day``, principal included. None where that or the time in use is unknown."""
    used = _used(ledger, day)
    if total is None or not used:
        return None
    paid = sum((one.amount for one in payments if shanghai_day(one.at) <= day), ZERO)
    back = sum((one.amount for one in loan.adjustments if one.kind == "refund" and one.at <= day), ZERO)
    asked = total + paid - back - principal_of(loan)
    # A figure below the principal is not the whole debt.
    return None if asked < 0 else ToDate(day, asked, used)


def _used(ledger: Sequence[LedgerLine], day: dt.date) -> Decimal:
    """Principal times years, line by line; a line that counts its own last day reaches no further than ``day``."""
    if not ledger:
        return Decimal(0)
    steps = [(min(one.date, day), one.principal) for one in ledger]
    steps.append((day, steps[-1][1]))
    return sum(((until - since).days * principal for (since, principal), (until, _) in pairwise(steps)), ZERO) / _YEAR
