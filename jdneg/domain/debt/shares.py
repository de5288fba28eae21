"""What of an agreement falls on one loan, where it was made about several of them.

An agreement names one sum a month for all its loans. By default each instalment is shared by what was owed on each
when the agreement started, to the fen and without a rest; that is an assumption and is named. Where one of the loans
lets nothing be computed no share can be told, and the contract is followed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from jdneg.domain.agreements import InForce
from jdneg.domain.dates import shanghai_day
from jdneg.domain.debt.accrual import payments_of, position
from jdneg.domain.debt.schedule import build_schedule
from jdneg.domain.messages import Message, info, warning
from jdneg.domain.money import ZERO, grouped, in_proportion
from jdneg.domain.records.account import Payment
from jdneg.domain.records.base import Stored
from jdneg.domain.records.case import Agreement
from jdneg.domain.records.loan import Instalment, Loan
from jdneg.errors import InvalidValue
from jdneg.values import dataclass


@dataclass(frozen=True, slots=True)
class OwnPart:
    """An agreement as one loan feels it. ``agreement`` None: there is none, or its share cannot be told."""

    agreement: Agreement | None = None
    waived: tuple[str, ...] = ()
    notes: tuple[Message, ...] = ()
    shared: bool = False


def own_part(
    found: InForce | None, loan: str, loans: Sequence[Stored[Loan]], payments: Sequence[Stored[Payment]]
) -> OwnPart:
    """The agreement in force as it falls on ``loan``; ``loans`` are all that it is about, ``payments`` theirs."""
    if found is None:
        return OwnPart()
    agreement = found.agreement
    if len(found.loans) == 1 or agreement.oral or not agreement.instalments:
        return OwnPart(agreement, found.waived)
    owed = {one.id: _owed(one, payments, agreement.starts, found.waived) for one in loans}
    unknown = sorted(name for name, amount in owed.items() if amount is None)
    weights = {name: amount for name, amount in owed.items() if amount is not None}
    if unknown or not sum(weights.values(), ZERO):
        facts = {"case": found.case, "loans": ", ".join(found.loans), "unknown": ", ".join(unknown or sorted(owed))}
        return OwnPart(notes=(warning("debt.agreement_not_shared", **facts),))
    note = info(
        "debt.agreement_shared", case=found.case, date=agreement.starts, loans=",".join(found.loans),
        shares=", ".join(f"{name} {grouped(amount)}" for name, amount in weights.items()),
    )  # fmt: skip
    return OwnPart(_of(agreement, loan, weights), found.waived, (note,), shared=True)


def _of(agreement: Agreement, loan: str, weights: Mapping[str, Decimal]) -> Agreement:
    at = list(weights).index(loan)

    def share(amount: Decimal) -> Decimal:
        return in_proportion(amount, list(weights.values()))[at]

    rows = [
        Instalment(
            due=one.due, amount=share(one.amount), principal=None if one.principal is None else share(one.principal)
        )
        for one in agreement.instalments
    ]
    return replace(agreement, instalments=tuple(row for row in rows if row.amount))


def _owed(
    loan: Stored[Loan], payments: Sequence[Stored[Payment]], day: dt.date, waived: Sequence[str]
) -> Decimal | None:
    """What was owed by the contract when the agreement started, less what it let go; None where it cannot be told."""
    try:
        schedule = build_schedule(loan.record)
    except InvalidValue:
        return None
    before = [one for one in payments_of(loan.id, payments) if shanghai_day(one.at) < day]
    at = position(loan.record, schedule, before, None, day)
    parts = {"interest": at.interest, "fee": at.fee, "penalty": at.penalty or ZERO}
    return at.principal + sum((amount for name, amount in parts.items() if name not in waived), ZERO)
