"""An agreement against what was paid: states, sums, who failed what, and what could be meant otherwise."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from hypothesis import given, strategies as st

from jdneg.domain.agreements import agreed_states, standing
from jdneg.domain.dates import month_step
from jdneg.domain.instalments import paid_by_day
from jdneg.domain.negotiation.track import Track, running, track
from jdneg.domain.records.account import Claim, Payment
from jdneg.domain.records.base import Stored
from jdneg.domain.records.case import Agreement, Case, Promise
from jdneg.domain.records.loan import Instalment

CHINA = dt.timezone(dt.timedelta(hours=8))
MADE = dt.date(2026, 11, 21)
FIRST = dt.date(2026, 12, 10)
NOW = dt.datetime(2026, 11, 21, tzinfo=CHINA)


def rows(*amounts: int) -> tuple[Instalment, ...]:
    return tuple(Instalment(due=month_step(FIRST, n), amount=Decimal(one)) for n, one in enumerate(amounts))


def agreement(*amounts: int, **more: Any) -> Agreement:
    return Agreement(
        **{"offer": 1, "agreed_at": MADE, "starts": MADE, "oral": False, "instalments": rows(*amounts)} | more
    )


def case(made: Agreement, *loans: str, **more: Any) -> Stored[Case]:
    record = Case(loans=loans or ("L1",), goal="g", opened_on=MADE, agreement=made, **more)
    return Stored("G1", record, NOW)


def pay(number: int, amount: str, day: str, loan: str = "L1", **more: Any) -> Stored[Payment]:
    record = Payment(loan=loan, amount=Decimal(amount), at=dt.date.fromisoformat(day), **more)
    return Stored(f"Y{number}", record, NOW)


def tracked(payments: list[Stored[Payment]], day: str, made: Agreement | None = None, **more: Any) -> Track:
    found = made or agreement(820, 820, 820)
    return track(case(found, **more), found, payments, dt.date.fromisoformat(day))


def states(found: Track) -> list[str]:
    return [row.state for row in found.rows]


def test_paid_on_time() -> None:
    found = tracked([pay(1, "820", "2026-12-10")], "2026-12-11")
    assert states(found) == ["on_time", "to_come", "to_come"]
    assert (found.standing, found.since, found.behind_since) == ("up_to_date", MADE, None)
    assert (found.due, found.paid, found.ahead, found.short) == (Decimal(820), Decimal(820), 0, 0)
    assert found.next is not None and found.next.due == dt.date(2027, 1, 10)


def test_on_the_day_itself_nothing_is_late() -> None:
    assert states(tracked([], "2026-12-10"))[0] == "due"
    assert states(tracked([], "2026-12-11"))[0] == "unpaid"
    assert states(tracked([], "2026-12-11", agreement(820, grace_days=3)))[0] == "due"


def test_when_an_instalment_was_paid_is_said_alike_on_every_day_after() -> None:
    made = agreement(820, 820, grace_days=3)
    for paid, state in (("2026-12-09", "paid_early"), ("2026-12-10", "on_time"), ("2026-12-13", "in_grace")):
        for day in ("2026-12-13", "2026-12-14", "2026-12-31"):
            found = tracked([pay(1, "820", paid)], day, made)
            assert (states(found)[0], found.standing, found.rows[0].days_late) == (state, "up_to_date", 0)
    assert states(tracked([pay(1, "820", "2026-12-10")], "2026-12-10"))[0] == "on_time"
    assert states(tracked([pay(1, "820", "2026-12-14")], "2026-12-14", made))[0] == "late"


def test_late_and_made_good_counts_from_that_day() -> None:
    found = tracked([pay(1, "400", "2026-12-10"), pay(2, "420", "2026-12-15")], "2026-12-20")
    assert (states(found)[0], found.standing, found.since) == ("late", "late", dt.date(2026, 12, 15))
    assert found.rows[0].days_late == 5
    assert [(one.payment, one.amount) for one in found.rows[0].shares] == [("Y1", Decimal(400)), ("Y2", Decimal(420))]
    assert [one.code for one in found.mine] == ["track.row_late"]


def test_behind() -> None:
    found = tracked([pay(1, "800", "2026-12-09")], "2027-01-11")
    assert states(found) == ["partial", "unpaid", "to_come"]
    assert (found.standing, found.since, found.behind_since) == ("behind", None, FIRST)
    assert found.short == Decimal(840)
    assert [one.code for one in found.mine] == ["track.row_partial", "track.row_unpaid"]


def test_ahead_and_beyond() -> None:
    found = tracked([pay(1, "2000", "2026-12-01"), pay(2, "1000", "2026-12-02")], "2026-12-05")
    assert states(found) == ["paid_early"] * 3
    assert (found.ahead, found.beyond, found.next) == (Decimal(2460), Decimal(540), None)


def test_what_was_paid_before_it_was_made_or_after_the_day_is_left_out() -> None:
    found = tracked([pay(1, "820", "2026-11-20"), pay(2, "820", "2027-01-01")], "2026-12-11")
    assert found.payments == () and states(found)[0] == "unpaid"


@given(
    amounts=st.lists(st.integers(1, 50), min_size=1, max_size=6),
    paid=st.lists(st.tuples(st.integers(1, 120), st.integers(0, 200)), max_size=8),
    day=st.integers(0, 260),
    grace=st.integers(0, 10),
)
def test_every_fen_is_somewhere_and_the_states_are_those_the_rules_judge_by(
    amounts: list[int], paid: list[tuple[int, int]], day: int, grace: int
) -> None:
    made = agreement(*amounts, grace_days=grace)
    payments = [
        pay(n, str(much), (MADE + dt.timedelta(days=when)).isoformat()) for n, (much, when) in enumerate(paid, 1)
    ]
    as_of = MADE + dt.timedelta(days=day)
    found = track(case(made), made, payments, as_of)
    known = paid_by_day(one.record for one in payments if one.record.at <= as_of)
    total = sum(much for _, much in known)
    assert found.paid + found.beyond == total
    assert sum(row.amount - row.short for row in found.rows) == found.paid
    assert found.paid - found.ahead == min(total, found.due)
    over = agreed_states(made, known, as_of)
    kept = {"paid_early": "on_time", "in_grace": "on_time"}
    assert [kept.get(row.state, row.state) for row in found.rows[: len(over)]] == [one.state for one in over]
    assert [row.short for row in found.rows[: len(over)]] == [one.short for one in over]
    assert found.standing == standing(made, known, as_of)
    assert (found.since is None) == (found.standing == "behind") == (found.behind_since is not None)


# --- what could be meant otherwise


def test_a_payment_that_fits_two_instalments_is_said_not_moved() -> None:
    found = tracked([pay(1, "820", "2027-01-10")], "2027-01-10")
    (doubt,) = found.doubts
    assert (doubt.code, doubt.facts["older"], doubt.facts["later"]) == ("track.two_rows", FIRST, dt.date(2027, 1, 10))
    assert found.rows[0].shares[0].payment == "Y1" and found.rows[1].shares == ()


def test_no_doubt_once_both_are_paid_or_where_amounts_differ() -> None:
    assert not tracked([pay(1, "820", "2027-01-10"), pay(2, "820", "2027-01-10")], "2027-01-10").doubts
    assert not tracked([pay(1, "500", "2027-01-10")], "2027-01-10").doubts


def test_a_payment_that_is_another_loans_instalment() -> None:
    made, other = agreement(820), agreement(650)
    found = track(case(made), made, [pay(1, "650", "2026-12-10")], FIRST, others=[("L1", made), ("L2", other)])
    (doubt,) = found.doubts
    assert (doubt.code, doubt.facts["other"]) == ("track.two_loans", "L2")


# --- both sides


def test_promises_of_both_sides() -> None:
    promises = (
        Promise(by="lender", what="停催", due=dt.date(2026, 11, 25)),
        Promise(by="lender", what="同步", due=dt.date(2026, 11, 26), state="kept"),
        Promise(by="lender", what="回电", due=dt.date(2026, 11, 27), state="broken"),
        Promise(by="lender", what="以后", due=dt.date(2027, 11, 27)),
        Promise(by="me", what="寄材料", due=dt.date(2026, 11, 27), state="late"),
    )
    found = tracked([], "2026-12-01", promises=promises)
    assert [one.code for one in found.theirs] == ["track.theirs_open", "track.theirs_broken"]
    assert [one.code for one in found.mine] == ["track.mine_late"]


def test_a_deduction_that_is_no_instalment() -> None:
    wrong = tracked([pay(1, "1900", "2026-12-10", via="自动扣款")], "2026-12-11")
    right = tracked([pay(1, "820", "2026-12-10", via="自动扣款")], "2026-12-11")
    mine = tracked([pay(1, "1900", "2026-12-10", via="App")], "2026-12-11")
    assert [[one.code for one in found.theirs] for found in (wrong, right, mine)] == [["track.deducted"], [], []]


def test_a_figure_above_what_the_agreement_leaves() -> None:
    made = agreement(820, 820)
    claims = [
        Stored(f"D{n}", Claim(loan="L1", at=dt.date.fromisoformat(day), total=Decimal(total)), NOW)
        for n, (day, total) in enumerate(
            [("2026-11-20", "9000"), ("2026-12-09", "1640"), ("2026-12-11", "1640"), ("2027-05-01", "5000")], 1
        )
    ]
    found = track(case(made), made, [pay(1, "820", "2026-12-10")], dt.date(2026, 12, 31), claims=claims)
    assert [(one.code, one.facts["claim"], one.facts["left"]) for one in found.theirs] == [
        ("track.claimed", "D3", Decimal(820))
    ]


# --- which agreements run


def test_running_is_the_last_of_each_case_not_ended() -> None:
    first, second = agreement(820), agreement(500, ended_on=dt.date(2027, 1, 1))
    renewed = Stored("G1", Case(loans=("L1",), goal="g", opened_on=MADE, earlier=(first,), agreement=second), NOW)
    assert [made for _, made in running([renewed], dt.date(2026, 12, 31))] == [second]
    assert running([renewed], dt.date(2027, 1, 1)) == []
    assert running([Stored("G2", Case(loans=("L1",), goal="g", opened_on=MADE), NOW)], FIRST) == []
