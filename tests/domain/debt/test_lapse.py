"""A missed day: what the contract's terms add stands beside the instalments, to the fen, whatever was paid when."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from debt_loans import day, gold, stored
from hypothesis import given, strategies as st

from jdneg.domain.agreements import agreed_open, agreed_states
from jdneg.domain.debt.lapse import accounts_under, lapse
from jdneg.domain.instalments import paid_by_day
from jdneg.domain.money import ZERO, money
from jdneg.domain.records.account import Payment
from jdneg.domain.records.case import Agreement, Case, Offer
from jdneg.domain.records.loan import Instalment, OverdueTerms
from jdneg.i18n import say

STARTS = day("2026-08-20")
LATE = OverdueTerms(factor=Decimal("1.5"))
LOANS = {"L1": stored(gold(overdue=LATE), "L1"), "L2": stored(gold(principal=money("7000.00"), overdue=LATE), "L2")}


def deal(*amounts, grace=0, oral=False):
    rows = tuple(Instalment(due=day(f"2026-{n:02}-10"), amount=money(one)) for n, one in enumerate(amounts, 9))
    return Agreement(
        offer=1, agreed_at=STARTS, starts=STARTS, oral=oral, proof=(), instalments=rows, grace_days=grace
    )  # fmt: skip


def case(made, *loans):
    offer = Offer(number=1, by="lender", at=STARTS)
    return stored(Case(loans=loans, goal="x", opened_on=STARTS, offers=(offer,), agreement=made), "G1")


def stands(made, on, pays=(), loans=("L1",)):
    """The accounts and the lapse on a day; ``pays`` are (day, yuan, loan)."""
    held = [
        stored(Payment(loan=loan, at=when, amount=amount), f"Y{n}") for n, (when, amount, loan) in enumerate(pays)
    ]

    def find(name):
        return LOANS[name], [one for one in held if one.record.loan == name]

    accounts = accounts_under(made, loans, (case(made, *loans),), find, on)
    paid = paid_by_day(one.record for one in held)
    return accounts, paid, lapse("G1", made, paid, accounts, on)


def left(made, paid, on):
    return sum((amount for _, amount in agreed_open(made, paid, on)), ZERO)


payments = st.lists(
    st.tuples(st.integers(0, 120), st.integers(1, 900_000)).map(
        lambda one: (STARTS + dt.timedelta(days=one[0]), Decimal(one[1]) / 100, "L1")
    ),
    max_size=5,
)


@given(payments, st.integers(0, 130), st.integers(0, 5), st.booleans())
def test_the_account_is_the_instalments_and_what_lateness_adds(pays, after, grace, oral):
    made, on = deal("3000.00", "3000.01", "2999.99", grace=grace, oral=oral), STARTS + dt.timedelta(days=after)
    known = sorted((one for one in pays if one[0] <= on), key=lambda one: one[0])
    accounts, paid, found = stands(made, on, known)
    (at,) = accounts
    assert at.total + at.to_come == left(made, paid, on) + (found.cost if found else 0)
    late = [one for one in agreed_states(made, paid, on) if one.state != "on_time"]
    assert (found is None) == (not late)
    if found is not None:
        assert found.due == late[0].due and found.short == sum(one.short for one in late)


@given(payments, st.integers(25, 130))
def test_who_pays_what_is_due_and_what_lateness_added_owes_the_rows_to_come(pays, after):
    made, on = deal("3000.00", "3000.00", "3000.00"), STARTS + dt.timedelta(days=after)
    known = sorted((one for one in pays if one[0] <= on), key=lambda one: one[0])
    _, paid, found = stands(made, on, known)
    if found is None or not found.short + found.cost:
        return
    rest = left(made, paid, on) - found.short
    ((at,), _, _) = stands(made, on, [*known, (on, found.short + found.cost, "L1")])
    assert at.total + at.to_come == rest


def test_only_one_sum_for_all_is_asked_about_before_it_is_paid():
    (at,), _, found = stands(deal("9000.00"), day("2026-09-20"))
    assert found.settles and found.remitted == at.remitted > 0
    assert [one.code for one in found.messages] == ["debt.settlement_late", "debt.late_cost"]
    several = stands(deal("3000.00", "3000.00"), day("2026-09-20"))[2]
    assert not several.settles and several.remitted
    assert [one.code for one in several.messages] == ["debt.remission_open", "debt.late_cost"]
    whole = stands(deal("30000.00"), day("2026-09-20"))[2]
    assert not whole.settles and [one.code for one in whole.messages] == ["debt.late_cost"]
    assert all(say(one, lang) for one in (*found.messages, *several.messages) for lang in ("zh", "en"))


def test_two_loans_under_one_agreement_are_told_together():
    made, on = deal("9000.00"), day("2026-09-20")
    accounts, paid, found = stands(made, on, loans=("L1", "L2"))
    assert len(accounts) == 2 and found.remitted == sum(at.remitted for at in accounts)
    assert sum(at.total for at in accounts) == left(made, paid, on) + found.cost


def test_where_another_agreement_counts_nothing_is_told():
    made = deal("9000.00")
    before = stands(made, STARTS - dt.timedelta(days=1))
    assert before[0] == () and before[2] is None
    other = replace(made, offer=2)
    find = lambda name: (LOANS[name], [])  # noqa: E731
    assert accounts_under(other, ("L1",), (case(made, "L1"),), find, day("2026-09-20")) == ()
