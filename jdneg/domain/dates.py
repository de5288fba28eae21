"""Days, moments and windows as rules see them: calendar and clock are Asia/Shanghai's, periods are half-open."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from jdneg.domain.records.base import When
from jdneg.errors import BeyondCalendar

SHANGHAI = ZoneInfo("Asia/Shanghai")
ONE_DAY = dt.timedelta(days=1)
EARLIEST, LATEST = 1970, 2199  # years: a day outside is a slip of the finger
SMALL_HOURS_END = 5  # o'clock
_EIGHT_HOURS = dt.timedelta(hours=8)
_LAST_SUMMER_TIME = 1991  # China's clocks have stood at +08:00 ever since


def shanghai_day(when: When) -> dt.date:
    """The calendar day a rule counts: a date is taken as it stands, a moment is read in Asia/Shanghai."""
    moment = shanghai_moment(when)
    return when if moment is None else moment.date()


def shanghai_moment(when: When) -> dt.datetime | None:
    """The moment on Shanghai's clock; None where only the day is known."""
    if not isinstance(when, dt.datetime):
        return None
    # Most moments are on that clock already, and looking its zone up costs more than all else a rule does.
    if when.utcoffset() == _EIGHT_HOURS and when.year > _LAST_SUMMER_TIME:
        return when
    return when.astimezone(SHANGHAI)


def comes_before(one: dt.date | None, other: dt.date | None) -> bool:
    """Whether both days are known and ``one`` is the earlier."""
    return one is not None and other is not None and one < other


def has_come(day: dt.date | None, as_of: dt.date) -> bool:
    """Whether the day is known and not later than ``as_of``."""
    return day is not None and day <= as_of


def first_moment(when: When) -> dt.datetime:
    """For sorting days and moments together: a day counts as its first moment in Shanghai."""
    return shanghai_moment(when) or dt.datetime(when.year, when.month, when.day, tzinfo=SHANGHAI)


def month_step(anchor: dt.date, n: int) -> dt.date:
    """``n`` months from ``anchor``, on its day of month or the month's last day.

    Always step from the anchor, never from the step before: 31 Jan, 28 Feb, 31 Mar. Raises BeyondCalendar.
    """
    year, month = divmod(anchor.year * 12 + anchor.month - 1 + n, 12)
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        raise BeyondCalendar(value=anchor, earliest=EARLIEST, latest=LATEST)
    return dt.date(year, month + 1, min(anchor.day, days_in_month(year, month + 1)))


def days_in_month(year: int, month: int) -> int:
    """28 to 31."""
    from calendar import monthrange  # noqa: PLC0415 -- a log-call steps by no month

    return monthrange(year, month)[1]


def known_day(day: dt.date, value: object = None) -> dt.date:
    """The day itself where calculations can step on from it; ``value`` is how it was typed. Raises BeyondCalendar."""
    if not EARLIEST <= day.year <= LATEST:
        raise BeyondCalendar(value=day if value is None else value, earliest=EARLIEST, latest=LATEST)
    return day


def minute_of_day(moment: dt.datetime) -> int:
    """Minutes since midnight on the moment's own clock, seconds left out."""
    return moment.hour * 60 + moment.minute


def in_small_hours(when: When) -> bool:
    """Whether the time lies from 00:00 to 05:00 on its own clock, where people and calendars differ on the day."""
    return isinstance(when, dt.datetime) and when.hour < SMALL_HOURS_END


def in_window(minute: int, start: int, end: int) -> bool:
    """Whether ``start <= minute < end``, all in minutes of the day; one that ends before it starts crosses midnight.

    22:00 to 08:00 holds 22:00 and 07:59, not 08:00. Equal ends hold nothing.
    """
    if start <= end:
        return start <= minute < end
    return minute >= start or minute < end
