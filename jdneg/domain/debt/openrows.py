"""Rows as a running account opens them: of a schedule, and of an agreement."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from jdneg.domain.debt.ledger import OpenRow
from jdneg.domain.debt.rows import Row, Schedule
from jdneg.domain.money import ZERO

_NEVER = dt.date(9000, 1, 1)


def open_rows(schedule: Schedule) -> list[OpenRow]:
    """The schedule's rows. The first also asks the fee of the payout, which is late no sooner; a table that leaves
    some principal over still owes it with the last.
    """
    if not schedule.rows:  # on demand: one open end that never falls due by itself
        return [OpenRow(0, _NEVER, ZERO, schedule.principal, ZERO)]
    rows = [OpenRow(row.n, row.due, row.payment, row.principal, row.fee) for row in schedule.rows]
    rows[0] = rows[0]._replace(amount=rows[0].amount + schedule.fee_at_start, fee_before=schedule.fee_at_start)
    last, over = rows[-1], schedule.rows[-1].balance
    rows[-1] = last._replace(principal=last.principal + over)
    return rows


def agreed_schedule(rows: Sequence[OpenRow]) -> tuple[Row, ...]:
    """An agreement's rows as a schedule: what is not principal counts as interest."""
    balance = sum((row.principal for row in rows), ZERO)
    found = []
    for row in rows:
        balance -= row.principal
        found.append(Row(row.n, row.due, row.amount, row.principal, row.amount - row.principal, ZERO, balance))
    return tuple(found)
