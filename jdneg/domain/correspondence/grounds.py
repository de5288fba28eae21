"""Which rules a paper may name: by topic, lender kind and date, each worded in our texts by its own force.

A ground's sentence is data (``data/texts/grounds.toml``) and names its row of the fact sheet; nothing is cited
that was not at least reported, and what is reported is worded so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from jdneg.domain.records.loan import Loan
from jdneg.domain.rulebook import Checked, Level
from jdneg.values import dataclass


@dataclass(frozen=True, slots=True)
class Ground:
    """One sentence about one rule. ``binds`` holds lender kinds or ``any``; ``since`` is its first day.

    ``loans_since`` narrows it to loans made from that day; ``credit_card`` to card debts (True) or others (False).
    """

    row: str
    topics: tuple[str, ...]
    level: Level
    binds: tuple[str, ...]
    checked: Checked
    text: str
    since: dt.date
    loans_since: dt.date | None = None
    credit_card: bool | None = None


def grounds_for(grounds: Iterable[Ground], topic: str, loan: Loan, day: dt.date) -> tuple[str, ...]:
    """The sentences for a topic that bind this lender on this day; an unknown kind gets what binds anybody."""
    return tuple(one.text for one in grounds if topic in one.topics and _applies(one, loan, day))


def _applies(ground: Ground, loan: Loan, day: dt.date) -> bool:
    made = loan.signed_on or loan.start
    kind_fits = "any" in ground.binds or loan.kind in ground.binds
    loan_fits = ground.loans_since is None or (made is not None and made >= ground.loans_since)
    card_fits = ground.credit_card is None or ground.credit_card == bool(loan.credit_card)
    return kind_fits and loan_fits and card_fits and ground.since <= day
