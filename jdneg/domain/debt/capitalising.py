"""The days on which unpaid interest joins the base of compound interest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Literal

from jdneg.domain.dates import month_step

_DAY = 20  # the day on which Chinese banks settle interest
_QUARTER_ENDS = (3, 6, 9, 12)


def capital_days(
    every: Literal["due", "month", "quarter"], dues: Sequence[dt.date], after: dt.date, upto: dt.date
) -> set[dt.date]:
    """Those after ``after`` up to ``upto``: due dates, or the 20th of a month or of a quarter's last month."""
    if every == "due":
        return {due for due in dues if after < due <= upto}
    found, n, first = set(), 0, after.replace(day=_DAY)
    while (day := month_step(first, n)) <= upto:
        if day > after and (every == "month" or day.month in _QUARTER_ENDS):
            found.add(day)
        n += 1
    return found
