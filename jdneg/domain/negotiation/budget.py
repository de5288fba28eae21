"""What a month leaves for debts. A deficit is said, never planned."""

from __future__ import annotations

from decimal import Decimal

from jdneg.domain.messages import Message, warning
from jdneg.domain.money import ZERO
from jdneg.domain.records.budget import Budget
from jdneg.errors import JdnegError, NegativeAmount, NoIncome, raise_all
from jdneg.values import dataclass


@dataclass(frozen=True, slots=True)
class BudgetSummary:
    """Yuan a month. ``available`` is never below zero; ``short`` is what necessary spending lacks."""

    income: Decimal
    spending: Decimal
    available: Decimal
    short: Decimal
    deficit: bool
    messages: tuple[Message, ...] = ()


def summary(budget: Budget) -> BudgetSummary:
    """Raises NoIncome and NegativeAmount, all at once."""
    _check(budget)
    spending = sum((line.amount for line in budget.spending), ZERO)
    left = budget.income - spending
    return BudgetSummary(
        income=budget.income,
        spending=spending,
        available=max(left, ZERO),
        short=max(-left, ZERO),
        deficit=left < 0,
        messages=_plainly(left),
    )


def _plainly(left: Decimal) -> tuple[Message, ...]:
    if left > 0:
        return ()
    said = warning("plan.deficit", short=-left) if left < 0 else warning("plan.nothing_left")
    return said, warning("plan.token_or_pause"), warning("plan.free_help")


def _check(budget: Budget) -> None:
    faults: list[JdnegError] = [NegativeAmount(value=line.amount) for line in budget.spending if line.amount < 0]
    if budget.income < 0:
        faults.append(NegativeAmount(value=budget.income))
    if budget.income == 0:
        faults.append(NoIncome())
    raise_all(faults)
