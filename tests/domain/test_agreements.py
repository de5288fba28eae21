import datetime as dt
from decimal import Decimal

import pytest

from jdneg.domain.agreements import agreed_open, agreed_states, gate, in_force, standing
from jdneg.domain.instalments import Paid, paid_by_day
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


def paid(*payments: tuple[str, str]) -> Paid:
    """What was paid, by amount and time."""
    return paid_by_day(
        Payment(loan="L1", amount=Decimal(amount), at=dt.datetime.fromisoformat(at) if "T" in at else day(at))
        for amount, at in payments
    )


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


# --- which one


def test_in_force_from_its_start_to_its_end() -> None:
    cases = [stored(1, agreement(starts=dt.date(2026, 11, 25), ended_on=dt.date(2027, 3, 1)))]
    days = {"2026-11-24": False, "2026-11-25": True, "2027-02-28": True, "2027-03-01": False}
    assert {day: in_force(cases, "L1", dt.date.fromisoformat(day)) is not None for day in days} == days
    found = in_force(cases, "L1", dt.date(2026, 12, 1))
    assert found is not None
    assert (found.case, found.loans, found.waived) == ("G1", ("L1",), ("penalty",))
    assert found.agreement is cases[0].record.agreement
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
    ("paid_at", "stands"),
    [
        ("2026-12-10T23:59:59+08:00", "up_to_date"),
        ("2026-12-10", "up_to_date"),
        ("2026-12-11T00:00:00+08:00", "late"),
        ("2026-12-10T16:00:00+00:00", "late"),  # midnight in China
        ("2026-12-10T15:59:59+00:00", "up_to_date"),
        ("2026-11-21", "up_to_date"),
        ("2026-11-20", "behind"),  # before the agreement was made
    ],
)
def test_in_full_by_midnight_of_its_day(paid_at: str, stands: str) -> None:
    assert standing(agreement(), paid(("820", paid_at)), day("2026-12-20")) == stands


def test_nothing_is_behind_before_the_day_is_over() -> None:
    assert standing(agreement(), (), day("2026-12-10")) == "up_to_date"
    assert agreed_states(agreement(), (), day("2026-12-10")) == ()
    assert standing(agreement(), (), day("2026-12-11")) == "behind"
    (row,) = agreed_states(agreement(), (), day("2026-12-11"))
    assert (row.state, row.short, row.settled_on) == ("unpaid", Decimal(820), None)


def test_late_partial_and_on_time_are_told_apart() -> None:
    money = paid(("820", "2026-12-10"), ("820", "2027-01-12"), ("300", "2027-02-10"))
    rows = agreed_states(agreement(), money, day("2027-02-11"))
    assert [row.state for row in rows] == ["on_time", "late", "partial"]
    assert [row.short for row in rows] == [Decimal(0), Decimal(0), Decimal(520)]
    assert rows[1].settled_on == day("2027-01-12")
    assert standing(agreement(), money, day("2027-02-11")) == "behind"
    assert standing(agreement(), money, day("2027-02-10")) == "late"


def test_a_fen_short_is_behind_and_who_pays_ahead_is_not_late() -> None:
    assert standing(agreement(), paid(("819.99", "2026-12-01")), day("2026-12-11")) == "behind"
    ahead = paid(("1640", "2026-12-01"))
    assert standing(agreement(), ahead, day("2027-01-11")) == "up_to_date"
    assert [row for row, _ in agreed_open(agreement(), ahead, day("2027-01-11"))] == [agreement().instalments[2]]


def test_a_later_payment_says_nothing_of_an_earlier_day() -> None:
    assert standing(agreement(), paid(("820", "2026-12-10")), day("2027-01-11")) == "behind"
    assert standing(agreement(), paid(("820", "2027-02-10")), day("2026-12-09")) == "up_to_date"


def test_grace_counts_only_where_it_was_agreed() -> None:
    money = paid(("820", "2026-12-13"))
    assert standing(agreement(grace_days=3), money, day("2026-12-20")) == "up_to_date"
    assert standing(agreement(grace_days=2), money, day("2026-12-20")) == "late"


def test_what_is_left_of_the_instalments() -> None:
    money = paid(("1000", "2026-12-10"), ("5", "2027-06-01"))
    assert [left for _, left in agreed_open(agreement(), money, day("2027-01-01"))] == [Decimal(640), Decimal(820)]
    assert agreed_open(agreement(), paid(("2460", "2026-12-10")), day("2027-01-01")) == ()
