"""The agreements that count for a loan: one after the other, shared where they are about several loans, or doubted."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from debt_loans import day, gold, stored
from hypothesis import example, given, strategies as st

from jdneg.domain.debt.accrual import payments_of, position
from jdneg.domain.debt.agreed import Bound
from jdneg.domain.debt.schedule import build_schedule
from jdneg.domain.debt.shares import terms_of
from jdneg.domain.money import ZERO, half_up, in_proportion, money
from jdneg.domain.records.account import Payment
from jdneg.domain.records.case import Agreement, Case, Offer, PartWaiver
from jdneg.domain.records.loan import Instalment, OverdueTerms

STARTS = day("2026-08-20")
MONTHS = ("2026-09", "2026-10", "2026-11", "2026-12")
ROWS = tuple(Instalment(due=day(f"{month}-10"), amount=money("1000.01")) for month in MONTHS)
AGREED = Agreement(offer=1, agreed_at=STARTS, starts=STARTS, oral=False, instalments=ROWS)
LOANS = (stored(gold(), "L1"), stored(gold(principal=money("7000.00")), "L2"), stored(gold(term=6), "L3"))
LATE = stored(gold(overdue=OverdueTerms(factor=Decimal("1.5"))), "L1")
NOW = day("2026-12-20")


def case(*loans, made=(AGREED,), waive=(), part=(), name="G1"):
    offers = tuple(
        Offer(number=one, by="lender", at=STARTS, waive=waive, waive_part=part) for one in {one.offer for one in made}
    )
    *earlier, last = made
    record = Case(
        loans=loans, goal="x", opened_on=STARTS, offers=offers, agreement=last, earlier=tuple(earlier)
    )  # fmt: skip
    return stored(record, name)


def terms(cases, loan="L1", on=STARTS, loans=LOANS, payments=()):
    def find(name):
        return next(one for one in loans if one.id == name), [one for one in payments if one.record.loan == name]

    return terms_of(cases, loan, on, find)


def at(agreed, on, payments=(), loan=LATE):
    return position(loan.record, build_schedule(loan.record), payments_of(loan.id, payments), on, agreed)


def paid(*pairs, loan="L1"):
    return [
        stored(Payment(loan=loan, at=day(on), amount=money(amount)), f"Y{n}") for n, (on, amount) in enumerate(pairs)
    ]


def later(starts, amounts, **changes):
    rows = tuple(Instalment(due=day(f"2027-{n:02}-10"), amount=money(one)) for n, one in enumerate(amounts, 1))
    on = day(starts)
    return Agreement(offer=2, **({"agreed_at": on, "starts": on, "oral": False, "instalments": rows} | changes))


# --- shares


def test_shares_follow_what_was_owed_and_sum_to_the_fen():
    names = tuple(one.id for one in LOANS)
    parts = [terms([case(*names)], name) for name in names]
    for n, row in enumerate(ROWS):
        assert sum(part.written[0].agreement.instalments[n].amount for part in parts) == row.amount
    owed = [position(one.record, build_schedule(one.record), (), STARTS).total for one in LOANS]
    first = [part.written[0].agreement.instalments[0].amount for part in parts]
    assert first == in_proportion(ROWS[0].amount, owed)
    assert {part.notes[0].code for part in parts} == {"debt.agreement_shared"}
    assert {part.shared for part in parts} == {"G1"}


def test_each_loan_under_its_share_owes_the_agreement_together():
    found = [at(terms([case("L1", "L2")], one.id).written, STARTS, loan=one) for one in LOANS[:2]]
    assert sum(one.total for one in found) == sum(row.amount for row in ROWS)


def test_a_payment_before_it_started_counts_in_the_shares():
    before = terms([case("L1", "L2")]).written[0].agreement.instalments[0].amount
    known = terms([case("L1", "L2")], payments=paid(("2026-08-19", "15000.00")))
    assert known.written[0].agreement.instalments[0].amount < before


def test_a_sum_let_go_is_shared_by_what_there_is_of_its_part():
    part = (PartWaiver(part="interest", amount=money("100.00")),)
    parts = [terms([case("L1", "L2", waive=("penalty",), part=part)], name) for name in ("L1", "L2")]
    amounts = [one.written[0].waived[1].amount for one in parts]
    assert sum(amounts) == 100 and amounts[0] > amounts[1] > 0 and parts[0].written[0].waived[0] == "penalty"


def test_where_one_loan_lets_nothing_be_computed_no_share_is_told():
    found = terms([case("L1", "L2")], loans=(LOANS[0], stored(replace(gold(), rate=None), "L2")))
    assert (found.written, found.shared) == ((), None)
    assert found.notes[0].code == "debt.agreement_not_shared" and found.notes[0].facts["unknown"] == "L2"


def test_a_share_starts_from_what_an_earlier_agreement_left():
    """L2 had an agreement of its own for a quarter of what it owed: it bears less of the one that follows."""
    own = case("L2", made=(replace(AGREED, instalments=ROWS[:1]),), name="G1")
    both = case("L1", "L2", made=(later("2026-09-01", ["500.00"] * 4),), name="G2")
    alone = terms([both], "L2", NOW).written[-1].agreement.instalments[0].amount
    after = terms([own, both], "L2", NOW)
    assert after.written[-1].agreement.instalments[0].amount < alone
    assert [one.agreement.starts for one in after.written] == [STARTS, day("2026-09-01")]


# --- one after the other


def test_no_agreement_or_one():
    assert terms([]).written == ()
    assert terms([case("L1")]).written == (Bound(AGREED, case="G1"),)


def test_what_the_first_let_go_stays_gone_under_the_second():
    """Alone, the second would start from the penalty that the first had let go."""
    first = replace(AGREED, instalments=tuple(replace(one, amount=money("6000.00")) for one in ROWS))
    second = later("2026-12-15", ["9000.00", "9000.00"])
    both = terms([case("L1", made=(first, second), waive=("penalty",))], on=NOW).written
    assert [one.agreement.offer for one in both] == [1, 2]
    payments = paid(("2026-09-10", "6000.00"))
    left = at(both, NOW, payments)
    assert left.total == money("18000.00") and left.penalty == 0
    assert {"debt.agreement_until", "debt.agreement_in_force"} <= {one.code for one in left.assumptions}
    started = [line for line in left.ledger if line.event == "agreement"]
    assert [line.date for line in started] == [STARTS, day("2026-12-15")]


def test_one_replaced_before_it_began_never_counts():
    first = replace(AGREED, starts=day("2026-10-01"))
    second = later("2026-09-15", ["9000.00"])
    found = terms([case("L1", made=(first, second))], on=NOW)
    assert [one.agreement.offer for one in found.written] == [2] and found.notes == ()


def test_after_a_time_by_contract_the_earlier_one_is_told_of():
    first = replace(AGREED, ended_on=day("2026-10-01"))
    found = terms(
        [case("L1", made=(first,), name="G1"), case("L1", made=(later("2026-12-01", ["9000"]),), name="G2")], on=NOW
    )
    assert [one.agreement.offer for one in found.written] == [2]
    assert [one.code for one in found.notes] == ["debt.agreement_before"]


def test_one_that_gave_way_to_another_case_counts_until_then():
    first = replace(AGREED, ended_on=day("2026-12-01"))
    second = later("2026-12-01", ["9000"])
    found = terms([case("L1", made=(first,), name="G1"), case("L1", made=(second,), name="G2")], on=NOW)
    assert [one.agreement.offer for one in found.written] == [1, 2] and found.notes == ()


# --- doubted


def test_an_oral_one_stands_beside_the_contract():
    found = terms([case("L1", made=(replace(AGREED, oral=True),))])
    assert found.written == ()
    [doubt] = found.doubted
    assert (doubt.why, doubt.case, doubt.agreed) == ("oral", "G1", (Bound(AGREED, case="G1"),)) == (
        "oral", "G1", found.as_talked,
    )  # fmt: skip
    assert [one.code for one in found.notes] == ["debt.agreement_oral"]


def test_an_oral_one_does_not_undo_one_in_writing():
    second = later("2026-12-15", ["9000"], oral=True)
    found = terms([case("L1", made=(AGREED, second), waive=("penalty",))], on=NOW)
    assert [one.agreement.offer for one in found.written] == [1]
    assert [one.agreement.offer for one in found.doubted[0].agreed] == [1, 2]


def test_an_ended_one_leaves_both_figures():
    first = replace(AGREED, ended_on=day("2026-12-01"))
    found = terms([case("L1", made=(first,), waive=("penalty",))], on=NOW)
    assert found.written == ()
    [doubt] = found.doubted
    assert (doubt.why, doubt.since) == ("ended", day("2026-12-01"))
    assert at(doubt.agreed, NOW).total < at((), NOW).total
    assert [one.code for one in found.notes] == ["debt.agreement_ended"]


# --- properties

AMOUNTS = st.lists(st.integers(100, 900_000), min_size=1, max_size=6)


@st.composite
def agreements(draw: st.DrawFn):
    """Some agreements one after the other, with what each lets go."""
    starts = sorted(draw(st.sets(st.integers(0, 200), min_size=1, max_size=4)))
    made = []
    for n, ahead in enumerate(starts, 1):
        on = STARTS + dt.timedelta(ahead)
        rows = tuple(
            Instalment(due=on + dt.timedelta(30 * k), amount=Decimal(fen) / 100)
            for k, fen in enumerate(draw(AMOUNTS), 1)
        )
        waived = tuple(sorted(draw(st.sets(st.sampled_from(("penalty", "interest", "fee"))))))
        made.append(Bound(Agreement(offer=n, agreed_at=on, starts=on, oral=False, instalments=rows), waived))
    return tuple(made)


def _bound(offer, ahead, *amounts):
    on = STARTS + dt.timedelta(ahead)
    rows = tuple(Instalment(due=on + dt.timedelta(30 * k), amount=Decimal(one)) for k, one in enumerate(amounts, 1))
    return Bound(Agreement(offer=offer, agreed_at=on, starts=on, oral=False, instalments=rows), ())


@example((_bound(1, 0, "1"), _bound(2, 1, "1", "1")), [(1, 100)], 60)  # 2 asked for 1: the other is interest, spared
@given(
    agreements(), st.lists(st.tuples(st.integers(0, 400), st.integers(1, 800_000)), max_size=5), st.integers(0, 500)
)
def test_no_yuan_is_lost(agreed, payments, passed):
    """When the last one starts, its instalments are what is owed; from then on only what is paid is taken off."""
    since = agreed[-1].agreement.starts
    done = [
        stored(Payment(loan="L1", at=STARTS + dt.timedelta(n), amount=Decimal(fen) / 100), f"Y{k}")
        for k, (n, fen) in enumerate(payments)
    ]
    on = since + dt.timedelta(passed)
    plain = stored(gold(), "L1")
    found = at(agreed, on, done, loan=plain)
    asked = sum((row.amount for row in agreed[-1].agreement.instalments), ZERO)
    mine = sum((one.record.amount for one in done if since <= one.record.at <= on), ZERO)
    coming = sum((row.amount for row in agreed[-1].agreement.instalments if row.due > on), ZERO)
    every = sum((one.record.amount for one in done), ZERO)  # what came in too much before it counts too
    least = asked - every - coming - found.spared  # agreed interest ends with the money that bears it
    assert least <= found.total <= max(asked - mine, ZERO)
    assert found.overdue_amount <= found.total


@given(agreements(), st.integers(0, 500))
def test_the_same_once_more_changes_nothing(agreed, passed):
    *_, last = agreed
    again = replace(last, agreement=replace(last.agreement, offer=9))
    on = last.agreement.starts + dt.timedelta(passed)
    assert at((*agreed, again), on).total == at(agreed, on).total


# --- through the door: what replaced, ended or was never begun

WAIVED = st.sets(st.sampled_from(("penalty", "interest", "fee"))).map(lambda some: tuple(sorted(some)))
PAID = st.lists(st.tuples(st.integers(0, 300), st.integers(1, 800_000)), max_size=4).map(
    lambda some: [
        stored(Payment(loan="L1", at=day("2026-04-01") + dt.timedelta(n), amount=Decimal(fen) / 100), f"Y{k}")
        for k, (n, fen) in enumerate(sorted(some))
    ]
)


@given(AMOUNTS, WAIVED, PAID, st.integers(0, 400))
def test_ended_at_once_is_the_contract_with_the_question_beside_it(amounts, waive, payments, passed):
    """What was let go comes back or not: both are shown, the contract's figure is the contract's alone."""
    first = replace(later("2026-08-20", ["1.00"]), offer=1, instalments=tuple(
        Instalment(due=STARTS + dt.timedelta(30 * n), amount=Decimal(fen) / 100) for n, fen in enumerate(amounts, 1)
    ), ended_on=STARTS)  # fmt: skip
    on = STARTS + dt.timedelta(passed)
    found = terms([case("L1", made=(first,), waive=waive)], on=on, payments=payments)
    assert at(found.written, on, payments).total == at((), on, payments).total
    assert [(one.why, len(one.agreed)) for one in found.doubted] == [("ended", 1)]
    assert [one.code for one in found.notes] == ["debt.agreement_ended"]


FIRST_ASKS = money("28000.00")


def in_turn(waive, ask, ahead):
    """The first lets go and asks nothing before day 30; the second, ``ahead`` days later, asks ``ask`` in one sum."""
    on = STARTS + dt.timedelta(ahead)
    first = replace(AGREED, instalments=(Instalment(due=STARTS + dt.timedelta(30), amount=FIRST_ASKS),))
    second = replace(
        AGREED, offer=2, agreed_at=on, starts=on, instalments=(Instalment(due=on + dt.timedelta(30), amount=ask),)
    )
    offers = (Offer(number=1, by="lender", at=STARTS, waive=waive), Offer(number=2, by="lender", at=on))
    loan = Case(loans=("L1",), goal="x", opened_on=STARTS, offers=offers, agreement=second, earlier=(first,))
    alone = replace(loan, offers=offers[1:], earlier=())
    return on, *(terms([stored(one, "G1")], on=on).written for one in (loan, alone))


@given(WAIVED, st.integers(1, 1_000_000), st.integers(1, 29), st.integers(0, 400))
def test_replaced_before_its_first_day_and_for_less_is_the_second_alone(waive, fen, ahead, passed):
    on, both, alone = in_turn(waive, Decimal(fen) / 100, ahead)
    then = on + dt.timedelta(passed)
    assert len(both) == 2 and len(alone) == 1
    for part in ("principal", "interest", "penalty", "fee", "total", "overdue_amount"):
        assert getattr(at(both, then), part) == getattr(at(alone, then), part)


@given(WAIVED, st.integers(3_000_000, 9_000_000), st.integers(1, 29))
def test_replaced_before_its_first_day_and_for_more_starts_from_what_the_first_left(waive, fen, ahead):
    """What it let go stays gone, the contract did not run while it stood, and the interest it agreed on did."""
    on, both, _ = in_turn(waive, Decimal(fen) / 100, ahead)
    before, after = at((), STARTS), at(both, on)
    assert before.interest and before.penalty
    parts = ("principal", "interest", "penalty", "fee")
    kept = {part: 0 if part in waive else getattr(before, part) for part in parts}
    kept["interest"] += half_up((FIRST_ASKS - sum(kept.values())) * ahead / 30)
    for part in parts:
        assert getattr(after, part) == kept[part]
