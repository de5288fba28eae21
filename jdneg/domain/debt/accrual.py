"""Where a loan stands on a day: every yuan of principal, interest, penalty and fee, with the ledger that leads there.

Interest runs by actual days on the principal outstanding; a whole-month rate is spread over the days of its month.
Nothing is rounded before a payment is booked or the position is read, so splitting a period changes nothing.
On one date, what falls due comes first, then an agreement that starts, then payments.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal

from jdneg.domain.agreements import is_running
from jdneg.domain.dates import shanghai_day
from jdneg.domain.debt.agreed import agreed_rows
from jdneg.domain.debt.events import Happening, apply_event, happenings
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
from jdneg.domain.records.case import Agreement, Waived
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
    agreement: Agreement | None,
    as_of: dt.date,
    waived: Sequence[Waived] = (),
) -> Position:
    """The state of ``loan`` on ``as_of``.

    ``payments`` are this loan's; ``agreement`` is the latest accepted one, which replaces the schedule from its
    start once it is in writing; ``waived`` is what its offer lets go, wholly or in part.
    """
    if as_of < loan.start:
        return _before(loan, schedule, as_of)
    late = late_terms(loan)
    run = Running(schedule, rules_of(loan, late.terms))
    agreed = _replacing(agreement, as_of)
    notes = [*schedule.assumptions, *late.notes, *_agreement_notes(agreement, agreed, as_of)]
    notes += [order_note(loan), info("debt.paid_ahead")] if payments else []
    notes += _accelerated(loan, as_of)
    notes += play(run, happenings(loan, payments, as_of), agreed, as_of, waived)
    return _read(run, late, as_of, tuple(notes))


def _before(loan: Loan, schedule: Schedule, as_of: dt.date) -> Position:
    """Before the payout nothing is owed."""
    return Position(
        as_of=as_of, principal=ZERO, interest=ZERO, penalty=ZERO, fee=ZERO, total=ZERO, overdue=(),
        next_due=schedule.rows[0] if schedule.rows else None, rows=schedule.rows, ledger=(),
        assumptions=(info("debt.not_paid_out", date=loan.start),), missing=(),
    )  # fmt: skip


def account_on(
    loan: Loan,
    schedule: Schedule,
    payments: Sequence[Payment],
    agreement: Agreement | None,
    as_of: dt.date,
    waived: Sequence[Waived] = (),
) -> Running:
    """The account behind `position`, without a ledger and still open: what comes after ``as_of`` can be run on it."""
    run = Running(schedule, rules_of(loan, late_terms(loan).terms), trace=False)
    play(run, happenings(loan, payments, as_of), _replacing(agreement, as_of), as_of, waived, last=False)
    return run


def _replacing(agreement: Agreement | None, as_of: dt.date) -> Agreement | None:
    return agreement if agreement is not None and replaces(agreement, as_of) else None


def _accelerated(loan: Loan, as_of: dt.date) -> list[Message]:
    day = loan.accelerated_on
    return [info("debt.accelerated", date=day)] if day is not None and day <= as_of else []


def replaces(agreement: Agreement, as_of: dt.date) -> bool:
    """Only an agreement in writing, with instalments: until then the contract's schedule runs on."""
    return bool(agreement.instalments) and not agreement.oral and is_running(agreement, as_of)


def play(
    run: Running,
    events: Sequence[Happening],
    agreed: Agreement | None,
    as_of: dt.date,
    waived: Sequence[Waived],
    *,
    last: bool = True,
) -> list[Message]:
    """Everything that happened up to ``as_of``, in order; ``last``: nothing follows, so the last day may count."""
    notes: list[Message] = []
    for event in events:
        if agreed is not None and not run.replaced and agreed.starts <= event.day:
            notes += _replace(run, agreed, waived)
        notes += apply_event(run, event)
    if agreed is not None and not run.replaced:
        notes += _replace(run, agreed, waived)
    run.go_to(as_of)
    if last:
        run.finish()
    return notes


def _replace(run: Running, agreed: Agreement, waived: Sequence[Waived]) -> tuple[Message, ...]:
    run.go_to(agreed.starts)
    run.let_go(waived)
    rows, owed, notes = agreed_rows(agreed, run.owed())
    run.replace(rows, owed, waived, agreed.grace_days)
    return notes


def _agreement_notes(agreement: Agreement | None, agreed: Agreement | None, as_of: dt.date) -> tuple[Message, ...]:
    if agreed is not None:
        return (info("debt.agreement_in_force", date=agreed.starts),)
    if agreement is not None and agreement.oral and agreement.starts <= as_of:
        return (warning("debt.agreement_oral", date=agreement.starts),)
    return ()


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
    )
