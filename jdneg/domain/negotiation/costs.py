"""Money that necessary costs to come need: it is kept, and no debt is paid from it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import takewhile

from jdneg.domain.negotiation.account import Month
from jdneg.domain.negotiation.cash import Purse
from jdneg.values import dataclass


@dataclass(frozen=True, slots=True)
class Costs:
    """``needs[n]`` is what must be there at the end of ``days[n]`` (ordinals), so that with what comes in later no
    later cost meets an empty purse. Fen.
    """

    days: list[int]
    needs: list[int]

    @classmethod
    def of(cls, purse: Purse, months: Sequence[Month]) -> Costs | None:
        """None where no cost is known."""
        last = purse.last_cost
        if not last:
            return None
        flow = [one for month in takewhile(lambda one: one.first <= last, months) for one in purse.of(month)]
        days, needs, need = [], [], 0
        for day, amount in reversed(flow):
            days.append(day)
            needs.append(need)
            need = max(0, need - amount)
        return cls(days[::-1], needs[::-1])

    def kept(self, day: int) -> int:
        """What must be there at the end of a day; before anything came in nothing is."""
        place = bisect_right(self.days, day) - 1
        return self.needs[place] if place >= 0 else 0
