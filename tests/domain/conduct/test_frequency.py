"""Calls a day: connected and unanswered apart, lender and agencies together."""

from __future__ import annotations

from typing import Any

import pytest
from conduct_made import about, checked, contact, heard, loan, stored, what, world

from jdneg.domain.records.contact import Contact

DAY = "2026-11-20"


def calls(count: int, day: str = DAY, first_hour: int = 9, **more: Any) -> list[Contact]:
    return [contact(f"{day} {first_hour + n:02}:00:00", **{"answered": True, **more}) for n in range(count)]


def frequency(contacts: list[Contact], kind: str = "microlender") -> list[tuple[str, str, str | None]]:
    found = about(checked(contacts, world(loan(kind))).findings, "frequency")
    return [(one.rule.rpartition(".")[2], one.result, one.contact) for one in found]


@pytest.mark.parametrize(
    ("count", "more", "answer"),
    [
        (3, {}, None),
        (4, {}, "review"),
        (7, {}, "breach"),
        (3, {"i_said": "我会还的"}, None),
        (4, {"i_said": "我会还的"}, "breach"),
        (4, {"robot": True}, "breach"),
        (4, {"answered": False}, None),
        (4, {"answered": None}, "cannot_tell"),
        (3, {"answered": None}, None),
        (4, {"to_whom": "family"}, None),
        (4, {"direction": "out"}, None),
        (4, {"direction": None}, "cannot_tell"),
    ],
)
def test_connected_calls(count: int, more: dict[str, Any], answer: str | None) -> None:
    found = frequency(calls(count, **more))
    assert found == ([("gbt45251", answer, f"C{count}")] if answer else [])


def test_both_kinds_have_their_own_limit() -> None:
    both = calls(3, robot=True) + calls(3, first_hour=14, i_said="好")
    assert frequency(both) == []
    assert [result for _, result, _ in frequency([*both, *calls(1, first_hour=19)])] == ["breach"]


def test_agencies_count_together_and_other_lenders_apart() -> None:
    together = calls(2, agency="甲公司", number="1") + calls(2, first_hour=14, agency="乙公司", number="2")
    assert [result for _, result, _ in frequency(together)] == ["review"]
    unknown = calls(2, loan=None, number="1") + calls(2, first_hour=14, loan=None, number="2")
    assert frequency(unknown) == []


def test_days_are_calendar_days() -> None:
    assert frequency(calls(3, first_hour=19) + calls(3, "2026-11-21")) == []


def test_unanswered_calls_of_a_bank_are_soft() -> None:
    assert frequency(calls(6, answered=False), "bank") == []
    assert frequency(calls(7, answered=False), "bank") == [("cba2026", "review", "C7")]
    assert frequency(calls(7, answered=False), "microlender") == []
    assert frequency(calls(7, day="2026-01-29", answered=False), "bank") == []
    assert frequency(calls(7, day="2026-01-30", answered=False), "bank") == [("cba2026", "review", "C7")]


def test_order_does_not_matter() -> None:
    made = calls(7)
    assert {result for _, result, _ in frequency(made)} == {result for _, result, _ in frequency(made[::-1])}


def test_one_contact_is_judged_with_its_day() -> None:
    earlier = tuple(stored("C", n, one) for n, one in enumerate(calls(3), 2))
    where = world(same_day=earlier)
    (found,) = about(heard(contact(f"{DAY} 18:00:00", answered=True), where), "frequency")
    assert (found.contact, found.result, what(found)) == ("C1", "review", "conduct.frequency_unclear")
    assert about(heard(contact(f"{DAY} 18:00:00", answered=True)), "frequency") == []
    assert about(heard(contact("2026-11-19 18:00:00", answered=True), where), "frequency") == []


def test_two_visits_a_day_are_only_reviewed() -> None:
    visits = [contact(f"{DAY} 1{n}:00:00", "visit") for n in range(2)]
    found = about(checked(visits).findings, "visit")
    assert [(one.rule, one.result, what(one)) for one in found] == [
        ("conduct.visit.gbt45251", "review", "conduct.visits_per_day")
    ]


@pytest.mark.parametrize("answered", [True, False])
def test_calls_at_an_agreed_time_are_no_fault(answered: bool) -> None:
    """The limits hold "unless agreed otherwise"; the seven calls the borrower asked for are not counted."""
    made = [contact(f"2026-11-20 {hour}:00:00", answered=answered, agreed_time=True) for hour in range(10, 17)]
    assert about(checked(made).findings, "frequency") == []
    assert (
        about(heard(made[0], world(same_day=[stored("C", n, one) for n, one in enumerate(made, 2)])), "frequency")
        == []
    )


def test_somebody_named_beside_the_borrower_leaves_the_call_in_doubt_not_out() -> None:
    """Who picked up is not recorded: neither a breach nor a clean day."""
    assert {result for _, result, _ in frequency(calls(4, robot=True, third_party="室友在场"))} == {"cannot_tell"}
    assert {result for _, result, _ in frequency(calls(4, robot=True))} == {"breach"}
    assert frequency(calls(4, robot=True, third_party="姐姐", to_whom="family")) == []
