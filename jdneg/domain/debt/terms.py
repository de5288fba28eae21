"""What a loan says, and what it leaves open: each gap is filled by a default that bears a name."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from jdneg.domain.debt.duedates import monthly
from jdneg.domain.debt.interest import DEFAULT_BASIS
from jdneg.domain.debt.known import lent, start_of
from jdneg.domain.debt.ratetable import RateTable
from jdneg.domain.messages import Message, info
from jdneg.domain.rate import Rate
from jdneg.domain.records.loan import Basis, Loan, Method
from jdneg.errors import NoRate, NoTerm
from jdneg.values import dataclass

LONGEST = 600  # months: no instalment loan runs longer, and a mistyped payment must not loop

_ASSUMED = {
    "equal-payment": "debt.method_assumed_equal_payment",
    "flat-fee": "debt.method_assumed_flat_fee",
    "daily": "debt.method_assumed_daily",
}


@dataclass(frozen=True, slots=True)
class Terms:
    """A loan's terms with nothing left open. ``rate`` or ``fee`` may be None, never both without a payment."""

    principal: Decimal
    start: dt.date
    method: Method
    rate: Rate | None
    fee: Rate | None
    basis: Basis
    dues: tuple[dt.date, ...]
    due_day: int
    assumptions: tuple[Message, ...]
    rates: RateTable | None = None


def read_terms(loan: Loan) -> Terms:
    """Raises NotComputable, BadDueDay."""
    principal, start = principal_of(loan), start_of(loan)
    if loan.rate is None and loan.fee is None and not (loan.payment and loan.term):
        raise NoRate(loan=name_of(loan))
    rate, fee, notes = _rates(loan)
    method, method_notes = _method(loan, rate)
    dues, due_notes = _dues(loan, method)
    return Terms(
        principal=principal,
        start=start,
        method=method,
        rate=rate,
        fee=fee,
        basis=loan.basis or DEFAULT_BASIS,
        dues=dues,
        due_day=due_day_of(loan),
        assumptions=(
            *principal_notes(loan), *notes, *method_notes, *due_notes, *basis_notes(loan, rate), *change_notes(loan)
        ),
        rates=None if rate is None else rate_table(loan, rate),
    )  # fmt: skip


def rate_table(loan: Loan, rate: Rate) -> RateTable:
    """The contract's rate with its dated changes, on the contract's day basis."""
    return RateTable(rate, start_of(loan), loan.basis or DEFAULT_BASIS, loan.rate_changes)


def change_notes(loan: Loan) -> tuple[Message, ...]:
    """Each dated change of the rate, and which days are counted where the contract says so."""
    changes = sorted(loan.rate_changes, key=lambda one: one.since)
    found = [info("debt.rate_changes", date=one.since, rate=one.rate) for one in changes]
    if loan.count_first is False:
        found.append(info("debt.first_day_not_counted"))
    if loan.count_last:
        found.append(info("debt.last_day_counted"))
    return tuple(found)


def name_of(loan: Loan) -> str:
    """What the loan is called in an error."""
    return loan.product or loan.lender


def principal_of(loan: Loan) -> Decimal:
    """What reached the borrower, where less than the contract's sum was paid out (Civil Code 670)."""
    return lent(loan) if loan.received is None else min(loan.received, lent(loan))


def principal_notes(loan: Loan) -> tuple[Message, ...]:
    """What was kept back at payout, if anything."""
    principal = principal_of(loan)
    kept = lent(loan) - principal
    if not kept:
        return ()
    return (info("debt.principal_received", stated=lent(loan), received=principal, kept=kept),)


def basis_notes(loan: Loan, rate: Rate | None) -> tuple[Message, ...]:
    """How the rate is read, and the day basis where it had to be assumed."""
    if rate is None:
        return ()
    reading = "debt.day_rate_reading" if rate.per == "day" else "debt.year_over_twelve"
    assumed = loan.basis is None and rate.per != "day"
    basis = (info("debt.basis_assumed", basis=DEFAULT_BASIS),) if assumed else ()
    return (info(reading), *basis, info("debt.rounding"))


def _rates(loan: Loan) -> tuple[Rate | None, Rate | None, tuple[Message, ...]]:
    if loan.method == "flat-fee" and loan.fee is None and loan.rate is not None:
        return None, loan.rate, (info("debt.rate_read_as_fee", rate=loan.rate),)
    return loan.rate, loan.fee, ()


def _method(loan: Loan, rate: Rate | None) -> tuple[Method, tuple[Message, ...]]:
    if loan.method is not None:
        return loan.method, ()
    method: Method = "equal-payment"
    if rate is None and loan.payment is None:
        method = "flat-fee"
    elif loan.term is None and loan.payment is None:
        method = "daily"
    return method, (info(_ASSUMED[method]),)


def _dues(loan: Loan, method: Method) -> tuple[tuple[dt.date, ...], tuple[Message, ...]]:
    count = _count(loan, method)
    start = start_of(loan)
    dues = monthly(start, loan.due_day, count)
    if not dues:
        return dues, (info("debt.no_due_date"),)
    notes: list[Message] = []
    if loan.due_day is None:
        notes.append(info("debt.due_day_assumed", day=start.day))
    elif loan.due_day != start.day:
        notes.append(info("debt.first_due_assumed", date=dues[0]))
    if dues[0].day != dues[-1].day or due_day_of(loan) > 28:
        notes.append(info("debt.due_day_clamped", day=due_day_of(loan)))
    return dues, tuple(notes)


def _count(loan: Loan, method: Method) -> int:
    if loan.term is not None:
        if not 1 <= loan.term <= LONGEST:
            raise NoTerm(loan=name_of(loan))
        return loan.term
    if method in ("daily", "bullet"):
        return 0
    if loan.payment is not None and method == "equal-payment":
        return LONGEST
    raise NoTerm(loan=name_of(loan))


def as_stated(loan: Loan) -> Loan:
    """The loan as the contract words it, nothing taken off: what the borrower is asked to pay back."""
    return replace(loan, received=None)


def due_day_of(loan: Loan) -> int:
    """The contract's day of the month, else the day of the payout."""
    return start_of(loan).day if loan.due_day is None else loan.due_day
