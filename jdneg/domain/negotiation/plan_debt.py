"""A debt as a plan sees it, and whether it can be planned at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Literal

from jdneg.domain.messages import Message, warning
from jdneg.domain.money import ZERO
from jdneg.domain.rate import Rate
from jdneg.domain.records.loan import Instalment
from jdneg.errors import BadDueDay, JdnegError, NegativeAmount, raise_all
from jdneg.values import dataclass

BalanceBasis = Literal["verified", "contract", "claimed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDebt:
    """Yuan; None is unknown and makes the debt not plannable where the plan needs it.

    ``balance`` is what the plan repays, the ``disputed`` part not in it. Interest runs on ``principal`` (None: on all
    of the balance) at ``rate``, on the ``overdue`` part of it at ``penalty`` instead where that is known.
    ``minimum`` is due first (what is overdue and the current instalment), ``minimum_after`` each month after that
    (None: the same again). ``agreed`` is a dated table of what must be paid, which then says both the days and the
    amounts; without a ``rate`` it holds all the cost there is. Without it, payments are due on ``due_day``, from
    ``next_due`` where that is known. ``agreement`` says that the table comes from an agreement.
    """

    loan: str
    name: str
    balance: Decimal | None
    basis: BalanceBasis | None
    minimum: Decimal | None
    rate: Rate | None
    disputed: Decimal = ZERO
    minimum_after: Decimal | None = None
    principal: Decimal | None = None
    year_days: Literal[360, 365] = 365
    overdue: Decimal = ZERO
    overdue_since: dt.date | None = None
    penalty: Rate | None = None
    due_day: int | None = None
    next_due: dt.date | None = None
    agreed: tuple[Instalment, ...] = ()
    agreement: bool = False


def not_plannable(debt: PlanDebt) -> Message | None:
    """One warning that names all that is missing, or None."""
    found = [warning(f"plan.missing_{what}") for what, missing in _needs(debt) if missing]
    if not found:
        return None
    return warning("plan.not_plannable", loan=debt.loan, name=debt.name, missing=tuple(found))


def _needs(debt: PlanDebt) -> tuple[tuple[str, bool], ...]:
    table = bool(debt.agreed)
    return (
        ("balance", debt.balance is None),
        ("rate", debt.rate is None and not table),
        ("minimum", debt.minimum is None and not table),
        ("due_day", debt.due_day is None and debt.next_due is None and not table),
    )


def check(debts: Iterable[PlanDebt], available: Decimal) -> None:
    """Raises NegativeAmount and BadDueDay, all at once."""
    faults: list[JdnegError] = [NegativeAmount(value=available)] if available < 0 else []
    for debt in debts:
        amounts = (debt.balance, debt.minimum, debt.minimum_after, debt.principal, debt.overdue, debt.disputed)
        faults += [NegativeAmount(value=one) for one in amounts if one is not None and one < 0]
        faults += [NegativeAmount(value=one.amount) for one in debt.agreed if one.amount < 0]
        if debt.due_day is not None and not 1 <= debt.due_day <= 31:
            faults.append(BadDueDay(value=debt.due_day))
    raise_all(faults)
