from __future__ import annotations

import datetime as dt

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given, strategies as st

from jdneg.domain.dates import (
    ONE_DAY,
    SHANGHAI,
    first_moment,
    in_small_hours,
    in_window,
    minute_of_day,
    month_step,
    shanghai_day,
    shanghai_moment,
)

NIGHT = (22 * 60, 8 * 60)
MINUTES = st.integers(0, 24 * 60 - 1)


def test_the_day_is_shanghais() -> None:
    late = dt.datetime(2026, 11, 20, 16, 30, tzinfo=dt.UTC)
    assert shanghai_day(late) == dt.date(2026, 11, 21)
    assert str(shanghai_moment(late)) == "2026-11-21 00:30:00+08:00"
    assert shanghai_day(dt.date(2026, 11, 20)) == dt.date(2026, 11, 20)
    assert shanghai_moment(dt.date(2026, 11, 20)) is None


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
    moment = dt.datetime.fromisoformat(f"2026-11-20T{time}+08:00")
    assert in_window(minute_of_day(moment), *NIGHT) is inside


def test_a_window_within_one_day() -> None:
    assert in_window(480, 480, 1320)
    assert not in_window(1320, 480, 1320)
    assert not in_window(480, 480, 480)
    assert in_window(1439, 540, 1440)


@given(MINUTES, MINUTES, MINUTES)
def test_a_window_and_its_complement_share_nothing(minute: int, start: int, end: int) -> None:
    if start != end:
        assert in_window(minute, start, end) != in_window(minute, end, start)


@given(st.datetimes(min_value=dt.datetime(1995, 1, 1), max_value=dt.datetime(2100, 1, 1), timezones=st.just(dt.UTC)))
def test_every_moment_lies_in_its_own_day(moment: dt.datetime) -> None:
    day = shanghai_day(moment)
    assert first_moment(day) <= first_moment(moment) == moment < first_moment(day + ONE_DAY)


@pytest.mark.parametrize(("time", "small"), [("00:00", True), ("04:59", True), ("05:00", False), ("23:59", False)])
def test_the_small_hours_end_at_five_on_the_times_own_clock(time: str, small: bool) -> None:
    assert in_small_hours(dt.datetime.fromisoformat(f"2026-11-22T{time}+06:00")) is small
    assert not in_small_hours(dt.date(2026, 11, 22))


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


@given(
    st.datetimes(min_value=dt.datetime(1949, 1, 1), max_value=dt.datetime(2100, 1, 1)), st.sampled_from((0, 8, 9, -5))
)
def test_a_moment_already_on_chinas_clock_is_taken_as_it_is(moment: dt.datetime, hours: int) -> None:
    """Without looking the zone up; before 1992 China had summer time, and it is looked up."""
    aware = moment.replace(tzinfo=dt.timezone(dt.timedelta(hours=hours)))
    there = aware.astimezone(SHANGHAI)
    assert shanghai_day(aware) == there.date()
    found = shanghai_moment(aware)
    assert found is not None and found.replace(tzinfo=None) == there.replace(tzinfo=None)
