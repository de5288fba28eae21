"""Contradictions are reported together, each with its field; what is sound passes."""

from dataclasses import replace
from decimal import Decimal

import pytest
from debt_loans import day, gold, stored

from jdneg.domain.debt.schedule import build_schedule
from jdneg.domain.debt.sound import check_sound, faults_of
from jdneg.domain.loans import check_loan
from jdneg.domain.money import money
from jdneg.domain.rate import Rate, parse_rate
from jdneg.domain.records.account import Payment
from jdneg.domain.records.loan import Adjustment, Charge, Instalment, OverdueTerms, RateChange
from jdneg.errors import BadLoan, ManyErrors
from jdneg.i18n import say, t

MINUS = Rate(Decimal("-1"), "day")


def faults(**changes):
    if "schedule" in changes:  # a table has as many rows as it has, unless a case says otherwise
        changes = {"term": None} | changes
    return [(one.facts["detail"].code, one.facts["where"]) for one in faults_of(gold(**changes))]


def row(on, amount, principal=None):
    return Instalment(due=day(on), amount=money(amount), principal=None if principal is None else money(principal))


CASES = [
    ({"rate": MINUS}, [("loan.negative", "--rate")]),
    ({"overdue": OverdueTerms(rate=MINUS)}, [("loan.negative", "--penalty-rate")]),
    ({"charges": (Charge(name="费", amount=money("-5"), every="month"),)}, [("loan.negative", "--monthly-fee 费")]),
    ({"schedule": (row("2026-05-10", "1"), row("2026-04-10", "1"))}, [("loan.rows_out_of_order", "--schedule")]),
    ({"schedule": (row("2026-05-10", "-1"),)}, [("loan.negative", "--schedule")]),
    ({"schedule": (row("2026-05-10", "30000", "30000"),)}, [("loan.principal_parts", "--schedule")]),
    ({"schedule": (row("2026-05-10", "20000", "19999.99"),)}, [("loan.principal_parts", "--schedule")]),
    ({"schedule": (row("2026-05-10", "19000", "20000"),)}, [("loan.row_parts", "--schedule")]),
    ({"payment": money("100.00")}, [("loan.payments_below_principal", "--payment")]),
    ({"rate_changes": (RateChange(since=day("2026-03-10"), rate=parse_rate("1%/year")),)},
     [("loan.rate_change_early", "--rate-change")]),
    ({"rate_changes": (RateChange(since=day("2026-05-10"), rate=parse_rate("1%/year")),) * 2},
     [("loan.rate_change_twice", "--rate-change")]),
    ({"accelerated_on": day("2026-01-01")}, [("loan.before_start", "--accelerated")]),
    ({"adjustments": (Adjustment(kind="waiver", at=day("2026-01-01"), amount=money("0")),)},
     [("loan.before_start", "--waiver"), ("loan.negative", "--waiver")]),
    ({"allocation": ("fee", "fee")}, [("loan.allocation_twice", "--allocation")]),
    ({"received": money("19700.00"),
      "charges": (Charge(name="服务费", amount=money("300.00"), every="once", due=day("2026-03-10")),)},
     [("loan.charge_twice", "--one-off-fee")]),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "expected"), CASES)
def test_each_contradiction_names_its_field(changes, expected):
    assert faults(**changes) == expected


def test_a_row_is_the_sum_of_its_parts():
    parts = {"principal": money("20000.00"), "interest": money("600.00"), "fee": money("10.00")}
    whole = Instalment(due=day("2026-05-10"), amount=money("20610.00"), **parts)
    assert faults(schedule=(whole,)) == []
    assert faults(schedule=(replace(whole, amount=money("20610.01")),)) == [("loan.row_parts", "--schedule")]
    assert faults(schedule=(replace(whole, amount=money("20610.01"), fee=None),)) == []  # the rest may be a fee


def test_a_sound_loan_has_none():
    assert faults(overdue=OverdueTerms(factor=Decimal("1.5")), payment=money("1836.91")) == []


def test_a_rate_change_needs_a_rate():
    change = RateChange(since=day("2026-05-10"), rate=parse_rate("1%/year"))
    assert ("loan.rate_change_alone", "--rate-change") in faults(rate=None, rate_changes=(change,))


def test_all_are_told_at_once_when_a_loan_is_recorded():
    with pytest.raises(ManyErrors) as caught:
        check_loan(gold(rate=MINUS, allocation=("fee", "fee")), day("2026-11-22"))
    assert [type(one) for one in caught.value.errors] == [BadLoan, BadLoan]


def test_a_payment_before_the_payout_stops_the_comparison():
    early = Payment(loan="L1", at=day("2026-03-01"), amount=money("500.00"))
    with pytest.raises(BadLoan) as caught:
        check_sound(stored(gold()), [stored(early, "Y1"), stored(replace(early, loan="L2"), "Y2")])
    assert caught.value.facts["where"] == "Y1"
    for lang in ("zh", "en"):
        assert "jdneg payment amend Y1" in say(caught.value.facts["detail"], lang)


def test_every_fault_can_be_spoken():
    for changes, _ in CASES:
        for one in faults_of(gold(**changes)):
            for lang in ("zh", "en"):
                assert "{" not in t(f"errors.{one.code}", lang, detail=say(one.facts["detail"], lang))


def test_a_stated_payment_the_rate_does_not_explain_is_followed_and_said():
    found = build_schedule(gold(payment=money("1900.00")))
    said = [one for one in found.assumptions if one.code == "debt.payment_rate_differs"]
    assert said and {row.payment for row in found.rows} == {money("1900.00")}
    assert not [one for one in build_schedule(gold(payment=money("1836.91"))).assumptions if one in said]


def test_a_table_has_as_many_rows_as_the_term_says() -> None:
    rows = tuple(Instalment(due=day(f"2026-0{n}-10"), amount=money("6800")) for n in (4, 5, 6))
    assert faults(schedule=rows, term=12) == [("loan.rows_not_term", "--term")]
    assert faults(schedule=rows, term=3) == []


def test_the_penalty_is_a_factor_or_a_rate() -> None:
    both = OverdueTerms(factor=Decimal("1.5"), rate=Rate(Decimal("0.2"), "day"))
    assert faults(overdue=both) == [("loan.factor_and_rate", "--penalty-rate")]
