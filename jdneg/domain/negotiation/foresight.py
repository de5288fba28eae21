"""Rows to come that a month's money will not cover: what must be kept for them, or paid towards them now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from jdneg.domain.negotiation.account import Month
from jdneg.domain.negotiation.cash import Purse

if TYPE_CHECKING:
    from jdneg.domain.negotiation.compiled import AnyAccount


class Foresight:
    """Made only where some month's rows are above its money. ``causes`` are the largest rows of such months."""

    def __init__(self, comes: list[int], keys: dict[int, int], causes: list[int]) -> None:
        self.comes, self.keys, self.causes = comes, keys, causes

    @classmethod
    def of(cls, live: Sequence[AnyAccount], purse: Purse, months: Sequence[Month]) -> Foresight | None:
        """None where each month's money covers its rows."""
        keys = {month.key: place for place, month in enumerate(months)}
        last = max((key for one in live for key in one.terms.dates), default=0)
        shown = [month for month in months if month.key <= last]
        asks = _asked(live, keys, len(shown))
        comes = [sum(amount for _, amount in purse.of(month)) for month in shown]
        tight = [place for place, ask in enumerate(asks) if place and ask > comes[place]]
        if not tight:
            return None
        causes = [_largest(live, shown[place].key) for place in tight]
        return cls(comes, keys, list(dict.fromkeys(causes)))

    def needed_after(self, place: int, live: Sequence[AnyAccount]) -> int:
        """Fen that the months after ``place`` need beyond what they bring."""
        asks, need = _asked(live, self.keys, len(self.comes)), 0
        for later in range(len(self.comes) - 1, place, -1):
            need = max(0, need + asks[later] - self.comes[later])
        return need

    def prepay(self, due: Sequence[AnyAccount], held: int, pays: list[int]) -> None:
        """What is held for a large row is better paid on that debt at once, where that saves interest."""
        for index in self.causes:
            for place, one in enumerate(due):
                if one.terms.index == index:
                    more = min(held, one.room(pays[place]))
                    pays[place] += more
                    held -= more


def _asked(live: Sequence[AnyAccount], keys: dict[int, int], count: int) -> list[int]:
    """What the debts ask month by month, rows already paid ahead left out."""
    asks = [sum(one.terms.regular for one in live if not one.terms.scheduled)] * count
    for one in live:
        ahead = one.prepaid
        for row, key in zip(one.terms.rows[one.next :], _keys(one)[one.next :], strict=True):
            taken = min(ahead, row.principal)
            ahead -= taken
            place = keys.get(key)
            if place is not None and place < count:
                asks[place] += row.amount - taken
    return asks


def _keys(one: AnyAccount) -> list[int]:
    return [one.terms.month_keys.get(row.day, 0) for row in one.terms.rows]


def _largest(live: Sequence[AnyAccount], key: int) -> int:
    def size(one: AnyAccount) -> int:
        return sum(row.amount for row in one.terms.rows if one.terms.month_keys.get(row.day) == key)

    return max(live, key=size).terms.index
