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

    beside = _open_beside(session, loans)
    if beside:  # both may be accepted: they are held against what is there together
        loans = [*loans, *(one for names, _ in beside.values() for one in names)]
        rows = [*rows, *(row for _, other in beside.values() for row in other)]
    room = debts_room(session, loans)
    miss = missed(rows, room, session.as_of) if room is not None else None
    if room is None or miss is None:
        return ()
    facts = {"number": number, "date": miss.day, "missing": miss.missing}
    if beside and miss.due:
        return (warning("plan.offers_above_budget", cases=tuple(beside), amount=miss.due, there=miss.there, **facts),)
    if miss.due:
        said = warning("plan.offer_above_budget", amount=miss.due, there=miss.there, **facts)
    else:
        said = warning("plan.offer_takes_cost", **facts)
    later = None if beside else later_start(rows, room, session.as_of)
    return (said, hint("plan.offer_start_later", case=case, date=later)) if later else (said,)


def _open_beside(session: Session, loans: Sequence[str]) -> dict[str, tuple[tuple[str, ...], tuple[Instalment, ...]]]:
    """My latest offers about other loans that are open still, by case: the loans, and the rows."""
    from jdneg.commands.talks.owing import owed_in
    from jdneg.errors import JdnegError

    found: dict[str, tuple[tuple[str, ...], tuple[Instalment, ...]]] = {}
    for case in session.store.all("case"):
        mine = [one for one in case.record.offers if one.by == "me"]
        over = mine and mine[-1].valid_until is not None and mine[-1].valid_until < session.as_of
        names = tuple(str(one) for one in case.record.loans)
        if not mine or over or case.record.agreements or case.record.closed_on or set(names) & set(loans):
            continue
        try:
            found[case.id] = names, owed_in(session, case.record, session.as_of).rows(mine[-1], session.as_of)
        except JdnegError:
            continue  # what is missing is asked for when it is accepted
    return found


def agreement_told(file: Dossier, day: dt.date) -> tuple[Message, ...]:
    """That an agreement runs on this loan, so that nobody offers more than was agreed without knowing."""
    from jdneg.domain.agreements import in_force

    found = in_force(file.cases, file.loan.id, day)
    if found is None:
        return ()
    rows = found.agreement.instalments
    total = sum((row.amount for row in rows), Decimal(0))
    return (warning("plan.agreement_runs", loan=file.loan.id, case=found.case, count=len(rows), total=total),)
