"""Due dates: stepped by months from the start, never from the row before, so that the 31st does not drift."""

from __future__ import annotations

import datetime as dt

from jdneg.domain.dates import days_in_month
from jdneg.errors import BadDueDay


def monthly(start: dt.date, due_day: int | None, count: int) -> tuple[dt.date, ...]:
    """``count`` due dates, the first in the month after ``start``; a day the month lacks is its last day."""
    day = checked_day(start.day if due_day is None else due_day)
    first = start.year * 12 + start.month - 1
    months = (divmod(first + n, 12) for n in range(1, count + 1))
    return tuple(dt.date(year, at + 1, min(day, days_in_month(year, at + 1))) for year, at in months)


def checked_day(day: int) -> int:
    """Raises BadDueDay outside 1 to 31."""
    if not 1 <= day <= 31:
        raise BadDueDay(value=day)
    return day


def whole_month(start: dt.date, due: dt.date, due_day: int) -> bool:
    """Whether the period is exactly one month of the due day's calendar, and not an odd one."""
    months = (due.year - start.year) * 12 + due.month - start.month
    return months == 1 and all(one.day == min(due_day, days_in_month(one.year, one.month)) for one in (start, due))
