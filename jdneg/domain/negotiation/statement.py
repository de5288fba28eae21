"""One page for one creditor: the budget as it is, and this creditor's part of what is left. The same for all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from jdneg.domain.money import ZERO, half_up
from jdneg.domain.negotiation.budget import BudgetSummary, summary
from jdneg.domain.negotiation.plan_debt import PlanDebt
from jdneg.domain.records.base import Stored
from jdneg.domain.records.budget import Budget
from jdneg.domain.records.exhibit import Exhibit
from jdneg.domain.records.loan import Loan
from jdneg.values import dataclass


@dataclass(frozen=True, slots=True)
class Statement:
    """``debts`` is how many there are, ``owed`` what they come to, ``claimed`` what of it is a lender's word alone;
    ``share`` is this creditor's part of what is left by balance, None where its balance is not known, and
    ``only_claimed`` whether that is the creditor's own word. ``unknown`` counts debts without a known balance.
    """

    as_of: dt.date
    budget: Stored[Budget]
    loan: Stored[Loan]
    left: BudgetSummary
    debts: int
    owed: Decimal
    claimed: Decimal
    only_claimed: bool
    unknown: int
    balance: Decimal | None
    share: Decimal | None
    papers: tuple[Stored[Exhibit], ...]


def statement_of(
    budget: Stored[Budget],
    loan: Stored[Loan],
    debts: Sequence[PlanDebt],
    papers: Sequence[Stored[Exhibit]],
    as_of: dt.date,
) -> Statement:
    """Raises what `summary` raises."""
    left = summary(budget.record)
    owed = sum((one.balance or ZERO for one in debts), ZERO)
    balance = next((one.balance for one in debts if one.loan == loan.id), None)
    said = [one for one in debts if one.basis == "claimed" and not one.oral]
    share = half_up(left.available * balance / owed) if balance is not None and owed else None
    return Statement(
        as_of=as_of, budget=budget, loan=loan, left=left, debts=len(debts), owed=owed,
        claimed=sum((one.balance or ZERO for one in said), ZERO),
        only_claimed=any(one.loan == loan.id for one in said),
        unknown=sum(1 for one in debts if one.balance is None), balance=balance, share=share, papers=tuple(papers),
    )  # fmt: skip
