"""The running account: the case of the manual by hand, then payments of every kind, agreements, and properties."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from debt_loans import day, gold, stored
from hypothesis import given, strategies as st

from jdneg.domain.debt.accrual import payments_of, position
from jdneg.domain.debt.agreed import Bound
from jdneg.domain.debt.schedule import build_schedule
from jdneg.domain.money import half_up, money
from jdneg.domain.rate import Rate, parse_rate
from jdneg.domain.records.account import Payment
from jdneg.domain.records.case import Agreement
from jdneg.domain.records.loan import Adjustment, Instalment, OverdueTerms

AS_OF = day("2026-11-20")


def paid(*pairs):
    return [Payment(loan="L1", at=day(on), amount=money(amount)) for on, amount in pairs]


def at(loan, payments, as_of=AS_OF, agreement=None, waived=()):
    return position(loan, build_schedule(loan), payments, as_of, [Bound(agreement, waived)] if agreement else [])


def codes(messages):
    return [message.code for message in messages]


FIRST = paid(("2026-04-10", "1900.00"))


def test_the_manuals_case_without_overdue_terms():
    found = at(gold(), FIRST)
    # 10 March to 10 April: 31 days x 20000 x 0.05 % = 310.00, so 1590.00 of the 1900 reach the principal;
    # from then 224 days x 18410 x 0.05 % = 2061.92
    assert found.principal == money("18410.00")
    assert found.interest == half_up(Decimal(224) * 18410 * Decimal("0.0005")) == money("2061.92")
    assert found.penalty is None
    assert found.fee == 0
    assert found.total == money("20471.92")
    assert codes(found.missing) == ["debt.missing_overdue_terms"]
    assert "debt.interest_on_overdue" in codes(found.assumptions)
    assert [(row.n, row.late_days) for row in found.overdue] == [
        (2, 194), (3, 163), (4, 133), (5, 102), (6, 71), (7, 41), (8, 10),
    ]  # fmt: skip
    assert found.next_due.due == day("2026-12-10")


def test_the_manuals_case_with_a_factor():
    found = at(gold(overdue=OverdueTerms(factor=Decimal("1.5"))), FIRST)
    # Overdue principal row by row (63.09 of the first payment reached row 2), each until the next due date.
    late = ((1496.72, 31), (3071.47, 30), (4678.30, 31), (6302.37, 31), (7951.61, 30), (9631.64, 31), (11332.49, 10))
    rest = ((18410, 30), (16913.28, 31), (15338.53, 30), (13731.70, 31), (12107.63, 31), (10458.39, 30),
            (8778.36, 31), (7077.51, 10))  # fmt: skip
    penalty = sum(Decimal(str(base)) * days for base, days in late) * Decimal("0.00075")
    interest = sum(Decimal(str(base)) * days for base, days in rest) * Decimal("0.0005")
    assert (found.principal, found.interest, found.penalty) == (
        money("18410.00"), half_up(interest), half_up(penalty),
    )  # fmt: skip
    assert (found.interest, found.penalty) == (money("1497.22"), money("847.05"))
    assert found.total == money("20754.27")
    assert found.missing == ()
    assert "debt.penalty_base_assumed" in codes(found.assumptions)


def test_before_the_payout_nothing_is_owed():
    found = at(gold(), [], day("2026-03-09"))
    assert (found.principal, found.interest, found.penalty, found.fee, found.total) == (0, 0, 0, 0, 0)
    assert codes(found.assumptions) == ["debt.not_paid_out"] and found.missing == () and found.overdue == ()
    assert found.next_due.due == day("2026-04-10")
    assert at(gold(), [], day("2026-03-10")).total == money("20000.00")


def test_grace_without_a_penalty_rate_shortens_what_is_overdue():
    loan = gold(overdue=OverdueTerms(grace_days=5))
    assert at(loan, [], day("2026-04-15")).overdue == ()
    assert at(loan, [], day("2026-04-15")).missing == ()
    found = at(loan, [], day("2026-04-16"))
    assert [row.n for row in found.overdue] == [1] and codes(found.missing) == ["debt.missing_overdue_terms"]
    assert "debt.grace_counted" in codes(found.assumptions)


@pytest.mark.parametrize(
    ("base", "interest", "penalty"),
    [
        # whole balance from 10 May on: 18410 x 194 x 0.075 %; before that 30 days of ordinary interest
        ("balance", "276.15", "2678.66"),
        ("overdue_principal", "1497.22", "847.05"),
    ],
)
def test_the_base_decides(base, interest, penalty):
    found = at(gold(overdue=OverdueTerms(factor=Decimal("1.5"), base=base)), FIRST)
    assert (found.interest, found.penalty) == (money(interest), money(penalty))


def test_penalty_on_the_overdue_instalment():
    loan = gold(
        rate=None, fee=parse_rate("0.6%/month"), principal=money("12000.00"), method="flat-fee",
        overdue=OverdueTerms(rate=parse_rate("0.07%/day"), base="overdue_instalment"),
    )  # fmt: skip
    found = at(loan, [], day("2026-05-20"))
    # 1072.00 from 10 April (30 days), 2144.00 from 10 May (10 days), at 0.07 % a day
    assert found.penalty == half_up((1072 * 30 + 2144 * 10) * Decimal("0.0007"))
    assert (found.principal, found.interest, found.fee) == (money("12000.00"), 0, money("144.00"))
    assert [row.unpaid for row in found.overdue] == [money("1072.00"), money("1072.00")]


def test_compound_interest_only_where_the_contract_has_it():
    terms = OverdueTerms(factor=Decimal("1.5"), base="overdue_principal")
    plain = at(gold(overdue=terms), FIRST)
    compound = at(gold(overdue=replace(terms, compound=True)), FIRST)
    assert compound.penalty > plain.penalty
    assert "compound" in {line.event for line in compound.ledger}


def test_grace_days():
    terms = OverdueTerms(factor=Decimal("1.5"), grace_days=3)
    within = at(gold(overdue=terms), [], day("2026-04-13"))
    assert (within.penalty, within.overdue) == (0, ())
    after = at(gold(overdue=terms), [], day("2026-04-14"))
    assert after.penalty == half_up(Decimal("1526.91") * Decimal("0.00075"))
    assert after.overdue[0].late_days == 4


def test_due_today_is_not_late_until_the_day_is_over():
    assert at(gold(), [], day("2026-04-10")).overdue == ()
    assert at(gold(), [], day("2026-04-10")).next_due.n == 1
    assert at(gold(), [], day("2026-04-11")).overdue[0].late_days == 1


def test_a_part_payment_goes_to_interest_first():
    found = at(gold(), paid(("2026-04-10", "200.00")), day("2026-04-10"))
    assert (found.principal, found.interest) == (money("20000.00"), money("110.00"))
    later = at(gold(overdue=OverdueTerms(factor=Decimal("1.5"))), paid(("2026-04-20", "400.00")), day("2026-04-20"))
    # 310.00 interest due, then 10 days of penalty on 1526.91 (11.45), then 78.55 of principal
    assert (later.penalty, later.principal) == (0, money("19921.45"))
    assert later.interest == half_up(Decimal("18473.09") * 10 * Decimal("0.0005"))


def test_paying_early_is_never_late():
    found = at(gold(), paid(("2026-04-05", "1836.91")), day("2026-04-20"))
    assert found.overdue == ()
    assert found.penalty == 0
    assert found.principal == money("18423.09")  # 26 days of interest, 260.00, came first


def test_paying_everything_back_early_ends_it():
    found = at(gold(), paid(("2026-03-20", "20100.00")))
    assert (found.total, found.overdue, found.next_due) == (0, (), None)
    over = at(gold(), paid(("2026-03-20", "20150.00")))
    assert "debt.overpaid" in codes(over.assumptions)
    assert over.total == 0


def test_a_payment_before_the_payout_is_said_and_not_counted():
    found = at(gold(), paid(("2026-03-01", "500.00")), day("2026-03-10"))
    assert found.total == money("20000.00")
    assert "debt.payment_before_start" in codes(found.assumptions)


def test_payments_after_the_day_do_not_count_yet():
    assert at(gold(), FIRST, day("2026-04-09")).principal == money("20000.00")


def test_on_demand():
    loan = gold(method="daily", term=None, due_day=None)
    found = at(loan, paid(("2026-04-10", "1310.00")), day("2026-05-10"))
    assert (found.principal, found.interest, found.penalty) == (money("19000.00"), money("285.00"), 0)
    assert found.overdue == ()


def test_a_month_rate_is_spread_over_the_days_of_its_month():
    loan = gold(rate=parse_rate("1.5%/month"))
    assert at(loan, [], day("2026-03-20")).interest == half_up(Decimal(300) * 10 / 31)
    assert at(loan, [], day("2026-04-10")).interest == money("300.00")


def test_the_ledger_tells_every_step():
    found = at(gold(overdue=OverdueTerms(factor=Decimal("1.5"))), FIRST)
    first = found.ledger[1]
    assert (first.event, first.days, first.base, str(first.rate)) == ("interest", 31, 20000, "0.05%/day")
    assert [line.date for line in found.ledger] == sorted(line.date for line in found.ledger)
    assert (
        sum(line.amount for line in found.ledger if line.event == "penalty").quantize(Decimal("0.01"))
        == found.penalty
    )
    last = found.ledger[-1]
    assert (last.principal, last.interest, last.penalty) == (found.principal, found.interest, found.penalty)


def test_interest_let_go_before_its_day_makes_no_instalment_less_late():
    """The row of 10 April stays unpaid by all it asked; the row of 10 May asks for less."""
    loan = gold(overdue=OverdueTerms(factor=Decimal("1.5"), base="overdue_instalment"))
    plain = at(loan, [], day("2026-05-05"))
    let_go = replace(
        loan, adjustments=(Adjustment(kind="waiver", at=day("2026-04-20"), amount=money("400.00"), part="interest"),)
    )
    found = at(let_go, [], day("2026-05-05"))
    interest_due = plain.overdue[0].amount - build_schedule(loan).rows[0].principal
    assert plain.overdue[0].unpaid - found.overdue[0].unpaid == interest_due, "what was due of it was let go first"
    ahead = money("400.00") - interest_due
    first, second = at(let_go, [], day("2026-05-11")).overdue
    assert first.unpaid == found.overdue[0].unpaid
    assert second.amount == second.unpaid == build_schedule(loan).rows[1].payment - ahead and ahead > 0


# --- agreements


def agreement(amounts, **changes):
    rows = tuple(
        Instalment(due=dt.date(2026 + (month - 1) // 12, (month - 1) % 12 + 1, 10), amount=money(amount))
        for month, amount in enumerate(amounts, 9)
    )
    on = day("2026-08-20")
    return replace(Agreement(offer=1, agreed_at=on, starts=on, oral=False, instalments=rows), **changes)


def test_a_written_agreement_replaces_the_schedule():
    loan = gold(overdue=OverdueTerms(factor=Decimal("1.5")))
    before = at(loan, FIRST, day("2026-08-20"))
    found = at(loan, FIRST, AS_OF, agreement(["1000.00"] * 30), ("penalty",))
    assert found.penalty == 0
    assert [row.n for row in found.overdue] == [1, 2, 3]
    assert [row.unpaid for row in found.overdue] == [money("1000.00")] * 3
    assert found.principal == before.principal
    assert "debt.agreement_in_force" in codes(found.assumptions)
    kept = at(loan, [*FIRST, *paid(("2026-09-10", "1000"), ("2026-10-10", "1000"), ("2026-11-10", "1000"))], AS_OF,
              agreement(["1000.00"] * 30), ("penalty",))  # fmt: skip
    assert kept.overdue == ()
    assert kept.next_due.due == day("2026-12-10")


def test_an_agreed_plan_that_is_kept_ends_at_zero():
    plan = agreement(["5000.00"] * 4)
    rows = paid(*((str(row.due), str(row.amount)) for row in plan.instalments))
    found = at(gold(), [*FIRST, *rows], day("2027-06-01"), plan, ("penalty", "interest"))
    assert found.total == 0
    assert found.penalty == 0


def test_an_agreement_for_less_lets_the_rest_go():
    found = at(gold(), FIRST, day("2026-08-20"), agreement(["5000.00", "5000.00"]), ("penalty",))
    assert found.total == money("10000.00")
    assert "debt.agreement_less" in codes(found.assumptions)


MORE = st.integers(600_000, 900_000).map(lambda fen: agreement([str(Decimal(fen) / 100)] * 4))


@given(MORE, st.integers(0, 110), st.lists(st.integers(0, 110), max_size=3))
def test_who_pays_all_that_is_owed_owes_nothing_ever_after(plan, days, early):
    """On whichever day, whatever was paid before it: interest agreed for time to come is not asked (CC 677)."""
    on = plan.starts + dt.timedelta(days)
    before = [*FIRST, *paid(*((str(plan.starts + dt.timedelta(n)), "700.00") for n in sorted(early) if n <= days))]
    left = at(gold(), before, on, plan, ("penalty",))
    assert left.spared == 0 and left.total > 0
    settled = [*before, *paid((str(on), str(left.total)))]
    asked = sum(one.amount for one in plan.instalments) - sum(one.amount for one in settled[len(FIRST) :])
    for later in (0, 1, 30, 200, 400):
        found = at(gold(), settled, on + dt.timedelta(later), plan, ("penalty",))
        assert (found.total, found.overdue, found.next_due, found.spared) == (0, (), None, asked)
        assert "debt.overpaid" not in codes(found.assumptions)


@given(MORE, st.lists(st.integers(0, 9), min_size=4, max_size=4))
def test_instalments_paid_some_days_early_are_paid_as_agreed(plan, ahead):
    """An instalment is a word that was given: its interest is not measured by the day it came."""
    rows = plan.instalments
    kept = [
        *FIRST,
        *paid(*((str(row.due - dt.timedelta(n)), str(row.amount)) for n, row in zip(ahead, rows, strict=True))),
    ]
    for n, row in enumerate(rows):
        found = at(gold(), kept, row.due, plan, ("penalty",))
        assert (found.overdue, found.spared) == ((), 0)
        assert found.next_due is None if row == rows[-1] else found.next_due.due == rows[n + 1].due
    assert found.total == 0
    assert "debt.overpaid" not in codes(found.assumptions)


def test_before_it_starts_the_contract_runs():
    contract = at(gold(), FIRST)
    found = at(gold(), FIRST, AS_OF, agreement(["1000.00"] * 30, starts=day("2026-12-01")), ("penalty",))
    assert found == contract


def test_only_this_loans_payments():
    mine, other = FIRST[0], replace(FIRST[0], loan="L2")
    assert payments_of("L1", [stored(other, "Y1"), stored(mine, "Y2")]) == (mine,)


# --- properties

PARTS = ("principal", "interest", "penalty", "fee", "total")

loans = st.builds(
    lambda method, number, per, factor, base: gold(
        method=method,
        rate=Rate(Decimal(number) / {"day": 10000, "month": 100, "year": 10}[per], per),
        overdue=OverdueTerms(factor=factor, base=base),
    ),
    st.sampled_from(("equal-payment", "equal-principal", "interest-only", "bullet")),
    st.integers(1, 300),
    st.sampled_from(("year", "month", "day")),
    st.sampled_from((None, Decimal("1.3"), Decimal("1.5"), Decimal(2))),
    st.sampled_from((None, "overdue_principal", "overdue_instalment", "balance")),
)
some_payments = st.lists(
    st.tuples(st.integers(0, 420), st.integers(1, 400000)).map(
        lambda pair: Payment(
            loan="L1", at=day("2026-03-10") + dt.timedelta(days=pair[0]), amount=Decimal(pair[1]) / 100
        )
    ),
    max_size=8,
)
days = st.integers(0, 500).map(lambda n: day("2026-03-10") + dt.timedelta(days=n))


@given(loans)
def test_paying_each_instalment_on_its_day_ends_at_zero(loan):
    rows = build_schedule(loan).rows
    found = at(loan, [Payment(loan="L1", at=row.due, amount=row.payment) for row in rows], rows[-1].due)
    assert found.total <= Decimal("0.01") * len(rows)
    assert found.overdue == ()
    assert found.penalty == 0


@given(loans, some_payments, days)
def test_nothing_appears_and_nothing_is_lost(loan, payments, as_of):
    found = at(loan, payments, as_of)
    accrued = sum(line.amount for line in found.ledger if line.event in ("interest", "penalty"))
    booked = sum(line.amount for line in found.ledger if line.event == "payment")
    assert abs(20000 + accrued - booked - found.total) <= Decimal("0.02") * (len(payments) + 2)
    assert min(found.principal, found.interest, found.fee, found.total) >= 0


@given(loans, some_payments, days, st.randoms(use_true_random=False))
def test_events_of_one_day_have_one_order(loan, payments, as_of, random):
    """Payments, a waiver and a refund of one day, entered in any order, lead to the same figures."""
    on = day("2026-06-10")
    payments = [replace(one, at=on) if n % 2 else one for n, one in enumerate(payments)]
    changes = [
        Adjustment(kind="waiver", at=on, amount=money("50.00"), part="interest"),
        Adjustment(kind="refund", at=on, amount=money("20.00"), part="principal"),
    ]
    found = at(replace(loan, adjustments=tuple(changes)), sorted(payments, key=lambda one: one.at), as_of)
    random.shuffle(payments)
    random.shuffle(changes)
    again = at(replace(loan, adjustments=tuple(changes)), sorted(payments, key=lambda one: one.at), as_of)
    assert again.overdue == found.overdue
    assert [getattr(again, part) for part in PARTS] == [getattr(found, part) for part in PARTS]


@pytest.mark.parametrize(
    ("moment", "late_days"),
    [("2026-04-10T23:59:59+08:00", 0), ("2026-04-11T00:00:00+08:00", 1), ("2026-04-10T15:59:59+00:00", 0),
     ("2026-04-10T16:00:00+00:00", 1)],
)  # fmt: skip
def test_a_due_day_ends_at_midnight_in_shanghai(moment, late_days):
    loan = gold(overdue=OverdueTerms(factor=Decimal("1.5")))
    first = build_schedule(loan).rows[0]
    found = at(
        loan, [Payment(loan="L1", at=dt.datetime.fromisoformat(moment), amount=first.payment)], day("2026-05-01")
    )
    # One day late: the penalty of that day is paid before the principal, which stays open by so much.
    penalty = half_up(first.principal * Decimal("0.00075") * late_days)
    assert found.principal == first.balance + penalty
    assert [row.unpaid for row in found.overdue] == ([penalty] if penalty else [])


@given(loans, some_payments, days, st.integers(1, 300000))
def test_paying_more_never_costs_more(loan, payments, as_of, fen):
    extra = Payment(loan="L1", at=day("2026-05-01"), amount=Decimal(fen) / 100)
    if loan.overdue.base == "overdue_instalment" or as_of < extra.at:
        return  # a penalty on unpaid interest makes the order of payments count
    less, more = at(loan, payments, as_of), at(loan, [*payments, extra], as_of)
    booked = [sum(line.amount for line in one.ledger if line.event == "payment") for one in (less, more)]
    assert booked[1] + more.total <= booked[0] + less.total + Decimal("0.02") * (len(payments) + 2)


def test_rounding_due_interest_does_not_show_as_a_fen_afterwards():
    paying = paid(("2026-04-10", "1836.91"), ("2026-05-10", "1836.91"), ("2026-06-25", "1836.91"))
    ledger = at(gold(overdue=OverdueTerms(factor=Decimal("1.5"))), paying, day("2026-06-25")).ledger
    before, line = ledger[-2], ledger[-1]
    # 31 days x 16913.28 and 15 days x 15338.53 at 0.05 %: 262.15584 + 115.038975; 262.16 of it is due and is paid
    assert (before.interest, line.interest) == (money("377.19"), money("115.03"))
