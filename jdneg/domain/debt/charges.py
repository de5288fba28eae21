"""Fees beside interest: which instalment each falls into, whoever is paid."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from jdneg.domain.debt.known import start_of
from jdneg.domain.messages import Message, info, warning
from jdneg.domain.money import ZERO
from jdneg.domain.records.loan import Charge, Loan
from jdneg.values import dataclass


@dataclass(frozen=True, slots=True)
class Charged:
    """Yuan: ``at_start`` is owed from the payout, ``by_row`` with each instalment."""

    at_start: Decimal
    by_row: tuple[Decimal, ...]
    notes: tuple[Message, ...]


def charged(loan: Loan, dues: Sequence[dt.date]) -> Charged:
    """Each fee on its day. A one-off fee without a day is taken with the first instalment, and said to be."""
    at_start, by_row = ZERO, [ZERO] * len(dues)
    notes: list[Message] = []
    for one in loan.charges:
        place = _place(one, start_of(loan), dues)
        notes.append(_note(one, loan, place, dues))
        if one.every == "month":
            by_row = [fee + one.amount for fee in by_row]
        elif place is None:
            at_start += one.amount
        else:
            by_row[place] += one.amount
    return Charged(at_start, tuple(by_row), tuple(notes))


def monthly(loan: Loan) -> Decimal:
    """What the monthly fees come to in one instalment."""
    return sum((one.amount for one in loan.charges if one.every == "month"), ZERO)


def _place(one: Charge, start: dt.date, dues: Sequence[dt.date]) -> int | None:
    """The row it falls into; None is the payout."""
    if not dues or (one.due is not None and one.due <= start):
        return None
    return next((n for n, due in enumerate(dues) if one.due is None or due >= one.due), len(dues) - 1)


def _note(one: Charge, loan: Loan, place: int | None, dues: Sequence[dt.date]) -> Message:
    facts = {"name": one.name, "amount": one.amount, "payee": one.payee or loan.lender}
    if one.every == "month":
        return info("debt.charge_monthly", **facts) if dues else warning("debt.charge_no_due", **facts)
    return info("debt.charge_once", **facts, date=start_of(loan) if place is None else dues[place])
