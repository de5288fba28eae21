"""Whether a plan pays what was agreed on the day it was agreed for: what is let go may hang on it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal

from jdneg.domain.messages import Message, warning
from jdneg.domain.money import ZERO
from jdneg.domain.negotiation.plan_debt import PlanDebt
from jdneg.domain.negotiation.run import Run, yuan
from jdneg.domain.records.loan import Instalment


def first_missed(rows: Iterable[Instalment], place: int, run: Run) -> tuple[Instalment, Decimal] | None:
    """The first row that debt ``place`` of the run does not pay in full by its day, and what of it is there."""
    asked = ZERO
    for row in rows:
        asked += row.amount
        paid = yuan(sum(pay for day, n, pay, *_ in run.rows if n == place and day <= row.due.toordinal()))
        if paid < asked:
            return row, max(row.amount - (asked - paid), ZERO)
    return None


def settlements_missed(debts: Sequence[PlanDebt], run: Run, start: dt.date) -> tuple[Message, ...]:
    """Each agreement that let some go and whose day the run does not keep: its rows are only as good as that."""
    found = []
    for place, debt in enumerate(debts):
        missed = first_missed(debt.asked, place, run) if debt.remitted else None
        if missed is not None:
            row, there = missed
            code = "plan.settlement_overdue" if row.due < start else "plan.settlement_missed"
            facts = {"loan": debt.named, "date": row.due, "amount": row.amount, "remitted": debt.remitted}
            found.append(warning(code, there=there, **facts))
    return tuple(found)
