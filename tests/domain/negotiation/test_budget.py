import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import example, given, strategies as st

from jdneg.domain.negotiation.budget import cash_of, monthly_income, summary
from jdneg.domain.negotiation.cash import Cash
from jdneg.domain.negotiation.whatif import WhatIf
from jdneg.domain.records.budget import Budget, Income, Spending
from jdneg.errors import ManyErrors, NegativeAmount
from jdneg.i18n import say

D = Decimal
DAY = dt.date(2026, 11, 22)


def budget(income: str, *amounts: str) -> Budget:
    spending = tuple(
        Spending(name=("rent", "food", "transport")[n], amount=D(amount)) for n, amount in enumerate(amounts)
    )
    return Budget(at=DAY, income=D(income), spending=spending)


def test_what_is_left() -> None:
    found = summary(budget("6200", "1800.00", "1500.00", "1750.00"))
    assert (found.income, found.spending, found.available) == (D("6200"), D("5050.00"), D("1150.00"))
    assert not found.deficit
    assert found.messages == ()


def test_a_deficit_is_said_and_nothing_is_negative() -> None:
    found = summary(budget("3000", "2000.00", "1500.50"))
    assert found.deficit
    assert (found.available, found.short) == (D("0.00"), D("500.50"))
    assert [one.code for one in found.messages] == ["plan.deficit", "plan.token_or_pause", "plan.free_help"]
    assert "500.50" in say(found.messages[0], "zh")


def test_income_that_is_just_eaten_up_is_no_deficit() -> None:
    found = summary(budget("3000", "3000.00"))
    assert not found.deficit
    assert found.available == 0
    assert found.messages[0].code == "plan.nothing_left"


def test_no_income_is_a_budget_too() -> None:
    found = summary(budget("0", "100"))
    assert (found.available, found.short, found.deficit) == (0, D("100"), True)
    assert found.messages[0].code == "plan.deficit"


def test_a_job_that_is_supposed_brings_its_money_where_there_was_none() -> None:
    job = WhatIf(what="income", since=dt.date(2027, 3, 1), amount=D(4000))
    cash = cash_of(budget("0", "900"), [job])
    assert (cash.average, cash.steps[0].monthly) == (0, D("3100.00"))


@example(150_000, 120_000, 400_000)
@given(st.integers(1, 500_000), st.integers(0, 300_000), st.integers(0, 900_000))
def test_what_is_supposed_of_weekly_pay_is_exact(weekly: int, rent: int, supposed: int) -> None:
    """`income=4000` of pay by the week is 4,000 a month, not a fen more."""
    pay = (Income(every="week", amount=D(weekly) / 100, day=5),)
    one = Budget(at=DAY, income=monthly_income(pay), incomes=pay, spending=budget("0", str(D(rent) / 100)).spending)
    cash = cash_of(one, [WhatIf(what="income", since=DAY, amount=D(supposed) / 100)])
    step = cash.steps[0]
    there = Cash(monthly=step.monthly, weekly=step.weekly, weekly_bears=step.weekly_bears).average
    assert there == max(D(supposed - rent) / 100, D(0))
    assert cash.average == max(one.income - D(rent) / 100, D(0))


def test_what_is_expected_may_be_supposed_away() -> None:
    sum_ = (Income(every="month", amount=D(3000)), Income(every="once", amount=D(500), on=dt.date(2027, 2, 10)))
    one = Budget(at=DAY, income=D(3000), incomes=sum_)
    gone = WhatIf(what="expected", since=DAY, amount=D(0))
    assert cash_of(one).dated == ((dt.date(2027, 2, 10), D(500)),)
    assert [amount for _, amount in cash_of(one, [gone]).dated] == [0] and not cash_of(one, [gone]).steps


def test_all_faults_at_once() -> None:
    with pytest.raises(ManyErrors) as caught:
        summary(budget("0", "-5", "-6"))
    assert [type(one) for one in caught.value.errors] == [NegativeAmount, NegativeAmount]
