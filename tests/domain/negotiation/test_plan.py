import datetime as dt
from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from jdneg.domain.money import half_up
from jdneg.domain.negotiation.debts import agreed_account, stated_account
from jdneg.domain.negotiation.plan import Plan, make_plan
from jdneg.domain.negotiation.plan_debt import PlanDebt
from jdneg.domain.negotiation.strategies import STRATEGIES, share
from jdneg.domain.negotiation.ways import OpenOffer, Way, ways
from jdneg.domain.rate import Rate
from jdneg.domain.records.loan import Instalment
from jdneg.errors import BadChoice, BadDueDay, ManyErrors, NegativeAmount
from jdneg.i18n import say

D = Decimal
START = dt.date(2026, 11, 22)


def debt(loan: str = "L1", balance: str | None = "10000", **more: object) -> PlanDebt:
    """A debt without rows: a minimum a month, interest on the principal by actual days."""
    given_: dict[str, Any] = {"basis": "contract", "minimum": D("500"), "rate": Rate(D(18), "year"), "due_day": 10}
    given_ |= more
    whole = None if balance is None else D(balance)
    principal = given_.pop("principal", whole)
    basis = given_.pop("year_basis", None)
    run = None
    if whole is not None and given_["rate"] is not None:
        run = stated_account(principal, given_["rate"], given_.pop("start", START), whole - principal, basis)
    return PlanDebt(loan=loan, name="x", balance=whole, run=run, **given_)


def bound(loan: str, rows: tuple[Instalment, ...], start: dt.date = START) -> PlanDebt:
    """A debt under an agreement of these rows."""
    total = sum((row.amount for row in rows), D(0))
    run = agreed_account(rows, start)
    return PlanDebt(
        loan=loan, name="x", balance=total, basis="contract", minimum=rows[0].amount, run=run, agreement=True,
        due_day=rows[-1].due.day,
    )  # fmt: skip


def compare(debts: list[PlanDebt], money: D, start: dt.date) -> list[Way]:
    return [one for one in ways(debts, money, start)[0] if one.kind in ("minimums", "strategy")]


def codes(plan: Plan) -> list[str]:
    return [one.code for one in plan.messages]


def interest(balance: D, days: int, yearly: str = "0.18") -> D:
    return half_up(balance * D(yearly) * days / 365)


# --- one debt, by hand


def test_the_first_rows_by_hand() -> None:
    rows = make_plan([debt()], D("1000"), "min-first", START).rows
    first = interest(D(10000), 18)
    left = D(10000) + first - 1000
    second = interest(left, 31)
    assert first == D("88.77")
    assert (rows[0].date, rows[0].payment, rows[0].cost, rows[0].principal, rows[0].balance) == (
        dt.date(2026, 12, 10), D(1000), first, 1000 - first, left,
    )  # fmt: skip
    assert (rows[1].date, rows[1].cost, rows[1].balance) == (dt.date(2027, 1, 10), second, left + second - 1000)


def test_a_day_rate_and_a_month_rate() -> None:
    by_day = make_plan([debt(rate=Rate(D("0.05"), "day"))], D(1000), "min-first", START).rows[0]
    by_month = make_plan([debt(rate=Rate(D("1.5"), "month"))], D(1000), "min-first", START).rows[0]
    assert by_day.cost == D("90.00")
    assert by_month.cost == interest(D(10000), 18)


def test_a_basis_of_360_days() -> None:
    row = make_plan([debt(year_basis="act/360")], D(1000), "min-first", START).rows[0]
    assert row.cost == D("90.00")


def test_a_due_day_today_begins_next_month_with_a_whole_months_interest() -> None:
    plan = make_plan([debt(due_day=22)], D(1000), "min-first", START)
    assert plan.rows[0].date == dt.date(2026, 12, 22)
    assert plan.rows[0].cost == interest(D(10000), 30)
    assert "plan.due_today" in codes(plan)


def test_the_31st_is_the_last_day_of_a_shorter_month() -> None:
    plan = make_plan([debt(due_day=31)], D(1000), "min-first", START)
    assert [row.date.day for row in plan.rows[:5]] == [30, 31, 31, 28, 31]


def test_interest_runs_on_the_principal_alone() -> None:
    row = make_plan([debt(balance="10600", principal=D(10000))], D(1000), "min-first", START).rows[0]
    assert row.cost == interest(D(10000), 18)
    assert row.balance == D("10600") + row.cost - 1000


def test_an_overdue_debt_without_overdue_terms_says_so() -> None:
    plan = make_plan([debt(overdue=D(2000))], D(1000), "min-first", START)
    assert "plan.penalty_unknown" in codes(plan)
    assert plan.rows[0].cost == interest(D(10000), 18)


# --- agreed instalments


def agreed(*rows: tuple[str, str]) -> tuple[Instalment, ...]:
    return tuple(Instalment(due=dt.date.fromisoformat(due), amount=D(amount)) for due, amount in rows)


def test_agreed_instalments_are_paid_as_they_stand() -> None:
    table = agreed(("2026-12-10", "820"), ("2027-01-10", "820"), ("2027-02-10", "830.55"))
    plan = make_plan([bound("L1", table)], D("830.55"), "minimums", START)
    assert [(row.date, row.payment) for row in plan.rows] == [(one.due, one.amount) for one in table]
    assert plan.totals.cost == 0
    assert plan.ends == dt.date(2027, 2, 10)


# --- strategies

THREE = [
    debt("L1", "6000", minimum=D(100), rate=Rate(D(12), "year"), due_day=20),
    debt("L2", "3000", minimum=D(100), rate=Rate(D(8), "year"), due_day=15),
    debt("L3", "9000", minimum=D(100), rate=Rate(D(24), "year"), due_day=5),
]


@pytest.mark.parametrize(
    ("strategy", "favoured"), [("avalanche", "L3"), ("snowball", "L2"), ("min-first", "L3"), ("minimums", None)]
)
def test_who_gets_the_rest(strategy: str, favoured: str | None) -> None:
    plan = make_plan(THREE, D(1000), strategy, dt.date(2026, 12, 1))
    paid = {row.loan: row.payment for row in plan.rows[:3]}
    assert paid == {loan: D(800) if loan == favoured else D(100) for loan in ("L1", "L2", "L3")}


def test_min_first_gives_the_rest_to_the_oldest_overdue() -> None:
    debts = [*THREE[1:], debt("L1", "6000", minimum=D(100), overdue_since=dt.date(2026, 9, 20), due_day=20)]
    paid = {row.loan: row.payment for row in make_plan(debts, D(1000), "min-first", dt.date(2026, 12, 1)).rows[:3]}
    assert paid["L1"] == D(800)


def test_pro_rata_gives_the_rest_by_balance() -> None:
    debts = [
        debt("L1", "6000", minimum=D(0), rate=Rate(D(0), "year")),
        debt("L2", "3000", minimum=D(0), rate=Rate(D(0), "year")),
    ]
    paid = {row.loan: row.payment for row in make_plan(debts, D("900.01"), "pro-rata", START).rows[:2]}
    assert paid == {"L1": D("600.01"), "L2": D("300.00")}


def test_money_rolls_to_the_next_debt_when_one_is_paid() -> None:
    rows = make_plan(THREE, D(1000), "snowball", dt.date(2026, 12, 1)).rows
    by_month: dict[tuple[int, int], D] = defaultdict(D)
    for row in rows:
        by_month[row.date.year, row.date.month] += row.payment
    assert set(list(by_month.values())[:-1]) == {D(1000)}


def test_extra_money_shortens() -> None:
    ends = [make_plan([debt()], D(amount), "min-first", START).ends for amount in (600, 700, 1500)]
    assert all(ends)
    assert ends == sorted(ends, reverse=True)  # type: ignore[type-var]
    assert len(set(ends)) == 3


def test_an_offer_begins_with_todays_debts() -> None:
    rows = tuple(Instalment(due=dt.date(2026 + n // 12, n % 12 + 1, 10), amount=D(1000)) for n in range(11, 22))
    offer = OpenOffer(case="G1", number=1, by="me", debts=(bound("L1", rows),), loan="L1", rows=rows)
    found, _ = ways([debt()], D(2000), START, offers=[offer])
    assert {one.owed[0] for one in found} == {D(10000)}


# --- what does not go well


def test_a_debt_that_gets_nothing_while_another_is_paid_is_named() -> None:
    """600 a month for two late debts that ask for more: the older takes all of it first."""
    old = replace(debt("L1", minimum=D(600)), overdue=D(600), overdue_since=dt.date(2026, 9, 10))
    new = replace(debt("L2", minimum=D(600), due_day=5), overdue=D(600), overdue_since=dt.date(2026, 10, 5))
    plan = make_plan([old, new], D(600), "min-first", START)
    told = [dict(one.facts) for one in plan.messages if one.code.startswith("plan.starved")]
    unpaid = [row.date for row in plan.rows if row.loan == "L2" and not row.payment]
    assert [one["loan"] for one in told] == ["L2"] and unpaid
    assert "plan.starved" not in codes(make_plan([old, new], D(2000), "min-first", START))


def test_a_plan_that_pays_double_says_so() -> None:
    """0.01 above the interest it ends, and nobody should follow it without a word."""
    slow = make_plan([debt(balance="20000", rate=Rate(D(24), "year"), minimum=D(100))], D(410), "min-first", START)
    told = next(one for one in slow.messages if one.code == "plan.very_long")
    assert told.facts == {"years": 15, "paid": slow.totals.paid, "owed": D(20000), "loan": "L1"}
    assert slow.totals.paid > 2 * D(20000)
    quick = make_plan([debt(balance="20000", rate=Rate(D(24), "year"), minimum=D(100))], D(1000), "min-first", START)
    assert "plan.very_long" not in codes(quick)


def test_a_payment_below_the_interest_never_ends_and_says_by_how_much() -> None:
    plan = make_plan(
        [debt(balance="20000", rate=Rate(D(24), "year"), minimum=D(100))], D("185.70"), "min-first", START
    )
    assert plan.ends is None
    assert plan.grows_by == half_up((D(4800) - 12 * D("185.70")) / 12) == D("214.30")
    assert len(plan.rows) == 12
    assert plan.rows[0].principal < 0 or plan.rows[1].principal < 0
    assert codes(plan) == [
        "plan.grows",
        "plan.never_ends",
        "plan.first_year",
        "plan.minimum_on_time",
        "plan.no_new_debt",
    ]
    assert "214.30" in say(plan.messages[1], "en")


def test_too_slow_is_not_called_growing() -> None:
    plan = make_plan([debt()], D(500), "min-first", START, months_limit=6)
    assert (plan.ends, plan.grows_by, len(plan.rows)) == (None, None, 5)
    assert "plan.not_ended" in codes(plan)


def test_below_the_minimums_as_many_as_can_be_are_kept_whole() -> None:
    debts = [debt("L1", minimum=D(600)), debt("L2", minimum=D(300), due_day=20)]
    plan = make_plan(debts, D(300), "avalanche", START)
    assert [row.payment for row in plan.rows if row.date.month == 12 and row.date.year == 2026] == [D(0), D(300)]
    said = next(one for one in plan.messages if one.code == "plan.minimums_above")
    assert (said.facts["minimums"], said.facts["short"], said.facts["month"]) == (D(900), D(600), "2026-12")


def test_nothing_left_is_no_plan_but_says_what_it_costs() -> None:
    plan = make_plan([debt()], D(0), "min-first", START)
    assert plan.rows == ()
    assert plan.ends is None
    assert plan.grows_by == D("150.00")
    assert {"plan.nothing_left", "plan.token_or_pause", "plan.free_help"} <= set(codes(plan))


def test_what_is_missing_is_listed_all_at_once_and_never_guessed() -> None:
    bare = debt("L2", None, rate=None, minimum=None, due_day=None)
    plan = make_plan([debt("L1"), bare, debt("L3", rate=None)], D(1000), "min-first", START)
    assert {row.loan for row in plan.rows} == {"L1"}
    assert [one.facts["loan"] for one in plan.not_plannable] == ["L2", "L3"]
    assert [one.code for one in plan.not_plannable[0].facts["missing"]] == [  # type: ignore[attr-defined]
        "plan.missing_balance", "plan.missing_rate", "plan.missing_minimum", "plan.missing_due_day",
    ]  # fmt: skip
    assert "余额, 利率" in say(plan.not_plannable[0], "zh")


def test_nothing_to_plan() -> None:
    plan = make_plan([], D(1000), "min-first", START)
    assert (plan.rows, plan.ends, plan.totals.paid) == ((), None, 0)
    assert "plan.nothing_to_plan" in codes(plan)


def test_a_paid_debt_is_left_out() -> None:
    assert make_plan([debt(balance="0")], D(1000), "min-first", START).rows == ()


def test_bad_values() -> None:
    with pytest.raises(BadChoice):
        make_plan([debt()], D(1000), "luck", START)
    with pytest.raises(ManyErrors) as caught:
        make_plan([debt(balance="-1", due_day=32)], D(-1), "min-first", START)
    assert [type(one) for one in caught.value.errors] == [NegativeAmount, NegativeAmount, BadDueDay]


def test_the_disputed_part_stands_apart() -> None:
    plan = make_plan([debt(disputed=D("1668.55"), basis="claimed")], D(1000), "min-first", START)
    assert codes(plan)[:2] == ["plan.claimed_basis", "plan.disputed_apart"]
    assert sum(row.principal for row in plan.rows) == 10000


# --- comparison


def test_compare_is_the_plans_side_by_side() -> None:
    rows = compare(THREE, D(1000), START)
    assert [row.name for row in rows] == ["minimums", *STRATEGIES]
    for row in rows[1:]:
        plan = make_plan(THREE, D(1000), row.name, START)
        assert (row.ends, row.months, row.paid, row.cost) == (
            plan.ends, plan.totals.months, plan.totals.paid, plan.totals.cost,
        )  # fmt: skip
    minimums = rows[0]
    assert (minimums.first_payment, minimums.ends, minimums.cost) == (D(300), None, None)
    assert minimums.grows_by == D("80.03")  # L3 alone, once the others are paid, in a leap year
    assert all(row.keeps_minimums for row in rows)
    assert {row.first_payment for row in rows[1:]} == {D(1000)}


# --- properties

amounts = st.integers(1, 3_000_000).map(lambda fen: D(fen) / 100)
percents = st.integers(0, 36).map(D)


@st.composite
def many(draw: st.DrawFn, start: dt.date = START) -> list[PlanDebt]:
    found = []
    for n in range(draw(st.integers(1, 5))):
        balance = draw(amounts)
        rate = draw(percents)
        found.append(
            debt(
                f"L{n + 1}",
                str(balance),
                minimum=half_up(balance / 20),
                principal=half_up(balance * draw(st.integers(50, 100)) / 100),
                rate=Rate(rate, "year"),
                due_day=draw(st.integers(1, 31)),
                start=start,
            )
        )
    return found


starts = st.dates(dt.date(2020, 1, 1), dt.date(2030, 12, 31))


@settings(max_examples=60, deadline=None)
@given(data=st.data(), part=st.integers(1, 60), strategy=st.sampled_from(STRATEGIES), start=starts)
def test_every_plan_conserves_money(data: st.DataObject, part: int, strategy: str, start: dt.date) -> None:
    debts = data.draw(many(start))
    available = half_up(sum(one.balance or D(0) for one in debts) * part / 100) + D("0.01")
    plan = make_plan(debts, available, strategy, start, months_limit=120)
    left = {one.loan: one.balance for one in debts}
    spent: dict[tuple[int, int], D] = defaultdict(D)
    for row in plan.rows:
        assert row.payment >= 0 and row.cost >= 0 and row.balance >= 0
        assert row.principal == row.payment - row.cost
        left[row.loan] = (left[row.loan] or D(0)) + row.cost - row.payment
        assert row.balance == left[row.loan]
        assert row.date > start
        spent[row.date.year, row.date.month] += row.payment
    assert all(amount <= available for amount in spent.values())
    assert plan.totals.paid == sum(row.payment for row in plan.rows)
    assert plan.totals.cost == sum(row.cost for row in plan.rows)
    if plan.ends:
        assert plan.ends == plan.rows[-1].date
        assert set(left.values()) == {0}
        for one in debts:
            assert sum(row.principal for row in plan.rows if row.loan == one.loan) == one.balance
    else:
        assert any(left.values())


def test_the_dearest_first_is_cheapest_where_sizes_and_rates_pull_apart() -> None:
    """An example, no law: interest that waits unpaid bears none, so no order is cheapest in every case."""
    debts = [
        debt("L1", "9000", minimum=D(0), rate=Rate(D(24), "year")),
        debt("L2", "3000", minimum=D(0), rate=Rate(D(6), "year")),
    ]
    rows = {row.name: row.cost for row in compare(debts, D(1200), dt.date(2026, 11, 21))}
    found = {name: rows[name] for name in ("avalanche", "pro-rata", "snowball")}
    assert sorted(found, key=lambda name: found[name] or D(0)) == ["avalanche", "pro-rata", "snowball"]


@given(
    amount=st.integers(0, 10_000),
    pairs=st.lists(st.tuples(st.integers(0, 5_000), st.integers(0, 5_000)), min_size=1, max_size=8),
)
def test_shares_give_out_all_there_is(amount: int, pairs: list[tuple[int, int]]) -> None:
    weights, caps = [max(pair) for pair in pairs], [min(pair) for pair in pairs]
    parts = share(amount, weights, caps)
    assert sum(parts) == min(amount, sum(caps))
    assert all(0 <= part <= cap for part, cap in zip(parts, caps, strict=True))


def test_fifty_debts_for_fifty_years_are_fast() -> None:
    """The budget is 0.5 s for all strategies; this only catches a change of order."""
    import time

    debts = [debt(f"L{n}", str(20000 + n * 997), minimum=D(150), rate=Rate(D(6 + n % 5), "year"), due_day=n % 31 + 1)
             for n in range(50)]  # fmt: skip
    began = time.process_time()
    rows = compare(debts, D("15100"), START)
    assert time.process_time() - began < 2
    assert len(rows) == 5


def test_an_agreement_of_which_the_sums_alone_are_known_is_paid_as_agreed_and_no_more() -> None:
    rows = tuple(
        Instalment(due=dt.date(2026, 12 + n, 10) if n < 1 else dt.date(2027, n, 10), amount=D("1150"))
        for n in range(4)
    )
    for strategy in ("min-first", "avalanche", "snowball", "pro-rata"):
        plan = make_plan([bound("L1", rows, dt.date(2026, 11, 21))], D("2500"), strategy, dt.date(2026, 11, 21))
        assert [row.payment for row in plan.rows] == [D("1150.00")] * 4
        assert plan.ends == dt.date(2027, 3, 10)
    assert "plan.agreement_sums" in codes(plan)
