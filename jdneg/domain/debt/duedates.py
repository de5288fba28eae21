"""Due dates: stepped by months from the start, never from the row before, so that the 31st does not drift."""

from __future__ import annotations

import datetime as dt

from dateutil.relativedelta import relativedelta

from jdneg.errors import BadDueDay


def monthly(start: dt.date, due_day: int | None, count: int) -> tuple[dt.date, ...]:
    """``count`` due dates, the first in the month after ``start``; a day the month lacks is its last day."""
    day = checked_day(start.day if due_day is None else due_day)
    return tuple(start + relativedelta(months=n, day=day) for n in range(1, count + 1))


def checked_day(day: int) -> int:
    """Raises BadDueDay outside 1 to 31."""
    if not 1 <= day <= 31:
        raise BadDueDay(value=day)
    return day


def whole_month(start: dt.date, due: dt.date, due_day: int) -> bool:
    """Whether the period is exactly one month of the due day's calendar, and not an odd one."""
    return due == start + relativedelta(months=1, day=due_day) and start == start + relativedelta(day=due_day)
