"""One payment on several debts: the order of Civil Code 560."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given, strategies as st

from jdneg.domain.debt.accrual import position
from jdneg.domain.debt.designation import DueDebt, designate, due_debt, remainder
from jdneg.domain.debt.schedule import build_schedule
from jdneg.domain.rate import Rate
from jdneg.domain.records.account import Payment
from jdneg.domain.records.base import Stored
from jdneg.domain.records.loan import Loan, OverdueTerms

EARLY, LATE = dt.date(2026, 9, 10), dt.date(2026, 11, 10)


def yuan(text: str) -> Decimal:
    return Decimal(text)


def debt(
    loan: str, due: str, owed: str, secured: bool | None = None, burden: str | None = None, on: dt.date | None = None
) -> DueDebt:
    return DueDebt(loan, yuan(due), yuan(owed), secured, None if burden is None else yuan(burden), on)


def split(amount: str, *debts: DueDebt) -> list[tuple[str, str, str]]:
    """Loan, amount and the last word of the reason's code."""
    return [(one.loan, str(one.amount), one.why.code.partition(".")[2]) for one in designate(yuan(amount), debts)]


def test_what_is_due_goes_first_and_then_what_is_not() -> None:
    debts = debt("L1", "0.00", "900.00", burden="0.36"), debt("L2", "300.00", "800.00", burden="0.10")
    assert split("200.00", *debts) == [("L2", "200.00", "stage_due"), ("L1", "0.00", "why_nothing_left")]
    assert split("1000.00", *debts) == [("L2", "300.00", "stage_due"), ("L1", "700.00", "why_burden")]
    assert split("1300.00", *debts) == [("L2", "400.00", "why_both"), ("L1", "900.00", "why_burden")]


@pytest.mark.parametrize(
    ("first", "second", "by"),
    [
        # each criterion decides against all the later ones
        (debt("L1", "9.00", "9.00", False, "0.1", LATE), debt("L2", "9.00", "9.00", True, "0.3", EARLY), "unsecured"),
        (debt("L1", "9.00", "9.00", False, "0.3", LATE), debt("L2", "9.00", "9.00", False, "0.1", EARLY), "burden"),
        (debt("L1", "9.00", "9.00", None, "0.3", LATE), debt("L2", "9.00", "9.00", True, "0.1", EARLY), "burden"),
        (debt("L1", "9.00", "9.00", None, "0.3", EARLY), debt("L2", "9.00", "9.00", None, "0.3", LATE), "earlier"),
        (debt("L1", "9.00", "9.00", None, None, EARLY), debt("L2", "9.00", "9.00", None, "0.3", LATE), "earlier"),
    ],
)  # fmt: skip
def test_the_order_among_debts_that_are_due(first: DueDebt, second: DueDebt, by: str) -> None:
    for debts in ((first, second), (second, first)):
        (loan, amount, why), (other, nothing, none_left) = split("5.00", *debts)
        assert (loan, amount, why) == ("L1", "5.00", f"why_{by}")
        assert (other, nothing, none_left) == ("L2", "0.00", "why_nothing_left")


def test_equal_in_all_they_are_paid_in_proportion_to_the_fen() -> None:
    """100.00 over 100, 100 and 100 is 33.34 + 33.33 + 33.33; over 200 and 100 it is 66.67 + 33.33."""
    three = [debt(f"L{n}", "100.00", "100.00", None, "0.24", LATE) for n in (1, 2, 3)]
    assert [one[1:] for one in split("100.00", *three)] == [
        ("33.34", "why_ratio"), ("33.33", "why_ratio"), ("33.33", "why_ratio")
    ]  # fmt: skip
    two = debt("L1", "200.00", "200.00"), debt("L2", "100.00", "100.00")
    assert [one[1] for one in split("100.00", *two)] == ["66.67", "33.33"]


def test_too_much_is_named_and_given_to_no_debt() -> None:
    debts = debt("L1", "10.00", "10.00"), debt("L2", "0.00", "0.00")
    shares = designate(yuan("25.50"), debts)
    assert split("25.50", *debts) == [("L1", "10.00", "stage_due"), ("L2", "0.00", "why_nothing_owed")]
    rest = remainder(yuan("25.50"), shares)
    assert rest is not None and rest.facts == {"rest": yuan("15.50")} and rest.level == "warning"
    assert remainder(yuan("10.00"), shares) is None


FEN = st.integers(0, 500_000).map(lambda fen: Decimal(fen) / 100)


@st.composite
def several(draw: st.DrawFn) -> list[DueDebt]:
    made = []
    for n in range(draw(st.integers(1, 5))):
        due, ahead = draw(FEN), draw(FEN)
        secured = draw(st.sampled_from([True, False, None]))
        burden = draw(st.sampled_from([None, Decimal("0.12"), Decimal("0.24")]))
        on = draw(st.sampled_from([None, EARLY, LATE]))
        made.append(DueDebt(f"L{n + 1}", due, due + ahead, secured, burden, on))
    return made


@given(FEN, several())
def test_money_is_conserved_and_nobody_gets_too_much(amount: Decimal, debts: list[DueDebt]) -> None:
    shares = designate(amount, debts)
    by_loan = {one.loan: one.amount for one in shares}
    assert len(shares) == len(debts) == len(by_loan)
    assert sum(by_loan.values()) == min(amount, sum(one.owed for one in debts))
    rest = remainder(amount, shares)
    assert sum(by_loan.values()) + (rest.facts["rest"] if rest else 0) == amount  # type: ignore[operator]
    for one in debts:
        assert 0 <= by_loan[one.loan] <= one.owed
        assert by_loan[one.loan] * 100 == int(by_loan[one.loan] * 100)


@given(FEN, several())
def test_nothing_not_due_is_paid_before_what_is(amount: Decimal, debts: list[DueDebt]) -> None:
    got = {one.loan: one.amount for one in designate(amount, debts)}
    if any(got[one.loan] > one.due for one in debts):
        assert all(got[one.loan] >= one.due for one in debts)


def _rank(one: DueDebt) -> tuple[bool, Decimal, dt.date]:
    assert one.secured is not None and one.burden is not None and one.due_on is not None
    return one.secured, -one.burden, one.due_on


@given(FEN, several())
def test_where_all_is_known_the_later_rank_waits_and_equals_share(amount: Decimal, debts: list[DueDebt]) -> None:
    known = [one for one in debts if None not in (one.secured, one.burden, one.due_on) and one.due]
    got = {one.loan: min(one.amount, 0 if one is None else one.amount) for one in designate(amount, known)}
    for one, other in combinations(sorted(known, key=_rank), 2):
        paid, later = min(got[one.loan], one.due), min(got[other.loan], other.due)
        if _rank(one) < _rank(other):
            assert later == 0 or paid == one.due
        else:  # to the fen in proportion
            assert abs(paid * other.due - later * one.due) <= Decimal("0.01") * (one.due + other.due)


# From a loan


def _loan(**more: object) -> Stored[Loan]:
    terms: dict[str, object] = {
        "lender": "某银行", "kind": "bank", "principal": yuan("12000.00"), "start": dt.date(2026, 8, 10), "term": 12,
        "due_day": 10, "method": "equal-principal", "rate": Rate(yuan("12"), "year"),
    }  # fmt: skip
    return Stored("L1", Loan(**(terms | more)), dt.datetime(2026, 8, 10, tzinfo=dt.UTC))  # type: ignore[arg-type]


def _on(loan: Stored[Loan], day: dt.date, *paid: Payment) -> DueDebt:
    schedule = build_schedule(loan.record)
    found = due_debt(loan, schedule, paid, day)
    assert found.owed == position(loan.record, schedule, paid, day).total
    return found


def test_a_row_is_due_on_its_day_and_not_before() -> None:
    """First row: 1,000 principal and a month's 1 % on 12,000, 120."""
    before = _on(_loan(), dt.date(2026, 9, 9))
    assert (before.due, before.due_on, before.burden) == (0, EARLY, yuan("0.12"))
    today = _on(_loan(), EARLY)
    assert (today.due, today.owed, today.due_on) == (yuan("1120.00"), yuan("12120.00"), EARLY)
    paid = Payment(loan="L1", amount=yuan("1120.00"), at=EARLY)
    after = _on(_loan(), EARLY, paid)
    assert (after.due, after.owed, after.due_on) == (0, yuan("11000.00"), dt.date(2026, 10, 10))


def test_once_late_the_penalty_is_the_burden_and_due_too() -> None:
    late = OverdueTerms(factor=yuan("1.5"), base="overdue_principal")
    found = _on(_loan(overdue=late), dt.date(2026, 9, 20))
    assert found.burden == yuan("0.18") and found.due > yuan("1120.00")
    assert _on(_loan(overdue=late), dt.date(2026, 9, 9)).burden == yuan("0.12")


def test_past_the_last_row_all_is_due() -> None:
    found = _on(_loan(term=1), dt.date(2026, 12, 1))
    assert found.due == found.owed > yuan("12120.00")
