"""Rows of a running account: as it opens them, and what is left of each, read back from the account's sums."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from jdneg.domain.dates import ONE_DAY
from jdneg.domain.debt.ledger import NOTHING, Fallen, OpenRow
from jdneg.domain.debt.rows import Row, Schedule
from jdneg.domain.money import ZERO, half_up

if TYPE_CHECKING:
    from jdneg.domain.debt.running import Running

_NEVER = dt.date(9000, 1, 1)


def open_rows(schedule: Schedule) -> list[OpenRow]:
    """The schedule's rows; a table that leaves some principal over still owes it with the last."""
    if not schedule.rows:  # on demand: one open end that never falls due by itself
        return [OpenRow(0, _NEVER, ZERO, schedule.principal, ZERO)]
    rows = [OpenRow(row.n, row.due, row.payment, row.principal, row.fee) for row in schedule.rows]
    last, over = rows[-1], schedule.rows[-1].balance
    rows[-1] = OpenRow(last.n, last.due, last.amount, last.principal + over, last.fee_then)
    return rows


def agreed_schedule(rows: Sequence[OpenRow]) -> tuple[Row, ...]:
    """An agreement's rows as a schedule: what is not principal counts as interest."""
    balance = sum((row.principal for row in rows), ZERO)
    found = []
    for row in rows:
        balance -= row.principal
        found.append(Row(row.n, row.due, row.amount, row.principal, row.amount - row.principal, ZERO, balance))
    return tuple(found)


def unpaid_rows(run: Running) -> list[tuple[OpenRow, Decimal]]:
    """Rows past their day and grace and what of them is unpaid, oldest first."""
    yesterday = run.day - ONE_DAY - dt.timedelta(days=run.grace)
    late = [(one, left) for one, left in _lefts(run) if one.row.due <= yesterday]
    lag = max(sum((one.row.amount for one, _ in late), NOTHING) - run.paid, NOTHING)
    found = []
    for one, left in late:
        # An agreed instalment also pays what was carried over, so only the lag measures it.
        unpaid = half_up(min(one.row.amount, lag) if run.replaced else min(left, one.row.amount, lag))
        lag -= unpaid
        if unpaid > 0:
            found.append((one.row, unpaid))
    return found


def _lefts(run: Running) -> list[tuple[Fallen, Decimal]]:
    """What is left of each row that fell due: the oldest are paid first, so it sits in the latest."""
    principal, interest, fee = run.due_principal, run.due_interest, run.due_fee
    found = []
    for one in reversed(run.fallen):
        parts = min(principal, one.principal), min(interest, one.interest), min(fee, one.fee)
        principal, interest, fee = principal - parts[0], interest - parts[1], fee - parts[2]
        found.append((one, sum(parts, NOTHING)))
    return found[::-1]


def next_row(run: Running) -> Row | None:
    """The first row from today on that is not paid yet."""
    unpaid = {one.row.n for one, left in _lefts(run) if left > 0}
    paid, some_left = run.prepaid, run.ahead > 0
    for row in run.rows[run.next :]:
        paid -= row.principal
        if paid < 0 or (some_left and not row.principal) or row.adds:
            unpaid.add(row.n)
    return next((row for row in run.schedule_rows if row.due >= run.day and row.n in unpaid), None)
