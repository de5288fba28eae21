"""Which agreement counts on a day, and whether it has been kept. Days are China's, and end at 24:00."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Literal

from jdneg.domain.dates import shanghai_day
from jdneg.domain.ids import number_of
from jdneg.domain.messages import Message, warning
from jdneg.domain.money import ZERO
from jdneg.domain.records.account import Payment
from jdneg.domain.records.base import Stored, When
from jdneg.domain.records.case import Agreement, Case
from jdneg.domain.records.loan import Instalment
from jdneg.values import dataclass


@dataclass(frozen=True, slots=True)
class InForce:
    """An agreement with its case and what its offer waives."""

    case: str
    agreement: Agreement
    loans: tuple[str, ...]
    waived: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """One instalment past its day. ``by_then`` was paid in time, ``unpaid`` is still open; ``paid_on`` is the day
    on which it was paid in full, if it was.
    """

    due: dt.date
    amount: Decimal
    by_then: Decimal
    unpaid: Decimal
    paid_on: dt.date | None

    @property
    def state(self) -> Literal["kept", "late", "short", "unpaid"]:
        if self.by_then >= self.amount:
            return "kept"
        if self.paid_on is not None:
            return "late"
        return "short" if self.unpaid < self.amount else "unpaid"


@dataclass(frozen=True, slots=True)
class UpToDate:
    """``ok``: every instalment due by then was paid in full by 24:00 of its day. ``behind`` are those that were not.

    ``unpaid`` is what is open of them now: nothing, where they were paid late. ``since`` is the first lapse.
    """

    ok: bool
    rows: tuple[Kept, ...]
    behind: tuple[Kept, ...]
    unpaid: Decimal
    since: dt.date | None
    next_due: Instalment | None


def in_force(cases: Iterable[Stored[Case]], loan: str, day: dt.date) -> InForce | None:
    """The agreement in force for a loan: the latest accepted that has started, unless it has ended.

    An earlier one does not come back when its successor ends: it was replaced.
    """
    started = [one for one in cases if loan in one.record.loans and _started(one.record.agreement, day)]
    if not started:
        return None
    latest = max(started, key=_accepted)
    agreement = latest.record.agreement
    assert agreement is not None
    if agreement.ended_on is not None and agreement.ended_on <= day:
        return None
    waived = next((offer.waive for offer in latest.record.offers if offer.number == agreement.offer), ())
    return InForce(latest.id, agreement, tuple(str(one) for one in latest.record.loans), tuple(waived))


def agreement_in_force(cases: Iterable[Stored[Case]], loan: str, day: dt.date) -> Agreement | None:
    """`in_force` without its case."""
    found = in_force(cases, loan, day)
    return found.agreement if found else None


def _started(agreement: Agreement | None, day: dt.date) -> bool:
    return agreement is not None and agreement.starts <= day and shanghai_day(agreement.agreed_at) <= day


def _accepted(case: Stored[Case]) -> tuple[dt.date, dt.date, int]:
    assert case.record.agreement is not None
    return shanghai_day(case.record.agreement.agreed_at), case.record.agreement.starts, number_of(case.id)


def gate(agreement: Agreement) -> Message | None:
    """What stands before a payment while nothing is in writing."""
    if not agreement.oral:
        return None
    return warning("case.gate", date=shanghai_day(agreement.agreed_at), offer=agreement.offer)


def up_to_date(agreement: Agreement, payments: Iterable[Payment], as_of: When) -> UpToDate:
    """Whether the agreement is kept. ``payments`` are those on its loans; those before it was made do not count.

    Money goes to the oldest instalment first, so who pays ahead is never late.
    """
    today = shanghai_day(as_of)
    made = shanghai_day(agreement.agreed_at)
    paid = sorted((shanghai_day(one.at), one.amount) for one in payments if made <= shanghai_day(one.at) <= today)
    stated = sorted(agreement.instalments, key=lambda one: one.due)
    grace = dt.timedelta(days=agreement.grace_days)
    rows = tuple(_kept(stated, n, paid, grace) for n, one in enumerate(stated) if one.due + grace < today)
    behind = tuple(row for row in rows if row.state != "kept")
    return UpToDate(
        ok=not behind,
        rows=rows,
        behind=behind,
        unpaid=sum((row.unpaid for row in behind), ZERO),
        since=behind[0].due if behind else None,
        next_due=_next(stated, sum((amount for _, amount in paid), ZERO), today - grace),
    )


def unpaid_rows(agreement: Agreement, payments: Iterable[Payment], as_of: When) -> tuple[Instalment, ...]:
    """What is left of each instalment, past ones too."""
    today, made = shanghai_day(as_of), shanghai_day(agreement.agreed_at)
    money = sum((one.amount for one in payments if made <= shanghai_day(one.at) <= today), ZERO)
    found = []
    for one in sorted(agreement.instalments, key=lambda row: row.due):
        left = max(one.amount - money, ZERO)
        money = max(money - one.amount, ZERO)
        if left:
            found.append(Instalment(due=one.due, amount=left))
    return tuple(found)


def _kept(stated: Sequence[Instalment], n: int, paid: Sequence[tuple[dt.date, Decimal]], grace: dt.timedelta) -> Kept:
    one = stated[n]
    before = sum((row.amount for row in stated[:n]), ZERO)
    by_then = sum((amount for day, amount in paid if day <= one.due + grace), ZERO)
    total, paid_on = ZERO, None
    for day, amount in paid:
        total += amount
        if paid_on is None and total >= before + one.amount:
            paid_on = day
    return Kept(one.due, one.amount, _part(by_then - before, one), one.amount - _part(total - before, one), paid_on)


def _part(money: Decimal, one: Instalment) -> Decimal:
    return min(max(money, ZERO), one.amount)


def _next(stated: Sequence[Instalment], money: Decimal, today: dt.date) -> Instalment | None:
    """The first instalment from today on that is not paid yet."""
    total = ZERO
    for one in stated:
        total += one.amount
        if one.due >= today and money < total:
            return one
    return None
