"""Where a loan stands on a day: every yuan of principal, interest, penalty and fee, with the ledger that leads there.

Interest runs by actual days on the principal outstanding; a whole-month rate is spread over the days of its month.
Nothing is rounded before a payment is booked or the position is read, so splitting a period changes nothing.
On one date, what falls due comes first, then an agreement that starts, then payments.
"""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import pairwise

from jdneg.domain.dates import shanghai_day
from jdneg.domain.debt.agreed import Bound, agreed_rows
from jdneg.domain.debt.events import Happening, apply_event, given_back_too_much, happenings
from jdneg.domain.debt.late import Late, late_terms
from jdneg.domain.debt.ledger import LedgerLine
from jdneg.domain.debt.rows import Row, Schedule
from jdneg.domain.debt.rules import order_note, rules_of
from jdneg.domain.debt.running import Running
from jdneg.domain.debt.unpaid import next_row, unpaid_rows
from jdneg.domain.messages import Message, info, warning
from jdneg.domain.money import ZERO, half_up
from jdneg.domain.records.account import Payment
from jdneg.domain.records.base import Stored
from jdneg.domain.records.loan import Loan
from jdneg.values import dataclass


@dataclass(frozen=True, slots=True)
class Overdue:
    """A row past its day: what it asked, what of it is unpaid, and for how many days."""

    n: int
    due: dt.date
    amount: Decimal
    unpaid: Decimal
    late_days: int


@dataclass(frozen=True, slots=True)
class Position:
    """Yuan on ``as_of`` (interest to that day, that day left out). ``penalty`` is None where it is unknown.

    ``total`` sums the parts that are known. ``rows`` is the schedule in force, the contract's or the agreement's.
    ``remitted`` is what an agreement let go by asking for less than was owed, with what it names; ``to_come`` are
    fees and agreed interest of rows to come. Where all that was kept was paid early: ``spared`` is what of agreed
    instalments is asked no more, ``in_advance`` what was paid of interest to come.
    """

    as_of: dt.date
    principal: Decimal
    interest: Decimal
    penalty: Decimal | None
    fee: Decimal
    total: Decimal
    overdue: tuple[Overdue, ...]
    next_due: Row | None
    rows: tuple[Row, ...]
    ledger: tuple[LedgerLine, ...]
    assumptions: tuple[Message, ...]
    missing: tuple[Message, ...]
    remitted: Decimal = ZERO
    to_come: Decimal = ZERO
    spared: Decimal = ZERO
    in_advance: Decimal = ZERO

    @property
    def overdue_amount(self) -> Decimal:
        return sum((row.unpaid for row in self.overdue), Decimal("0.00"))


def payments_of(loan_id: str, payments: Iterable[Stored[Payment]]) -> tuple[Payment, ...]:
    """The payments on one loan, in the order of their days."""
    own = (one.record for one in payments if one.record.loan == loan_id)
    return tuple(sorted(own, key=lambda one: shanghai_day(one.at)))


def position(
    loan: Loan,
    schedule: Schedule,
    payments: Sequence[Payment],
    as_of: dt.date,
    agreed: Sequence[Bound] = (),
) -> Position:
    """The state of ``loan`` on ``as_of``.

    ``payments`` are this loan's; ``agreed`` are the agreements that count, oldest first: each replaces the schedule
    from its start, and what it lets go is gone from then on.
    """
    if as_of < schedule.start:
        return _before(schedule, as_of)
    late = late_terms(loan)
    run = Running(schedule, rules_of(loan, late.terms))
    notes = [*schedule.assumptions, *late.notes, *_agreement_notes(agreed, as_of)]
    notes += [order_note(loan), info("debt.paid_ahead")] if payments else []
    notes += _accelerated(loan, as_of)
    events = happenings(loan, payments, as_of)
    notes += [*given_back_too_much(events), *play(run, events, as_of, agreed)]
    return _read(run, late, as_of, tuple(notes))


def _before(schedule: Schedule, as_of: dt.date) -> Position:
    """Before the payout nothing is owed."""
    return Position(
        as_of=as_of, principal=ZERO, interest=ZERO, penalty=ZERO, fee=ZERO, total=ZERO, overdue=(),
        next_due=schedule.rows[0] if schedule.rows else None, rows=schedule.rows, ledger=(),
        assumptions=(info("debt.not_paid_out", date=schedule.start),), missing=(),
    )  # fmt: skip


def account_on(
    loan: Loan,
    schedule: Schedule,
    payments: Sequence[Payment],
    as_of: dt.date,
    agreed: Sequence[Bound] = (),
) -> Running:
    """The account behind `position`, without a ledger and still open: what comes after ``as_of`` can be run on it."""
    run = Running(schedule, rules_of(loan, late_terms(loan).terms), trace=False)
    play(run, happenings(loan, payments, as_of), as_of, agreed, last=False)
    return run


def _accelerated(loan: Loan, as_of: dt.date) -> list[Message]:
    day = loan.accelerated_on
    return [info("debt.accelerated", date=day)] if day is not None and day <= as_of else []


def play(
    run: Running, events: Sequence[Happening], as_of: dt.date, agreed: Sequence[Bound] = (), *, last: bool = True
) -> list[Message]:
    """Everything that happened up to ``as_of``, in order; ``last``: nothing follows, so the last day may count."""
    notes: list[Message] = []
    coming = deque(one for one in agreed if one.agreement.starts <= as_of)
    for event in events:
        while coming and coming[0].agreement.starts <= event.day:
            notes += _replace(run, coming.popleft())
        notes += apply_event(run, event)
    while coming:
        notes += _replace(run, coming.popleft())
    run.go_to(as_of)
    if last:
        run.finish()
    return notes


def _replace(run: Running, one: Bound) -> tuple[Message, ...]:
    run.go_to(one.agreement.starts)
    before = run.owed()
    run.let_go(one.waived)
    if one.agreement.then_talk:  # it settles nothing: the contract's rows go on
        run.penalty_waived = run.penalty_waived or "penalty" in one.waived
        return (info("debt.agreement_then_talk", date=one.agreement.starts, until=one.agreement.instalments[-1].due),)
    named = run.owed()
    rows, carried, notes = agreed_rows(one.agreement, named)
    run.replace(rows, carried, one.waived, one.agreement.grace_days)
    run.remitted = before.total - carried.total if named.total > carried.total else ZERO
    return notes


def _agreement_notes(agreed: Sequence[Bound], as_of: dt.date) -> list[Message]:
    settling = [one.agreement for one in agreed if not one.agreement.then_talk]
    starts = [one.starts for one in settling if one.starts <= as_of]
    before = [info("debt.agreement_until", date=since, until=until) for since, until in pairwise(starts)]
    return [*before, *(info("debt.agreement_in_force", date=day) for day in starts[-1:])]


def _read(run: Running, late: Late, as_of: dt.date, notes: tuple[Message, ...]) -> Position:
    owed = run.owed()
    overdue = tuple(
        Overdue(row.n, row.due, row.amount, unpaid, (as_of - row.due).days) for row, unpaid in unpaid_rows(run)
    )
    unknown = late.terms is None and not run.penalty_waived and run.was_late
    penalty = None if unknown else half_up(owed.penalty)
    principal, interest, fee = half_up(owed.principal), half_up(owed.interest), half_up(owed.fee)
    return Position(
        as_of=as_of,
        principal=principal,
        interest=interest,
        penalty=penalty,
        fee=fee,
        total=principal + interest + fee + (penalty or ZERO),
        overdue=overdue,
        next_due=next_row(run),
        rows=run.schedule_rows,
        ledger=tuple(run.lines),
        assumptions=notes + ((info("debt.interest_on_overdue"),) if unknown else ()),
        missing=(warning("debt.missing_overdue_terms"),) if unknown else (),
        remitted=run.remitted,
        to_come=half_up(owed.interest + run.to_fall_due()) - interest,  # so that both add up to whole fen
        spared=run.spared,
        in_advance=run.in_advance,
    )
