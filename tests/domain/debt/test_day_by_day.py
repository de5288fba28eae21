"""The engine beside an account kept by hand, day by day in exact fractions: the same fen in every component."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from day_by_day import DayByDay, dues
from debt_loans import day, gold
from hypothesis import given, settings, strategies as st

from jdneg.domain.debt.accrual import position
from jdneg.domain.debt.agreed import Bound
from jdneg.domain.debt.schedule import build_schedule
from jdneg.domain.money import money
from jdneg.domain.rate import Rate, parse_rate
from jdneg.domain.records.account import Payment
from jdneg.domain.records.case import Agreement
from jdneg.domain.records.loan import Adjustment, Charge, Instalment, OverdueTerms

PARTS = ("principal", "interest", "penalty", "fee")


def both(loan, payments, as_of, agreed=()):
    """The engine's figures and rows unpaid, and the reference's; without overdue terms the penalty is unknown, here zero."""
    ours = position(loan, build_schedule(loan), payments, as_of, agreed)
    engine = {name: getattr(ours, name) or Decimal("0.00") for name in PARTS}
    reference = DayByDay(loan, payments, agreed)
    figures = reference.run(as_of)
    return (engine, [(one.due, one.unpaid) for one in ours.overdue]), (figures, reference.unpaid(as_of))


def paid(*pairs):
    return [Payment(loan="L1", at=day(on), amount=money(amount)) for on, amount in pairs]


def overdue(**terms):
    return OverdueTerms(**({"factor": Decimal("1.5")} | terms))


CASES = {
    "baitiao: a flat fee over twelve instalments, one missed": (
        gold(principal=money("10000.00"), rate=None, fee=parse_rate("0.6%/month"), method="flat-fee",
             overdue=OverdueTerms(rate=parse_rate("0.05%/day"), base="overdue_instalment")),
        paid(("2026-04-10", "893.33"), ("2026-06-10", "893.33")), "2026-06-25"),
    "jintiao: 0.05 % a day, the whole balance called in": (
        gold(overdue=overdue(), accelerated_on=day("2026-08-20")), paid(("2026-04-10", "1900.00")), "2026-11-20"),
    "jintiao: paid something after it was called in": (
        gold(overdue=overdue(), accelerated_on=day("2026-08-20")),
        paid(("2026-04-10", "1900.00"), ("2026-09-01", "5000.00")), "2026-11-20"),
    "a bank's loan with compound interest": (
        gold(kind="bank", rate=parse_rate("7.2%/year"), principal=money("80000.00"), term=24,
             overdue=overdue(compound=True)), paid(("2026-05-02", "3000.00")), "2027-02-28"),
    "a micro-loan with a part kept back at payout": (
        gold(received=money("18800.00"), overdue=overdue(base="balance")), paid(("2026-04-10", "1000.00")), "2026-10-31"),
    "paid at the due date": (gold(overdue=overdue()), paid(("2026-04-10", "1896.00")), "2026-04-30"),
    "paid the day after": (gold(overdue=overdue()), paid(("2026-04-11", "1896.00")), "2026-04-30"),
    "over a leap day": (
        gold(start=day("2028-01-31"), due_day=31, rate=parse_rate("18%/year"), overdue=overdue()), [], "2028-03-31"),
    "due on the 31st": (
        gold(start=day("2026-01-31"), due_day=31, rate=parse_rate("1.5%/month"), overdue=overdue()),
        paid(("2026-02-28", "500.00"), ("2026-04-30", "2000.00")), "2026-07-15"),
    "without interest": (gold(rate=Rate(Decimal(0), "year"), overdue=OverdueTerms(rate=parse_rate("0.03%/day"))),
                         paid(("2026-06-01", "700.00")), "2026-12-01"),
    "called in when all was paid, then given back": (
        gold(accelerated_on=day("2026-04-01"), overdue=overdue(),
             adjustments=(Adjustment(kind="refund", at=day("2026-04-01"), amount=money("5000.00"), part="principal"),)),
        paid(("2026-03-10", "20000.00")), "2026-06-20"),
    "one fen": (gold(principal=money("0.01"), overdue=overdue()), [], "2030-01-01"),
    "a hundred million": (
        gold(principal=money("100000000.00"), term=120, rate=parse_rate("4.9%/year"), overdue=overdue(compound=True)),
        paid(("2026-04-10", "1055774.12"), ("2027-01-03", "3333333.33")), "2031-05-17"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_case_of_life(name):
    loan, payments, as_of = CASES[name]
    engine, reference = both(loan, payments, day(as_of))
    assert engine == reference


rates = st.one_of(
    st.integers(0, 100).map(lambda n: Rate(Decimal(n) / 1000, "day")),
    st.integers(0, 300).map(lambda n: Rate(Decimal(n) / 100, "month")),
    st.integers(0, 3600).map(lambda n: Rate(Decimal(n) / 100, "year")),
)
terms = st.one_of(
    st.none(),
    st.builds(
        overdue,
        factor=st.sampled_from((Decimal(1), Decimal("1.3"), Decimal("1.5"), Decimal(2))),
        base=st.sampled_from((None, "overdue_principal", "overdue_instalment", "balance")),
        compound=st.booleans(),
        beside=st.booleans(),
        grace_days=st.sampled_from((0, 0, 3, 10)),
    ),
)
loans = st.builds(
    lambda principal, rate, start, due, term, method, late, called: gold(
        principal=Decimal(principal) / 100, rate=rate, start=day("2027-01-01") + dt.timedelta(start), due_day=due,
        term=term, method=method, overdue=late,
        accelerated_on=None if called is None else day("2027-01-01") + dt.timedelta(start + called),
    ),
    st.integers(1, 10**8), rates, st.integers(0, 430), st.one_of(st.none(), st.integers(1, 31)), st.integers(1, 14),
    st.sampled_from(("equal-payment", "equal-principal", "interest-only")), terms,
    st.one_of(st.none(), st.integers(1, 300)),
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.data(), loans)
def test_the_engine_keeps_the_same_account(data, loan):
    days = st.integers(0, 500).map(lambda n: loan.start + dt.timedelta(n))
    amounts = st.one_of(
        st.integers(1, int(loan.principal * 40) + 1).map(lambda n: Decimal(n) / 100),
        st.sampled_from([row.payment for row in build_schedule(loan).rows if row.payment] or [money("0.01")]),
    )
    drawn = data.draw(st.lists(st.tuples(st.one_of(days, st.sampled_from(dues(loan))), amounts), max_size=5))
    payments = [Payment(loan="L1", at=on, amount=amount) for on, amount in sorted(drawn, key=lambda one: one[0])]
    paid = int(sum((one.amount for one in payments), Decimal(0)) * 100)  # nobody gives back more than they got
    refunds = st.builds(
        lambda on, amount, part: Adjustment(kind="refund", at=on, amount=amount, part=part),
        days, st.integers(1, paid or 1).map(lambda n: Decimal(n) / 100), st.sampled_from((None, "principal", "fee", "penalty")),
    )  # fmt: skip
    fee = data.draw(st.sampled_from((None, None, "0.01", "600.00")))
    if fee is not None:  # owed from the payout
        loan = replace(loan, charges=(Charge(name="x", amount=money(fee), every="once", due=loan.start),))
    loan = replace(
        loan,
        adjustments=tuple(sorted(data.draw(st.lists(refunds, max_size=1 if paid else 0)), key=lambda one: one.at)),
    )
    engine, reference = both(loan, payments, data.draw(days))
    assert engine == reference


# --- agreements one after the other


def agreement(starts, amounts, waived=(), grace=0, first=30):
    rows = tuple(
        Instalment(due=starts + dt.timedelta(first + 30 * n), amount=Decimal(fen) / 100)
        for n, fen in enumerate(amounts)
    )
    made = Agreement(offer=1, agreed_at=starts, starts=starts, oral=False, instalments=rows, grace_days=grace)
    return Bound(made, tuple(sorted(waived)))


@st.composite
def sequences(draw, loan):
    ahead = sorted(draw(st.sets(st.integers(0, 400), min_size=1, max_size=4)))
    high = int(loan.principal * 100) + 2
    return tuple(
        agreement(
            loan.start + dt.timedelta(n), draw(st.lists(st.integers(1, high), min_size=1, max_size=5)),
            draw(st.sets(st.sampled_from(("penalty", "interest", "fee")))), draw(st.sampled_from((0, 0, 3))),
            draw(st.sampled_from((0, 1, 30))),
        )
        for n in ahead
    )  # fmt: skip


@st.composite
def payments_on(draw, loan, most=5):
    high = int(loan.principal * 60) + 1
    drawn = draw(st.lists(st.tuples(st.integers(0, 600), st.integers(1, high)), max_size=most))
    return [
        Payment(loan="L1", at=loan.start + dt.timedelta(n), amount=Decimal(fen) / 100) for n, fen in sorted(drawn)
    ]


@settings(max_examples=200, deadline=None)
@given(st.data(), loans)
def test_agreements_one_after_the_other_keep_the_same_account(data, loan):
    if fee := data.draw(st.sampled_from((None, "600.00"))):  # owed from the payout, so that one can be let go
        loan = replace(loan, charges=(Charge(name="x", amount=money(fee), every="once", due=loan.start),))
    agreed, payments = data.draw(sequences(loan)), data.draw(payments_on(loan))
    as_of = loan.start + dt.timedelta(data.draw(st.integers(0, 700)))
    engine, reference = both(loan, payments, as_of, agreed)
    assert engine == reference


@pytest.mark.parametrize("waived", [(), ("penalty",), ("interest",), ("fee",), ("penalty", "interest", "fee")])
def test_what_is_let_go_and_what_is_carried_are_the_same(waived):
    """More is agreed than was owed, so that each part not let go is carried as it is."""
    fee = (Charge(name="x", amount=money("600.00"), every="once", due=day("2026-03-10")),)
    loan = gold(overdue=overdue(), charges=fee)
    agreed = (agreement(day("2026-08-20"), [900_000] * 3, waived), agreement(day("2026-10-05"), [950_000] * 3))
    for as_of in ("2026-08-20", "2026-09-25", "2026-10-05", "2026-12-31"):
        engine, reference = both(loan, paid(("2026-09-20", "1000.00")), day(as_of), agreed)
        assert engine == reference
