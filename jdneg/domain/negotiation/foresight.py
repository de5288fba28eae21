"""Rows to come that a month's money will not cover: what must be kept for them, or paid towards them now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from jdneg.domain.negotiation.account import Month
from jdneg.domain.negotiation.cash import Purse

if TYPE_CHECKING:
    from jdneg.domain.negotiation.compiled import AnyAccount


class _Row(NamedTuple):
    """``place``: of its month; None where it is in none of them."""

    place: int | None
    amount: int
    principal: int


_Rows = list[_Row]


class Foresight:
    """Made only where some month's rows are above its money. ``causes`` are the largest rows of such months."""

    def __init__(self, comes: list[int], rows: dict[int, _Rows], causes: list[int]) -> None:
        self.comes, self.rows, self.causes = comes, rows, causes
        self.whole: dict[tuple[int, ...], list[int]] = {}

    @classmethod
    def of(cls, live: Sequence[AnyAccount], purse: Purse, months: Sequence[Month]) -> Foresight | None:
        """None where each month's money covers its rows."""
        last = max((key for one in live for key in one.terms.dates), default=0)
        shown = [month for month in months if month.key <= last]
        places = {month.key: place for place, month in enumerate(shown)}
        comes = [sum(amount for _, amount in purse.of(month)) for month in shown]
        found = cls(comes, {one.terms.index: _rows(one, places) for one in live}, [])
        asks = found.asked(live)
        tight = [place for place, ask in enumerate(asks) if place and ask > comes[place]]
        found.causes += dict.fromkeys(found.largest(live, place) for place in tight)
        return found if tight else None

    def needed_after(self, place: int, live: Sequence[AnyAccount]) -> int:
        """Fen that the months after ``place`` need beyond what they bring."""
        asks, need = self.asked(live), 0
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

    def asked(self, live: Sequence[AnyAccount]) -> list[int]:
        """What the debts ask month by month, rows already paid ahead left out."""
        names = tuple(one.terms.index for one in live)
        whole = self.whole.get(names)
        if whole is None:
            whole = self.whole[names] = self._whole(live)
        asks = whole.copy()
        for one in live:
            ahead = one.prepaid if one.terms.scheduled else 0
            for row in self.rows[one.terms.index][one.next :] if ahead else ():
                taken = min(ahead, row.principal)
                ahead -= taken
                if row.place is not None:
                    asks[row.place] -= taken
                if not ahead:
                    break
        return asks

    def _whole(self, live: Sequence[AnyAccount]) -> list[int]:
        asks = [sum(one.terms.regular for one in live if not one.terms.scheduled)] * len(self.comes)
        for one in live:
            for row in self.rows[one.terms.index]:
                if row.place is not None:
                    asks[row.place] += row.amount
        return asks

    def largest(self, live: Sequence[AnyAccount], place: int) -> int:
        """The debt that asks most in a month."""

        def size(one: AnyAccount) -> int:
            return sum(row.amount for row in self.rows[one.terms.index] if row.place == place)

        return max(live, key=size).terms.index


def _rows(one: AnyAccount, places: dict[int, int]) -> _Rows:
    keys = one.terms.month_keys
    return [_Row(places.get(keys.get(row.day, 0)), row.amount, row.principal) for row in one.terms.rows]
