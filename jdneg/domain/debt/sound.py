"""Terms and payments that cannot all be true: reported together, each with its field and how to mend it.

A table that the rate does not explain is no such fault: the contract's table is followed, and the doubt is said at
entry and in every verification (`jdneg.domain.debt.contract`).
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from jdneg.domain.dates import comes_before, shanghai_day
from jdneg.domain.messages import Message
from jdneg.domain.records.account import Payment
from jdneg.domain.records.base import Stored
from jdneg.domain.records.loan import Loan
from jdneg.errors import BadLoan, JdnegError, raise_all


def check_sound(loan: Stored[Loan], payments: Sequence[Stored[Payment]]) -> None:
    """Raise BadLoan for every contradiction of one debt at once. ``payments`` may be of other loans too."""
    own = [one for one in payments if one.record.loan == loan.id]
    raise_all([*faults_of(loan.record), *_faults_of_payments(loan, own)])


def faults_of(loan: Loan) -> list[JdnegError]:
    """What the terms themselves contradict."""
    found = (
        _signs(loan),
        _rows(loan),
        _penalty(loan),
        _rate_changes(loan),
        _charges(loan),
        _later(loan),
        _order(loan),
    )
    return [fault for faults in found for fault in faults]


def _fault(code: str, where: str, **facts: object) -> JdnegError:
    return BadLoan(detail=Message(code, facts), where=where)


def _signs(loan: Loan) -> Iterator[JdnegError]:
    late = loan.overdue
    rates = [("--rate", loan.rate), ("--fee", loan.fee), ("--penalty-rate", late.rate if late else None)]
    for where, rate in (*rates, *(("--rate-change", one.rate) for one in loan.rate_changes)):
        if rate is not None and rate.percent < 0:
            yield _fault("loan.negative", where, value=str(rate))
    amounts: list[tuple[str, Decimal]] = [("--schedule", row.amount) for row in loan.schedule]
    for row in loan.schedule:
        amounts += [("--schedule", part) for part in (row.principal, row.interest, row.fee) if part is not None]
    for where, amount in amounts:
        if amount < 0:
            yield _fault("loan.negative", where, value=str(amount))


def _rows(loan: Loan) -> Iterator[JdnegError]:
    dues = [row.due for row in loan.schedule]
    for early, late in pairwise(dues):
        if late <= early:
            yield _fault("loan.rows_out_of_order", "--schedule", first=early, second=late)
    if loan.schedule and loan.term is not None and len(loan.schedule) != loan.term:
        yield _fault("loan.rows_not_term", "--term", rows=len(loan.schedule), term=loan.term)
    yield from _parts(loan)
    equal = loan.method in (None, "equal-payment")
    if equal and loan.payment is not None and loan.term is not None:
        total, paid_out = loan.payment * loan.term, _paid_out(loan)
        if paid_out is not None and total < paid_out:
            yield _fault("loan.payments_below_principal", "--payment", total=total, principal=paid_out)


def _parts(loan: Loan) -> Iterator[JdnegError]:
    """A row's parts are the row, and the parts of principal are the loan; a table may leave parts out, not more."""
    for n, row in enumerate(loan.schedule, 1):
        parts = sum((part for part in (row.principal, row.interest, row.fee) if part is not None), Decimal(0))
        whole = None not in (row.principal, row.interest, row.fee)
        if row.amount >= 0 and (parts > row.amount or (whole and parts != row.amount)):
            yield _fault("loan.row_parts", "--schedule", n=n, amount=row.amount, parts=parts)
    if loan.principal is None:
        return
    known = [row.principal for row in loan.schedule if row.principal is not None]
    total = sum(known, Decimal(0))
    if total > loan.principal or (known and len(known) == len(loan.schedule) and total != loan.principal):
        yield _fault("loan.principal_parts", "--schedule", total=total, principal=loan.principal)


def _penalty(loan: Loan) -> Iterator[JdnegError]:
    late = loan.overdue
    if late is not None and late.factor is not None and late.rate is not None:
        yield _fault("loan.factor_and_rate", "--penalty-rate", factor=f"{late.factor:f}", rate=str(late.rate))


def _paid_out(loan: Loan) -> Decimal | None:
    return min((one for one in (loan.principal, loan.received) if one is not None), default=None)


def _rate_changes(loan: Loan) -> Iterator[JdnegError]:
    days = Counter(one.since for one in loan.rate_changes)
    for day, count in days.items():
        if loan.start is not None and day <= loan.start:
            yield _fault("loan.rate_change_early", "--rate-change", date=day, start=loan.start)
        if count > 1:
            yield _fault("loan.rate_change_twice", "--rate-change", date=day)
    if loan.rate_changes and loan.rate is None:
        yield _fault("loan.rate_change_alone", "--rate-change")


def _charges(loan: Loan) -> Iterator[JdnegError]:
    for one in loan.charges:
        if one.amount <= 0:
            where = "--monthly-fee" if one.every == "month" else "--one-off-fee"
            yield _fault("loan.negative", f"{where} {one.name}", value=str(one.amount))
    if loan.received is not None and loan.principal is not None:
        up_front = sum((one.amount for one in loan.charges if _at_payout(one.due, loan.start)), Decimal(0))
        if up_front and up_front == loan.principal - loan.received:
            yield _fault("loan.charge_twice", "--one-off-fee", amount=up_front)


def _at_payout(due: dt.date | None, start: dt.date | None) -> bool:
    return due is not None and start is not None and due <= start


def _later(loan: Loan) -> Iterator[JdnegError]:
    """What can only happen after the payout."""
    dated = [("--accelerated", loan.accelerated_on), *((f"--{one.kind}", one.at) for one in loan.adjustments)]
    for where, day in dated:
        if comes_before(day, loan.start):
            yield _fault("loan.before_start", where, date=day, start=loan.start)
    for one in loan.adjustments:
        if one.amount <= 0:
            yield _fault("loan.negative", f"--{one.kind}", value=str(one.amount))


def _order(loan: Loan) -> Iterator[JdnegError]:
    for part, count in Counter(loan.allocation).items():
        if count > 1:
            yield _fault("loan.allocation_twice", "--allocation", part=part)


def _faults_of_payments(loan: Stored[Loan], payments: Sequence[Stored[Payment]]) -> Iterator[JdnegError]:
    start = loan.record.start
    for one in payments:
        day = shanghai_day(one.record.at)
        if comes_before(day, start):
            yield _fault("loan.payment_before_start", one.id, id=one.id, date=day, loan=loan.id, start=start)
