"""The strategies side by side, on the same debts and the same money."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from jdneg.domain.money import ZERO
from jdneg.domain.negotiation.plan import MONTHS_LIMIT, growth, month_of
from jdneg.domain.negotiation.plan_debt import PlanDebt, check, not_plannable
from jdneg.domain.negotiation.simulate import Run, simulate, yuan
from jdneg.domain.negotiation.strategies import MINIMUMS, STRATEGIES
from jdneg.values import dataclass


@dataclass(frozen=True, slots=True)
class Comparison:
    """``first_payment`` is all that is paid in the first month in which anything is due.

    Where the plan never ends, ``months``, ``last_date``, ``interest``, ``paid`` and ``ends`` are None: there is no
    such figure. ``keeps_minimums`` is False where some month's money is below what must be paid.
    """

    strategy: str
    first_payment: Decimal
    months: int | None
    last_date: dt.date | None
    interest: Decimal | None
    paid: Decimal | None
    ends: dt.date | None
    grows_by: Decimal | None
    keeps_minimums: bool


def compare(
    debts: Sequence[PlanDebt], available: Decimal, start: dt.date, months_limit: int = MONTHS_LIMIT
) -> tuple[Comparison, ...]:
    """Minimums only (what the contracts ask and no more), then each strategy. Raises as `make_plan` does."""
    check(debts, available)
    able = [debt for debt in debts if not_plannable(debt) is None]
    return tuple(_row(name, simulate(able, available, name, start, months_limit)) for name in (MINIMUMS, *STRATEGIES))


def _row(strategy: str, run: Run) -> Comparison:
    done = run.ended and bool(run.rows)
    last = run.rows[-1][0] if done else 0
    return Comparison(
        strategy=strategy,
        first_payment=_first_payment(run),
        months=month_of(last) - month_of(run.rows[0][0]) + 1 if done else None,
        last_date=dt.date.fromordinal(last) if done else None,
        interest=yuan(run.interest) if done else None,
        paid=yuan(run.paid) if done else None,
        ends=dt.date.fromordinal(last) if done else None,
        grows_by=growth(run),
        keeps_minimums=run.short is None,
    )


def _first_payment(run: Run) -> Decimal:
    if not run.rows:
        return ZERO
    month = month_of(run.rows[0][0])
    return yuan(sum(row[2] for row in run.rows if month_of(row[0]) == month))
