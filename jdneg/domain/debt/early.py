"""An agreement that was paid early: interest agreed for time in which nobody keeps the money is not counted.

Civil Code 677: who repays early owes interest for the time the money was really kept, unless something else was
agreed. Whether the agreement is such a word cannot be told from its sums, so the note says to ask.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from jdneg.domain.debt.accrual import Position
from jdneg.domain.messages import Message, warning
from jdneg.domain.money import ZERO


def spared(accounts: Iterable[Position]) -> Decimal:
    """Yuan of an agreement's instalments that are asked no more, over the accounts of all its loans."""
    return sum((at.spared for at in accounts), ZERO)


def early_note(loans: str, amount: Decimal) -> tuple[Message, ...]:
    """What is not counted, why, and that the lender's word in writing is what settles it. ``loans``: ``L1,L2``."""
    first = loans.partition(",")[0]
    return (warning("debt.agreement_early", loans=loans, first=first, amount=amount),) if amount else ()
