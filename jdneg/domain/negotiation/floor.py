"""What at least still comes up from a point of a plan on, so that a search can leave out what cannot be cheaper.

The debts are made easier than they are: all money of a month reaches any debt, nothing is rounded, a debt's interest
is paid as it falls due and its principal is only held to its own schedule. Then paying the dearest first is the
cheapest (an exchange of two payments shows it), and its cost is a floor for every real plan. Where the order of
rates changes from month to month (a twelfth of a year beside actual days), the lower ones are lowered further.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from jdneg.domain.negotiation.account import Account
from jdneg.domain.negotiation.compiled import AnyAccount
from jdneg.domain.negotiation.simulate import Walk


class Floor:
    """Made once for a plan's beginning; `least` reads any point of it."""

    def __init__(self, walk: Walk, months: int) -> None:
        """``months``: how far to look; what comes up after them is left out, which keeps the floor a floor."""
        self.exact = all(isinstance(one, Account) and _dearer_late(one) for one in walk.every)
        self.months = walk.months[: min(walk.limit, months)]
        self.comes = [float(sum(amount for _, amount in walk.purse.of(month))) for month in self.months]
        self.every = {one.terms.index: one for one in walk.every}
        if self.exact:
            self.order, self.rates, self.bounds = self._tables(walk)

    def least(self, walk: Walk) -> int:
        """Fen: what came up so far and at least still will; never more than any plan from here comes to."""
        so_far = sum([row[3] for row in walk.rows]) + sum([one.cost for one in walk.live])
        if not self.exact or walk.parts:
            return so_far
        return so_far + max(0, int(self._least(walk) - self._slack(walk.live)))

    def _least(self, walk: Walk) -> float:
        live = {one.terms.index: one for one in walk.live}
        owes = {n: float(one.due_principal + one.ahead) for n, one in live.items()}
        order = [n for n in self.order if n in live]
        cost = float(sum(sum(row.fee for row in one.terms.rows[one.next :]) for one in walk.live))
        cost += float(sum(sum(row.adds for row in one.terms.rows[one.next :]) for one in walk.live))
        cash = float(walk.pot + walk.late)
        for place in range(walk.count, len(self.months)):
            cash += self.comes[place]
            if not any(owes.values()):
                break
            cost, cash = self._month(place, live, order, owes, cost, cash)
        return cost

    def _month(
        self,
        place: int,
        live: dict[int, AnyAccount],
        order: Sequence[int],
        owes: dict[int, float],
        cost: float,
        cash: float,
    ) -> tuple[float, float]:
        for n in order:
            interest = owes[n] * self.rates[n][place]
            cost += interest
            if live[n].terms.scheduled:
                cash -= interest
            bound = self.bounds[n][place]
            if owes[n] > bound:
                cash -= owes[n] - bound
                owes[n] = bound
        for n in order:
            if cash <= 0:
                break
            paid = min(owes[n], cash)
            owes[n] -= paid
            cash -= paid
        return cost, cash

    def _slack(self, live: Sequence[AnyAccount]) -> float:
        """What rounding may take off: a fen or two a debt; of one without rows, half a fen at each payment."""
        return sum(2.0 if one.terms.scheduled else 2.0 + 0.5 * len(self.months) for one in live)

    def _tables(self, walk: Walk) -> tuple[list[int], dict[int, list[float]], dict[int, list[float]]]:
        """The debts, dearest first; by debt and month what a fen bears up to its day, and what may be left after."""
        rates = {one.terms.index: [0.0] * len(self.months) for one in walk.every}
        bounds = {one.terms.index: [0.0] * len(self.months) for one in walk.every}
        for one in walk.every:
            assert isinstance(one, Account)
            if not one.terms.agreed:
                self._fill(one, rates[one.terms.index], bounds[one.terms.index])
        order = sorted(rates, key=lambda n: -sum(rates[n]))
        for dearer, cheaper in pairwise(order):
            rates[cheaper] = [min(pair) for pair in zip(rates[dearer], rates[cheaper], strict=True)]
        return order, rates, bounds

    def _fill(self, one: Account, rates: list[float], bounds: list[float]) -> None:
        today = one.day
        for place, month in enumerate(self.months):
            for day in one.days_in(month):
                rates[place] += _bears(one, today, day)
                today = day
            left = sum(row.principal for row in one.terms.rows if row.day > today)
            bounds[place] = float(left) if one.terms.scheduled else float("inf")


def _bears(one: Account, start: int, end: int) -> float:
    """Interest on one fen between two days."""
    found, day = 0.0, start
    for span in one.terms.spans:
        if span.end > day and day < end:
            until = min(span.end, end)
            found += float(span.fraction) * (until - day) / span.days
            day = until
    return found + float(one.terms.daily(max(end - day, 0)))


def _dearer_late(one: Account) -> bool:
    """Lateness never makes it cheaper, so its ordinary rate is a floor."""
    return one.terms.late is None or one.terms.beside or one.terms.late(30) >= one.terms.daily(30)
