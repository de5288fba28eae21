"""The shapes of a schedule."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from jdneg.domain.debt.ratetable import Piece
from jdneg.domain.messages import Message
from jdneg.values import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One instalment in yuan: payment = principal + interest + fee; ``balance`` is the principal after it."""

    n: int
    due: dt.date
    payment: Decimal
    principal: Decimal
    interest: Decimal
    fee: Decimal
    balance: Decimal


@dataclass(frozen=True, slots=True)
class Schedule:
    """``fractions`` is, row by row, the exact interest of the period on one yuan of balance.

    A loan without a due date (on demand) has no rows. ``pieces`` cut the time up to the last row where the rate per
    day changes; without them each row is one. ``fee_at_start`` (yuan) is owed from the payout; ``last_day`` is the
    fraction of the last due date itself, where the contract counts it.
    """

    rows: tuple[Row, ...]
    assumptions: tuple[Message, ...]
    principal: Decimal
    start: dt.date
    fractions: tuple[Decimal, ...] = ()
    pieces: tuple[Piece, ...] = ()
    fee_at_start: Decimal = Decimal("0.00")
    last_day: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Period:
    """One period from the due date before to its own; ``fraction`` is that of its pieces."""

    start: dt.date
    due: dt.date
    fraction: Decimal
    fee: Decimal
    pieces: tuple[Piece, ...] = ()


def pieces_of(schedule: Schedule) -> tuple[Piece, ...]:
    """The schedule's pieces, one a row where it has none of its own."""
    if schedule.pieces or not schedule.rows:
        return schedule.pieces
    starts = (schedule.start, *(row.due for row in schedule.rows))
    return tuple(
        Piece(start, row.due, fraction)
        for start, row, fraction in zip(starts, schedule.rows, schedule.fractions, strict=False)
    )
