"""A contract's own table: its dates and amounts stand; only the parts it does not name are worked out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from jdneg.domain.debt.charges import monthly as monthly_charges
from jdneg.domain.debt.duedates import monthly, whole_month
from jdneg.domain.debt.interest import DEFAULT_BASIS
from jdneg.domain.debt.known import lent, start_of
from jdneg.domain.debt.rates import dated_summary, xirr
from jdneg.domain.debt.ratetable import RateTable
from jdneg.domain.debt.rows import Row, Schedule
from jdneg.domain.debt.terms import (
    as_stated,
    basis_notes,
    change_notes,
    due_day_of,
    principal_notes,
    principal_of,
    rate_table,
)
from jdneg.domain.messages import Message, info, warning
from jdneg.domain.money import ZERO, half_up
from jdneg.domain.rate import Rate
from jdneg.domain.records.loan import Basis, Instalment, Loan

Fraction = Callable[[dt.date, dt.date], Decimal]
_NOTICEABLE = Decimal("1.00")
_ROUNDING = Decimal("0.02")  # a row
_BY_360: Basis = "act/360"


def contract_schedule(loan: Loan) -> Schedule:
    """The schedule from ``loan.schedule``, or from its payment and term where no rate is known."""
    stated = sorted(loan.schedule, key=lambda row: row.due) or _from_payment(loan)
    fraction, notes = _fractions(loan, stated)
    rows, fractions = _rows(loan, stated, fraction)
    return Schedule(
        rows,
        (
            info("debt.contract_schedule"), *principal_notes(loan), *_inside(loan), *notes,
            *_doubts(loan, stated, rows),
        ),
        principal_of(loan),
        start_of(loan),
        fractions,
    )  # fmt: skip


def payments_alone(loan: Loan) -> Schedule | None:
    """The stated payment as often as the term says, where the rate would ask something else.

    None where the payments do not come to more than the principal, or do not settle it to the fen.
    """
    own = contract_schedule(replace(loan, rate=None))
    unfit = info("debt.split_without_interest") in own.assumptions or own.rows[-1].balance
    return None if unfit else own


def _inside(loan: Loan) -> tuple[Message, ...]:
    """A table states what is paid, so fees named beside it are in its amounts."""
    return tuple(
        info("debt.charge_inside", name=one.name, amount=one.amount, payee=one.payee or loan.lender)
        for one in loan.charges
    )


def _from_payment(loan: Loan) -> list[Instalment]:
    assert loan.payment is not None and loan.term is not None
    return [Instalment(due=due, amount=loan.payment) for due in monthly(start_of(loan), loan.due_day, loan.term)]


def _fractions(loan: Loan, stated: Sequence[Instalment]) -> tuple[Fraction, tuple[Message, ...]]:
    """How interest runs in the rows that do not state it: the contract's rate, else the rate the amounts imply."""
    if all(row.principal is not None or row.interest is not None for row in stated):
        return lambda _start, _due: Decimal(0), ()
    if loan.rate is not None:
        if (own := _against_rate(loan, stated)) is not None:
            return own
        return _by_contract_rate(loan, loan.rate)
    return _implied(loan, stated)


def _by_contract_rate(loan: Loan, rate: Rate) -> tuple[Fraction, tuple[Message, ...]]:
    table, day = rate_table(loan, rate), due_day_of(loan)

    def by_rate(start: dt.date, due: dt.date) -> Decimal:
        pieces = table.pieces(start, due, regular=whole_month(start, due, day))
        return sum((one.fraction for one in pieces), Decimal(0))

    return by_rate, (*basis_notes(loan, rate), *change_notes(loan))


def _against_rate(loan: Loan, stated: Sequence[Instalment]) -> tuple[Fraction, tuple[Message, ...]] | None:
    """What the amounts alone imply, where the rate would not ask just these amounts of the contract's own sum.

    None where the rate explains them, where a row says its parts, or where no rate above zero fits them.
    """
    if loan.rate is None or any(row.principal is not None or row.interest is not None for row in stated):
        return None
    whole = as_stated(loan)
    rows, _ = _rows(whole, stated, _by_contract_rate(whole, loan.rate)[0])
    if len(rows) == len(stated) and not rows[-1].balance and not _rate_doubt(whole, rows):
        return None
    fraction, notes = _implied(loan, stated)
    return None if info("debt.split_without_interest") in notes else (fraction, notes)


def _implied(loan: Loan, stated: Sequence[Instalment]) -> tuple[Fraction, tuple[Message, ...]]:
    flows = [(start_of(loan), -lent(loan)), *((row.due, row.amount - (row.fee or ZERO)) for row in stated)]
    found = xirr(flows).rate
    if found is None or found <= 0:
        return lambda _start, _due: Decimal(0), (info("debt.split_without_interest"),)
    yearly = 1 + found

    def by_flow(start: dt.date, due: dt.date) -> Decimal:
        return yearly ** (Decimal((due - start).days) / 365) - 1

    return by_flow, (info("debt.split_by_flow"),)


def _rows(
    loan: Loan, stated: Sequence[Instalment], fraction: Fraction
) -> tuple[tuple[Row, ...], tuple[Decimal, ...]]:
    rows: list[Row] = []
    fractions: list[Decimal] = []
    balance, before = principal_of(loan), start_of(loan)
    for n, one in enumerate(stated, 1):
        span = fraction(before, one.due)
        fee = monthly_charges(loan) if one.fee is None else one.fee
        part, interest, fee = _parts(one, balance, half_up(balance * span), fee, last=n == len(stated))
        if one.interest is not None or one.principal is not None:
            span = interest / balance if balance else Decimal(0)
        balance -= part
        rows.append(Row(n, one.due, part + interest + fee, part, interest, fee, balance))
        fractions.append(span)
        before = one.due
        if balance == 0:
            break
    return tuple(rows), tuple(fractions)


def _parts(
    one: Instalment, balance: Decimal, by_rate: Decimal, fee: Decimal, *, last: bool
) -> tuple[Decimal, Decimal, Decimal]:
    """(principal, interest, fee) of a stated row: never more principal than is left."""
    if one.principal is not None and one.interest is not None and one.fee is None:
        fee = min(fee, max(one.amount - one.principal - one.interest, ZERO))
    fee = min(fee, one.amount)
    if one.principal is not None:
        interest = one.interest if one.interest is not None else max(one.amount - one.principal - fee, ZERO)
        return min(one.principal, balance), interest, fee
    if one.interest is not None:
        return min(max(one.amount - one.interest - fee, ZERO), balance), one.interest, fee
    room = one.amount - fee
    if last and room >= balance:
        return balance, room - balance, fee
    interest = min(by_rate, room)
    return min(room - interest, balance), interest, fee


def _doubts(loan: Loan, stated: Sequence[Instalment], rows: Sequence[Row]) -> tuple[Message, ...]:
    """Where the table does not agree with itself, with the loan's sum or with its rate."""
    notes = [
        warning("debt.schedule_row_differs", n=row.n, stated=one.amount, parts=row.payment)
        for one, row in zip(stated, rows, strict=False)
        if one.amount != row.payment and row.balance
    ]
    if rows and rows[-1].balance:
        notes.append(warning("debt.schedule_left_over", balance=rows[-1].balance))
    return (*notes, *_rate_doubt(loan, rows))


def _rate_doubt(loan: Loan, rows: Sequence[Row]) -> tuple[Message, ...]:
    """The table's interest against what the rate brings on the table's own balances, by months or by days.

    A yuan, or two fen a row, is rounding. What the table itself comes to a year is said beside the rate.
    """
    if loan.rate is None or loan.method == "flat-fee" or not rows:
        return ()
    readings = [_by_rate(loan, loan.rate, rows, basis, months=months) for basis, months in _ways(loan)]
    allowed = max(_NOTICEABLE, len(rows) * _ROUNDING)
    if min(_apart(interest, rows) for interest in readings) <= allowed:
        return ()
    usual = readings[0]
    at = next(n for n, row in enumerate(rows) if abs(row.interest - usual[n]) > _ROUNDING)
    flows = [(start_of(loan), -principal_of(loan)), *((row.due, row.payment - row.fee) for row in rows)]
    facts = {
        "rate": loan.rate, "n": rows[at].n, "stated": rows[at].interest, "by_rate": usual[at],
        "interest": sum((row.interest for row in rows), ZERO), "expected": sum(usual, ZERO),
    }  # fmt: skip
    own = dated_summary(flows).nominal_12
    return (warning("debt.schedule_rate_differs", **facts, own="-" if own is None else half_up(own * 100)),)


def _ways(loan: Loan) -> Iterator[tuple[Basis, bool]]:
    """How lenders turn one rate into interest: the contract's basis with whole months, and by actual days."""
    yield loan.basis or DEFAULT_BASIS, True
    for basis in (loan.basis,) if loan.basis else (DEFAULT_BASIS, _BY_360):
        yield basis, False


def _by_rate(loan: Loan, rate: Rate, rows: Sequence[Row], basis: Basis, *, months: bool) -> list[Decimal]:
    """The interest of each row by the rate, on the balance that the table leaves."""
    table, day = RateTable(rate, start_of(loan), basis, loan.rate_changes), due_day_of(loan)
    balance, before, found = principal_of(loan), start_of(loan), []
    for row in rows:
        pieces = table.pieces(before, row.due, regular=months and whole_month(before, row.due, day))
        found.append(half_up(balance * sum((one.fraction for one in pieces), Decimal(0))))
        balance, before = row.balance, row.due
    return found


def _apart(interest: Sequence[Decimal], rows: Sequence[Row]) -> Decimal:
    return sum((abs(row.interest - one) for row, one in zip(rows, interest, strict=True)), ZERO)
