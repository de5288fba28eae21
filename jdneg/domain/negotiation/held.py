"""What an offer is held against, and the dated instalments it comes to there: the same wherever it is looked at."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from jdneg.domain.dates import ONE_DAY
from jdneg.domain.negotiation.offers import instalments, moves_only
from jdneg.domain.negotiation.owed import Owed
from jdneg.domain.negotiation.waiving import waived_in
from jdneg.domain.records.case import Offer
from jdneg.domain.records.loan import Instalment
from jdneg.values import dataclass


@dataclass(frozen=True, slots=True)
class Held:
    """The debts of an offer together. ``owed`` is None where it cannot be told; ``due_day`` is the contract's,
    ``contract`` its instalments still to come.
    """

    owed: Owed | None = None
    due_day: int | None = None
    contract: tuple[Instalment, ...] = ()

    @property
    def overdue(self) -> Decimal | None:
        return self.owed.overdue if self.owed else None

    def rows(self, offer: Offer, day: dt.date, starts: dt.date | None = None) -> tuple[Instalment, ...]:
        """What comes into force when it is accepted on ``day`` and holds from ``starts`` on (that day, if None).

        Where the contract's instalments only move, nobody lets go of what is late: it stays due, at once.
        Raises as `jdneg.domain.negotiation.offers.instalments` does.
        """
        starts = starts or day
        balance = self.owed.after(waived_in(offer)) if self.owed else None
        rows = instalments(offer, balance, max(day, starts - ONE_DAY), self.due_day, self.contract)
        if moves_only(offer) and self.overdue:
            return (Instalment(due=starts, amount=self.overdue), *rows)
        return rows
