"""An agreement over several loans: each gets its share, and the shares add up to the fen."""

from dataclasses import replace
from decimal import Decimal

from debt_loans import day, gold, stored
from hypothesis import given, strategies as st

from jdneg.domain.agreements import InForce
from jdneg.domain.debt.accrual import position
from jdneg.domain.debt.schedule import build_schedule
from jdneg.domain.debt.shares import own_part
from jdneg.domain.money import ZERO, in_proportion, money
from jdneg.domain.records.account import Payment
from jdneg.domain.records.case import Agreement, PartWaiver
from jdneg.domain.records.loan import Instalment

STARTS = day("2026-08-20")
ROWS = tuple(Instalment(due=day(f"2026-{m}-10"), amount=money("1000.01")) for m in ("09", "10", "11", "12"))
AGREED = Agreement(offer=1, agreed_at=STARTS, starts=STARTS, oral=False, instalments=ROWS)
LOANS = (stored(gold(), "L1"), stored(gold(principal=money("7000.00")), "L2"), stored(gold(term=6), "L3"))


def found(*loans, agreement=AGREED, waived=()):
    return InForce("G1", agreement, loans, waived)


def test_shares_follow_what_was_owed_and_sum_to_the_fen():
    names = tuple(one.id for one in LOANS)
    parts = [own_part(found(*names), name, LOANS, ()) for name in names]
    for n, row in enumerate(ROWS):
        assert sum(part.agreement.instalments[n].amount for part in parts) == row.amount
    owed = [position(one.record, build_schedule(one.record), (), None, STARTS).total for one in LOANS]
    assert [part.agreement.instalments[0].amount for part in parts] == in_proportion(ROWS[0].amount, owed)
    assert {part.notes[0].code for part in parts} == {"debt.agreement_shared"}


def test_each_loan_under_its_share_owes_the_agreement_together():
    names = ("L1", "L2")
    total = ZERO
    for loan in LOANS[:2]:
        part = own_part(found(*names), loan.id, LOANS[:2], ())
        at = position(loan.record, build_schedule(loan.record), (), part.agreement, STARTS)
        total += at.total
    assert total == sum(row.amount for row in ROWS)


def test_a_payment_before_it_started_counts_in_the_shares():
    paid = [Payment(loan="L1", at=day("2026-08-19"), amount=money("15000.00"))]
    stored_paid = [stored(one, "Y1") for one in paid]
    before = own_part(found("L1", "L2"), "L1", LOANS[:2], ()).agreement.instalments[0].amount
    after = own_part(found("L1", "L2"), "L1", LOANS[:2], stored_paid).agreement.instalments[0].amount
    assert after < before


def test_a_sum_let_go_is_shared_by_what_there_is_of_its_part():
    waived = (PartWaiver(part="interest", amount=money("100.00")), "penalty")
    parts = [own_part(found("L1", "L2", waived=waived), name, LOANS[:2], ()) for name in ("L1", "L2")]
    amounts = [part.waived[0].amount for part in parts]
    assert sum(amounts) == 100 and amounts[0] > amounts[1] > 0 and parts[0].waived[1] == "penalty"


def test_where_one_loan_lets_nothing_be_computed_no_share_is_told():
    part = own_part(found("L1", "L2"), "L1", (LOANS[0], stored(replace(gold(), rate=None), "L2")), ())
    assert part.agreement is None and not part.shared
    assert part.notes[0].code == "debt.agreement_not_shared" and part.notes[0].facts["unknown"] == "L2"


def test_one_loan_or_an_oral_agreement_is_left_as_it_is():
    assert own_part(None, "L1", LOANS[:1], ()).agreement is None
    assert own_part(found("L1"), "L1", LOANS[:1], ()).agreement is AGREED
    oral = replace(AGREED, oral=True)
    assert own_part(found("L1", "L2", agreement=oral), "L1", LOANS[:2], ()).agreement is oral


fen = st.integers(0, 10**9).map(lambda n: Decimal(n) / 100)


@given(fen, st.lists(fen, min_size=1, max_size=6).filter(any))
def test_shares_lose_no_fen_and_are_within_one_of_the_exact_part(amount, weights):
    shares = in_proportion(amount, weights)
    assert sum(shares) == amount
    for share, weight in zip(shares, weights, strict=True):
        assert abs(share - amount * weight / sum(weights)) < Decimal("0.01")
