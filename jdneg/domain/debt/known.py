"""What nothing can be computed without: how much was lent, and when. Whoever needs either asks here.

A debt is often known by its demand alone, so the record may lack both; everything else about it works without them.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from jdneg.domain.messages import Message
from jdneg.domain.records.loan import Loan
from jdneg.errors import NoPayout

_PLACEHOLDERS = {"principal": "AMOUNT", "start": "DATE", "rate": "0.05%/day"}


def unknown_terms(loan: Loan) -> tuple[str, ...]:
    """The fields that keep everything from being computed, in the order in which a contract names them."""
    found = [name for name in ("principal", "start") if getattr(loan, name) is None]
    return (*found, *(("rate",) if without_cost(loan) else ()))


def without_cost(loan: Loan) -> bool:
    """Neither a rate nor a fee, and no payments that would show what is asked."""
    return loan.rate is None and loan.fee is None and not loan.schedule and loan.payment is None


def missing_terms(loan: Loan) -> dict[str, object]:
    """The facts of a sentence about them: their names, and the words that set them."""
    names = unknown_terms(loan)
    sets = " ".join(f"--set {name}={_PLACEHOLDERS[name]}" for name in names)
    return {"missing": [Message(f"loan.unknown_{name}") for name in names], "sets": sets}


def lent(loan: Loan) -> Decimal:
    """The contract's sum in yuan. Raises NoPayout."""
    if loan.principal is None:
        raise _no_payout(loan)
    return loan.principal


def start_of(loan: Loan) -> dt.date:
    """The day of the payout. Raises NoPayout."""
    if loan.start is None:
        raise _no_payout(loan)
    return loan.start


def _no_payout(loan: Loan) -> NoPayout:
    return NoPayout(loan=loan.product or loan.lender, **missing_terms(loan))
