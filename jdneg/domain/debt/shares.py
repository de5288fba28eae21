"""The agreements that count for a loan, as that loan feels them: its share, where one was made about several loans.

An agreement names one sum a month for all its loans. By default each instalment is shared by what was owed on each
when the agreement started, to the fen and without a rest; that is an assumption and is named. Where one of the loans
lets nothing be computed no share can be told, and the contract is followed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Literal

from jdneg.domain.agreements import InForce, chain, in_force, stopped, written_before
from jdneg.domain.dates import shanghai_day
from jdneg.domain.debt.accrual import Position, payments_of, position
from jdneg.domain.debt.agreed import Bound
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

# A loan and the payments on it, by its id.
Find = Callable[[str], tuple[Stored[Loan], Sequence[Stored[Payment]]]]


@dataclass(frozen=True, slots=True)
class Doubted:
    """An agreement that may count or not: only ``oral``, or ``ended`` (``since`` then is the day it ended).

    ``agreed`` is what would count if it does, oldest first.
    """

    why: Literal["oral", "ended"]
    case: str
    since: dt.date
    agreed: tuple[Bound, ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """What was agreed for one loan: ``written`` counts, oldest first; ``doubted`` stands beside it.

    ``shared`` is the case of the last of ``written``, where that is about several loans.
    """

    written: tuple[Bound, ...] = ()
    doubted: tuple[Doubted, ...] = ()
    notes: tuple[Message, ...] = ()
    shared: str | None = None

    @property
    def as_talked(self) -> tuple[Bound, ...]:
        """What counts if what is only oral holds: a plan follows the latest words, and says so."""
        return next((one.agreed for one in self.doubted if one.why == "oral" and one.agreed), self.written)


def terms_of(cases: Iterable[Stored[Case]], loan: str, day: dt.date, find: Find) -> Terms:
    """The agreements on ``loan`` as they stand on ``day``. ``cases`` may be all; ``find`` is asked for loans that
    share an agreement.
    """
    cases = tuple(cases)
    led = chain(cases, loan, day)
    written, notes = _bound(cases, loan, led, find)
    doubted = (*_oral(cases, loan, day, written, find), *_ended(cases, loan, day, find))
    said = [_DOUBTS[one.why](one) for one in doubted]
    before = [
        warning("debt.agreement_before", case=one.case, date=one.agreement.starts)
        for one in written_before(cases, loan, day)
    ]
    shared = led[-1].case if written and len(led[-1].loans) > 1 else None
    return Terms(written, doubted, (*before, *notes, *said), shared)


_DOUBTS: Mapping[str, Callable[[Doubted], Message]] = {
    "oral": lambda one: warning("debt.agreement_oral", case=one.case, date=one.since),
    "ended": lambda one: warning("debt.agreement_ended", case=one.case, date=one.since),
}


def _oral(
    cases: Sequence[Stored[Case]], loan: str, day: dt.date, written: tuple[Bound, ...], find: Find
) -> list[Doubted]:
    found = in_force(cases, loan, day)
    if found is None or not found.agreement.oral:
        return []
    shown = replace(found, agreement=replace(found.agreement, oral=False))
    share, _ = _share(cases, loan, shown, find) if shown.agreement.instalments else (None, None)
    then = () if share is None else (*written, share)
    return [Doubted("oral", found.case, found.agreement.starts, then)]


def _ended(cases: Sequence[Stored[Case]], loan: str, day: dt.date, find: Find) -> list[Doubted]:
    led = stopped(cases, loan, day)
    if not led:
        return []
    last = led[-1]
    assert last.agreement.ended_on is not None
    return [Doubted("ended", last.case, last.agreement.ended_on, _bound(cases, loan, led, find)[0])]


def _bound(
    cases: Sequence[Stored[Case]], loan: str, led: Sequence[InForce], find: Find
) -> tuple[tuple[Bound, ...], tuple[Message, ...]]:
    """Each agreement as the loan feels it. Where a share cannot be told, what led there counts no longer either."""
    found: list[Bound] = []
    notes: list[Message] = []
    for one in led:
        share, note = _share(cases, loan, one, find)
        found = [*found, share] if share is not None else []
        notes += [note] if note is not None else []
    return tuple(found), tuple(notes)


def _share(
    cases: Sequence[Stored[Case]], loan: str, found: InForce, find: Find
) -> tuple[Bound | None, Message | None]:
    if len(found.loans) == 1:
        return Bound(found.agreement, found.waived, found.case), None
    starts = found.agreement.starts
    stood = {one: _position(cases, one, starts, find) for one in found.loans}
    known = {name: at for name, at in stood.items() if at is not None}
    waived = {name: _waived_on(name, known, found.waived) for name in known}
    weights = {name: _left(at, waived[name]) for name, at in known.items()}
    if len(known) < len(stood) or not sum(weights.values(), ZERO):
        unknown = sorted(set(stood) - set(known)) or sorted(stood)
        facts = {"case": found.case, "loans": ", ".join(found.loans), "unknown": ", ".join(unknown)}
        return None, warning("debt.agreement_not_shared", **facts)
    note = info(
        "debt.agreement_shared", case=found.case, date=starts, loans=",".join(found.loans),
        shares=", ".join(f"{name} {grouped(amount)}" for name, amount in weights.items()),
    )  # fmt: skip
    return Bound(_of(found.agreement, loan, weights), waived[loan], found.case), note


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


def _position(cases: Sequence[Stored[Case]], loan: str, day: dt.date, find: Find) -> Position | None:
    """Where a loan stood when an agreement started on ``day``; None where it cannot be told."""
    stored, payments = find(loan)
    try:
        schedule = build_schedule(stored.record)
    except InvalidValue:
        return None
    before = [one for one in payments_of(loan, payments) if shanghai_day(one.at) < day]
    led = [one for one in chain(cases, loan, day) if one.agreement.starts < day]
    return position(stored.record, schedule, before, day, _bound(cases, loan, led, find)[0])


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
