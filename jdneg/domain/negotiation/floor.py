"""What at least still comes up from a point of a plan on, so that a search can leave out what cannot be cheaper.

The debts are made easier than they are: all money of a month reaches any debt that is due in it, nothing is rounded,
a debt's interest is paid as it falls due and its principal is only held to its own schedule. Then paying the dearest
first is the cheapest (an exchange of two payments shows it), and its cost is a floor for every real plan. Where the
order of rates changes from month to month (a twelfth of a year beside actual days), the lower ones are lowered
further. Yuan here are floating fen: it is a bound, never a figure that is shown as owed.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from jdneg.domain.negotiation.account import Account
from jdneg.domain.negotiation.simulate import Walk
from jdneg.values import dataclass

_ENDLESS = float("inf")


@dataclass(frozen=True, slots=True)
class _Course:
    """One debt, month by month: what one fen bears up to its day there, how much principal may be left after it,
    whether it is due at all. ``pays_interest``: what must be paid always covers the interest; ``regular`` is that sum
    of a debt without rows.
    """

    rates: list[float]
    bounds: list[float]
    due: list[bool]
    pays_interest: bool
    regular: float


class Floor:
    """Made once for a plan's beginning; `least` reads any point of it."""

    def __init__(self, walk: Walk, months: int) -> None:
        """``months``: how far to look; what comes up after them is left out, which keeps the floor a floor."""
        self.exact = all(isinstance(one, Account) and _dearer_late(one) for one in walk.every)
        self.months = walk.months[: min(walk.limit, months)]
        self.comes = [float(sum(amount for _, amount in walk.purse.of(month))) for month in self.months]
        self.loses_first = walk.purse.flat is not None
        self.order: list[int] = []
        self.courses: dict[int, _Course] = {}
        if self.exact:
            self._prepare([one for one in walk.every if isinstance(one, Account)])

    def least(self, walk: Walk) -> int:
        """Fen: what came up so far and at least still will; never more than any plan from here comes to."""
        so_far = sum([row[3] for row in walk.rows]) + sum([one.cost for one in walk.live])
        if not self.exact or walk.parts:
            return so_far
        return so_far + max(0, int(self._least(walk) - self._slack(walk)))

    def _least(self, walk: Walk) -> float:
        owes = {one.terms.index: float(one.due_principal + one.ahead) for one in walk.live}
        order = [n for n in self.order if n in owes]
        to_come = [row for one in walk.live for row in one.terms.rows[one.next :]]
        cost = float(sum([row.fee for row in to_come]) + sum([row.adds for row in to_come]))
        cash = 0.0 if walk.count == 1 and self.loses_first else float(walk.pot)
        for place in range(walk.count, len(self.months)):
            if not any(owes.values()):
                break
            cost, cash = self._month(place, order, owes, cost, cash + self.comes[place])
            if place == 0 and self.loses_first:
                cash = 0.0
        return cost

    def _month(
        self, place: int, order: Sequence[int], owes: dict[int, float], cost: float, cash: float
    ) -> tuple[float, float]:
        for n in order:
            course = self.courses[n]
            interest = owes[n] * course.rates[place]
            cost += interest
            if course.pays_interest:
                must = max(owes[n] - course.bounds[place], course.regular - interest if course.due[place] else 0.0)
                must = min(max(must, 0.0), owes[n])
                cash -= interest + must
                owes[n] -= must
            else:
                cash -= min(course.regular, interest)
        for n in order:
            if cash <= 0:
                break
            if self.courses[n].due[place]:
                paid = min(owes[n], cash)
                owes[n] -= paid
                cash -= paid
        return cost, cash

    def _slack(self, walk: Walk) -> float:
        """What rounding may take off: a fen or two a debt; of one without rows, half a fen at each payment."""
        to_come = len(self.months) - walk.count + 1
        return sum(1.5 if one.terms.scheduled else 0.5 * to_come for one in walk.live)

    def _prepare(self, every: Sequence[Account]) -> None:
        """The debts, dearest first, and the course of each."""
        courses = {one.terms.index: self._course(one) for one in every}
        self.order = sorted(courses, key=lambda n: -sum(courses[n].rates))
        for dearer, cheaper in pairwise(self.order):
            lower = [min(pair) for pair in zip(courses[dearer].rates, courses[cheaper].rates, strict=True)]
            courses[cheaper].rates[:] = lower
        self.courses = courses

    def _course(self, one: Account) -> _Course:
        """An agreement without interest costs nothing to wait for; its rows are held to all the same."""
        rates, bounds, due, today = [], [], [], one.day
        for month in self.months:
            rate, days = 0.0, one.days_in(month)
            for day in days:
                rate += 0.0 if one.terms.agreed else _bears(one, today, day)
                today = day
            left = sum(row.principal for row in one.terms.rows if row.day > today)
            rates.append(rate)
            bounds.append(float(left) if one.terms.scheduled else _ENDLESS)
            due.append(bool(days) and not one.terms.fixed)
        most = max(rates, default=0.0) * (one.due_principal + one.ahead)
        pays = one.terms.scheduled or one.terms.regular >= most + 1
        return _Course(rates, bounds, due, pays, 0.0 if one.terms.scheduled else float(one.terms.regular))


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
