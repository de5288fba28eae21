"""A debt as a plan sees it, and whether it can be planned at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from jdneg.domain.messages import Message, warning
from jdneg.domain.money import ZERO
from jdneg.domain.rate import Rate
from jdneg.errors import BadDueDay, JdnegError, NegativeAmount, raise_all
from jdneg.values import dataclass

if TYPE_CHECKING:
    from jdneg.domain.debt.running import Running
    from jdneg.domain.records.loan import Instalment

BalanceBasis = Literal["verified", "contract", "claimed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDebt:
    """Yuan; None is unknown and makes the debt not plannable where the plan needs it.

    ``run`` is the debt engine's account on the first day of the plan: it says what falls due when and what comes
    up. ``balance`` is what stands in it, the ``disputed`` part not in it; ``basis`` is what that figure rests on
    (the sum of an oral agreement rests on their word: claimed). ``minimum`` is what must be paid next; of a debt
    without rows, each month on ``due_day``. ``agreement``: what runs is an agreement, ``contract_total`` what the
    contract says beside an oral one. ``pays_now``: what is overdue can be paid on the first day. ``consequence``
    is a message on what late payment may bring by this contract, ``meanwhile`` one on what is agreed beside it and
    settles nothing. ``loans`` are all that one agreement is about, where there are several; ``loan`` is the first of
    them. ``asked`` is what it still asks, each by the last day on which it is kept, ``remitted`` what it let go.
    """

    loan: str
    name: str
    balance: Decimal | None
    basis: BalanceBasis | None
    minimum: Decimal | None
    rate: Rate | None = None
    disputed: Decimal = ZERO
    due_day: int | None = None
    overdue: Decimal = ZERO
    overdue_since: dt.date | None = None
    penalty: Rate | None = None
    run: Running | None = None
    agreement: bool = False
    oral: bool = False
    contract_total: Decimal | None = None
    pays_now: bool = False
    consequence: Message | None = None
    meanwhile: Message | None = None
    loans: tuple[str, ...] = ()
    asked: tuple[Instalment, ...] = ()
    remitted: Decimal = ZERO

    @property
    def named(self) -> str:
        """As ``jdneg pay`` asks for it."""
        return ",".join(self.loans) or self.loan


def not_plannable(debt: PlanDebt) -> Message | None:
    """One warning that names all that is missing, or None."""
    found = [warning(f"plan.missing_{what}") for what, missing in _needs(debt) if missing]
    if not found:
        return None
    return warning("plan.not_plannable", loan=debt.named, name=debt.name, missing=tuple(found))


def _needs(debt: PlanDebt) -> tuple[tuple[str, bool], ...]:
    rows = debt.run is not None and bool(debt.run.schedule_rows)
    return (
        ("balance", debt.balance is None),
        ("rate", debt.rate is None and not rows and not debt.agreement),
        ("minimum", debt.minimum is None and not rows),
        ("due_day", debt.due_day is None and not rows),
    )


def plannable(debts: Iterable[PlanDebt]) -> list[PlanDebt]:
    """Those of which everything needed is known and something is owed or still comes up."""
    return [one for one in debts if not_plannable(one) is None and one.run is not None]


def with_hand(debts: Iterable[PlanDebt], hand: Decimal) -> list[PlanDebt]:
    """Where there is money today, what is overdue can be paid today."""
    return [replace(one, pays_now=hand > 0 and one.overdue > 0) for one in debts]


def check(debts: Iterable[PlanDebt], available: Decimal) -> None:
    """Raises NegativeAmount and BadDueDay, all at once."""
    faults: list[JdnegError] = [NegativeAmount(value=available)] if available < 0 else []
    for debt in debts:
        amounts = (debt.balance, debt.minimum, debt.overdue, debt.disputed)
        faults += [NegativeAmount(value=one) for one in amounts if one is not None and one < 0]
        if debt.due_day is not None and not 1 <= debt.due_day <= 31:
            faults.append(BadDueDay(value=debt.due_day))
    raise_all(faults)
