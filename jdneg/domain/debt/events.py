"""What happened to a debt besides time: payments, refunds, and what the lender let go."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Literal

from jdneg.domain.dates import shanghai_day
from jdneg.domain.debt.running import Running
from jdneg.domain.messages import Message, info, warning
from jdneg.domain.money import ZERO, half_up
from jdneg.domain.records.account import Payment
from jdneg.domain.records.loan import Loan, Part
from jdneg.values import dataclass

# Where nobody said what was let go: the order in which agreements let go.
_LET_GO: tuple[Part, ...] = ("penalty", "interest", "fee", "principal")

OVER = frozenset({"debt.refund_over", "debt.waiver_over"})  # more than there was: one of the records is wrong


@dataclass(frozen=True, slots=True)
class Happening:
    """``part`` None: nobody said which part a waiver or a refund is about."""

    day: dt.date
    kind: Literal["payment", "waiver", "refund"]
    amount: Decimal
    part: Part | None = None


def happenings(loan: Loan, payments: Sequence[Payment], as_of: dt.date) -> tuple[Happening, ...]:
    """All up to the end of ``as_of`` in order; on one day payments come first, then waivers, then refunds."""
    paid = [Happening(shanghai_day(one.at), "payment", one.amount) for one in payments]
    let_go = [Happening(one.at, one.kind, one.amount, one.part) for one in loan.adjustments]
    order = ("payment", "waiver", "refund")
    found = [one for one in (*paid, *let_go) if one.day <= as_of]
    return tuple(sorted(found, key=lambda one: (one.day, order.index(one.kind))))


def given_back_too_much(events: Sequence[Happening]) -> Iterator[Message]:
    """More came back than had been paid by then: one of the records is wrong, or a payment is missing."""
    paid = back = ZERO
    for event in events:
        if event.kind == "payment":
            paid += event.amount
        elif event.kind == "refund":
            back += event.amount
            if back > paid:
                yield warning("debt.refund_over", date=event.day, back=back, paid=paid)


def apply_event(run: Running, event: Happening) -> list[Message]:
    """Book it on its day; what could not be booked is said."""
    facts = {"date": event.day, "amount": event.amount}
    if event.day < run.start:
        return [warning("debt.payment_before_start", **facts)]
    run.go_to(event.day)
    if event.kind == "payment":
        return _beyond(run, event.day, run.pay(event.amount))
    if event.kind == "refund":
        return [_refund(run, event)]
    return _waive(run, event)


def _beyond(run: Running, day: dt.date, left: Decimal) -> list[Message]:
    """What a payment left over: for the rows to come so far as these bring more, the rest is too much."""
    ahead = min(left, half_up(run.to_fall_due()))
    said = [info("debt.surplus_kept", date=day, amount=ahead)] if ahead else []
    return [*said, warning("debt.overpaid", date=day, amount=left - ahead)] if left > ahead else said


def _refund(run: Running, event: Happening) -> Message:
    """Nobody said of which part: then it may be the principal, and whoever gave it may ask for it again."""
    again = run.refund(event.part or "principal", event.amount)
    facts = {"date": event.day, "amount": event.amount, "again": again}
    if event.part is None:
        return info("debt.refund_assumed", **facts)
    return info("debt.refund_counted" if event.part == "principal" else "debt.refund_dropped", **facts)


def _waive(run: Running, event: Happening) -> list[Message]:
    left = event.amount
    for part in (event.part,) if event.part else _LET_GO:
        left = run.waive(part, left) if left > 0 else left
    said = info("debt.waiver_counted" if event.part else "debt.waiver_assumed", date=event.day, amount=event.amount)
    over = [warning("debt.waiver_over", date=event.day, amount=left)] if left > 0 else []
    return [said, *over]
