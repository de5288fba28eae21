"""The loan prime rate that counts on a day: the last row not after it, and only inside the known rows."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Sequence
from decimal import Decimal

from jdneg.values import dataclass

LprTable = Sequence[tuple[dt.date, Decimal]]


@dataclass(frozen=True, slots=True)
class LprRow:
    """``percent`` is the one-year rate; ``known`` is False outside the table, where the nearest row is given."""

    date: dt.date
    percent: Decimal
    known: bool


def lpr_on(table: LprTable, day: dt.date) -> LprRow | None:
    """The row for ``day``; None only for an empty table."""
    if not table:
        return None
    index = bisect_right(table, day, key=lambda row: row[0]) - 1
    date, percent = table[max(index, 0)]
    return LprRow(date, percent, table[0][0] <= day <= table[-1][0])
