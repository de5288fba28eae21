"""The lines of a ledger and the parts of what is owed."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import NamedTuple

from jdneg.domain.money import ZERO, half_up
from jdneg.domain.rate import Rate
from jdneg.values import dataclass

NOTHING = Decimal(0)
EVENTS = (
    "start", "interest", "penalty", "compound", "due", "payment", "agreement", "accelerated", "waiver", "refund",
    "surplus",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One step; ``event`` is one of `EVENTS`.

    ``amount`` has four places, so that the steps add up; the four balances are to the fen after it.
    """

    date: dt.date
    event: str
    amount: Decimal
    principal: Decimal
    interest: Decimal
    penalty: Decimal
    fee: Decimal
    days: int | None = None
    base: Decimal | None = None
    rate: Rate | None = None


@dataclass(frozen=True, slots=True)
class Owed:
    """What is owed at a moment, not yet rounded."""

    principal: Decimal
    interest: Decimal
    penalty: Decimal
    fee: Decimal

    @property
    def total(self) -> Decimal:
        """Each part to the fen."""
        return sum(map(half_up, (self.principal, self.interest, self.penalty, self.fee)), ZERO)


class OpenRow(NamedTuple):
    """A row to come: ``amount`` is what it asks; ``fee_then`` and ``adds`` (agreed interest) come on its day.

    ``fee_before`` was owed before, and is late with it. ``n`` 0 is money of the principal that came back.
    """

    n: int
    due: dt.date
    amount: Decimal
    principal: Decimal
    fee_then: Decimal
    adds: Decimal = NOTHING
    fee_before: Decimal = NOTHING


class Fallen(NamedTuple):
    """A row on its due day: what it brought, before any payment reached it."""

    row: OpenRow
    principal: Decimal
    interest: Decimal
    fee: Decimal
