"""What there is for debts, and where the figure comes from."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from jdneg.domain.messages import Message
from jdneg.domain.negotiation.cash import Cash
from jdneg.domain.negotiation.whatif import WhatIf
from jdneg.values import dataclass


@dataclass(frozen=True, slots=True)
class Funds:
    """Yuan a month, and the same by date; ``income`` and ``spending`` are None where only what is left was said."""

    income: Decimal | None
    spending: Decimal | None
    available: Decimal
    cash: Cash
    messages: tuple[Message, ...] = ()
    supposed: tuple[WhatIf, ...] = ()

    @property
    def later(self) -> tuple[tuple[dt.date, Decimal], ...]:
        """Yuan a month from each day on which it is supposed to change."""
        now = sorted(self.cash.steps, key=lambda one: one.since)
        return tuple(
            (one.since, Cash(monthly=one.monthly, weekly=one.weekly, weekly_bears=one.weekly_bears).average)
            for one in now
        )

    def json(self) -> dict[str, Decimal | None]:
        return {"income": self.income, "spending": self.spending, "available": self.available}
