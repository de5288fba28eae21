"""What the contract says of lateness, with the gaps named. Without a factor or a rate nothing is known."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from jdneg.domain.debt.interest import DEFAULT_BASIS, yearly
from jdneg.domain.messages import Message, info
from jdneg.domain.rate import Rate
from jdneg.domain.records.loan import Loan, PenaltyBase
from jdneg.values import dataclass

_COMPOUNDED = {"due": "debt.compound_due", "month": "debt.compound_month", "quarter": "debt.compound_quarter"}


@dataclass(frozen=True, slots=True)
class LateTerms:
    """The penalty rate and what it runs on; it takes the place of ordinary interest on that unless ``beside``.

    ``scheduled``: whatever it runs on, it takes the place of ordinary interest on the overdue principal alone.
    With a ``factor`` it follows the contract's rate where that changes; ``rate`` is the penalty at the start.
    """

    rate: Rate
    base: PenaltyBase
    compound: bool
    factor: Decimal | None = None
    beside: bool = False
    every: Literal["due", "month", "quarter"] | None = None
    scheduled: bool = False


@dataclass(frozen=True, slots=True)
class Late:
    """``terms`` None: the penalty cannot be computed."""

    terms: LateTerms | None
    notes: tuple[Message, ...] = ()


def late_terms(loan: Loan) -> Late:
    """The penalty by the contract's own rate, else its factor on the contract's rate."""
    said = loan.overdue
    if said is None:
        return Late(None)
    notes = [info("debt.grace_counted", days=said.grace_days)] if said.grace_days else []
    rate = penalty_rate(loan)
    if rate is None:
        return Late(None, tuple(notes))
    if said.base is None:
        notes.append(info("debt.penalty_base_assumed"))
    if said.beside:
        notes.append(info("debt.penalty_beside"))
    elif said.base is not None:
        notes.append(info("debt.penalty_instead"))
    if said.compound and said.compound_every is not None:
        notes.append(info(_COMPOUNDED[said.compound_every]))
    terms = LateTerms(
        rate=rate,
        base=said.base or "overdue_principal",
        compound=said.compound,
        factor=said.factor if said.rate is None else None,
        beside=said.beside,
        every=said.compound_every,
    )
    return Late(terms, tuple(notes))


def rate_when_late(loan: Loan) -> Decimal | None:
    """All that runs in a year on a yuan that is overdue, as a fraction: the penalty, and interest where both run."""
    rate, basis = penalty_rate(loan), loan.basis or DEFAULT_BASIS
    if rate is None:
        return None
    beside = loan.overdue is not None and loan.overdue.beside and loan.rate is not None
    return yearly(rate, basis) + (yearly(loan.rate, basis) if beside and loan.rate else 0)


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
