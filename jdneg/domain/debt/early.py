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


def in_advance(accounts: Iterable[Position]) -> Decimal:
    """Yuan paid of agreed interest for time to come, over the accounts of all its loans."""
    return sum((at.in_advance for at in accounts), ZERO)


def early_notes(loans: str, less: Decimal, given: Decimal) -> tuple[Message, ...]:
    """What is not counted and what was paid for time to come; only the lender's word in writing settles either.

    ``loans``: ``L1,L2``.
    """
    sums = (("debt.agreement_early", less), ("debt.agreement_early_paid", given))
    first = loans.partition(",")[0]
    return tuple(warning(code, loans=loans, first=first, amount=amount) for code, amount in sums if amount)
