"""A contact's own times, and two calls of one line."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from jdneg.domain.contacts import check_contact, gap_days, overlapping
from jdneg.domain.dates import SHANGHAI
from jdneg.domain.records.base import Stored
from jdneg.domain.records.contact import Contact
from jdneg.errors import DatesOutOfOrder


def at(clock: str) -> dt.datetime:
    return dt.datetime.fromisoformat(f"2026-11-20T{clock}:00").replace(tzinfo=SHANGHAI)


def call(name: str, clock: str, **facts: Any) -> Stored[Contact]:
    facts = {"channel": "call", "happened_at": at(clock), "number": "95118"} | facts
    return Stored(name, Contact(**facts), at("22:00") + dt.timedelta(days=3))


def test_an_end_before_the_beginning() -> None:
    with pytest.raises(DatesOutOfOrder):
        check_contact(call("C1", "21:30", ended_at=at("21:29")).record)
    with pytest.raises(DatesOutOfOrder):
        check_contact(call("C1", "21:30", happened_at=dt.date(2026, 11, 21), ended_at=at("21:29")).record)
    check_contact(call("C1", "21:30", ended_at=at("21:30")).record)
    check_contact(call("C1", "21:30", happened_at=dt.date(2026, 11, 20), ended_at=at("21:29")).record)


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        (("21:30", {"duration_seconds": 600}), ("21:35", {}), True),
        (("21:30", {"duration_seconds": 600}), ("21:35", {"ended_at": at("22:00")}), True),
        (("21:30", {"duration_seconds": 600}), ("21:40", {}), False),
        (("21:30", {"duration_seconds": 600}), ("21:30", {}), False),  # it may have been just before
        (("21:30", {}), ("21:30", {}), False),  # two short calls of one minute are two calls
        (("21:30", {"duration_seconds": 600}), ("21:35", {"number": "95178"}), False),
        (("21:30", {"duration_seconds": 600}), ("21:35", {"number": None}), False),
        (("21:30", {"duration_seconds": 600}), ("21:35", {"channel": "sms"}), False),
        (("21:30", {"happened_at": dt.date(2026, 11, 20)}), ("21:35", {"duration_seconds": 60}), False),
    ],
)
def test_calls_at_the_same_time(one: tuple[str, Any], other: tuple[str, Any], meet: bool) -> None:
    first, second = call("C1", one[0], **one[1]), call("C2", other[0], **other[1])
    assert overlapping(first, [first, second]) == (["C2"] if meet else [])
    assert overlapping(second, [first, second]) == (["C1"] if meet else [])


def test_how_late_it_was_written_down() -> None:
    assert gap_days(call("C1", "21:30")) == 3
