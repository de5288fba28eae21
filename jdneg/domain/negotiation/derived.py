"""What of an agreement nobody said: worked out from the balance and the due day, so that it can be asked."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from jdneg.domain.messages import Message, info
from jdneg.domain.negotiation.offers import moves_only
from jdneg.domain.records.case import Agreement, Offer
from jdneg.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """Each point None where it was said: the number of instalments, what each comes to, the last one where it is
    another sum, the first day (of a single sum: its day). ``late``: what is late already, where the instalments only
    move and nothing was said of it.
    """

    months: int | None = None
    monthly: Decimal | None = None
    last: Decimal | None = None
    first_due: dt.date | None = None
    late: Decimal | None = None

    @property
    def settled(self) -> bool:
        """Whether the rows are as they were said; a last sum that settles to the fen is no other row."""
        return self.months is None and self.monthly is None and self.first_due is None and self.late is None

    @property
    def points(self) -> tuple[Message, ...]:
        return tuple(
            Message(f"case.point_{name}", {"value": value})
            for name in ("months", "monthly", "last", "first_due", "late")
            if (value := getattr(self, name)) is not None
        )


def derived(offer: Offer, agreement: Agreement) -> Derived:
    """Where the contract's instalments only move, all is said but of those that are late already."""
    rows = agreement.instalments
    if not rows:
        return Derived()
    if moves_only(offer):
        return Derived(late=rows[0].amount if rows[0].due <= agreement.starts else None)
    first_due = rows[0].due if offer.first_due is None else None
    if offer.lump_sum is not None:
        return Derived(first_due=first_due)
    return Derived(
        months=len(rows) if offer.months is None else None,
        monthly=rows[0].amount if offer.monthly is None else None,
        last=rows[-1].amount if rows[-1].amount != rows[0].amount else None,
        first_due=first_due,
    )


def my_promise(offer: Offer, agreement: Agreement) -> tuple[Message, dt.date | None] | None:
    """What I promised, and by when: my instalments as they were said, and nothing that was only worked out."""
    rows = agreement.instalments
    if not rows:
        return None
    if not derived(offer, agreement).settled:
        return _as_said(offer), None
    first, last = rows[0], rows[-1]
    latest = max(one.due for one in rows)
    facts = {"count": len(rows), "first": first.due, "last": last.due}
    if agreement.then_talk:
        return info("case.promise_then_talk", amount=first.amount, **facts), latest
    if len(rows) == 1:
        return info("case.promise_lump", amount=first.amount, date=first.due), latest
    if any(one.amount != first.amount for one in rows[:-1]):
        return info("case.promise_rows", total=sum(one.amount for one in rows), **facts), latest
    return info("case.promise_pay", amount=first.amount, last_amount=last.amount, **facts), latest


def _as_said(offer: Offer) -> Message:
    if moves_only(offer):
        return info("case.promise_moved")
    since = Message("case.promise_since", {"first": offer.first_due}) if offer.first_due else ""
    facts = {"since": since, "count": offer.months, "amount": offer.monthly or offer.lump_sum}
    if offer.lump_sum is not None:
        return info("case.promise_sum", **facts)
    if offer.months is None:
        return info("case.promise_each", **facts)
    return info("case.promise_months" if offer.monthly is None else "case.promise_both", **facts)
