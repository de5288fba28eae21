"""Which instalment is unpaid, by how much and since when: the table, the ledger and what `today` says are one."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from debt_loans import day, gold
from hypothesis import given, settings, strategies as st

from jdneg.domain.debt.accrual import position
from jdneg.domain.debt.agreed import Bound
from jdneg.domain.debt.schedule import build_schedule
from jdneg.domain.money import money
from jdneg.domain.rate import parse_rate
from jdneg.domain.records.account import Payment
from jdneg.domain.records.case import Agreement
from jdneg.domain.records.loan import Charge, Instalment, OverdueTerms


def paid(*pairs):
    return [Payment(loan="L1", at=day(on), amount=money(amount)) for on, amount in pairs]


def at(loan, payments, as_of, agreement=None):
    return position(loan, build_schedule(loan), payments, day(as_of), [Bound(agreement)] if agreement else [])


def rows(found):
    return [(one.n, one.due.isoformat(), str(one.unpaid), one.late_days) for one in found.overdue]


AGREED = Agreement(
    offer=1,
    agreed_at=day("2026-08-01"),
    starts=day("2026-08-10"),
    oral=False,
    instalments=tuple(
        Instalment(due=dt.date(2026 + n // 12, n % 12 + 1, 10), amount=money("1000.00")) for n in range(8, 20)
    ),
)


@pytest.mark.parametrize(
    ("payments", "as_of", "unpaid"),
    [
        ([("2026-09-10", "1000")], "2026-10-10", []),
        ([("2026-09-10", "1000")], "2026-10-20", [(2, "2026-10-10", "1000.00", 10)]),
        ([("2026-09-10", "1000")], "2026-11-20",
         [(2, "2026-10-10", "1000.00", 41), (3, "2026-11-10", "1000.00", 10)]),
        ([("2026-09-10", "1000"), ("2026-10-25", "500")], "2026-11-20",
         [(2, "2026-10-10", "500.00", 41), (3, "2026-11-10", "1000.00", 10)]),
        ([("2026-09-10", "2500")], "2026-11-20", [(3, "2026-11-10", "500.00", 10)]),
    ],
)  # fmt: skip
def test_an_agreement_that_is_kept_is_not_broken(payments, as_of, unpaid):
    loan = gold(principal=money("12000.00"), start=day("2026-01-10"), term=6,
                overdue=OverdueTerms(factor=Decimal("1.5"), base="balance"))  # fmt: skip
    assert rows(at(loan, paid(*payments), as_of, AGREED)) == unpaid


TWENTY = gold(
    principal=money("20000.00"), received=money("19000.00"), start=day("2025-11-10"), due_day=31,
    rate=parse_rate("1.5%/month"), overdue=OverdueTerms(factor=Decimal("1.6"), base="overdue_instalment"),
)  # fmt: skip
AHEAD = paid(("2025-12-31", "1900"), ("2026-02-02", "1900"), ("2026-03-15", "5000"))
FEE = Charge(name="担保费", amount=money("600.00"), every="once", payee="x", due=day("2025-11-10"))


def test_the_past_does_not_change_with_the_day_asked_about():
    early, late = at(TWENTY, AHEAD, "2026-05-20"), at(TWENTY, AHEAD, "2026-11-20")
    assert rows(early) == [(5, "2026-04-30", "16.71", 20)]
    assert [(n, amount) for n, _, amount, _ in rows(late)][:2] == [(5, "16.71"), (6, "1694.80")]
    assert {amount for _, _, amount, _ in rows(late)[2:]} == {"1759.34"}


def test_a_fee_at_the_payout_pays_no_instalment():
    """The six hundred paid for it are no instalment's money: the first row asks it, and no row nobody touched is less."""
    found = at(replace(TWENTY, charges=(FEE,)), AHEAD, "2026-11-20")
    assert {amount for _, _, amount, _ in rows(found)[1:]} == {"1759.34"}
    first = at(replace(TWENTY, charges=(FEE,)), [], "2026-01-02")
    assert rows(first) == [(1, "2025-12-31", "2359.34", 2)]


def test_the_table_is_the_base_of_the_penalty_in_the_ledger():
    loan = gold(principal=money("12000.00"), start=day("2026-01-10"), term=6,
                overdue=OverdueTerms(factor=Decimal("1.5"), base="overdue_instalment"))  # fmt: skip
    found = at(loan, paid(("2026-02-10", "5000")), "2026-06-20")
    assert rows(found)[0] == (3, "2026-04-10", "1265.04", 71)  # 5000 reaches beyond the first two instalments
    bases = [line.base for line in found.ledger if line.event == "penalty"]
    assert bases[0] == money("1265.04") and bases[-1] == found.overdue_amount == money("5478.32")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(100, 200000), min_size=1, max_size=8),
    st.lists(st.tuples(st.integers(0, 300), st.integers(1, 300000)), max_size=5),
    st.integers(1, 320),
)
def test_money_is_poured_into_the_agreed_instalments_oldest_first(agreed, drawn, passed):
    start = day("2026-08-10")
    dues = [dt.date(2026 + n // 12, n % 12 + 1, 10) for n in range(8, 8 + len(agreed))]
    rows_ = tuple(Instalment(due=on, amount=Decimal(fen) / 100) for on, fen in zip(dues, agreed, strict=True))
    loan = gold(start=day("2026-01-10"), overdue=OverdueTerms(factor=Decimal("1.5"), base="balance"))
    payments = sorted(
        (Payment(loan="L1", at=start + dt.timedelta(n), amount=Decimal(fen) / 100) for n, fen in drawn),
        key=lambda one: one.at,
    )
    as_of = start + dt.timedelta(passed)
    money_in = sum((one.amount for one in payments if one.at <= as_of), Decimal(0))
    expected = []
    for one in rows_:
        poured = min(one.amount, money_in)
        money_in -= poured
        if one.due < as_of and poured < one.amount:
            expected.append((one.due, one.amount - poured))
    found = position(loan, build_schedule(loan), payments, as_of, [Bound(replace(AGREED, instalments=rows_))])
    assert [(one.due, one.unpaid) for one in found.overdue] == expected


def test_half_a_fen_that_rounding_took_makes_no_money():
    """Five times 0.001 of interest is paid with a fen; the other half fen must not reach the principal."""
    loan = gold(principal=money("10.00"), rate=parse_rate("0.01%/month"), start=day("2027-01-01"), due_day=1, term=6)
    found = at(loan, paid(("2027-06-01", "0.01")), "2027-06-01")
    assert found.principal == money("10.00")
