"""Who follows a plan is where the plan says: every produced plan is replayed through the debt engine."""

from __future__ import annotations

import datetime as dt
import random
from decimal import Decimal
from typing import Any

from hypothesis import given, settings, strategies as st

from jdneg.domain.debt.accrual import account_on, position
from jdneg.domain.debt.agreed import Bound
from jdneg.domain.debt.schedule import build_schedule
from jdneg.domain.debt.shares import Terms
from jdneg.domain.debt.verify import Verification, verify
from jdneg.domain.money import half_up
from jdneg.domain.negotiation.account import Account
from jdneg.domain.negotiation.best import best
from jdneg.domain.negotiation.cases import Acceptance, accept, add_offer, confirm, open_case
from jdneg.domain.negotiation.cash import Cash, Step
from jdneg.domain.negotiation.compiled import accounts
from jdneg.domain.negotiation.debts import plan_debts
from jdneg.domain.negotiation.engine import EngineAccount
from jdneg.domain.negotiation.floor import Floor
from jdneg.domain.negotiation.plan import Plan, make_plan
from jdneg.domain.negotiation.plan_debt import PlanDebt
from jdneg.domain.negotiation.simulate import simulate
from jdneg.domain.negotiation.strategies import BEST, STRATEGIES
from jdneg.domain.negotiation.track import track
from jdneg.domain.negotiation.walk import Walk
from jdneg.domain.rate import Rate
from jdneg.domain.records.account import Payment
from jdneg.domain.records.base import Stored
from jdneg.domain.records.loan import Charge, Loan, OverdueTerms, RateChange
from jdneg.domain.rulebook import RuleBook

D = Decimal
NOW = dt.datetime(2026, 11, 22, 10, tzinfo=dt.timezone(dt.timedelta(hours=8)))
AS_OF = dt.date(2026, 11, 22)


def stored(record: Any, record_id: str) -> Stored[Any]:
    return Stored(record_id, record, NOW)


def seen(loan: Stored[Loan], payments: list[Stored[Payment]]) -> Verification:
    return verify(loan, [], payments, [], Terms(), RuleBook({}, ""), (), AS_OF)


def debts_of(loans: list[Stored[Loan]], payments: list[Stored[Payment]]) -> list[PlanDebt]:
    return plan_debts(loans, {one.id: seen(one, payments) for one in loans}, [], payments, [], AS_OF)


rates = st.one_of(
    st.sampled_from(("0", "3.6", "7.2", "12", "15.4", "18", "24", "36")).map(lambda one: Rate(D(one), "year")),
    st.sampled_from(("0.6", "1", "1.5")).map(lambda one: Rate(D(one), "month")),
    st.sampled_from(("0.02", "0.035", "0.05")).map(lambda one: Rate(D(one), "day")),
)


@st.composite
def lateness(draw: st.DrawFn, *, plain: bool) -> OverdueTerms | None:
    if draw(st.booleans()):
        return None
    return OverdueTerms(
        factor=draw(st.sampled_from((D("1.3"), D("1.5")))),
        base=draw(st.sampled_from((None, "overdue_principal", "overdue_instalment", "balance"))),
        beside=draw(st.booleans()),
        compound=not plain and draw(st.booleans()),
        grace_days=0 if plain else draw(st.sampled_from((0, 3))),
    )


@st.composite
def loan(draw: st.DrawFn, *, plain: bool = False) -> Loan:
    method = draw(
        st.sampled_from(("equal-payment", "equal-principal", "interest-only", "bullet", "daily", "flat-fee"))
    )
    on_demand = method == "daily" and draw(st.booleans())
    term = draw(st.integers(1, 14))
    start = dt.date(2026, 11, 22) - dt.timedelta(days=draw(st.integers(5, 300)))
    principal = D(draw(st.integers(10_000, 3_000_000))) / 100
    rate = Rate(D(0), "year") if method == "flat-fee" else draw(rates)
    changed = not plain and method == "equal-payment" and draw(st.booleans())
    return Loan(
        lender="x", kind="bank", principal=principal, start=start, method=method, rate=rate,
        fee=Rate(D("0.5"), "month") if method == "flat-fee" else None,
        term=None if on_demand else term, due_day=draw(st.integers(1, 31)),
        minimum=(principal / 10).quantize(D("0.01")) if on_demand else None,
        basis=draw(st.sampled_from((None, "act/365", "act/360", *(() if plain else ("act/act", "30/360"))))),
        rate_changes=(RateChange(since=start + dt.timedelta(days=100), rate=Rate(D("9.9"), "year")),) if changed else (),
        overdue=draw(lateness(plain=plain)),
        charges=(Charge(name="保费", amount=D("12.34"), every="month"),) if draw(st.integers(0, 3)) == 0 else (),
        count_last=None,
    )  # fmt: skip


@st.composite
def histories(
    draw: st.DrawFn, *, plain: bool = False, most: int = 2
) -> tuple[list[Stored[Loan]], list[Stored[Payment]]]:
    """Loans of every method, some instalments paid in time, some late, short or not at all."""
    loans, payments = [], []
    for n in range(1, draw(st.integers(1, most)) + 1):
        record = draw(loan(plain=plain))
        loans.append(stored(record, f"L{n}"))
        for row in build_schedule(record).rows:
            how = draw(st.sampled_from(("paid", "paid", "late", "short", "no")))
            day = row.due + dt.timedelta(days=5 if how == "late" else 0)
            amount = (row.payment / 2 if how == "short" else row.payment).quantize(D("0.01"))
            if how != "no" and day < AS_OF and amount:
                payments.append(stored(Payment(loan=f"L{n}", amount=amount, at=day), f"Y{len(payments) + 1}"))
    return loans, payments


def replayed(plan: Plan, loans: list[Stored[Loan]], payments: list[Stored[Payment]]) -> None:
    """The plan's payments booked by the engine: at each row its total is the plan's balance, at the end zero."""
    for one in loans:
        rows = [row for row in plan.rows if row.loan == one.id]
        past = [stored.record for stored in payments if stored.record.loan == one.id]
        schedule = build_schedule(one.record)
        run = account_on(one.record, schedule, past, AS_OF)
        for row in rows:
            run.go_to(row.date)
            if row.payment:
                run.pay(row.payment)
            owed = run.owed()
            parts = (owed.principal, owed.interest, owed.penalty, owed.fee)
            shown = sum((half_up(part) for part in parts), D(0))
            over = run.next == len(
                run.rows
            )  # then old and new interest are rounded apart when paid, together when read
            assert shown == row.balance or (over and abs(shown - row.balance) <= D("0.01"))
        if rows and not rows[-1].balance:
            paid = [Payment(loan=one.id, amount=row.payment, at=row.date) for row in rows if row.payment]
            assert position(one.record, schedule, [*past, *paid], rows[-1].date).total == 0


money = st.integers(5, 60)


@settings(max_examples=25, deadline=None)
@given(data=histories(), part=money, strategy=st.sampled_from((*STRATEGIES, "minimums")))
def test_who_follows_a_plan_is_where_it_says(
    data: tuple[list[Stored[Loan]], list[Stored[Payment]]], part: int, strategy: str
) -> None:
    loans, payments = data
    debts = debts_of(loans, payments)
    total = sum(((one.balance or D(0)) for one in debts), D(0))
    plan = make_plan(debts, (total * part / 100).quantize(D("0.01")) + 50, strategy, AS_OF, 48)
    replayed(plan, loans, payments)
    if plan.ends is not None:
        assert plan.rows[-1].date == plan.ends
        last = {row.loan: row.balance for row in plan.rows}
        assert set(last.values()) == {0} and set(last) >= {one.loan for one in debts if one.balance}


@settings(max_examples=25, deadline=None)
@given(
    data=histories(), part=money, strategy=st.sampled_from((*STRATEGIES, "best")), day=st.integers(1, 31) | st.none(),
    cost=st.integers(1, 3000), when=st.integers(0, 300),
)  # fmt: skip
def test_who_follows_a_plan_with_paydays_and_costs_is_where_it_says(
    data: tuple[list[Stored[Loan]], list[Stored[Payment]]],
    part: int,
    strategy: str,
    day: int | None,
    cost: int,
    when: int,
) -> None:
    """Short of money and caught up again, too; and never more is paid than came in less what the cost needs."""
    loans, payments = data
    debts = debts_of(loans, payments)
    total = sum(((one.balance or D(0)) for one in debts), D(0))
    each = (total * part / 400).quantize(D("0.01")) + 50
    due = AS_OF + dt.timedelta(days=when)
    plan = make_plan(debts, Cash(monthly=each, day=day, dated=((due, D(-cost)),)), strategy, AS_OF, 48)
    replayed(plan, loans, payments)
    months = (due.year - AS_OF.year) * 12 + due.month - AS_OF.month + 1
    before = sum((row.payment for row in plan.rows if row.date <= due), D(0))
    assert before <= max(D(0), each * months - cost)


@settings(max_examples=25, deadline=None)
@given(data=histories(plain=True), pays=st.lists(st.integers(0, 100), min_size=15, max_size=15))
def test_whole_numbers_follow_the_engine(
    data: tuple[list[Stored[Loan]], list[Stored[Payment]]], pays: list[int]
) -> None:
    """The quick account beside the engine's own, paid anything on any day."""
    for debt, quick in zip((debts := debts_of(*data)), accounts(debts, AS_OF), strict=True):
        assert isinstance(quick, Account) and debt.run is not None
        slow = EngineAccount.of(quick, debt.run)
        assert (slow.owed, slow.minimum) == (quick.owed, quick.minimum)
        day = AS_OF.toordinal()
        for n, share in enumerate(pays):
            day += 1 + (share * 7 + n) % 40
            quick.fall_due(day)
            slow.fall_due(day)
            assert (quick.owed, quick.minimum) == (slow.owed, slow.minimum)
            amount = quick.minimum if share % 3 == 0 else quick.owed * share // 300
            quick.pay(amount)
            slow.pay(amount)
            assert quick.owed == slow.owed == quick.settled_by()
            assert quick.fees == slow.fees and abs(quick.penalties - slow.penalties) < D("1e-12")


@settings(max_examples=15, deadline=None)
@given(data=histories(plain=True, most=2), part=st.integers(20, 60))
def test_best_is_never_dearer(data: tuple[list[Stored[Loan]], list[Stored[Payment]]], part: int) -> None:
    debts = debts_of(*data)
    total = sum(((one.balance or D(0)) for one in debts), D(0))
    each = (total * part / 100).quantize(D("0.01")) + 50
    found = make_plan(debts, each, BEST, AS_OF)
    for name in STRATEGIES:
        other = make_plan(debts, each, name, AS_OF)
        if other.ends is not None and other.rows:
            assert found.ends is not None


@settings(max_examples=25, deadline=None)
@given(
    data=histories(most=1),
    months=st.integers(1, 14),
    percent=st.integers(50, 130),
    short=st.booleans(),
    waive=st.sampled_from(((), ("penalty",), ("penalty", "interest"))),
)
def test_an_agreement_too_ends_at_zero_by_the_engine(
    data: tuple[list[Stored[Loan]], list[Stored[Payment]]],
    months: int,
    percent: int,
    short: bool,
    waive: tuple[str, ...],
) -> None:
    """An agreement in writing of less or more than is owed, kept, or paid short at first and made up for."""
    [loan], payments = data
    owed = seen(loan, payments).position.total
    monthly = half_up(owed * percent / 100 / months)
    if monthly <= 0:
        return
    terms = {"months": months, "monthly": monthly, "due_day": 15, "waive": waive}
    case = add_offer(open_case(["L1"], "x", AS_OF), "lender", AS_OF, **terms)
    case = confirm(accept(case, 1, Acceptance(when=AS_OF)), ["E1"])
    assert case.agreement is not None
    agreed = Bound(case.agreement, waive)
    verified = {"L1": verify(loan, [], payments, [], Terms((agreed,)), RuleBook({}, ""), (), AS_OF)}
    [debt] = plan_debts([loan], verified, [], payments, [stored(case, "G1")], AS_OF)
    plan = make_plan([debt], half_up(monthly * 8 / 10) if short else monthly, "min-first", AS_OF, 60)
    past = [one.record for one in payments]
    paid = [Payment(loan="L1", amount=row.payment, at=row.date) for row in plan.rows if row.payment]
    schedule = build_schedule(loan.record)
    if plan.ends is not None:
        at = position(loan.record, schedule, [*past, *paid], plan.ends, [agreed])
        assert at.total == 0


def test_what_is_foreseen_of_a_debt_paid_ahead_is_what_it_will_ask() -> None:
    """1,200 in twelve: with 300 paid ahead the next row asks for its interest alone, and no more is kept for it."""
    record = Loan(
        lender="x", kind="bank", principal=D(1200), start=dt.date(2026, 10, 10), method="equal-payment",
        rate=Rate(D(18), "year"), term=12, due_day=10,
    )  # fmt: skip
    row = build_schedule(record).rows[0]
    paid = [stored(Payment(loan="L1", amount=row.payment + 300, at=row.due), "Y1")]
    (one,) = accounts(debts_of([stored(record, "L1")], paid), AS_OF)
    day = dt.date(2026, 12, 10).toordinal()
    then = one.clone()
    then.fall_due(day)
    assert one.foreseen(day) == then.minimum < 2000


@settings(max_examples=60, deadline=None)
@given(
    months=st.integers(1, 8),
    percent=st.integers(60, 140),
    passed=st.integers(0, 240),
    early=st.lists(st.tuples(st.integers(0, 240), st.integers(1, 160)), max_size=4),
    strict=st.booleans(),
)
def test_in_the_midst_of_an_agreement_all_rooms_say_the_same(
    months: int, percent: int, passed: int, early: list[tuple[int, int]], strict: bool
) -> None:
    """However it was paid so far, early or late: what the plan asks is what the agreement's page leaves, and paid so
    the engine is at zero on the printed day.
    """
    loan = stored(Loan(lender="x", kind="bank", principal=D(12000), start=dt.date(2026, 5, 22), method="equal-payment",
                       rate=Rate(D(18), "year"), term=12, due_day=22,
                       overdue=OverdueTerms(factor=D("1.5")) if strict else None), "L1")  # fmt: skip
    monthly = half_up(seen(loan, []).position.total * percent / 100 / months)
    case = add_offer(open_case(["L1"], "x", AS_OF), "lender", AS_OF, months=months, monthly=monthly, due_day=15)
    case = confirm(accept(case, 1, Acceptance(when=AS_OF)), ["E1"])
    assert case.agreement is not None
    agreed, today = Bound(case.agreement), AS_OF + dt.timedelta(days=passed)
    payments = [
        stored(Payment(loan="L1", amount=half_up(monthly * much / 50), at=AS_OF + dt.timedelta(days=n)), f"Y{k}")
        for k, (n, much) in enumerate(sorted(early), 1) if n <= passed
    ]  # fmt: skip
    found = verify(loan, [], payments, [], Terms((agreed,)), RuleBook({}, ""), (), today)
    page = track(stored(case, "G1"), case.agreement, payments, today, accounts=(found.position,))
    open_now = sum((row.short for row in page.rows), D(0))
    debts = plan_debts([loan], {"L1": found}, [], payments, [stored(case, "G1")], today)
    if not debts:
        assert (found.position.total, open_now) == (0, 0)
        return
    plan = make_plan(debts, D(10**6), "min-first", today, 60)
    assert plan.ends is not None
    paid = [Payment(loan="L1", amount=row.payment, at=row.date) for row in plan.rows if row.payment]
    if not (strict and page.short):  # a penalty that still runs comes on top
        assert sum(one.amount for one in paid) == open_now + (page.lapse.cost if page.lapse else D(0))
    done = [*(one.record for one in payments), *paid]
    assert position(loan.record, build_schedule(loan.record), done, plan.ends, [agreed]).total == 0


def bank_loan(start: dt.date, **more: Any) -> Loan:
    return Loan(lender="x", kind="bank", start=start, **{"rate": Rate(D(24), "year"), "due_day": 20, **more})


def test_what_is_held_for_a_debts_own_row_is_paid_to_it_at_once() -> None:
    """5,000 in one sum in March, and income falls in February: the plan called proved kept it all and cost 509.53."""
    parts = bank_loan(
        dt.date(2026, 11, 20),
        principal=D(3000),
        term=8,
        due_day=31,
        method="equal-principal",
        rate=Rate(D(36), "year"),
    )
    whole = bank_loan(dt.date(2026, 11, 1), principal=D(5000), term=4, method="bullet", rate=Rate(D(36), "year"))
    debts = debts_of([stored(parts, "L1"), stored(whole, "L2")], [])
    less = Step(since=dt.date(2027, 2, 1), monthly=D(1560))
    cash = Cash(monthly=D(2200), day=25, dated=((dt.date(2027, 1, 25), D(800)),), steps=(less,))
    found = best(debts, cash, dt.date(2026, 11, 21), 60)
    assert found.run.short is None and found.run.interest <= 50_144


def test_nothing_is_proved_where_a_rate_changes_on_the_way() -> None:
    changed = bank_loan(
        dt.date(2026, 11, 10), principal=D(2000), term=4, method="interest-only",
        rate_changes=(RateChange(since=dt.date(2027, 1, 15), rate=Rate(D(6), "year")),),
    )  # fmt: skip
    steady = bank_loan(dt.date(2026, 11, 5), principal=D(2000), term=4, method="equal-payment")
    cash = Cash(monthly=D(1200), day=1)
    with_change = best(debts_of([stored(changed, "L1"), stored(steady, "L2")], []), cash, AS_OF, 60)
    assert with_change.run.ended and not with_change.proved
    assert best(debts_of([stored(steady, "L2")], []), cash, AS_OF, 60).proved


@settings(max_examples=40, deadline=None)
@given(
    data=histories(plain=True, most=3), part=st.integers(10, 60), payday=st.integers(1, 31), hand=st.integers(0, 900),
    chance=st.randoms(use_true_random=False),
)  # fmt: skip
def test_the_floor_is_never_above_what_a_plan_comes_to(
    data: tuple[list[Stored[Loan]], list[Stored[Payment]]], part: int, payday: int, hand: int, chance: random.Random
) -> None:
    """From every point of a plan by chance that keeps its minimums: what is ruled out by the floor was never cheaper."""
    debts = debts_of(*data)
    total = sum(((one.balance or D(0)) for one in debts), D(0))
    cash = Cash(monthly=(total * part / 100).quantize(D("0.01")) + 50, day=payday, hand=D(hand))
    walk = Walk(accounts(debts, AS_OF), cash, AS_OF, 120)
    floor = Floor(walk, 60)
    least = [floor.least(walk)]
    while (now := walk.advance()) is not None:
        pays = [one.minimum for one in now.due]
        left = max(0, now.money - sum(pays)) * chance.choice((0, 1, 1)) if walk.short is None else 0
        for place in chance.sample(range(len(pays)), len(pays)):
            more = min(left, now.due[place].room(pays[place]))
            pays[place] += more
            left -= more
        if walk.short is not None:
            return
        walk.book(pays)
        least.append(floor.least(walk))
    run = walk.run()
    assert not run.ended or max(least) <= run.interest


def test_what_a_bullet_asks_for_between_its_rows_is_nothing() -> None:
    """The floor took its interest each month, and ruled out what was 1.88 cheaper."""
    equal = bank_loan(
        dt.date(2026, 11, 1), principal=D(5000), term=4, due_day=5, method="equal-principal",
        rate=Rate(D("1.5"), "month"),
    )  # fmt: skip
    once = bank_loan(
        dt.date(2026, 11, 10), principal=D(1500), term=8, due_day=15, method="bullet", rate=Rate(D("0.05"), "day")
    )
    dear = bank_loan(
        dt.date(2026, 11, 20), principal=D(3000), term=8, due_day=31, method="equal-payment", rate=Rate(D(36), "year")
    )
    debts = debts_of([stored(one, f"L{n}") for n, one in enumerate((equal, once, dear), 1)], [])
    cash = Cash(monthly=D(1500), day=25, dated=((dt.date(2026, 12, 20), D(1500)),))
    found = best(debts, cash, dt.date(2026, 11, 21), 60)
    assert found.run.interest <= 47_600


def test_what_later_shortness_cannot_use_is_paid_ahead_all_the_same() -> None:
    """From March on the minimums are above the money whatever is kept: a loan paid ahead asks less then, and saves 49.04."""
    late = OverdueTerms(factor=D("1.5"))
    plain = bank_loan(
        dt.date(2026, 11, 5), principal=D(8000), term=12, due_day=10, method="equal-payment", rate=Rate(D(12), "year"),
        overdue=late,
    )  # fmt: skip
    dear = bank_loan(dt.date(2026, 11, 10), principal=D(5000), term=10, method="equal-principal", overdue=late)
    debts = debts_of([stored(plain, "L1"), stored(dear, "L2")], [])
    less = Step(since=dt.date(2027, 3, 1), monthly=D(800))
    cash = Cash(monthly=D(1600), day=8, steps=(less,))
    runs = {name: simulate(debts, cash, name, dt.date(2026, 11, 21), 60) for name in ("minimums", "avalanche")}
    assert runs["avalanche"].short and runs["minimums"].short
    assert runs["avalanche"].short.day >= runs["minimums"].short.day
    assert runs["avalanche"].interest < runs["minimums"].interest - 4_000
