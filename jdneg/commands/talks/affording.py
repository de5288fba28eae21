"""What the budget leaves for a debt, and what is said where an offer asks for more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from jdneg.commands.talks.funds import MoneyFlags, funds_of, gather_debts, latest_budget
from jdneg.domain.messages import Message, hint, warning
from jdneg.session import Session

if TYPE_CHECKING:
    from jdneg.commands.shared.dossier import Dossier
    from jdneg.domain.negotiation.room import Room
    from jdneg.domain.records.loan import Instalment


def debts_room(
    session: Session,
    loans: Sequence[str],
    given: Decimal | None = None,
    *,
    begin: str | None = None,
    ask_for: bool = False,
) -> Room | None:
    """What is left for these loans; None without a budget, or where another debt's minimum is unknown.

    ``given`` takes the budget's place; before the day ``begin`` there is no money. ``ask_for``: without a budget it
    is asked for. Raises MissingFlags, DayIsOver.
    """
    from jdneg.domain.negotiation.room import room_of

    if given is None and latest_budget(session) is None and not ask_for:
        return None
    funds = funds_of(session, MoneyFlags(budget=None if given is None else str(given), begin=begin))
    return room_of(funds.cash, gather_debts(session, include_disputed=False), loans)


def above_budget(
    session: Session, case: str, loans: Sequence[str], number: int, rows: Sequence[Instalment]
) -> tuple[Message, ...]:
    """The first row that does not find its money, and from when on it would; nothing where nobody can tell."""
    from jdneg.domain.negotiation.room import later_start, missed

    room = debts_room(session, loans)
    miss = missed(rows, room, session.as_of) if room is not None else None
    if room is None or miss is None:
        return ()
    facts = {"number": number, "date": miss.day, "missing": miss.missing}
    if miss.due:
        said = warning("plan.offer_above_budget", amount=miss.due, there=miss.there, **facts)
    else:
        said = warning("plan.offer_takes_cost", **facts)
    later = later_start(rows, room, session.as_of)
    return (said, hint("plan.offer_start_later", case=case, date=later)) if later else (said,)


def agreement_told(file: Dossier, day: dt.date) -> tuple[Message, ...]:
    """That an agreement runs on this loan, so that nobody offers more than was agreed without knowing."""
    from jdneg.domain.agreements import in_force

    found = in_force(file.cases, file.loan.id, day)
    if found is None:
        return ()
    rows = found.agreement.instalments
    total = sum((row.amount for row in rows), Decimal(0))
    return (warning("plan.agreement_runs", loan=file.loan.id, case=found.case, count=len(rows), total=total),)
