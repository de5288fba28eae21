"""Whether each instalment was paid by the end of its day: the user's own lapses are part of the picture."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from jdneg.domain.evidence.links import CaseFile, day
from jdneg.domain.money import ZERO
from jdneg.domain.records.loan import Instalment
from jdneg.values import dataclass


@dataclass(frozen=True, slots=True)
class InstalmentState:
    """``short`` is what was still open of this instalment, yuan, at the end of ``as_of``.

    ``settled_on`` is the day the payments reached it; late when that is after ``due``.
    """

    loan: str
    due: dt.date
    amount: Decimal
    state: Literal["on_time", "late", "partial", "unpaid"]
    short: Decimal
    settled_on: dt.date | None = None


def instalment_states(
    loan: str, rows: Sequence[Instalment], paid: Sequence[tuple[dt.date, Decimal]], as_of: dt.date
) -> tuple[InstalmentState, ...]:
    """The rows due by ``as_of``, payments counted against the oldest first."""
    found, owed = [], ZERO
    for row in sorted((one for one in rows if one.due <= as_of), key=lambda one: one.due):
        before, owed = owed, owed + row.amount
        settled = _reached(owed, paid, as_of)
        total = sum((amount for on, amount in paid if on <= as_of), ZERO)
        if settled is not None:
            state: Literal["on_time", "late", "partial", "unpaid"] = "on_time" if settled <= row.due else "late"
        else:
            state = "partial" if total > before else "unpaid"
        found.append(InstalmentState(loan, row.due, row.amount, state, min(row.amount, max(ZERO, owed - total)), settled))
    return tuple(found)


def _reached(owed: Decimal, paid: Sequence[tuple[dt.date, Decimal]], as_of: dt.date) -> dt.date | None:
    """The day on which all payments together came to ``owed``."""
    total = ZERO
    for on, amount in sorted(paid):
        total += amount
        if on <= as_of and total >= owed:
            return on
    return None


def case_states(file: CaseFile, as_of: dt.date) -> tuple[InstalmentState, ...]:
    """Each loan by the schedule that ran: its own, and from an agreement's start the agreement's."""
    found: list[InstalmentState] = []
    for stored in file.loans:
        agreed = _agreement(file, stored.id)
        own = file.schedules.get(stored.id) or stored.record.schedule
        starts = agreed[0] if agreed else None
        before = [row for row in own if starts is None or row.due < starts]
        paid = [(day(one.record.at), one.record.amount) for one in file.payments if one.record.loan == stored.id]
        earlier = [one for one in paid if starts is None or one[0] < starts]
        found += instalment_states(stored.id, before, earlier, as_of)
        if agreed:
            found += instalment_states(stored.id, agreed[1], [one for one in paid if one[0] >= agreed[0]], as_of)
    return tuple(found)


def _agreement(file: CaseFile, loan: str) -> tuple[dt.date, Sequence[Instalment]] | None:
    """The latest accepted agreement about one loan alone that carries a schedule."""
    agreements = [
        case.record.agreement
        for case in file.cases
        if case.record.agreement and case.record.loans == (loan,) and case.record.agreement.instalments
    ]
    if not agreements:
        return None
    latest = max(agreements, key=lambda one: one.starts)
    return latest.starts, latest.instalments
