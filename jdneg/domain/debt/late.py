"""What the contract says of lateness, with the gaps named. Without a factor or a rate nothing is known."""

from __future__ import annotations

from jdneg.domain.messages import Message, info
from jdneg.domain.rate import Rate
from jdneg.domain.records.loan import Loan, PenaltyBase
from jdneg.values import dataclass


@dataclass(frozen=True, slots=True)
class LateTerms:
    """The penalty rate and what it runs on; it takes the place of ordinary interest on that."""

    rate: Rate
    base: PenaltyBase
    compound: bool
    grace_days: int


@dataclass(frozen=True, slots=True)
class Late:
    """``terms`` None: the penalty cannot be computed."""

    terms: LateTerms | None
    notes: tuple[Message, ...] = ()


def late_terms(loan: Loan) -> Late:
    """The penalty by the contract's own rate, else its factor on the contract's rate."""
    said = loan.overdue
    rate = penalty_rate(loan)
    if said is None or rate is None:
        return Late(None)
    notes: list[Message] = []
    if said.base is None:
        notes.append(info("debt.penalty_base_assumed"))
    if said.grace_days:
        notes.append(info("debt.grace_counted", days=said.grace_days))
    return Late(LateTerms(rate, said.base or "overdue_principal", said.compound, said.grace_days), tuple(notes))


def penalty_rate(loan: Loan) -> Rate | None:
    """``rate`` as written, or factor x the contract's rate; None where neither can be had."""
    said = loan.overdue
    if said is None:
        return None
    if said.rate is not None:
        return said.rate
    if said.factor is None or loan.rate is None:
        return None
    return Rate(loan.rate.percent * said.factor, loan.rate.per)
