import datetime as dt
from decimal import Decimal

import pytest

from jdneg.domain.negotiation.budget import summary
from jdneg.domain.records.budget import Budget, Spending
from jdneg.errors import ManyErrors, NegativeAmount, NoIncome
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


def test_no_income() -> None:
    with pytest.raises(NoIncome):
        summary(budget("0", "100"))


def test_all_faults_at_once() -> None:
    with pytest.raises(ManyErrors) as caught:
        summary(budget("0", "-5", "-6"))
    assert [type(one) for one in caught.value.errors] == [NegativeAmount, NegativeAmount, NoIncome]
