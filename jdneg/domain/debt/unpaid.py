"""What is left of each row of a running account, read back from its sums: the oldest rows are paid first."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from itertools import accumulate

from jdneg.domain.dates import ONE_DAY
from jdneg.domain.debt.ledger import NOTHING, Fallen, OpenRow
from jdneg.domain.debt.rows import Row
from jdneg.domain.debt.running import Running
from jdneg.domain.money import FEN, half_up

_HALF_A_FEN = FEN / 2


def unpaid_rows(run: Running) -> list[tuple[OpenRow, Decimal]]:
    """Rows past their day and grace and what of them is unpaid, oldest first.

    A row lacks what it adds to the unpaid sum of the rows up to it, measured as the penalty's base is
    (`jdneg.domain.debt.lateness`): what they brought and nobody paid, and no more than they asked beyond
    what was paid.
    """
    last = run.day - ONE_DAY - dt.timedelta(days=run.grace)
    asked = left = before = NOTHING
    found = []
    for count, (one, rest) in enumerate(_lefts(run), 1):
        if one.row.due > last:
            break
        asked, left = asked + one.row.amount, left + rest
        lag = max(asked - run.paid, NOTHING)
        # An agreed instalment also pays what was carried over, so only the lag measures it; and a row asks for whole
        # fen, while what it brought was not rounded.
        whole = run.replaced or lag - left <= _HALF_A_FEN * count
        lacks = half_up(lag if whole else left)
        if lacks > before:
            found.append((one.row, lacks - before))
        before = lacks
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
    if run.replaced:
        return _next_agreed(run)
    unpaid = {one.row.n for one, left in _lefts(run) if left > 0}
    paid, some_left = run.prepaid, run.ahead > 0
    for row in run.rows[run.next :]:
        paid -= row.principal
        if paid < 0 or (some_left and not row.principal):
            unpaid.add(row.n)
    return next((row for row in run.schedule_rows if row.due >= run.day and row.n in unpaid), None)


def _next_agreed(run: Running) -> Row | None:
    """Agreed instalments are paid one after the other, by amount; ``payment`` is what is left of it."""
    reached = accumulate(row.amount for row in run.rows)
    lefts = {row.n: min(asked - run.paid, row.amount) for row, asked in zip(run.rows, reached, strict=True)}
    found = next((row for row in run.schedule_rows if row.due >= run.day and lefts.get(row.n, NOTHING) > 0), None)
    return None if found is None else replace(found, payment=lefts[found.n])
