"""Money by its days: necessary costs come before debts, and what is healthy stays so where money is short."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from hypothesis import given, settings, strategies as st

from jdneg.domain.money import ZERO
from jdneg.domain.negotiation.budget import cash_of, monthly_income
from jdneg.domain.negotiation.cash import Cash
from jdneg.domain.negotiation.debts import agreed_account, stated_account
from jdneg.domain.negotiation.plan import Plan, make_plan
from jdneg.domain.negotiation.plan_debt import PlanDebt
from jdneg.domain.negotiation.strategies import BEST, STRATEGIES
from jdneg.domain.negotiation.ways import ways
from jdneg.domain.rate import Rate
from jdneg.domain.records.budget import Budget, Income, Spending
from jdneg.domain.records.loan import Instalment

D = Decimal
START = dt.date(2026, 11, 21)
SCHOOL = dt.date(2027, 1, 20)


def agreed(loan: str, amount: str, day: int = 10, months: int = 6, *, late: str | None = None) -> PlanDebt:
    """Instalments without interest from December on; ``late`` is open from the tenth of October."""
    rows = [
        Instalment(due=dt.date(2026 + n // 12, n % 12 + 1, day), amount=D(amount)) for n in range(11, 11 + months)
    ]
    past = dt.date(2026, 10, day)
    if late:
        rows = [Instalment(due=past, amount=D(late)), *rows]
    return PlanDebt(
        loan=loan, name="x", balance=sum((row.amount for row in rows), ZERO), basis="contract", minimum=rows[0].amount,
        run=agreed_account(tuple(rows), START), agreement=True, due_day=day,
        overdue=D(late or 0), overdue_since=past if late else None,
    )  # fmt: skip


def stated(loan: str, balance: str, minimum: str, day: int = 10) -> PlanDebt:
    rate = Rate(D(18), "year")
    run = stated_account(D(balance), rate, START, ZERO, None)
    return PlanDebt(
        loan=loan, name="x", balance=D(balance), basis="contract", minimum=D(minimum), rate=rate, run=run, due_day=day
    )


def said(plan: Plan, code: str) -> dict[str, object] | None:
    return next((dict(one.facts) for one in plan.messages if one.code == code), None)


def paid_by(plan: Plan, day: dt.date) -> D:
    return sum((row.payment for row in plan.rows if row.date <= day), ZERO)


def test_money_for_school_is_not_paid_to_a_lender() -> None:
    """1,500 a month, 3,000 for school on 20 January: December's and January's money is what pays it."""
    cash = Cash(monthly=D(1500), dated=((SCHOOL, D(-3000)),))
    plan = make_plan([agreed("L1", "526.79")], cash, "min-first", START)
    assert paid_by(plan, SCHOOL) == 0 and plan.totals.lowest == 0
    assert said(plan, "plan.hole") is None
    assert said(plan, "plan.minimums_above")["month"] == "2026-12-10"
    assert said(plan, "plan.kept_for_costs") == {"kept": D(1500)}


def test_money_expected_after_the_cost_does_not_pay_it() -> None:
    cash = Cash(monthly=D(1500), dated=((SCHOOL, D(-3000)), (dt.date(2027, 1, 25), D(3000))))
    for strategy in (*STRATEGIES, BEST):
        plan = make_plan([stated("L1", "9000", "500")], cash, strategy, START)
        assert paid_by(plan, SCHOOL) == 0 and plan.totals.lowest == 0


def test_a_hole_is_said_with_its_day_and_what_is_missing() -> None:
    """Nothing is paid before, and it is still not enough; so too where the plan ends before the cost."""
    cash = Cash(monthly=D(1000), dated=((SCHOOL, D(-3000)),))
    plan = make_plan([agreed("L1", "500")], cash, "min-first", START)
    assert said(plan, "plan.hole") == {"date": SCHOOL, "missing": D(1000)}
    assert plan.totals.lowest == -1000 and paid_by(plan, SCHOOL) == 0
    early = make_plan([agreed("L1", "500", months=1)], cash, "min-first", START)
    assert said(early, "plan.hole") == {"date": SCHOOL, "missing": D(1000)}
    found, _ = ways([agreed("L1", "500")], cash, START)
    assert all(one.lowest == -1000 for one in found if one.kind != "nothing")
    assert all(one.breaks.code == "plan.hole" for one in found if one.kind != "nothing")


def test_a_cost_on_the_first_of_a_month_has_its_day() -> None:
    first = dt.date(2027, 1, 1)
    plan = make_plan([agreed("L1", "500")], Cash(monthly=D(1000), dated=((first, D(-5000)),)), "min-first", START)
    assert said(plan, "plan.hole") == {"date": first, "missing": D(3000)}


def test_a_cost_on_payday_is_paid_from_the_pay() -> None:
    cash = Cash(monthly=D(1500), day=20, dated=((dt.date(2026, 12, 20), D(-1500)),))
    plan = make_plan([agreed("L1", "500", day=25)], cash, "min-first", START)
    assert said(plan, "plan.hole") is None and plan.totals.lowest == 0


@settings(deadline=None, max_examples=80)
@given(
    monthly=st.integers(200, 3000), cost=st.integers(1, 5000), days=st.integers(0, 200), day=st.integers(1, 28) | st.none(),
    strategy=st.sampled_from([*STRATEGIES, BEST]), late=st.sampled_from([None, "700"]),
)  # fmt: skip
def test_debts_never_deepen_a_hole(
    monthly: int, cost: int, days: int, day: int | None, strategy: str, late: str | None
) -> None:
    """With debts or with next to none, necessary costs find the same money missing."""
    when = START + dt.timedelta(days=days)
    cash = Cash(monthly=D(monthly), day=day, dated=((when, D(-cost)),))
    debts = [agreed("L1", "400", 5, late=late), stated("L2", "3000", "300", 15)]
    with_debts = make_plan(debts, cash, strategy, START)
    without = make_plan([agreed("L3", "0.01", 28, months=1)], cash, "min-first", START)
    missing = [(said(one, "plan.hole") or {}).get("missing", ZERO) for one in (with_debts, without)]
    assert abs(missing[0] - missing[1]) <= D("0.01")
    assert with_debts.totals.lowest >= min(ZERO, -missing[0])


def weekly(pay: str, spending: str) -> Cash:
    budget = Budget(
        at=START, income=monthly_income([Income(every="week", amount=D(pay), day=5)]),
        spending=(Spending(name="food", amount=D(spending)),), incomes=(Income(every="week", amount=D(pay), day=5),),
    )  # fmt: skip
    return cash_of(budget)


def by_month(plan: Plan) -> dict[str, D]:
    found: dict[str, D] = {}
    for row in plan.rows:
        found[f"{row.date:%Y-%m}"] = found.get(f"{row.date:%Y-%m}", ZERO) + row.payment
    return found


def test_a_month_of_four_paydays_leaves_spending_whole() -> None:
    """900 a week, 2,000 a month to live on: what came in less what was paid is always enough for that."""
    plan = make_plan([stated("L1", "90000", "200", 28)], weekly("900", "2000"), "min-first", dt.date(2027, 1, 1))
    paid = by_month(plan)
    fridays = {"2027-01": 5, "2027-02": 4, "2027-03": 4, "2027-04": 5}
    left = ZERO
    for month, count in fridays.items():
        left += 900 * count - 2000 - paid[month]
        assert left >= 0, month
    assert plan.available == D(1900)


def test_five_paydays_keep_for_the_months_of_four() -> None:
    """500 a week, 2,100 to live on: four paydays lack 100, which the months of five have kept."""
    plan = make_plan([stated("L1", "900", "60", 28)], weekly("500", "2100"), "min-first", dt.date(2027, 1, 1))
    assert said(plan, "plan.hole") is None and plan.totals.lowest >= 0


# --- short of money


def december(plan: Plan) -> dict[str, D]:
    found: dict[str, D] = {}
    for row in plan.rows:
        if (row.date.year, row.date.month) == (2026, 12):
            found[row.loan] = found.get(row.loan, ZERO) + row.payment
    return found


def test_a_healthy_loan_does_not_fall_behind_for_arrears() -> None:
    debts = [agreed("L1", "550.79", 10, late="550.79"), agreed("L2", "799.64", 20)]
    for cash in (Cash(monthly=D(1500)), Cash(monthly=D(1500), day=1), Cash(monthly=D(1500), day=8)):
        for strategy in STRATEGIES:
            plan = make_plan(debts, cash, strategy, START)
            assert december(plan)["L2"] == D("799.64"), (cash, strategy)
            assert december(plan)["L1"] == D("700.36"), (cash, strategy)


def test_where_money_has_its_days_the_first_short_one_is_named() -> None:
    plan = make_plan([agreed("L1", "500", 10)], Cash(monthly=D(1500), day=15), "min-first", START)
    assert said(plan, "plan.minimums_above")["month"] == "2026-12-10"


def test_then_the_oldest_arrears_and_not_in_proportion() -> None:
    new = agreed("L1", "300", 10, late="900")
    old = PlanDebt(**{**_fields(agreed("L2", "300", 10, late="900")), "overdue_since": dt.date(2026, 8, 10)})
    assert december(make_plan([new, old], Cash(monthly=D(1000)), "min-first", START)) == {"L1": D(0), "L2": D(1000)}


def _fields(one: PlanDebt) -> dict[str, object]:
    return {name: getattr(one, name) for name in PlanDebt.__slots__}


def test_no_row_of_nothing_on_a_day_that_is_no_due_day() -> None:
    cash = Cash(monthly=D(1000), day=1, dated=((dt.date(2027, 1, 2), D(50)), (dt.date(2027, 1, 3), D(-50))))
    debts = [agreed(loan, "900", 10, late="3000") for loan in ("L1", "L2", "L3")]
    rows = make_plan(debts, cash, "min-first", START).rows
    assert all(row.payment or row.date.day == 10 for row in rows)


def test_a_debt_on_demand_asks_its_minimum_once_a_month() -> None:
    """What was not paid is owed still when money comes; the month's minimum is not asked a second time."""
    cash = Cash(monthly=D(100), day=20, dated=((dt.date(2027, 1, 12), D(5000)),))
    rows = make_plan([stated("L1", "4000", "300", 5)], cash, "minimums", START).rows
    paid = [row for row in rows if row.date == dt.date(2027, 1, 12)]
    assert [row.payment for row in paid] == [D(500)]


def test_money_in_hand_is_all_there_is_of_the_month_that_has_begun() -> None:
    """300 in hand and 2,000 a month without a payday: November pays 300, not 2,300."""
    cash = Cash(monthly=D(2000), hand=D(300))
    plan = make_plan([stated("L1", "9000", "100", 28)], cash, "min-first", START)
    assert paid_by(plan, dt.date(2026, 11, 30)) == 300
    assert paid_by(plan, dt.date(2026, 12, 31)) == 2300


def test_nothing_is_paid_before_a_plan_begins_and_nothing_of_it_is_lost() -> None:
    """What is in hand and what comes in between waits for the day; a cost in between is paid all the same."""
    begin = dt.date(2027, 1, 15)
    between = ((dt.date(2026, 12, 20), D(1500)), (dt.date(2026, 12, 28), D(-200)))
    cash = Cash(monthly=D(800), day=5, hand=D(700), dated=between, begin=begin)
    plan = make_plan([stated("L1", "9000", "100", 20)], cash, "min-first", START)
    first = next(row for row in plan.rows if row.payment)
    assert first.date == dt.date(2027, 1, 20) and first.payment == D(700 + 1500 - 200 + 800 * 2)
