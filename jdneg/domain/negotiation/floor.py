"""What at least still comes up from a point of a plan on, so that a search can leave out what cannot be cheaper.

The debts are made easier than they are: money reaches any debt on its first day after the money came, nothing is kept
for minimums to come, nothing is rounded, a debt's interest is paid as it falls due and its principal is only held to
its own schedule. Where waiting to the next money costs a dearer debt no less than a cheaper one, paying the dearest
first is the cheapest (an exchange of two payments shows it), and its cost is a floor for every real plan. So the
cheaper debt's interest is counted later than it runs, as far as that needs. Yuan here are floating fen: it is a
bound, never a figure that is shown as owed.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

from jdneg.domain.negotiation.account import NEVER, Account, Month
from jdneg.domain.negotiation.compiled import AnyAccount
from jdneg.domain.negotiation.walk import Walk
from jdneg.values import dataclass

_ENDLESS = float("inf")


@dataclass(frozen=True, slots=True)
class _Course:
    """One debt from money to money: the day on which each money reaches it (its own day at the last, where it has no
    more), what one fen bears from the last such day to this and what of that is put off to later ones, how much
    principal may be left after it, whether it is due before the next money. ``pays_interest``: what must be paid
    always covers the interest; ``regular`` is that sum of a debt without rows.
    """

    days: list[int]
    rates: list[float]
    put_off: list[float]
    bounds: list[float]
    due: list[bool]
    open: list[bool]
    pays_interest: bool
    regular: float


class Floor:
    """Made once for a plan's beginning; `least` reads any point of it between two decisions."""

    def __init__(self, walk: Walk, months: int) -> None:
        """``months``: how far to look; what comes up after them is left out, which keeps the floor a floor."""
        self.known = all(isinstance(one, Account) and _dearer_late(one) for one in walk.every)
        self.loses_first = walk.purse.flat is not None
        self.order: list[int] = []
        self.courses: dict[int, _Course] = {}
        if self.known:
            shown = walk.months[: min(walk.limit, months)]
            comes = [one for month in shown for one in walk.purse.of(month)]
            self.days, self.comes = [day for day, _ in comes], [float(amount) for _, amount in comes]
            self._prepare({one: self._days(one, shown) for one in _plain(walk.every)})

    def _days(self, one: Account, shown: Sequence[Month]) -> list[int]:
        """When it can be paid: on its own days; what is late also on the days money comes."""
        own = [day for month in shown for day in one.days_in(month)]
        return sorted({*own, *self.days}) if one.late_since else own

    def least(self, walk: Walk) -> int:
        """Fen: what came up so far and at least still will; never more than any plan from here comes to."""
        so_far = sum([row[3] for row in walk.rows]) + sum([one.cost for one in walk.live])
        if not self.known:
            return so_far
        return so_far + max(0, int(self._least(walk)))

    def _least(self, walk: Walk) -> float:
        live = _plain(walk.live)
        owes = {one.terms.index: float(one.due_principal + one.ahead) for one in live}
        order = [n for n in self.order if n in owes]
        place = bisect_right(self.days, walk.at)
        cost = sum([row.fee + float(row.adds) for one in live for row in one.terms.rows[one.next :]])
        cost -= self._slack(live, place)
        bears = {one.terms.index: owes[one.terms.index] * self._on_its_way(one, place - 1) for one in live}
        cost += sum(bears.values())
        cash = 0.0 if walk.count == 1 and self.loses_first else float(walk.pot)
        if place:
            for one in live:
                if self._still_due(one, place - 1):
                    cash -= self._must(one.terms.index, place - 1, owes, bears)
            cash = self._pay(place - 1, order, owes, cash)
        for later in range(place, len(self.days)):
            if not any(owes.values()):
                break
            cost, cash = self._step(later, order, owes, bears, cost, cash + self.comes[later])
            if later == 0 and self.loses_first:
                cash = 0.0
        return cost

    def _still_due(self, one: Account, place: int) -> bool:
        """Whether it asks for something before the next money."""
        terms, ends = one.terms, self.days[place + 1] if place + 1 < len(self.days) else NEVER
        day = terms.row_days[one.next] if terms.scheduled else self.courses[terms.index].days[place]
        return one.day < day < ends

    def _on_its_way(self, one: Account, place: int) -> float:
        """What one fen bears from the day the debt stands at to the day the last money reaches it."""
        if place < 0:
            return 0.0
        course = self.courses[one.terms.index]
        until = course.days[place]
        return _bears(one, one.day, until) - _bears(one, until, one.day) - course.put_off[place]

    def _step(
        self,
        place: int,
        order: Sequence[int],
        owes: dict[int, float],
        bears: dict[int, float],
        cost: float,
        cash: float,
    ) -> tuple[float, float]:
        """From one money to the next: what must be paid before it, and then the dearest."""
        for n in order:
            course = self.courses[n]
            interest = owes[n] * course.rates[place]
            cost += interest
            bears[n] += interest
            if course.due[place]:
                cash -= self._must(n, place, owes, bears)
        return cost, self._pay(place, order, owes, cash)

    def _must(self, n: int, place: int, owes: dict[int, float], bears: dict[int, float]) -> float:
        """What is paid where a debt falls due: its interest, and principal as far as its rows or its sum ask."""
        course, interest = self.courses[n], max(0.0, bears[n])
        bears[n] = 0.0
        if not course.pays_interest:
            return min(course.regular, interest)
        must = max(owes[n] - course.bounds[place], course.regular - interest)
        must = min(max(must, 0.0), owes[n])
        owes[n] -= must
        return interest + must

    def _pay(self, place: int, order: Sequence[int], owes: dict[int, float], cash: float) -> float:
        for n in order:
            if cash <= 0:
                break
            if self.courses[n].open[place]:
                paid = min(owes[n], cash)
                owes[n] -= paid
                cash -= paid
        return cash

    def _slack(self, live: Sequence[Account], place: int) -> float:
        """What rounding may take off: a fen a debt, and half a fen at each payment."""
        return sum(2.0 + 0.5 * sum(self.courses[one.terms.index].due[place:]) for one in live)

    def _prepare(self, days: dict[Account, list[int]]) -> None:
        """The debts by the days they are paid on, dearest first, and the course of each."""
        courses = {one.terms.index: self._course(one, theirs) for one, theirs in days.items()}
        self.order = sorted(courses, key=lambda n: -sum(courses[n].rates))
        for dearer, cheaper in pairwise(self.order):
            _put_off(courses[cheaper], courses[dearer].rates)
        self.courses = courses

    def _course(self, one: Account, days: Sequence[int]) -> _Course:
        reached, rates, bounds, due, open_ = [], [], [], [], []
        today, ends = one.day, [*self.days[1:], _ENDLESS]
        for came, end in zip(self.days, ends, strict=True):
            first, after = bisect_left(days, came), bisect_left(days, end)
            day = days[first] if first < len(days) else today
            rates.append(_bears(one, today, day))
            today = max(today, day)
            reached.append(today)
            last = days[after - 1] if after else today
            left = sum(row.principal for row in one.terms.rows if row.day > last)
            bounds.append(float(left) if one.terms.scheduled else _ENDLESS)
            asks = one.terms.row_days[:-1] if one.terms.scheduled else days  # between rows nothing need be paid
            due.append(bisect_left(asks, end) > bisect_left(asks, came))
            kept = after > first or came > self.days[0] or not self.loses_first
            open_.append(first < len(days) and not one.terms.fixed and kept)
        most = max(rates, default=0.0) * (one.due_principal + one.ahead)
        pays = one.terms.scheduled or one.terms.regular >= most + 1
        regular = 0.0 if one.terms.scheduled else float(one.terms.regular)
        return _Course(reached, rates, [0.0] * len(rates), bounds, due, open_, pays, regular)


def _plain(every: Sequence[AnyAccount]) -> list[Account]:
    return [one for one in every if isinstance(one, Account)]


def _put_off(cheaper: _Course, dearer: Sequence[float]) -> None:
    """Between two moneys the cheaper debt may bear no more than the dearer: what is above comes later."""
    waits = 0.0
    for place, most in enumerate(dearer):
        waits += cheaper.rates[place]
        cheaper.rates[place] = min(waits, most)
        waits -= cheaper.rates[place]
        cheaper.put_off[place] = waits


def _bears(one: Account, start: int, end: int) -> float:
    """Interest on one fen between two days; nothing backwards, and none on what is agreed without it."""
    if one.terms.agreed:
        return 0.0
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
