"""What an offer is held against: the debt as the records have it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from jdneg.domain.claims import claimed_total
from jdneg.domain.debt.accrual import Position
from jdneg.domain.debt.interest import DEFAULT_BASIS, simple_interest
from jdneg.domain.money import ZERO, half_up
from jdneg.domain.records.account import Claim
from jdneg.domain.records.case import PartWaiver, Waived
from jdneg.domain.records.loan import Loan
from jdneg.domain.waivers import waived_amount
from jdneg.values import dataclass


@dataclass(frozen=True, slots=True)
class Owed:
    """In yuan; None is unknown. ``monthly_interest`` is what 30 days add, ``overdue`` what is late with its penalty.

    ``running`` names the parts that still come up: a waiver of those waives something even while they are at nothing.
    """

    total: Decimal | None = None
    interest: Decimal | None = None
    penalty: Decimal | None = None
    fee: Decimal | None = None
    monthly_interest: Decimal | None = None
    running: tuple[str, ...] = ()
    principal: Decimal | None = None
    overdue: Decimal | None = None

    def after(self, waived: Sequence[Waived]) -> Decimal | None:
        """What is left to repay once ``waived`` is let go, wholly or in part; never less than nothing."""
        if self.total is None:
            return None
        return max(self.total - sum((self._let_go(one) for one in waived), ZERO), ZERO)

    def _let_go(self, one: Waived) -> Decimal:
        name = one.part if isinstance(one, PartWaiver) else one
        there: Decimal = getattr(self, name) or ZERO
        return min(waived_amount(one, there), there) if isinstance(one, PartWaiver) else there


def owed_of(loan: Loan, at: Position) -> Owed:
    """From the computed position. An unknown penalty stays unknown."""
    later = at.as_of + dt.timedelta(days=30)
    basis = loan.basis or DEFAULT_BASIS
    interest = simple_interest(at.principal, loan.rate, at.as_of, later, basis) if loan.rate else None
    fees = any(row.fee and row.due >= at.as_of for row in at.rows)
    still = {"interest": loan.rate is not None, "fee": fees, "penalty": bool(at.overdue)}
    running = tuple(part for part, runs in still.items() if runs)
    return Owed(at.total, at.interest, at.penalty, at.fee, interest, running, at.principal, _overdue(at))


def owed_by_claim(claim: Claim, balance: Decimal | None) -> Owed:
    """By their word alone. What was paid since may have gone to any part: then the parts are not known."""
    if balance is None or balance != claimed_total(claim):
        return Owed(balance)
    return Owed(balance, claim.interest, claim.penalty, claim.fee, principal=claim.principal)


def _overdue(at: Position) -> Decimal:
    """All that is owed but what the rows to come ask for: their principal, and interest that runs towards them."""
    late = at.overdue_amount + (at.penalty or ZERO)
    ahead = [row for row in at.rows if row.due > at.as_of]
    if not at.overdue or not ahead:
        return at.total if at.overdue else late
    since = max(row.due for row in at.rows if row.due <= at.as_of)
    share = Decimal((at.as_of - since).days) / (ahead[0].due - since).days
    running = half_up(ahead[0].interest * share)
    return max(at.total - sum((row.principal for row in ahead), ZERO) - running, late)


def together(parts: Sequence[Owed]) -> Owed:
    """Several debts as one; a part that is unknown of one is unknown of all."""
    if len(parts) == 1:
        return parts[0]
    sums = {name: _sum([getattr(one, name) for one in parts]) for name in _PARTS}
    return Owed(running=tuple(dict.fromkeys(name for one in parts for name in one.running)), **sums)


_PARTS = ("total", "interest", "penalty", "fee", "monthly_interest", "principal", "overdue")


def _sum(amounts: Sequence[Decimal | None]) -> Decimal | None:
    known = [one for one in amounts if one is not None]
    return sum(known, ZERO) if len(known) == len(amounts) else None
