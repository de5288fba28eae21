"""Schedules: identities first, then published rows, then what is assumed."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from debt_loans import cases, day, gold, samples
from hypothesis import given, strategies as st

from jdneg.domain.debt.accrual import position
from jdneg.domain.debt.allin import loan_rates
from jdneg.domain.debt.interest import simple_interest
from jdneg.domain.debt.schedule import build_schedule
from jdneg.domain.money import half_up, money
from jdneg.domain.rate import Rate, parse_rate
from jdneg.domain.records.loan import Instalment, Loan
from jdneg.errors import BadDueDay, NoRate, NoTerm

METHODS = ("equal-payment", "equal-principal", "interest-only", "bullet", "daily", "flat-fee")
rates = st.builds(
    lambda number, per: Rate(Decimal(number) / 1000, per),
    st.integers(0, 3000),
    st.sampled_from(("year", "month", "day")),
)
loans = st.builds(
    Loan,
    lender=st.just("甲"),
    kind=st.just("bank"),
    principal=st.integers(1, 10**9).map(lambda fen: Decimal(fen) / 100),
    start=st.dates(dt.date(2019, 1, 1), dt.date(2030, 12, 31)),
    term=st.integers(1, 60),
    due_day=st.none() | st.integers(1, 31),
    method=st.sampled_from(METHODS),
    rate=rates,
    fee=st.none() | st.integers(1, 20).map(lambda n: Rate(Decimal(n) / 10, "month")),
    basis=st.none() | st.sampled_from(("act/365", "act/360", "act/act", "30/360")),
)


def codes(found):
    return [message.code for message in found.assumptions]


@given(loans)
def test_identities(loan):
    found = build_schedule(loan)
    rows = found.rows
    assert sum(row.principal for row in rows) == loan.principal
    assert rows[-1].balance == 0
    assert all(row.payment == row.principal + row.interest + row.fee for row in rows)
    assert all(part >= 0 for row in rows for part in (row.principal, row.interest, row.fee, row.balance))
    assert [row.due for row in rows] == sorted({row.due for row in rows})
    assert len(found.fractions) == len(rows)


@given(loans, st.integers(1, 10**9))
def test_the_contracts_own_payment_wins(loan, fen):
    payment = Decimal(fen) / 100
    rows = build_schedule(
        Loan(lender="甲", kind="bank", principal=loan.principal, start=loan.start, term=loan.term, rate=loan.rate,
             method="equal-payment", payment=payment)
    ).rows  # fmt: skip
    assert all(row.payment == payment for row in rows[:-1])
    assert sum(row.principal for row in rows) == loan.principal


@pytest.mark.parametrize("case", cases("level_payments.json"), ids=lambda case: case["source"])
def test_published_payments(case):
    loan = Loan(
        lender="甲", kind="bank", principal=money(case["principal"]), start=day("2026-01-10"), term=case["months"],
        rate=parse_rate(case["rate"]), method="equal-payment",
    )  # fmt: skip
    rows = build_schedule(loan).rows
    assert len(rows) == case["months"]
    assert {row.payment for row in rows[:-1]} == {money(case["payment"])}
    assert abs(rows[-1].payment - money(case["payment"])) < case["months"] * Decimal("0.02")


def test_sample_payments():
    for row in samples("cn_amortisation.json"):
        given_ = row["input"]
        rate = Rate(Decimal(str(given_["annual_rate"])) * 100, "year")
        loan = Loan(lender="甲", kind="bank", principal=money(given_["principal"]), start=day("2026-01-10"),
                    term=given_["months"], rate=rate, method="equal-payment")  # fmt: skip
        payment = build_schedule(loan).rows[0].payment
        assert payment == half_up(Decimal(str(row["expected"]["monthly_payment"]))), row["id"]


def test_day_rate_counts_the_days_of_each_month():
    rows = build_schedule(gold()).rows
    assert [row.interest for row in rows[:3]] == [money("310.00"), money("277.10"), money("262.16")]
    # 18473.09 x 0.05 % x 30 days, 16913.28 x 0.05 % x 31 days
    assert rows[0].payment == money("1836.91")
    assert rows[-1] == type(rows[-1])(
        12, day("2027-03-10"), money("1836.86"), money("1811.50"), money("25.36"), money("0.00"), money("0.00")
    )


def test_equal_principal_and_interest_only_and_bullet():
    base = {"rate": parse_rate("12%/year"), "term": 3, "principal": money("1000.00")}
    parts = build_schedule(gold(method="equal-principal", **base)).rows
    assert [row.principal for row in parts] == [money("333.33"), money("333.33"), money("333.34")]
    assert [row.interest for row in parts] == [money("10.00"), money("6.67"), money("3.33")]
    only = build_schedule(gold(method="interest-only", **base)).rows
    assert [row.payment for row in only] == [money("10.00"), money("10.00"), money("1010.00")]
    (once,) = build_schedule(gold(method="bullet", **base)).rows
    assert (once.due, once.interest) == (day("2026-06-10"), money("30.00"))


def test_flat_fee_stays_on_the_original_principal():
    loan = gold(rate=None, fee=parse_rate("0.6%/month"), principal=money("10000.00"), method=None)
    found = build_schedule(loan)
    assert {row.fee for row in found.rows} == {money("60.00")}
    assert found.rows[0].payment == money("893.33")
    assert "debt.method_assumed_flat_fee" in codes(found)


def test_a_day_the_month_lacks_is_its_last_day_and_never_drifts():
    found = build_schedule(gold(start=day("2025-12-31"), due_day=31))
    assert [str(row.due)[5:] for row in found.rows[:4]] == ["01-31", "02-28", "03-31", "04-30"]
    assert "debt.due_day_clamped" in codes(found)


def test_odd_first_period_counts_its_days():
    loan = gold(rate=parse_rate("12%/year"), start=day("2026-03-25"), due_day=10, principal=money("36500.00"))
    found = build_schedule(loan)
    assert found.rows[0].due == day("2026-04-10")
    assert found.rows[0].interest == money("192.00")  # 16 days of 12.00
    assert found.rows[1].interest == half_up(found.rows[0].balance / 100)
    assert {"debt.first_due_assumed", "debt.basis_assumed", "debt.year_over_twelve"} <= set(codes(found))


def test_nothing_assumed_goes_unnamed():
    found = build_schedule(gold(due_day=None, method=None))
    assert {"debt.due_day_assumed", "debt.method_assumed_equal_payment", "debt.rounding"} <= set(codes(found))


def test_what_was_kept_back_is_not_principal():
    found = build_schedule(gold(received=money("19000.00")))
    assert found.principal == sum(row.principal for row in found.rows) == money("19000.00")
    assert found.assumptions[0].facts["kept"] == money("1000.00")


def test_the_contracts_own_table_wins():
    table = tuple(
        Instalment(due=day(due), amount=money(amount))
        for due, amount in (("2026-04-10", "7000"), ("2026-05-10", "7000"), ("2026-06-10", "6800"))
    )
    found = build_schedule(gold(schedule=table, term=None, method=None))
    assert [row.payment for row in found.rows] == [money("7000.00"), money("7000.00"), money("6800.00")]
    # The rate would leave 290.35 of interest for the last row: so the amounts are split by what they themselves come to.
    assert [row.interest for row in found.rows] == [money("403.71"), money("261.75"), money("134.54")]
    assert found.rows[-1].balance == 0
    assert "debt.contract_schedule" in codes(found)
    (doubt,) = [one.facts for one in found.assumptions if one.code == "debt.schedule_rate_differs"]
    assert (doubt["n"], doubt["stated"], doubt["by_rate"]) == (1, money("403.71"), money("310.00"))
    assert doubt["interest"] == money("800.00") > doubt["expected"]


@pytest.mark.parametrize(
    "changes",
    [
        {"schedule": tuple(Instalment(due=day(f"2026-{n:02}-10"), amount=money("1200")) for n in range(2, 12))},
        {"payment": money("1200.00"), "term": 10, "due_day": 10, "method": None},
    ],
    ids=["table", "payment"],
)
def test_no_yuan_of_the_contract_is_lost_where_the_rate_would_ask_less(changes):
    """10 x 1200 for 10,000 at a rate said to be 12 %: 41.5 % by periods, 41.76 % by the dates, never "within 24 %"."""
    terms = {"principal": money("10000.00"), "rate": parse_rate("12%/year"), "start": day("2026-01-10")}
    loan = gold(**{"term": None, "method": None, "due_day": None} | terms | changes)
    found = build_schedule(loan)
    assert [row.payment for row in found.rows] == [money("1200.00")] * 10
    assert sum(row.principal for row in found.rows) == money("10000.00") and found.rows[-1].balance == 0
    assert {"debt.schedule_rate_differs", "debt.payment_rate_differs"} & set(codes(found))
    rates = loan_rates(loan)
    assert rates.nominal_12 == loan_rates(replace(loan, rate=None)).nominal_12
    assert half_up(rates.nominal_12 * 100) == money("41.76")
    # What is overdue and what has run agree: four rows are late, their interest is in the account.
    late = position(loan, found, (), day("2026-05-20"))
    assert late.overdue_amount == money("4800.00") and late.interest > money("1200.00")


def test_payments_that_do_not_reach_the_principal_leave_the_rate_in_place():
    found = build_schedule(gold(payment=money("300.00")))
    assert found.rows[-1].payment > money("16000") and "debt.payment_rate_differs" in codes(found)


@pytest.mark.parametrize("basis", ["act/365", "act/360", None])
def test_a_table_made_of_the_rate_by_months_or_by_days_is_not_doubted(basis):
    terms = gold(rate=parse_rate("18%/year"), basis=basis, term=24)
    for by_days in (False, True):
        table = tuple(
            Instalment(due=row.due, amount=row.payment, principal=row.principal, interest=row.interest)
            for row in build_schedule(terms, by_days=by_days).rows
        )
        found = build_schedule(replace(terms, schedule=table))
        assert "debt.schedule_rate_differs" not in codes(found)
        other = build_schedule(replace(terms, schedule=table, rate=parse_rate("17%/year")))
        assert "debt.schedule_rate_differs" in codes(other)


def test_a_table_without_a_rate_is_split_by_its_own_flow():
    table = tuple(Instalment(due=day(f"2026-0{m}-10"), amount=money("6900")) for m in (4, 5, 6))
    found = build_schedule(gold(schedule=table, rate=None, term=None, method=None))
    assert sum(row.principal for row in found.rows) == money("20000.00")
    assert sum(row.interest for row in found.rows) == money("700.00")
    assert found.rows[0].interest > found.rows[1].interest > found.rows[2].interest > 0
    assert "debt.split_by_flow" in codes(found)


def test_a_table_that_leaves_principal_over_says_so():
    table = (Instalment(due=day("2026-04-10"), amount=money("5000"), principal=money("5000")),)
    found = build_schedule(gold(schedule=table))
    assert found.rows[-1].balance == money("15000.00")
    assert "debt.schedule_left_over" in codes(found)


def test_a_payment_below_the_interest():
    found = build_schedule(gold(payment=money("300.00")))
    assert "debt.payment_below_interest" in codes(found)
    assert [row.principal for row in found.rows[:-1]] == [0] * 11
    with pytest.raises(NoTerm):
        build_schedule(gold(payment=money("300.00"), term=None))


def test_a_payment_without_a_term_runs_until_it_is_paid():
    rows = build_schedule(gold(payment=money("5000.00"), term=None)).rows
    assert len(rows) == 5
    assert rows[-1].balance == 0


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"rate": None}, NoRate),
        ({"term": None}, NoTerm),
        ({"term": 0}, NoTerm),
        ({"due_day": 32}, BadDueDay),
        ({"due_day": 0}, BadDueDay),
    ],
)
def test_nothing_is_computed_on_a_guess(changes, error):
    with pytest.raises(error):
        build_schedule(gold(**changes))


def test_on_demand_has_no_rows():
    found = build_schedule(gold(method="daily", term=None, due_day=None))
    assert found.rows == ()
    assert "debt.no_due_date" in codes(found)


@pytest.mark.parametrize("case", cases("court_interest.json"), ids=lambda case: case["name"])
def test_interest_as_courts_computed_it(case):
    found = simple_interest(
        money(case["principal"]), parse_rate(case["rate"]), day(case["from"]), day(case["to"]), case["basis"],
        include_last=case["include_last"],
    )  # fmt: skip
    assert found == money(case["interest"])
