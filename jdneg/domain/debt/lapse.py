"""An agreement whose day was missed: what lateness added by the contract's terms, and what may be claimed again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal

from jdneg.domain.agreements import agreed_open, agreed_states, as_asked
from jdneg.domain.debt.accrual import Position, payments_of, position
from jdneg.domain.debt.early import spared
from jdneg.domain.debt.schedule import schedule_of
from jdneg.domain.debt.shares import Find, terms_of
from jdneg.domain.instalments import Paid
from jdneg.domain.messages import Message, info, warning
from jdneg.domain.money import ZERO
from jdneg.domain.records.base import Stored
from jdneg.domain.records.case import Agreement, Case
from jdneg.errors import InvalidValue
from jdneg.values import dataclass


@dataclass(frozen=True, slots=True)
class Lapse:
    """Yuan. ``due`` is the first day that was missed, ``short`` what is due and unpaid, ``settled_on`` the day it was
    made good. ``remitted``: what was let go; ``cost``: what the contract's terms add beyond its instalments.
    ``settles``: one sum was to settle it all, so whether it is still taken is asked before more money goes.
    """

    case: str
    due: dt.date
    short: Decimal
    settled_on: dt.date | None
    remitted: Decimal
    cost: Decimal
    settles: bool

    @property
    def messages(self) -> tuple[Message, ...]:
        """Nothing says here whether it still holds: that depends on what was agreed, and has to be asked."""
        facts = {"case": self.case, "due": self.due, "remitted": self.remitted}
        found = []
        if self.settles and self.short:
            found.append(warning("debt.settlement_late", short=self.short, **facts))
        elif self.settles:
            found.append(warning("debt.settlement_paid_late", on=self.settled_on, **facts))
        elif self.remitted:
            found.append(info("debt.remission_open", **facts))
        if self.cost:
            found.append(info("debt.late_cost", case=self.case, cost=self.cost))
        return tuple(found)


def lapse(case: str, agreement: Agreement, paid: Paid, accounts: Sequence[Position], as_of: dt.date) -> Lapse | None:
    """None while every instalment was paid in full by its day. ``accounts`` are the loans' under the agreement."""
    agreement = as_asked(agreement, spared(accounts))
    over = agreed_states(agreement, paid, as_of)
    late = [one for one in over if one.state != "on_time"]
    if not late or not accounts or agreement.then_talk:  # what settles nothing let nothing go
        return None
    left = sum((amount for _, amount in agreed_open(agreement, paid, as_of)), ZERO)
    owed = sum((at.total + at.to_come for at in accounts), ZERO)
    remitted = sum((at.remitted for at in accounts), ZERO)
    return Lapse(
        case=case,
        due=late[0].due,
        short=sum((one.short for one in over), ZERO),
        settled_on=max((one.settled_on for one in late if one.settled_on), default=None),
        remitted=remitted,
        cost=max(owed - left, ZERO),
        settles=bool(remitted) and len(agreement.instalments) == 1,
    )


def accounts_under(
    agreement: Agreement, loans: Iterable[str], cases: Iterable[Stored[Case]], find: Find, day: dt.date
) -> tuple[Position, ...]:
    """Where each of its loans stands under it; empty where one cannot be told, or another agreement counts."""
    cases, found = tuple(cases), []
    for loan in loans:
        stored, payments = find(loan)
        terms = terms_of(cases, loan, day, find).as_talked
        if not terms or _made(terms[-1].agreement) != _made(agreement):
            return ()
        try:
            schedule = schedule_of(stored)
        except InvalidValue:
            return ()
        found.append(position(stored.record, schedule, payments_of(loan, payments), day, terms))
    return tuple(found)


def _made(one: Agreement) -> tuple[object, ...]:
    """The share of one loan has other instalments; this stays."""
    return one.offer, one.agreed_at, one.starts
