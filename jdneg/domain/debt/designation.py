"""One payment, several debts to one creditor, and nobody said which it is for: the order of Civil Code 560.

What is due goes first; among that the least secured, the heavier burden, the earlier due, then in proportion. What
is not due yet follows by the same order. Where one debt of a group leaves a criterion unknown, the group counts as
equal in it: nothing is ordered by a guess.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby
from typing import Any

from jdneg.domain.dates import ONE_DAY
from jdneg.domain.debt.accrual import play
from jdneg.domain.debt.agreed import Bound
from jdneg.domain.debt.allin import loan_rates
from jdneg.domain.debt.events import happenings
from jdneg.domain.debt.interest import DEFAULT_BASIS, yearly
from jdneg.domain.debt.late import late_terms, rate_when_late
from jdneg.domain.debt.rows import Schedule
from jdneg.domain.debt.rules import rules_of
from jdneg.domain.debt.running import Running
from jdneg.domain.debt.unpaid import next_row, unpaid_rows
from jdneg.domain.messages import Message, info, warning
from jdneg.domain.money import ZERO, half_up, in_proportion
from jdneg.domain.records.account import Payment
from jdneg.domain.records.base import Stored
from jdneg.domain.records.loan import Loan
from jdneg.values import dataclass

_FINE = Decimal("0.0001")  # burdens nearer than a hundredth of a percent are the same


@dataclass(frozen=True, slots=True)
class DueDebt:
    """Yuan to the fen: ``due`` is what is due now, part of all that is ``owed``.

    ``burden`` is what the debt costs a year, as a fraction; ``due_on`` the day its oldest open part falls due.
    None is unknown.
    """

    loan: str
    due: Decimal
    owed: Decimal
    secured: bool | None = None
    burden: Decimal | None = None
    due_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """What of the payment goes to one debt (nothing: ``0.00``), and by which rule."""

    loan: str
    amount: Decimal
    why: Message


@dataclass(frozen=True, slots=True)
class _Group:
    """Debts of the same rank, and the criterion that set it apart from the others (None: it stands alone)."""

    debts: tuple[DueDebt, ...]
    by: str | None


_Key = Callable[[DueDebt], Any]
# The name of each criterion, what it compares (the least goes first), and whether it is known.
_ORDER: tuple[tuple[str, _Key, _Key], ...] = (
    ("security", lambda one: one.secured, lambda one: one.secured),
    ("burden", lambda one: -(one.burden or ZERO), lambda one: one.burden),
    ("earlier", lambda one: one.due_on, lambda one: one.due_on),
)


def designate(amount: Decimal, debts: Sequence[DueDebt]) -> tuple[Share, ...]:
    """One share for each debt, in the order in which the money reaches them; none is above what is owed on it.

    The shares sum to ``amount``, or to all that is owed when that is less: `remainder` names the rest.
    """
    shares: dict[str, Share] = {}
    left = amount
    for part in ("due", "ahead"):
        open_debts = tuple(one for one in debts if _part(one, part))
        for group in _ranked(open_debts, 0, None):
            for debt, paid in _spread(left, group.debts, part):
                left -= paid
                shares[debt.loan] = _more(shares.get(debt.loan), debt, paid, _why(group, debt, part))
    unowed = (Share(one.loan, ZERO, info("payment.why_nothing_owed")) for one in debts if one.loan not in shares)
    return (*shares.values(), *unowed)


def remainder(amount: Decimal, shares: Sequence[Share]) -> Message | None:
    """What is left of the payment once every debt is paid; None where nothing is."""
    rest = amount - sum((one.amount for one in shares), ZERO)
    return warning("payment.remainder", rest=rest) if rest > 0 else None


def as_one_debt(debts: Sequence[DueDebt]) -> list[DueDebt]:
    """The same where one agreement covers them all: nothing sets one before another, each gets its share."""
    return [replace(one, secured=False, burden=ZERO, due_on=dt.date.min) for one in debts]


def open_facts(debts: Sequence[DueDebt]) -> tuple[Message, ...]:
    """What no record says and the order had to do without, each with the debts it is unknown of."""
    owing = [one for one in debts if one.owed]
    found = []
    for name, _, known in _ORDER:
        unknown = [one.loan for one in owing if known(one) is None]
        if len(owing) > 1 and unknown:
            found.append(info(f"payment.{name}_unknown", loans=", ".join(unknown), loan=unknown[0]))
    if sum(bool(one.secured) for one in owing) > 1:
        found.append(info("payment.secured_alike"))
    return tuple(found)


def _part(debt: DueDebt, part: str) -> Decimal:
    return debt.due if part == "due" else debt.owed - debt.due


def _ranked(debts: tuple[DueDebt, ...], at: int, by: str | None) -> Iterator[_Group]:
    """The groups in the order of payment, each split by the criteria from the one at ``at`` on."""
    if len(debts) == 1 or at == len(_ORDER):
        if debts:
            yield _Group(debts, by if len(debts) == 1 else "ratio")
        return
    name, key, known = _ORDER[at]
    if any(known(one) is None for one in debts):
        yield from _ranked(debts, at + 1, by)
        return
    groups = [tuple(members) for _, members in groupby(sorted(debts, key=key), key=key)]
    for group in groups:
        yield from _ranked(group, at + 1, name if len(groups) > 1 else by)


def _spread(amount: Decimal, debts: Sequence[DueDebt], part: str) -> list[tuple[DueDebt, Decimal]]:
    """``amount`` over debts of one rank, in proportion where it does not cover them all."""
    asked = [_part(one, part) for one in debts]
    paid = asked if amount >= sum(asked, ZERO) else in_proportion(amount, asked)
    return list(zip(debts, paid, strict=True))


def _more(known: Share | None, debt: DueDebt, paid: Decimal, why: Message) -> Share:
    """A debt that got its due part may get of what is not due yet too; one payment, both reasons."""
    if known is None:
        return Share(debt.loan, paid, why if paid else info("payment.why_nothing_left"))
    if not paid:
        return known
    both = info("payment.why_both", first=known.why, due=known.amount, ahead=paid)
    return Share(debt.loan, known.amount + paid, both)


def _why(group: _Group, debt: DueDebt, part: str) -> Message:
    stage = info(f"payment.stage_{part}")
    if group.by == "security":
        return info("payment.why_secured" if debt.secured else "payment.why_unsecured", stage=stage)
    if group.by == "burden":
        assert debt.burden is not None
        return info("payment.why_burden", stage=stage, percent=half_up(debt.burden * 100))
    if group.by == "earlier":
        return info("payment.why_earlier", stage=stage, date=debt.due_on)
    if group.by == "ratio":
        whole = sum((_part(one, part) for one in group.debts), ZERO)
        return info("payment.why_ratio", stage=stage, part=_part(debt, part), whole=whole)
    return stage


def due_debt(
    loan: Stored[Loan],
    schedule: Schedule,
    payments: Sequence[Payment],
    day: dt.date,
    agreed: Sequence[Bound] = (),
) -> DueDebt:
    """The debt at the end of ``day``: a row is due on its day.

    ``payments`` are this loan's; ``agreed`` are the agreements that count on ``day``, oldest first.
    """
    run = Running(schedule, rules_of(loan.record, late_terms(loan.record).terms))
    play(run, happenings(loan.record, payments, day), day, agreed)
    owed, fallen = run.owed(), (run.due_principal, run.due_interest, run.due_fee, run.penalty)
    total = _sum(owed.principal, owed.interest, owed.penalty, owed.fee)
    all_fell = run.next == len(run.rows)
    run.go_to(day + ONE_DAY)  # only then does the account call a row of today unpaid
    rows, coming = unpaid_rows(run), next_row(run)
    due = _sum(*fallen)
    if all_fell:
        due = total
    elif run.replaced:  # an agreement's rows also pay what was carried over
        due = _sum(*(left for _, left in rows), owed.penalty)
    first = rows[0][0].due if rows else coming.due if coming else None
    burden = _burden(loan.record, late=bool(rows))
    return DueDebt(loan.id, min(due, total), total, loan.record.secured, burden, first)


def _sum(*parts: Decimal) -> Decimal:
    """Each part to the fen, as a position shows them."""
    return max(sum((half_up(one) for one in parts), ZERO), ZERO)


def _burden(loan: Loan, *, late: bool) -> Decimal | None:
    """A year's cost: the contract's rate, all in where more than a rate is asked; the penalty where that runs."""
    basis = loan.basis or DEFAULT_BASIS
    more = loan.fee or loan.charges or loan.schedule or loan.payment or loan.received or loan.rate_changes
    cost = loan_rates(loan).nominal_12 if more or loan.rate is None else yearly(loan.rate, basis)
    known = [one for one in (cost, rate_when_late(loan) if late else None) if one is not None]
    return max(known).quantize(_FINE) if known else None
