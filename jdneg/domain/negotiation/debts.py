"""Loans as a plan needs them: which balance counts, on what it rests, and what must be paid when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from jdneg.domain.agreements import InForce, agreed_open, in_force
from jdneg.domain.debt.accrual import Position
from jdneg.domain.debt.late import late_terms
from jdneg.domain.debt.rows import Row
from jdneg.domain.debt.verify import Verification, claims_of
from jdneg.domain.instalments import paid_by_day
from jdneg.domain.money import FEN, ZERO
from jdneg.domain.negotiation.plan_debt import BalanceBasis, PlanDebt
from jdneg.domain.records.account import Claim, Payment
from jdneg.domain.records.base import Stored
from jdneg.domain.records.case import Case
from jdneg.domain.records.loan import Instalment, Loan


def plan_debts(
    loans: Sequence[Stored[Loan]],
    verifications: Mapping[str, Verification],
    claims: Sequence[Stored[Claim]],
    payments: Sequence[Stored[Payment]],
    cases: Sequence[Stored[Case]],
    as_of: dt.date,
) -> list[PlanDebt]:
    """The open debts on ``as_of``, in the order of ``loans``.

    ``verifications`` by loan id holds those loans whose terms let something be computed. An agreement about several
    loans stands under the first of them.
    """
    found, told = [], set()
    for loan in loans:
        if loan.record.closed_on is not None and loan.record.closed_on <= as_of:
            continue
        agreed = in_force(cases, loan.id, as_of)
        if agreed is not None and agreed.agreement.instalments:
            if agreed.case not in told:
                found.append(_agreed(loan, agreed, payments, as_of))
            told.add(agreed.case)
        elif loan.id in verifications:
            found.append(_computed(loan, verifications[loan.id]))
        else:
            found.append(_claimed(loan, claims, as_of))
    return [debt for debt in found if debt.balance is None or debt.balance > 0]


def with_disputed(debt: PlanDebt) -> PlanDebt:
    """The debt with its disputed part scheduled too, for who asks for it."""
    if debt.balance is None or not debt.disputed:
        return debt
    return replace(debt, balance=debt.balance + debt.disputed, disputed=ZERO)


def _name(loan: Loan) -> str:
    return " ".join(part for part in (loan.lender, loan.product) if part)


def _agreed(loan: Stored[Loan], found: InForce, payments: Sequence[Stored[Payment]], as_of: dt.date) -> PlanDebt:
    """By the agreement: what is unpaid of its instalments is all there is. Oral, it rests on words alone."""
    paid = paid_by_day(one.record for one in payments if one.record.loan in found.loans)
    still = agreed_open(found.agreement, paid, as_of)
    rows = tuple(Instalment(due=row.due, amount=left) for row, left in still)
    past = [row for row in rows if row.due < as_of]
    return PlanDebt(
        loan=loan.id,
        name=_name(loan.record),
        balance=sum((row.amount for row in rows), ZERO),
        basis="claimed" if found.agreement.oral else "contract",
        minimum=_sum(past) + _first(rows, as_of),
        rate=None,
        overdue_since=past[0].due if past else None,
        agreed=rows,
        agreement=True,
    )


def _computed(loan: Stored[Loan], seen: Verification) -> PlanDebt:
    """By the contract's schedule; what is claimed beyond it is the disputed part."""
    record, at = loan.record, seen.position
    rows = _rows_to_come(at)
    table = tuple(Instalment(due=row.due, amount=row.payment) for row in rows)
    past = tuple(Instalment(due=row.due, amount=row.unpaid) for row in at.overdue)
    late = late_terms(record).terms
    return PlanDebt(
        loan=loan.id,
        name=_name(record),
        balance=_balance(at, rows, interest_runs=record.rate is not None),
        basis=_basis(seen),
        disputed=_disputed(seen),
        minimum=_minimum(record, at, rows),
        minimum_after=None if rows or not at.overdue else record.minimum or ZERO,
        rate=record.rate,
        principal=at.principal,
        year_days=360 if record.basis in ("act/360", "30/360") else 365,
        overdue=_overdue_principal(at, whole=late is not None and late.base == "balance"),
        overdue_since=at.overdue[0].due if at.overdue else None,
        penalty=late.rate if late else None,
        due_day=_due_day(record, at),
        agreed=(*past, *table) if table else (),
    )


def _rows_to_come(at: Position) -> tuple[Row, ...]:
    return tuple(row for row in at.rows if at.next_due is not None and row.due >= at.next_due.due)


def _balance(at: Position, rows: Sequence[Row], *, interest_runs: bool) -> Decimal:
    """What is owed now, and the fees the contract still brings; without a rate, its fixed interest too."""
    still = sum((row.fee for row in rows if row.due > at.as_of), ZERO)
    if interest_runs:
        return at.total + still
    still += sum((row.interest for row in rows if row.due > at.as_of), ZERO)
    stated = sum((row.payment for row in rows), at.overdue_amount) + (at.penalty or ZERO)
    return min(stated, at.total + still) if rows else at.total


def _minimum(loan: Loan, at: Position, rows: Sequence[Row]) -> Decimal | None:
    """What is overdue and the current instalment, else the minimum the lender states."""
    if rows or at.overdue:
        return at.overdue_amount + (rows[0].payment if rows else ZERO)
    return loan.minimum


def _overdue_principal(at: Position, *, whole: bool) -> Decimal:
    if whole and at.overdue:
        return at.principal
    parts = {row.n: row.principal for row in at.rows}
    return sum((min(row.unpaid, parts.get(row.n, row.unpaid)) for row in at.overdue), ZERO)


def _due_day(loan: Loan, at: Position) -> int | None:
    """The contract's day; where it had a schedule, its last row's."""
    if loan.due_day is not None:
        return loan.due_day
    return at.rows[-1].due.day if at.rows else None


def _basis(seen: Verification) -> BalanceBasis:
    """Verified: their total and the contract's are the same to the fen."""
    total = next(one for one in seen.components if one.name == "total")
    return "verified" if total.difference is not None and abs(total.difference) < FEN else "contract"


def _disputed(seen: Verification) -> Decimal:
    claimed = _total(seen.claims[-1].record) if seen.claims else None
    return max(claimed - seen.position.total, ZERO) if claimed is not None else ZERO


def _claimed(loan: Stored[Loan], claims: Sequence[Stored[Claim]], as_of: dt.date) -> PlanDebt:
    """By their word alone: the latest claim, or nothing at all."""
    own = claims_of(loan.id, claims, as_of)
    claim = own[-1].record if own else None
    balance = _total(claim) if claim else None
    return PlanDebt(
        loan=loan.id,
        name=_name(loan.record),
        balance=balance,
        basis="claimed" if balance is not None else None,
        minimum=loan.record.minimum,
        rate=loan.record.rate,
        principal=claim.principal if claim else None,
        due_day=loan.record.due_day,
    )


def _total(claim: Claim) -> Decimal | None:
    """The stated total, else the sum of what is stated beside a principal."""
    if claim.total is not None or claim.principal is None:
        return claim.total
    parts = (claim.principal, claim.interest, claim.penalty, claim.fee)
    return sum((part for part in parts if part is not None), ZERO)


def _sum(rows: Sequence[Instalment]) -> Decimal:
    return sum((row.amount for row in rows), ZERO)


def _first(rows: Sequence[Instalment], as_of: dt.date) -> Decimal:
    return next((row.amount for row in rows if row.due >= as_of), ZERO)
