"""Terms beyond the plain loan: changes of rate, fees, counted days, acceleration, allocation, waivers, compounding."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from debt_loans import day, gold
from hypothesis import given, strategies as st

from jdneg.domain.debt.accrual import position
from jdneg.domain.debt.agreed import Bound
from jdneg.domain.debt.allin import contract_flows, loan_rates
from jdneg.domain.debt.late import late_terms
from jdneg.domain.debt.rules import rules_of
from jdneg.domain.debt.running import Running
from jdneg.domain.debt.schedule import build_schedule, level_payment
from jdneg.domain.money import half_up, money
from jdneg.domain.rate import Rate, parse_rate
from jdneg.domain.records.account import Payment
from jdneg.domain.records.loan import Adjustment, Charge, Instalment, OverdueTerms, RateChange

AS_OF = day("2026-11-20")
FACTOR = OverdueTerms(factor=Decimal("1.5"))
YEAR = {"rate": parse_rate("12%/year"), "principal": money("12000.00")}


def paid(*pairs):
    return [Payment(loan="L1", at=day(on), amount=money(amount)) for on, amount in pairs]


def at(loan, payments=(), as_of=AS_OF, agreement=None):
    return position(loan, build_schedule(loan), list(payments), as_of, [Bound(agreement)] if agreement else [])


def codes(messages):
    return [message.code for message in messages]


def change(on, rate):
    return RateChange(since=day(on), rate=parse_rate(rate))


# --- rate changes


def test_a_rate_change_on_a_due_date_solves_the_payment_anew():
    loan = gold(**YEAR, rate_changes=(change("2026-06-10", "6%/year"),))
    rows = build_schedule(loan).rows
    before = build_schedule(gold(**YEAR)).rows
    assert rows[:3] == before[:3]
    assert rows[3].interest == half_up(rows[2].balance / 200)
    assert {row.payment for row in rows[3:-1]} == {level_payment(rows[2].balance, [Decimal("0.005")] * 9)}
    assert "debt.payment_solved_anew" in codes(build_schedule(loan).assumptions)


def test_a_rate_change_inside_a_month_is_shared_by_days():
    loan = gold(**YEAR, method="interest-only", rate_changes=(change("2026-03-20", "6%/year"),))
    # 10 days at 120.00 a month, 21 at 60.00, of the 31 days from 10 March
    assert build_schedule(loan).rows[0].interest == half_up((Decimal(1200) + 60 * 21) / 31)
    daily = gold(method="interest-only", rate_changes=(change("2026-03-20", "0.02%/day"),))
    assert build_schedule(daily).rows[0].interest == money("184.00")  # 10 x 10.00 + 21 x 4.00


def test_interest_and_penalty_follow_the_rate():
    loan = gold(method="bullet", term=1, overdue=FACTOR, rate_changes=(change("2026-04-20", "0.02%/day"),))
    found = at(loan, as_of=day("2026-04-30"))
    # 31 days at 10.00; then 10 days at 15.00 and 10 at 6.00 on the overdue principal
    assert (found.interest, found.penalty) == (money("310.00"), money("210.00"))
    fixed = replace(FACTOR, factor=None, rate=parse_rate("0.07%/day"))
    assert at(replace(loan, overdue=fixed), as_of=day("2026-04-30")).penalty == money("280.00")


# --- fees


GUARANTEE = Charge(name="担保费", amount=money("100.00"), every="month", payee="甲担保公司")
SERVICE = Charge(name="服务费", amount=money("300.00"), every="once", payee="乙公司")


def test_fees_stand_in_the_rows_and_count_in_the_rate_whoever_is_paid():
    plain, loan = gold(**YEAR), gold(**YEAR, charges=(GUARANTEE, SERVICE))
    rows = build_schedule(loan).rows
    assert [row.fee for row in rows] == [money("400.00"), *[money("100.00")] * 11]
    assert [row.principal for row in rows] == [row.principal for row in build_schedule(plain).rows]
    assert {"debt.charge_monthly", "debt.charge_once"} <= set(codes(build_schedule(loan).assumptions))
    assert loan_rates(loan).effective > loan_rates(plain).effective + Decimal("0.15")


def test_a_fee_at_the_payout_is_dearer_than_one_with_the_first_instalment():
    early = gold(**YEAR, charges=(replace(SERVICE, due=day("2026-03-10")),))
    assert contract_flows(early)[0] == (day("2026-03-10"), money("-11700.00"))
    assert at(early, as_of=day("2026-03-10")).fee == money("300.00")
    later = gold(**YEAR, charges=(replace(SERVICE, due=day("2026-05-01")),))
    assert [row.fee for row in build_schedule(later).rows[:3]] == [0, money("300.00"), 0]
    assert loan_rates(early).effective > loan_rates(later).effective


def test_a_contracts_table_has_its_fees_inside():
    table = tuple(Instalment(due=day(f"2026-0{m}-10"), amount=money("6900")) for m in (4, 5, 6))
    found = build_schedule(gold(schedule=table, rate=None, charges=(GUARANTEE,)))
    assert [(row.payment, row.fee) for row in found.rows] == [(money("6900.00"), money("100.00"))] * 3
    assert "debt.charge_inside" in codes(found.assumptions)


def test_a_monthly_fee_without_due_dates_is_said_and_not_counted():
    found = at(gold(method="daily", term=None, charges=(GUARANTEE,)))
    assert found.fee == 0 and "debt.charge_no_due" in codes(found.assumptions)


# --- counted days


def test_first_and_last_day():
    once = gold(method="bullet", term=1)
    due = day("2026-04-10")
    assert build_schedule(once).rows[0].interest == money("310.00")
    assert build_schedule(replace(once, count_last=True)).rows[0].interest == money("320.00")
    assert build_schedule(replace(once, count_first=False)).rows[0].interest == money("300.00")
    assert at(replace(once, count_last=True), as_of=day("2026-03-20")).interest == money("110.00")
    assert at(replace(once, count_last=True), as_of=due).interest == money("320.00")
    late = replace(once, overdue=FACTOR, count_last=True)
    assert at(late, as_of=day("2026-04-20")).penalty == money("165.00")
    assert at(replace(late, count_last=None, count_first=False), as_of=day("2026-04-20")).penalty == money("135.00")
    settled = at(late, paid(("2026-04-10", "20320.00")), day("2026-04-20"))
    assert settled.total == 0 and "debt.overpaid" not in codes(settled.assumptions)


def test_a_month_rate_has_no_days_to_leave_out():
    loan = gold(**YEAR, method="interest-only", count_first=False, count_last=True)
    assert {row.interest for row in build_schedule(loan).rows} == {money("120.00")}


# --- acceleration


def test_the_whole_balance_falls_due_on_its_day():
    loan = gold(overdue=FACTOR, accelerated_on=day("2026-05-20"))
    found = at(loan, paid(("2026-04-10", "1836.91")), day("2026-05-30"))
    # 10 May: row 2 is late (10 days at 0.075 % on its principal, ordinary interest on the rest), then all of it
    second = build_schedule(loan).rows[1].principal
    penalty = (second * 10 + Decimal("18473.09") * 10) * Decimal("0.00075")
    interest = Decimal("18473.09") * 30 * Decimal("0.0005") + (Decimal("18473.09") - second) * 10 * Decimal("0.0005")
    assert (found.principal, found.interest, found.penalty) == (
        money("18473.09"), half_up(interest), half_up(penalty),
    )  # fmt: skip
    assert [(row.n, row.due, row.late_days) for row in found.overdue] == [
        (2, day("2026-05-10"), 20), (3, day("2026-05-20"), 10),
    ]  # fmt: skip
    assert abs(found.overdue_amount - found.principal - found.interest) <= Decimal("0.02")  # rows are in whole fen
    assert found.rows[-1].due == day("2026-05-20") and "debt.accelerated" in codes(found.assumptions)
    assert at(loan, as_of=day("2026-05-19")).next_due.due == day("2026-06-10")


def test_what_was_paid_ahead_is_not_late_after_acceleration():
    loan = gold(overdue=FACTOR, accelerated_on=day("2026-05-20"))
    found = at(loan, paid(("2026-04-10", "5000.00")), day("2026-05-20"))
    assert found.overdue_amount <= found.principal + found.interest
    settled = at(loan, paid(("2026-04-10", "5000.00"), ("2026-05-20", str(found.total))), day("2026-12-01"))
    assert (settled.total, settled.overdue) == (0, ())


# --- allocation, waivers, refunds


def test_the_contracts_own_order():
    loan = gold(overdue=FACTOR)
    law = at(loan, paid(("2026-06-20", "400.00")), day("2026-06-20"))
    first = replace(loan, allocation=("penalty", "interest", "fee", "principal"))
    own = at(first, paid(("2026-06-20", "400.00")), day("2026-06-20"))
    assert own.total == law.total and own.penalty == 0 and law.penalty > 0
    assert "debt.allocation_contract" in codes(own.assumptions)
    part = at(replace(loan, allocation=("principal",)), paid(("2026-06-20", "400.00")), day("2026-06-20"))
    assert part.principal == money("19600.00")


def let_go(kind, on, amount, part=None):
    return Adjustment(kind=kind, at=day(on), amount=money(amount), part=part)


def test_a_waiver_takes_off_the_part_it_names():
    loan = gold(overdue=FACTOR)
    before = at(loan)
    found = at(replace(loan, adjustments=(let_go("waiver", "2026-11-20", "100", "penalty"),)))
    assert found.penalty == before.penalty - 100 and found.total == before.total - 100
    more = at(replace(loan, adjustments=(let_go("waiver", "2026-11-20", "99999", "penalty"),)))
    assert more.penalty == 0 and "debt.waiver_over" in codes(more.assumptions)
    unnamed = at(replace(loan, adjustments=(let_go("waiver", "2026-11-20", "99999"),)))
    assert unnamed.total == 0 and "debt.waiver_assumed" in codes(unnamed.assumptions)


def test_a_waived_instalment_is_not_late():
    loan = gold(overdue=FACTOR, adjustments=(let_go("waiver", "2026-04-10", "1836.91"),))
    assert at(loan, as_of=day("2026-04-30")).overdue == ()


def test_more_given_back_than_was_paid_is_told():
    loan = gold(adjustments=(let_go("refund", "2026-05-10", "500.00"), let_go("refund", "2026-06-10", "600.00")))
    told = [one for one in at(loan, paid(("2026-04-10", "1000.00"))).assumptions if one.code == "debt.refund_over"]
    assert [(str(one.facts["date"]), one.facts["back"], one.facts["paid"]) for one in told] == [
        ("2026-06-10", money("1100.00"), money("1000.00"))
    ]


def test_a_refund_of_what_was_too_much_changes_nothing_owed():
    over = paid(("2026-03-20", "20150.00"))
    loan = gold(adjustments=(let_go("refund", "2026-03-25", "50.00"),))
    assert at(loan, over).total == 0
    assert at(gold(adjustments=(let_go("refund", "2026-03-25", "80.00"),)), over, day("2026-03-25")).total == money(
        "30.00"
    )


@pytest.mark.parametrize("part", ["fee", "interest", "penalty"])
def test_what_is_given_back_of_a_charge_is_not_owed_again(part):
    loan, money_in = gold(overdue=FACTOR, charges=(GUARANTEE,)), paid(("2026-06-20", "6500.00"))
    back = replace(loan, adjustments=(let_go("refund", "2026-07-01", "30.00", part),))
    before, after = at(loan, money_in), at(back, money_in)
    assert (after.total, after.overdue) == (before.total, before.overdue)
    assert "debt.refund_dropped" in codes(after.assumptions)


@pytest.mark.parametrize("part", ["principal", None])
def test_principal_that_came_back_is_owed_from_its_day_and_no_sooner(part):
    loan, money_in = gold(overdue=FACTOR), paid(("2026-04-10", "1836.91"), ("2026-05-10", "1836.91"))
    back = replace(loan, adjustments=(let_go("refund", "2026-05-20", "100.00", part),))
    assert at(back, money_in, day("2026-05-20")).total == at(loan, money_in, day("2026-05-20")).total + 100
    assert at(back, money_in, day("2026-05-20")).overdue == ()
    late = at(back, money_in, day("2026-05-31"))
    assert [(one.n, one.due, one.unpaid, one.late_days) for one in late.overdue] == [
        (0, day("2026-05-20"), money("100.00"), 11)
    ]
    ahead = at(back, paid(("2026-04-10", "1836.91"), ("2026-05-10", "4000.00")), day("2026-05-31"))
    assert ahead.overdue == ()  # it only takes back what was paid ahead


# --- compound interest and the penalty's place


def test_penalty_beside_ordinary_interest():
    terms = OverdueTerms(rate=parse_rate("0.02%/day"), base="overdue_principal", beside=True)
    found = at(gold(method="bullet", term=1, overdue=terms), as_of=day("2026-04-20"))
    assert (found.interest, found.penalty) == (money("410.00"), money("40.00"))


def test_compounding_by_hand():
    terms = OverdueTerms(factor=Decimal(1), base="overdue_principal", compound=True, compound_every="month")
    found = at(gold(method="bullet", term=1, overdue=terms), as_of=day("2026-05-30"))
    # 10 April: 310.00 of interest. 10 days of 10.00; on the 20th 410.00 joins the base: 30 days x 410.00 x 0.05 %;
    # on 20 May all that is unpaid joins: 10 days more.
    first = Decimal("410.00") * 30 * Decimal("0.0005")
    second = (Decimal("310.00") + 400 + first) * 10 * Decimal("0.0005")
    assert found.penalty == half_up(500 + first + second)


def test_quarterly_compounding_waits_for_the_quarter():
    monthly = OverdueTerms(factor=Decimal(1), compound=True, compound_every="month")
    quarterly = replace(monthly, compound_every="quarter")
    loan = gold(method="bullet", term=1)
    assert at(replace(loan, overdue=quarterly), as_of=day("2026-06-20")).penalty == money("710.00")
    later = [at(replace(loan, overdue=one), as_of=day("2026-07-20")).penalty for one in (quarterly, monthly)]
    assert later[0] < later[1]


# --- properties

terms = st.builds(
    lambda method, number, per, factor, base, beside, every, grace, last, first, fees, order, quick, changed: gold(
        method=method,
        rate=Rate(Decimal(number) / {"day": 10000, "month": 100, "year": 10}[per], per),
        overdue=OverdueTerms(factor=factor, base=base, beside=beside, compound=every is not None, compound_every=every,
                             grace_days=grace),
        count_last=last, count_first=first, charges=fees, allocation=order,
        accelerated_on=day("2026-08-01") if quick else None,
        rate_changes=(RateChange(since=day("2026-07-02"), rate=Rate(Decimal("0.01"), "day")),) if changed else (),
    ),
    st.sampled_from(("equal-payment", "equal-principal", "interest-only", "bullet", "daily")),
    st.integers(1, 300), st.sampled_from(("year", "month", "day")), st.sampled_from((None, Decimal("1.3"), Decimal(2))),
    st.sampled_from((None, "overdue_principal", "overdue_instalment", "balance")), st.booleans(),
    st.sampled_from((None, "due", "month", "quarter")), st.sampled_from((0, 0, 3, 40)), st.sampled_from((None, True)),
    st.sampled_from((None, False)), st.sampled_from(((), (GUARANTEE,), (GUARANTEE, SERVICE))),
    st.sampled_from(((), ("penalty",), ("principal", "fee"))), st.booleans(), st.booleans(),
)  # fmt: skip
some_payments = st.lists(
    st.tuples(st.integers(0, 420), st.integers(1, 400000)).map(
        lambda pair: Payment(loan="L1", at=day("2026-03-10") + dt.timedelta(pair[0]), amount=Decimal(pair[1]) / 100)
    ),
    max_size=5,
)
days = st.integers(0, 500).map(lambda n: day("2026-03-10") + dt.timedelta(days=n))


@given(terms)
def test_any_schedule_sums_to_the_loan(loan):
    found = build_schedule(loan)
    assert sum(row.principal for row in found.rows) == loan.principal
    assert found.rows[-1].balance == 0
    assert sum(one.fraction for one in found.pieces) + found.last_day == pytest.approx(sum(found.fractions))
    assert [one.end for one in found.pieces[:-1]] == [one.start for one in found.pieces[1:]]


@given(terms, some_payments, days)
def test_the_ledgers_steps_add_up_to_the_position(loan, payments, as_of):
    found = at(loan, payments, as_of)
    steps = {event: sum(line.amount for line in found.ledger if line.event == event) for event in
             ("interest", "penalty", "compound", "payment")}  # fmt: skip
    fees = sum((row.fee for row in build_schedule(loan).rows if row.due <= as_of), Decimal(0))
    if loan.accelerated_on and as_of >= loan.accelerated_on:
        fees = sum((row.fee for row in build_schedule(loan).rows if row.due <= loan.accelerated_on), Decimal(0))
    reached = loan.principal + steps["interest"] + steps["penalty"] + steps["compound"] + fees - steps["payment"]
    slack = Decimal("0.02") * (len(payments) + 3)
    assert abs(reached - found.total) <= slack
    assert min(found.principal, found.interest, found.fee, found.total) >= 0


@given(terms, days, st.data())
def test_splitting_a_period_changes_nothing(loan, as_of, data):
    schedule, rules = build_schedule(loan), rules_of(loan, late_terms(loan).terms)
    once, often = Running(schedule, rules), Running(schedule, rules, trace=False)
    once.go_to(as_of)
    for stop in sorted(data.draw(st.lists(days.filter(lambda one: one <= as_of), max_size=6))):
        often.go_to(stop)
    often.go_to(as_of)
    close = [abs(getattr(once.owed(), name) - getattr(often.owed(), name)) for name in
             ("principal", "interest", "penalty", "fee")]  # fmt: skip
    assert max(close) < Decimal("1e-15")


@given(terms, some_payments, days)
def test_every_fen_paid_is_somewhere(loan, payments, as_of):
    found = at(loan, payments, as_of)
    booked = sum(line.amount for line in found.ledger if line.event == "payment")
    over = sum(one.facts["amount"] for one in found.assumptions if one.code == "debt.overpaid")
    assert booked + over == sum(one.amount for one in payments if one.at <= as_of)
