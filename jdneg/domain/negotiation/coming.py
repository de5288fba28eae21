"""The days to come of a plan: a month cut into parts, and what they ask of the money there is now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from jdneg.domain.dates import days_in_month
from jdneg.domain.negotiation.account import Month
from jdneg.domain.negotiation.compiled import AnyAccount


class Part(NamedTuple):
    """A piece of a month: what comes in before it and on which day the last of that (0: none), who is due when."""

    comes: int
    on: int
    due: list[tuple[int, AnyAccount]]


class Coming(NamedTuple):
    """A part to come, with what all minimums from now to its end need beyond what comes in by then."""

    part: Part
    short: int


def cut(events: Sequence[tuple[int, AnyAccount]], comes: Sequence[tuple[int, int]]) -> list[Part]:
    """The parts of a month: a new one each time money comes in, or where a debt is due again."""
    parts: list[Part] = []
    money = list(comes)
    for day, one in sorted(events, key=lambda event: (event[0], event[1].terms.index)):
        while money and money[0][0] <= day:
            on, amount = money.pop(0)
            parts.append(Part(amount, on, []))
        if not parts or any(one is other for _, other in parts[-1].due):
            parts.append(Part(0, 0, []))
        parts[-1].due.append((day, one))
    return [*parts, *(Part(amount, on, []) for on, amount in money)]


def each_due_once(events: Sequence[tuple[int, AnyAccount]]) -> bool:
    """Whether no debt is due twice."""
    return len({id(one) for _, one in events}) == len(events)


def coming(
    parts: Sequence[Part],
    paid: dict[int, int],
    *,
    healthy: bool = False,
    then: Mapping[int, AnyAccount] | None = None,
) -> list[Coming]:
    """``paid`` is what is paid now, by the ``id`` of the account; ``healthy`` leaves out the debts that are late. Of
    those in ``then``, which stand as they will once paid, what they ask is worked out; of others it is foreseen.
    """
    found, short, paid = [], 0, dict(paid)
    for part in parts:
        short -= part.comes
        for day, one in part.due:
            if not (healthy and one.late_since):
                short += _asks(then[id(one)], day) if then and id(one) in then else _foreseen(one, day, paid)
        found.append(Coming(part, short))
    return found


def _foreseen(one: AnyAccount, day: int, paid: dict[int, int]) -> int:
    before = paid.get(id(one), 0)
    asked = max(0, one.foreseen(day, before))
    paid[id(one)] = before + asked
    return asked


def _asks(one: AnyAccount, day: int) -> int:
    if one.done:
        return 0
    one.fall_due(day)
    asked = one.minimum
    one.pay(asked)
    return asked


def most_short(ahead: Sequence[Coming]) -> int:
    """What must be kept now, so that none of it is missing."""
    return max([0, *(one.short for one in ahead)])


def months_from(day: dt.date) -> list[Month]:
    """The months from a day's own on."""
    return _months(day.year, day.month)


@cache
def _months(year: int, month: int) -> list[Month]:
    """A hundred years of them."""
    found, first = [], dt.date(year, month, 1)
    for _ in range(1202):
        found.append(Month(first.year * 12 + first.month, first.toordinal(), days_in_month(first.year, first.month)))
        first = first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1)
    return found
