"""Loans as a plan needs them: which balance counts, on what it rests, and what must be paid when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from jdneg.domain.agreements import InForce, agreed_open, as_asked, in_force
from jdneg.domain.claims import claimed_total, claims_of
from jdneg.domain.dates import ONE_DAY, has_come, shanghai_day
from jdneg.domain.debt.accrual import Position, account_on, payments_of, position
from jdneg.domain.debt.agreed import agreed_rows
from jdneg.domain.debt.early import spared
from jdneg.domain.debt.late import late_terms, penalty_rate
from jdneg.domain.debt.ledger import Owed
from jdneg.domain.debt.rules import Rules, rules_of
from jdneg.domain.debt.running import Running
from jdneg.domain.debt.schedule import build_schedule
from jdneg.domain.debt.verify import Verification
from jdneg.domain.instalments import paid_by_day
from jdneg.domain.messages import Message, info
from jdneg.domain.money import FEN, ZERO
from jdneg.domain.negotiation.plan_debt import BalanceBasis, PlanDebt
from jdneg.domain.rate import Rate
from jdneg.domain.records.account import Claim, Payment
from jdneg.domain.records.base import Stored
from jdneg.domain.records.case import Agreement, Case
from jdneg.domain.records.loan import Basis, Instalment, Loan


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
        if has_come(loan.record.closed_on, as_of):
            continue
        agreed = in_force(cases, loan.id, as_of)
        seen = verifications.get(loan.id)
        if agreed is not None and agreed.agreement.instalments and not agreed.agreement.then_talk:
            if agreed.case not in told:
                known = [verifications[name] for name in agreed.loans if name in verifications]
                found.append(_agreed(loan, agreed, known, payments, as_of))
            told.add(agreed.case)
        elif seen is not None:
            found.append(_meanwhile(_computed(loan, seen, payments, as_of), agreed))
        else:
            found.append(_claimed(loan, claims, payments, as_of))
    return [debt for debt in found if debt.balance is None or debt.balance > 0 or _still(debt)]


def _stands(seen: Verification) -> Position:
    """Where a loan stands under the latest agreement, also where that is only oral."""
    oral = (one.position for one in seen.beside if one.agreement.why == "oral")
    return next(oral, seen.position)


def _still(debt: PlanDebt) -> bool:
    """Fees of rows to come go on after the principal is paid, and the contract where an agreement is only oral."""
    if debt.oral and debt.contract_total:
        return True
    return debt.run is not None and any(row.fee_then or row.adds for row in debt.run.rows[debt.run.next :])


def with_disputed(debt: PlanDebt) -> PlanDebt:
    """The debt with its disputed part scheduled too, without interest, for who asks for it."""
    if debt.balance is None or not debt.disputed:
        return debt
    run = debt.run.fork(debt.run.rules) if debt.run is not None else None
    if run is not None:
        run.carried += debt.disputed
    return replace(debt, balance=debt.balance + debt.disputed, disputed=ZERO, run=run)


def _name(loan: Loan) -> str:
    return " ".join(part for part in (loan.lender, loan.product) if part)


def _agreed(
    loan: Stored[Loan],
    found: InForce,
    known: Sequence[Verification],
    payments: Sequence[Stored[Payment]],
    as_of: dt.date,
) -> PlanDebt:
    """By the agreement. An oral one rests on words alone: its sum is what they say, the contract's stands beside.

    ``known`` are those of its loans of which something can be computed.
    """
    stand = [_stands(one) for one in known]
    made = as_asked(found.agreement, spared(stand))
    paid = paid_by_day(one.record for one in payments if one.record.loan in found.loans)
    rows = tuple(Instalment(due=row.due, amount=left) for row, left in agreed_open(made, paid, as_of))
    run = _agreed_run(loan, found, known, payments, rows, as_of)
    past = [row for row in rows if row.due < as_of]
    whole = len(known) == len(found.loans)
    return PlanDebt(
        loan=loan.id,
        loans=found.loans if len(found.loans) > 1 else (),
        name=_name(loan.record),
        balance=run.owed().total if run is not None else _sum(rows),
        basis="claimed" if made.oral else "contract",
        minimum=_sum(past) + _first(rows, as_of),
        due_day=rows[-1].due.day if rows else None,
        overdue=_sum(past),
        overdue_since=past[0].due if past else None,
        run=run,
        asked=tuple(replace(row, due=row.due + dt.timedelta(days=made.grace_days)) for row in rows),
        remitted=sum((at.remitted for at in stand), ZERO),
        agreement=True,
        oral=made.oral,
        contract_total=sum((one.position.total for one in known), ZERO) if made.oral and whole else None,
    )


def _agreed_run(
    loan: Stored[Loan],
    found: InForce,
    known: Sequence[Verification],
    payments: Sequence[Stored[Payment]],
    rows: Sequence[Instalment],
    as_of: dt.date,
) -> Running | None:
    """The engine's account under the agreement; one for all its loans, where it is about several; its bare rows where
    nothing is known of a contract.
    """
    if len(known) < len(found.loans) or found.agreement.starts > as_of:
        return agreed_account(rows, as_of) if rows else None
    if len(found.loans) == 1:
        [seen] = known
        return account_on(loan.record, seen.schedule, payments_of(loan.id, payments), as_of, seen.agreed.as_talked)
    return _joined_account(rows, [_stands(one) for one in known], as_of)


def _joined_account(rows: Sequence[Instalment], stand: Sequence[Position], as_of: dt.date) -> Running | None:
    """The rows over what is owed on all loans together: what they ask beyond it is interest to come."""
    owed = Owed(
        sum((at.principal for at in stand), ZERO), sum((at.interest for at in stand), ZERO),
        sum((at.penalty or ZERO for at in stand), ZERO), sum((at.fee for at in stand), ZERO),
    )  # fmt: skip
    if not rows:
        return None
    run = agreed_account(rows, as_of)
    made = Agreement(offer=0, agreed_at=as_of, starts=as_of, oral=False, instalments=tuple(rows))
    opened, carried, _ = agreed_rows(made, owed)
    run.replace(opened, carried, (), 0)
    return run


def agreed_account(rows: Sequence[Instalment], as_of: dt.date) -> Running:
    """Rows that are all there is: nothing comes up beside them."""
    start = min(rows[0].due, as_of) - ONE_DAY
    table = tuple(replace(row, principal=row.amount, interest=ZERO, fee=ZERO) for row in rows)
    bare = Loan(lender="-", kind="unknown", principal=_sum(rows), start=start, schedule=table)
    run = Running(build_schedule(bare), Rules(), trace=False)
    run.go_to(as_of)
    return run


def stated_account(
    principal: Decimal, rate: Rate | None, as_of: dt.date, rest: Decimal = ZERO, basis: Basis | None = None
) -> Running:
    """A debt of which only a figure is known: interest on ``principal`` by the rate, the ``rest`` bears none."""
    bare = Loan(lender="-", kind="unknown", principal=principal, start=as_of, rate=rate, method="daily", basis=basis)
    run = Running(build_schedule(bare), rules_of(bare, None), trace=False)
    run.carried = rest
    return run


def _computed(
    loan: Stored[Loan], seen: Verification, payments: Sequence[Stored[Payment]], as_of: dt.date
) -> PlanDebt:
    """By the contract's schedule; what is claimed beyond it is the disputed part."""
    record, at = loan.record, seen.position
    late = late_terms(record).terms
    return PlanDebt(
        loan=loan.id,
        name=_name(record),
        balance=at.total,
        basis=_basis(seen),
        disputed=_disputed(record, seen, payments_of(loan.id, payments)),
        minimum=_minimum(record, at),
        rate=record.rate,
        due_day=_due_day(record, at),
        overdue=at.overdue_amount,
        overdue_since=at.overdue[0].due if at.overdue else None,
        penalty=late.rate if late else None,
        run=account_on(record, seen.schedule, payments_of(loan.id, payments), as_of, seen.agreed.written),
        consequence=_consequence(record, late is not None),
    )


def _meanwhile(debt: PlanDebt, agreed: InForce | None) -> PlanDebt:
    """Small payments that settle nothing leave the contract's sums as they are: the plan says so."""
    if agreed is None or not agreed.agreement.instalments:
        return debt
    rows = agreed.agreement.instalments
    facts = {"loan": ",".join(agreed.loans), "case": agreed.case, "monthly": rows[0].amount, "until": rows[-1].due}
    return replace(debt, meanwhile=info("plan.meanwhile", **facts))


def _consequence(loan: Loan, late_known: bool) -> Message:
    """What the contract itself lets follow lateness; what it does not say is not guessed."""
    if loan.accelerated_on is not None:
        return info("plan.if_late_accelerated", date=loan.accelerated_on)
    late = penalty_rate(loan)
    if late_known and late is not None:
        return info("plan.if_late_penalty", rate=str(late))
    return info("plan.if_late_unknown")


def _minimum(loan: Loan, at: Position) -> Decimal | None:
    """What is overdue and the current instalment, else the minimum the lender states."""
    if at.rows:
        return at.overdue_amount + (at.next_due.payment if at.next_due else ZERO)
    return loan.minimum


def _due_day(loan: Loan, at: Position) -> int | None:
    """The contract's day; where it had a schedule, its last row's."""
    if loan.due_day is not None:
        return loan.due_day
    return at.rows[-1].due.day if at.rows else None


def _basis(seen: Verification) -> BalanceBasis:
    """Verified: their total and the contract's are the same to the fen."""
    total = next(one for one in seen.components if one.name == "total")
    return "verified" if total.difference is not None and abs(total.difference) < FEN else "contract"


def _disputed(loan: Loan, seen: Verification, payments: Sequence[Payment]) -> Decimal:
    """What they ask beyond the records on the claim's own day; interest and payments after it change nothing."""
    claim = seen.claims[-1].record if seen.claims else None
    claimed = claimed_total(claim) if claim is not None else None
    if claim is None or claimed is None:
        return ZERO
    agreed = [one for one in seen.agreed.written if one.agreement.starts <= claim.at]
    return max(claimed - position(loan, seen.schedule, payments, claim.at, agreed).total, ZERO)


def _claimed(
    loan: Stored[Loan], claims: Sequence[Stored[Claim]], payments: Sequence[Stored[Payment]], as_of: dt.date
) -> PlanDebt:
    """By their word alone: the latest claim less what was paid on the days after it, or nothing at all."""
    own = claims_of(loan.id, claims, as_of)
    claim = own[-1].record if own else None
    balance = claimed_total(claim) if claim else None
    if claim is not None and balance is not None:
        later = (one for one in payments_of(loan.id, payments) if claim.at < shanghai_day(one.at) <= as_of)
        balance = max(balance - sum((one.amount for one in later), ZERO), ZERO)
    principal = min(claim.principal or balance, balance) if claim and balance is not None else None
    run = None
    if principal is not None and balance is not None and loan.record.rate is not None:
        run = stated_account(principal, loan.record.rate, as_of, balance - principal, loan.record.basis)
    return PlanDebt(
        loan=loan.id,
        name=_name(loan.record),
        balance=balance,
        basis="claimed" if balance is not None else None,
        minimum=loan.record.minimum,
        rate=loan.record.rate,
        due_day=loan.record.due_day,
        run=run,
        consequence=_consequence(loan.record, late_terms(loan.record).terms is not None),
    )


def _sum(rows: Sequence[Instalment]) -> Decimal:
    return sum((row.amount for row in rows), ZERO)


def _first(rows: Sequence[Instalment], as_of: dt.date) -> Decimal:
    return next((row.amount for row in rows if row.due >= as_of), ZERO)
