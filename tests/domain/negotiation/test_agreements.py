import datetime as dt
from decimal import Decimal

import pytest

from jdneg.domain.negotiation.agreements import agreement_in_force, gate, in_force, unpaid_rows, up_to_date
from jdneg.domain.records.account import Payment
from jdneg.domain.records.base import Stored
from jdneg.domain.records.case import Agreement, Case, Offer
from jdneg.domain.records.loan import Instalment

CHINA = dt.timezone(dt.timedelta(hours=8))
MADE = dt.date(2026, 11, 21)


def agreement(made: dt.date = MADE, **more: object) -> Agreement:
    rows = tuple(
        Instalment(due=dt.date(2026 + month // 12, month % 12 + 1, 10), amount=Decimal(820)) for month in (11, 12, 13)
    )
    fields = {"offer": 1, "agreed_at": made, "starts": made, "oral": False, "instalments": rows} | more
    return Agreement(**fields)  # type: ignore[arg-type]


def stored(number: int, found: Agreement | None, *loans: str) -> Stored[Case]:
    offer = Offer(number=1, by="lender", at=MADE, months=3, waive=("penalty",))
    case = Case(loans=loans or ("L1",), goal="x", opened_on=MADE, offers=(offer,), agreement=found)
    return Stored(f"G{number}", case, dt.datetime(2026, 11, 21, tzinfo=CHINA))


def pay(amount: str, at: str) -> Payment:
    when = dt.datetime.fromisoformat(at) if "T" in at else dt.date.fromisoformat(at)
    return Payment(loan="L1", amount=Decimal(amount), at=when)


# --- which one


def test_in_force_from_its_start_to_its_end() -> None:
    cases = [stored(1, agreement(starts=dt.date(2026, 11, 25), ended_on=dt.date(2027, 3, 1)))]
    days = {"2026-11-24": False, "2026-11-25": True, "2027-02-28": True, "2027-03-01": False}
    assert {day: in_force(cases, "L1", dt.date.fromisoformat(day)) is not None for day in days} == days
    found = in_force(cases, "L1", dt.date(2026, 12, 1))
    assert found is not None
    assert (found.case, found.loans, found.waived) == ("G1", ("L1",), ("penalty",))
    assert agreement_in_force(cases, "L1", dt.date(2026, 12, 1)) is cases[0].record.agreement
    assert in_force(cases, "L2", dt.date(2026, 12, 1)) is None


def test_the_latest_accepted_that_has_started_replaces_the_earlier() -> None:
    later = agreement(dt.date(2027, 1, 5), starts=dt.date(2027, 2, 1), ended_on=dt.date(2027, 4, 1))
    cases = [stored(2, later), stored(1, agreement()), stored(3, None)]
    found = {
        day: in_force(cases, "L1", dt.date.fromisoformat(day)) for day in ("2027-01-31", "2027-02-01", "2027-04-01")
    }
    assert [one.case if one else None for one in found.values()] == ["G1", "G2", None]


def test_the_gate_stands_until_it_is_in_writing() -> None:
    closed = gate(agreement(oral=True))
    assert closed is not None
    assert (closed.code, closed.facts["date"]) == ("case.gate", MADE)
    assert gate(agreement()) is None


# --- kept or not


@pytest.mark.parametrize(
    ("paid_at", "ok"),
    [
        ("2026-12-10T23:59:59+08:00", True),
        ("2026-12-10", True),
        ("2026-12-11T00:00:00+08:00", False),
        ("2026-12-10T16:00:00+00:00", False),  # midnight in China
        ("2026-12-10T15:59:59+00:00", True),
        ("2026-11-21", True),
        ("2026-11-20", False),  # before the agreement was made
    ],
)
def test_in_full_by_midnight_of_its_day(paid_at: str, ok: bool) -> None:
    assert up_to_date(agreement(), [pay("820", paid_at)], dt.date(2026, 12, 20)).ok is ok


def test_nothing_is_behind_before_the_day_is_over() -> None:
    tenth = dt.datetime(2026, 12, 10, 23, 59, tzinfo=CHINA)
    found = up_to_date(agreement(), [], tenth)
    assert (found.ok, found.rows) == (True, ())
    assert found.next_due == Instalment(due=dt.date(2026, 12, 10), amount=Decimal(820))
    after = up_to_date(agreement(), [], tenth + dt.timedelta(minutes=1))
    assert (after.ok, after.since, after.unpaid) == (False, dt.date(2026, 12, 10), Decimal(820))
    assert [row.state for row in after.behind] == ["unpaid"]


def test_late_short_and_kept_are_told_apart() -> None:
    paid = [pay("820", "2026-12-10"), pay("820", "2027-01-12"), pay("300", "2027-02-10")]
    found = up_to_date(agreement(), paid, dt.date(2027, 2, 11))
    assert [row.state for row in found.rows] == ["kept", "late", "short"]
    assert (found.rows[1].paid_on, found.unpaid, found.since) == (
        dt.date(2027, 1, 12),
        Decimal(520),
        dt.date(2027, 1, 10),
    )
    assert not found.ok


def test_a_fen_short_is_short_and_who_pays_ahead_is_not_late() -> None:
    assert not up_to_date(agreement(), [pay("819.99", "2026-12-01")], dt.date(2026, 12, 11)).ok
    ahead = up_to_date(agreement(), [pay("1640", "2026-12-01")], dt.date(2027, 1, 11))
    assert ahead.ok
    assert ahead.next_due == agreement().instalments[2]


def test_a_later_payment_says_nothing_of_an_earlier_day() -> None:
    assert not up_to_date(agreement(), [pay("820", "2026-12-10")], dt.date(2027, 1, 11)).ok
    assert up_to_date(agreement(), [pay("820", "2027-02-10")], dt.date(2026, 12, 9)).ok


def test_grace_counts_only_where_it_was_agreed() -> None:
    paid = [pay("820", "2026-12-13")]
    assert up_to_date(agreement(grace_days=3), paid, dt.date(2026, 12, 20)).ok
    assert not up_to_date(agreement(grace_days=2), paid, dt.date(2026, 12, 20)).ok


def test_what_is_left_of_the_instalments() -> None:
    rows = unpaid_rows(agreement(), [pay("1000", "2026-12-10"), pay("5", "2027-06-01")], dt.date(2027, 1, 1))
    assert [row.amount for row in rows] == [Decimal(640), Decimal(820)]
    assert unpaid_rows(agreement(), [pay("2460", "2026-12-10")], dt.date(2027, 1, 1)) == ()
