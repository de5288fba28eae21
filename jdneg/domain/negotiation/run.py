"""What a plan comes to: its rows, and where it was short. Whole fen and ordinals inside."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from jdneg.domain.money import FEN
from jdneg.values import dataclass

# day ordinal, account, payment, what came up, of which penalty and fees, balance
RawRow = tuple[int, int, int, int, int, int]


class Short(NamedTuple):
    """The first time the money was below what had to be paid: the month's first day, what was asked and was there.

    ``kept`` is what necessary costs to come need of the money besides. ``day`` is 0 where a month's money comes at
    once, so that it is short for the month; else the last day of those that fall due with one money.
    """

    month: int
    need: int
    money: int
    kept: int = 0
    day: int = 0


class Hole(NamedTuple):
    """The first day on which necessary costs find too little, whatever the debts get: the day, what is missing."""

    day: int
    missing: int


@dataclass(frozen=True, slots=True)
class Run:
    """``owed`` is the total at the start and after each month; ``lowest`` the least money there is at the end of any
    day on which some goes out, below zero where costs find too little.

    ``fees`` and ``penalties`` are what of the cost were such; ``costs`` counts what came up and is not paid yet too.
    ``unseen``: there are ways that no order is: money was free while a debt had no day before the next month's end,
    or what was held for a debt's own rows could be paid to it in any part.
    ``waits``: some was kept for a debt whose day had not come.
    """

    rows: list[RawRow]
    owed: list[int]
    short: Short | None
    ended: bool
    lowest: int
    fees: int
    penalties: int
    hole: Hole | None = None
    unseen: bool = False
    waits: bool = False

    @property
    def paid(self) -> int:
        return sum([row[2] for row in self.rows])

    @property
    def interest(self) -> int:
        return sum([row[3] for row in self.rows])


def yuan(amount: int) -> Decimal:
    """Whole fen as yuan."""
    return Decimal(amount) * FEN
