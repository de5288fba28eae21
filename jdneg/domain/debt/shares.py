"""What of an agreement falls on one loan, where it was made about several of them.

An agreement names one sum a month for all its loans. By default each instalment is shared by what was owed on each
when the agreement started, to the fen and without a rest; that is an assumption and is named. Where one of the loans
lets nothing be computed no share can be told, and the contract is followed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from jdneg.domain.agreements import InForce, written_before
from jdneg.domain.dates import shanghai_day
from jdneg.domain.debt.accrual import Position, payments_of, position
from jdneg.domain.debt.schedule import build_schedule
from jdneg.domain.messages import Message, info, warning
from jdneg.domain.money import ZERO, grouped, in_proportion
from jdneg.domain.records.account import Payment
from jdneg.domain.records.base import Stored
from jdneg.domain.records.case import Agreement, Case, PartWaiver, Waived
from jdneg.domain.records.loan import Instalment, Loan
from jdneg.domain.waivers import waived_amount
from jdneg.errors import InvalidValue
from jdneg.values import dataclass


@dataclass(frozen=True, slots=True)
class OwnPart:
    """An agreement as one loan feels it. ``agreement`` None: there is none, or its share cannot be told."""

    agreement: Agreement | None = None
    waived: tuple[Waived, ...] = ()
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
    found_at = {one.id: _position(one, payments, agreement.starts) for one in loans}
    known = {name: at for name, at in found_at.items() if at is not None}
    waived = {name: _waived_on(name, known, found.waived) for name in known}
    weights = {name: _left(at, waived[name]) for name, at in known.items()}
    if len(known) < len(found_at) or not sum(weights.values(), ZERO):
        unknown = sorted(set(found_at) - set(known)) or sorted(found_at)
        facts = {"case": found.case, "loans": ", ".join(found.loans), "unknown": ", ".join(unknown)}
        return OwnPart(notes=(warning("debt.agreement_not_shared", **facts),))
    note = info(
        "debt.agreement_shared", case=found.case, date=agreement.starts, loans=",".join(found.loans),
        shares=", ".join(f"{name} {grouped(amount)}" for name, amount in weights.items()),
    )  # fmt: skip
    return OwnPart(_of(agreement, loan, weights), waived[loan], (note,), shared=True)


def earlier_notes(cases: Iterable[Stored[Case]], loan: str, day: dt.date) -> tuple[Message, ...]:
    """Agreements that no longer count: what happened under them is not in the figures, and that is said."""
    before = written_before(cases, loan, day)
    return tuple(warning("debt.agreement_before", case=case, date=made.starts) for case, made in before)


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


def _position(loan: Stored[Loan], payments: Sequence[Stored[Payment]], day: dt.date) -> Position | None:
    """Where the loan stood by its contract when the agreement started; None where it cannot be told."""
    try:
        schedule = build_schedule(loan.record)
    except InvalidValue:
        return None
    before = [one for one in payments_of(loan.id, payments) if shanghai_day(one.at) < day]
    return position(loan.record, schedule, before, None, day)


def _waived_on(loan: str, known: Mapping[str, Position], waived: Sequence[Waived]) -> tuple[Waived, ...]:
    """What is let go on one loan: a sum of yuan let go of a part is shared by what there is of that part on each."""
    found: list[Waived] = []
    for one in waived:
        if isinstance(one, PartWaiver) and one.amount is not None:
            there = [_part(at, one.part) for at in known.values()]
            amount = in_proportion(one.amount, there)[list(known).index(loan)] if any(there) else ZERO
            found += [replace(one, amount=amount)] if amount else []
        else:
            found.append(one)
    return tuple(found)


def _part(at: Position, part: str) -> Decimal:
    owed: Decimal | None = getattr(at, part)
    return owed or ZERO


def _left(at: Position, waived: Sequence[Waived]) -> Decimal:
    """What is owed less what is let go."""
    total = ZERO
    for part in ("principal", "interest", "fee", "penalty"):
        there = ZERO if part in waived else _part(at, part)
        gone = sum(
            (waived_amount(one, there) for one in waived if isinstance(one, PartWaiver) and one.part == part), ZERO
        )
        total += max(there - gone, ZERO)
    return total
