"""Whether a schedule fits the budget: what is there for one debt once all other minimums are paid, day by day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import ROUND_CEILING, Decimal
from typing import Literal

from dateutil.relativedelta import relativedelta

from jdneg.domain.money import FEN, ZERO, half_up
from jdneg.domain.negotiation.cash import Cash, Purse
from jdneg.domain.negotiation.coming import months_from
from jdneg.domain.negotiation.plan_debt import PlanDebt
from jdneg.domain.negotiation.run import yuan
from jdneg.domain.records.loan import Instalment
from jdneg.values import dataclass


@dataclass(frozen=True, slots=True)
class Room:
    """Of ``cash``, ``monthly`` yuan a month are there for one debt; of single sums and costs ``once`` (0 to 1).

    ``basis``: it is the only debt; the others' minimums are paid first; they leave nothing, and it is this debt's
    share by balance.
    """

    cash: Cash
    monthly: Decimal
    once: Decimal = Decimal(1)
    basis: Literal["alone", "beside", "share"] = "alone"


@dataclass(frozen=True, slots=True)
class Miss:
    """The first day that does not find its money: what is due that day, what is there for it, what is missing. Yuan.

    ``due`` 0: it is a necessary cost that finds too little, for the rows before it took it.
    """

    day: dt.date
    due: Decimal
    there: Decimal
    missing: Decimal


def room_of(cash: Cash, debts: Sequence[PlanDebt], loans: Sequence[str]) -> Room | None:
    """What is left for ``loans``. None where another debt's minimum is not known: then nobody can tell."""
    others = [one for one in debts if one.loan not in loans]
    if any(one.minimum is None and one.balance != 0 for one in others):
        return None
    left = cash.average - sum((one.minimum or ZERO for one in others), ZERO)
    if left > 0 or not others:
        return Room(cash, max(left, ZERO), basis="beside" if others else "alone")
    own = sum((one.balance or ZERO for one in debts if one.loan in loans), ZERO)
    whole = sum((one.balance or ZERO for one in debts), ZERO)
    share = own / whole if whole else ZERO
    return Room(cash, (cash.average * share / FEN).to_integral_value(ROUND_CEILING) * FEN, share, "share")


def fits(rows: Sequence[Instalment], room: Room | None, as_of: dt.date) -> bool | None:
    """Whether each row finds its money on its day. None without a budget: nobody can tell."""
    return None if room is None else missed(rows, room, as_of) is None


def missed(rows: Sequence[Instalment], room: Room, as_of: dt.date) -> Miss | None:
    """The first day that does not find its money, None where each does.

    What is not needed is kept for later rows, but of the month that has begun only single sums are. Costs after the
    last row count too: what school needs pays no debt.
    """
    start = as_of.toordinal()
    due = _by_day((max(row.due.toordinal(), start), row.amount) for row in rows)
    single = [
        (start, room.cash.hand),
        *((day.toordinal(), amount) for day, amount in room.cash.dated if day >= as_of),
    ]
    once = {day: amount * room.once for day, amount in _by_day(single).items()}
    purse = Purse(replace(room.cash, dated=(), hand=ZERO), as_of)
    part = room.monthly / room.cash.average if room.cash.average else ZERO
    pot, begun = ZERO, yuan(purse.begun) * part
    last = max((*due, *(day for day, amount in once.items() if amount < 0)), default=0)
    for month in months_from(as_of):
        if month.first > last:
            break
        comes = {day: yuan(amount) * part for day, amount in purse.of(month)}
        days = range(month.first, month.first + month.length)
        for day in sorted({*comes, *(one for one in (*once, *due) if one in days)}):
            out = due.get(day, ZERO)
            pot += comes.get(day, ZERO) + once.get(day, ZERO) - out
            begun -= out - min(once.get(day, ZERO), ZERO)
            if pot < -FEN / 2:
                return Miss(dt.date.fromordinal(day), out, half_up(max(pot + out, ZERO)), half_up(-pot))
        if start in days:
            pot -= max(begun, ZERO)
    return None


def later_start(rows: Sequence[Instalment], room: Room, as_of: dt.date) -> dt.date | None:
    """The first day money comes within three months from which the same rows fit, month by month."""
    first, purse = rows[0].due, Purse(room.cash, as_of)
    for month in months_from(as_of)[:4]:
        for ordinal, amount in purse.of(month):
            day = dt.date.fromordinal(max(ordinal, as_of.toordinal() + 1))
            if amount > 0 and day > first and fits(_from(day, rows), room, as_of):
                return day
    return None


def _from(day: dt.date, rows: Sequence[Instalment]) -> list[Instalment]:
    """The rows with another first day, as many months apart as they are."""
    first = rows[0].due
    months = [(row.due.year - first.year) * 12 + row.due.month - first.month for row in rows]
    return [replace(row, due=day + relativedelta(months=n)) for n, row in zip(months, rows, strict=True)]


def _by_day(sums: Iterable[tuple[int, Decimal]]) -> dict[int, Decimal]:
    found: dict[int, Decimal] = {}
    for day, amount in sums:
        found[day] = found.get(day, ZERO) + amount
    return found
