"""Days and windows as rules see them: the calendar day and the night are Asia/Shanghai's, periods are half-open."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from jdneg.domain.records.base import When

SHANGHAI = ZoneInfo("Asia/Shanghai")
ONE_DAY = dt.timedelta(days=1)


def shanghai_day(when: When) -> dt.date:
    """The calendar day a rule counts: a date is taken as it stands, a moment is read in Asia/Shanghai."""
    return when.astimezone(SHANGHAI).date() if isinstance(when, dt.datetime) else when


def shanghai_time(when: When) -> dt.time | None:
    """The time of day in Asia/Shanghai, or None where only the date is known."""
    return when.astimezone(SHANGHAI).time() if isinstance(when, dt.datetime) else None


def at_midnight(day: dt.date, tz: dt.tzinfo = SHANGHAI) -> dt.datetime:
    """00:00 of ``day``."""
    return dt.datetime.combine(day, dt.time(), tz)


def day_start(day: dt.date) -> dt.datetime:
    """The first moment of a Shanghai day."""
    return at_midnight(day)


def day_end(day: dt.date) -> dt.datetime:
    """The first moment no longer in the day (half-open)."""
    return at_midnight(day + ONE_DAY)


def month_step(anchor: dt.date, n: int) -> dt.date:
    """``n`` months from ``anchor``, on its day of month or the month's last day.

    Always step from the anchor, never from the step before: 31 Jan, 28 Feb, 31 Mar.
    """
    year, month = divmod(anchor.year * 12 + anchor.month - 1 + n, 12)
    return dt.date(year, month + 1, min(anchor.day, days_in_month(year, month + 1)))


def days_in_month(year: int, month: int) -> int:
    after = dt.date(year + month // 12, month % 12 + 1, 1)
    return (after - ONE_DAY).day


def in_window(time: dt.time, start: dt.time, end: dt.time) -> bool:
    """Whether ``start <= time < end``; a window whose end is not after its start crosses midnight.

    22:00 to 08:00 holds 22:00:00 and 07:59:59, not 08:00:00. Equal ends hold nothing.
    """
    if start <= end:
        return start <= time < end
    return time >= start or time < end
