from __future__ import annotations

import datetime as dt

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given, strategies as st

from jdneg.domain.dates import at_midnight, day_end, day_start, in_window, month_step, shanghai_day, shanghai_time

NIGHT = (dt.time(22), dt.time(8))


def test_the_day_is_shanghais() -> None:
    late = dt.datetime(2026, 11, 20, 16, 30, tzinfo=dt.UTC)
    assert shanghai_day(late) == dt.date(2026, 11, 21)
    assert shanghai_time(late) == dt.time(0, 30)
    assert shanghai_day(dt.date(2026, 11, 20)) == dt.date(2026, 11, 20)
    assert shanghai_time(dt.date(2026, 11, 20)) is None


@pytest.mark.parametrize(
    ("time", "inside"),
    [
        ("21:59:59", False),
        ("22:00:00", True),
        ("00:00:00", True),
        ("07:59:59", True),
        ("08:00:00", False),
        ("12:00:00", False),
    ],
)
def test_the_night_is_half_open_and_crosses_midnight(time: str, inside: bool) -> None:
    assert in_window(dt.time.fromisoformat(time), *NIGHT) is inside


def test_a_window_within_one_day() -> None:
    assert in_window(dt.time(8), dt.time(8), dt.time(22))
    assert not in_window(dt.time(22), dt.time(8), dt.time(22))
    assert not in_window(dt.time(8), dt.time(8), dt.time(8))


@given(st.times(), st.times(), st.times())
def test_a_window_and_its_complement_share_nothing(time: dt.time, start: dt.time, end: dt.time) -> None:
    if start != end:
        assert in_window(time, start, end) != in_window(time, end, start)


@given(st.datetimes(min_value=dt.datetime(1995, 1, 1), max_value=dt.datetime(2100, 1, 1), timezones=st.just(dt.UTC)))
def test_every_moment_lies_in_its_own_day(moment: dt.datetime) -> None:
    day = shanghai_day(moment)
    assert day_start(day) <= moment < day_end(day)
    assert day_start(day) == at_midnight(day)
    assert day_end(day) == day_start(day + dt.timedelta(days=1))


def test_months_are_counted_from_the_anchor() -> None:
    anchor = dt.date(2026, 1, 31)
    assert [month_step(anchor, n) for n in range(4)] == [
        dt.date(2026, 1, 31), dt.date(2026, 2, 28), dt.date(2026, 3, 31), dt.date(2026, 4, 30),
    ]  # fmt: skip
    assert month_step(dt.date(2024, 2, 29), 12) == dt.date(2025, 2, 28)
    assert month_step(dt.date(2026, 1, 15), -1) == dt.date(2025, 12, 15)


@given(st.dates(dt.date(1990, 1, 1), dt.date(2100, 1, 1)), st.integers(-600, 600))
def test_months_as_relativedelta_counts_them(anchor: dt.date, n: int) -> None:
    assert month_step(anchor, n) == anchor + relativedelta(months=n)
