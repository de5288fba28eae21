"""What a month leaves for debts. A deficit is said, never planned."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal

from jdneg.domain.ids import number_of
from jdneg.domain.messages import Message, hint, info, warning
from jdneg.domain.money import ZERO, half_up
from jdneg.domain.negotiation.cash import Cash, Step
from jdneg.domain.negotiation.whatif import WhatIf, changed, expected, steps_of
from jdneg.domain.records.base import Stored
from jdneg.domain.records.budget import Budget, Income
from jdneg.errors import BadDueDay, JdnegError, NegativeAmount, raise_all
from jdneg.values import dataclass

_WEEKS = Decimal(52) / 12  # in a month


@dataclass(frozen=True, slots=True)
class BudgetSummary:
    """Yuan a month. ``available`` is never below zero; ``short`` is what necessary spending lacks."""

    income: Decimal
    spending: Decimal
    available: Decimal
    short: Decimal
    deficit: bool
    messages: tuple[Message, ...] = ()
    reserve: Decimal = ZERO


def latest(budgets: Iterable[Stored[Budget]], day: dt.date) -> Stored[Budget] | None:
    """The budget that counts on ``day``: the latest by its own day, of one day the last recorded."""
    known = [one for one in budgets if one.record.at <= day]
    return max(known, key=lambda one: (one.record.at, number_of(one.id)), default=None)


def summary(budget: Budget) -> BudgetSummary:
    """Who is out of work has a budget too. Raises NegativeAmount and BadDueDay, all at once."""
    _check(budget)
    spending = _spending(budget)
    left = budget.income - spending
    reserve = min(budget.reserve or ZERO, max(left, ZERO))
    return BudgetSummary(
        income=budget.income,
        spending=spending,
        available=max(left - reserve, ZERO),
        short=max(-left, ZERO),
        deficit=left < 0,
        messages=(
            *_plainly(left, left - reserve),
            *_unmet(budget, reserve),
            *_asked(budget),
            *_uncounted(budget),
        ),
        reserve=reserve,
    )


def _spending(budget: Budget) -> Decimal:
    return sum((line.amount for line in budget.spending), ZERO)


def supposed_deficits(budget: Budget, changes: Sequence[WhatIf]) -> tuple[Message, ...]:
    """From when on supposed changes put spending above income: each month then needs money that is kept before."""
    found = []
    for since, held in steps_of(changes):
        income, spending, _ = changed(budget, held)
        if spending > income and budget.income >= _spending(budget):
            found.append(warning("plan.supposed_deficit", date=since, short=spending - income))
    return tuple(found)


def monthly_income(incomes: Sequence[Income]) -> Decimal:
    """What a usual month brings: of irregular income what the lowest month brought, of sums expected once nothing."""
    found = ZERO
    for one in incomes:
        if one.every == "week":
            found += half_up(one.amount * _WEEKS)
        elif one.every == "irregular":
            found += min(one.seen) if one.seen else one.amount
        elif one.every == "month":
            found += one.amount
    return found


def cash_of(budget: Budget, changes: Sequence[WhatIf] = ()) -> Cash:
    """The money for debts by date. Regular income keeps back its share of spending; what comes once is whole.

    Income whose day is not known counts as there from the first day of its month. Where spending is above income,
    money in hand and expected is what one lives on, and none of it is for debts.
    """
    spare = budget.income >= _spending(budget)
    days = {one.day for one in budget.incomes if one.every in ("month", "irregular")}
    day = days.pop() if len(days) == 1 else None
    weekday = next((one.day for one in budget.incomes if one.every == "week" and one.day), 5)
    monthly, weekly, bears = _left(budget, ())
    sums = [(one.on, one.amount) for one in budget.incomes if one.every == "once" and one.on is not None and spare]
    dated = [(on, expected(on, sum_, changes)) for on, sum_ in sums]
    dated += [(one.on, -one.amount) for one in budget.one_off if one.on is not None]
    steps = tuple(Step(since, *_left(budget, held)) for since, held in steps_of(changes))
    return Cash(
        monthly=monthly, day=day, weekly=weekly, weekly_bears=bears, weekday=weekday, dated=tuple(dated),
        hand=(budget.hand if spare else None) or ZERO, steps=steps,
    )  # fmt: skip


def _left(budget: Budget, changes: Sequence[WhatIf]) -> tuple[Decimal, Decimal, Decimal]:
    """What is for debts a month, once spending and the reserve are kept back in proportion; a week's pay, and what
    of a month's spending and reserve it bears.
    """
    income, spending, paused = changed(budget, changes)
    left = max(income - spending - (budget.reserve or ZERO), ZERO)
    if paused or not left:
        return ZERO, ZERO, ZERO
    weekly = sum((one.amount for one in budget.incomes if one.every == "week"), ZERO)
    if not weekly:
        return left, ZERO, ZERO
    monthly = half_up(left - half_up(weekly * _WEEKS) * left / budget.income)
    pay = half_up(weekly * income / budget.income)
    return monthly, pay, half_up(pay * _WEEKS) - (left - monthly)


def _plainly(left: Decimal, available: Decimal) -> tuple[Message, ...]:
    if available > 0:
        return ()
    if left > 0:
        said = warning("plan.reserve_takes_all", left=left)
    else:
        said = warning("plan.deficit", short=-left) if left < 0 else warning("plan.nothing_left")
    return said, warning("plan.token_or_pause"), warning("plan.free_help")


def _unmet(budget: Budget, kept: Decimal) -> tuple[Message, ...]:
    wished = budget.reserve or ZERO
    return (info("budget.reserve_unmet", wished=wished, kept=kept),) if kept < wished else ()


_PLAIN = ("rent", "food", "transport")  # what nobody asks about


def _asked(budget: Budget) -> tuple[Message, ...]:
    """Lines an officer is likely to ask about: those whose name does not say what is in them, and have no note."""
    bare = [line for line in budget.spending if line.name not in _PLAIN and not line.note and line.amount]
    names = tuple(Message(f"word.{line.name}") if line.name in _NAMED else line.name for line in bare)
    return (hint("budget.officer_asks", names=names, first=bare[0].name),) if bare else ()


_NAMED = ("medical", "family", "other")


def _uncounted(budget: Budget) -> tuple[Message, ...]:
    """What is in the budget and in no plan, or in it with care."""
    found: list[Message] = []
    for income in budget.incomes:
        if income.every == "irregular" and len(income.seen) > 1:
            average = half_up(sum(income.seen, ZERO) / len(income.seen))
            found.append(info("budget.lowest_counted", lowest=min(income.seen), average=average))
        if income.every == "once":
            found.append(info("budget.expected", amount=income.amount, date=income.on))
        if income.every == "from":
            found.append(hint("budget.from_uncounted", amount=income.amount, date=income.on))
    kept = (budget.hand or ZERO) + sum((one.amount for one in budget.incomes if one.every == "once"), ZERO)
    if kept and budget.income < _spending(budget):
        found.append(info("budget.deficit_keeps", kept=kept))
    found += [
        hint("budget.cost_without_day", name=one.name, amount=one.amount) for one in budget.one_off if not one.on
    ]
    return tuple(found)


def _check(budget: Budget) -> None:
    amounts = [line.amount for line in budget.spending] + [one.amount for one in budget.one_off]
    amounts += [amount for one in budget.incomes for amount in (one.amount, *one.seen)]
    amounts += [amount for amount in (budget.reserve, budget.hand) if amount is not None]
    faults: list[JdnegError] = [NegativeAmount(value=amount) for amount in amounts if amount < 0]
    if budget.income < 0:
        faults.append(NegativeAmount(value=budget.income))
    for one in budget.incomes:
        most = 7 if one.every == "week" else 31
        if one.day is not None and not 1 <= one.day <= most:
            faults.append(BadDueDay(value=one.day))
    raise_all(faults)
