"""The cheapest plan that keeps every minimum and the budget.

Each debt is paid on its own days. On each of them the money beyond the minimums goes to the debts in some order, and
what goes to one whose day has not come is kept for it; a plan is those orders one after another, and the cheapest is
the one with the least that comes up in all. Up to four debts and twelve months all of them are looked through, those
left out that provably cannot be cheaper: `floor` says what at least is still to come up. Beyond that, the named
strategies and orders near the cheapest of them are tried, and the answer is not proved optimal; the floor still says
by how much at most another plan could be cheaper.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from jdneg.domain.negotiation.cash import Cash
from jdneg.domain.negotiation.compiled import AnyAccount, accounts
from jdneg.domain.negotiation.floor import Floor
from jdneg.domain.negotiation.plan_debt import PlanDebt
from jdneg.domain.negotiation.run import Run
from jdneg.domain.negotiation.simulate import simulate
from jdneg.domain.negotiation.strategies import STRATEGIES, Waiting, in_this_order
from jdneg.domain.negotiation.walk import Decision, Walk
from jdneg.values import dataclass

MOST_DEBTS, MOST_MONTHS = 4, 12
_NODES = 20_000  # decisions looked at before a search is called unproved
_STEPS = 40_000  # payment days that the trying of orders may cost


@dataclass(frozen=True, slots=True)
class Best:
    """``gap`` is by how many fen at most another plan could be cheaper (0 where ``proved``); None: not known.

    ``like`` is the named strategy with the same cost, if there is one.
    """

    run: Run
    proved: bool
    gap: int | None
    like: str | None


def best(
    debts: Sequence[PlanDebt],
    cash: Cash,
    start: dt.date,
    limit: int,
    known: dict[str, Run] | None = None,
    orders: Sequence[Sequence[str]] = (),
) -> Best:
    """``known`` are runs of named strategies on the same debts and money; the user's ``orders`` are beaten too."""
    runs: dict[str, Run] = {
        name: (known or {}).get(name) or simulate(debts, cash, name, start, limit) for name in STRATEGIES
    }
    names = dict(runs)
    for number, order in enumerate(orders):
        runs[f"custom {number}"] = simulate(debts, cash, in_this_order(order), start, limit)
    found = min(runs.values(), key=_rank)
    if found.ended and found.short is None:
        found, proved, gap = _search(debts, cash, start, limit, found)
    else:
        proved, gap = False, None
    like = next((name for name, run in names.items() if _rank(run) == _rank(found)), None)
    return Best(found, proved, gap, like)


def _rank(run: Run) -> tuple[bool, bool, int, int]:
    """Cheapest first among those that keep the minimums and end; what never ends, by what is left at the limit."""
    return not run.ended, run.short is not None, run.interest if run.ended else run.owed[-1], len(run.owed)


def _search(
    debts: Sequence[PlanDebt], cash: Cash, start: dt.date, limit: int, found: Run
) -> tuple[Run, bool, int | None]:
    every = accounts(debts, start)
    small = len(debts) <= MOST_DEBTS and len(found.owed) - 1 <= MOST_MONTHS
    root = Walk(every, cash, start, limit)
    floor = Floor(root, len(found.owed) + 1)
    least = floor.least(root)
    if small:
        search = _Search(floor, found, limit)
        search.down(root)
        found = search.found
        if search.left > 0 and floor.known and not search.unseen:
            return found, True, 0
    else:
        found = _near(debts, cash, start, limit, found)
    return found, found.interest <= least, max(0, found.interest - least)


class _Search:
    """Depth first, the dearest debt first, what cannot be cheaper cut off."""

    def __init__(self, floor: Floor, found: Run, limit: int) -> None:
        self.floor, self.found, self.limit, self.left = floor, found, limit, _NODES
        self.cost, self.unseen = found.interest, False

    def down(self, walk: Walk) -> None:
        """From a point between two decisions."""
        now = walk.advance()
        self.unseen = self.unseen or walk.unseen
        if now is None:
            run = walk.run()
            if run.ended and run.short is None and run.interest < self.cost:
                self.found, self.cost = run, run.interest
            return
        if walk.short is not None:
            return
        for pays in payments_of(walk, now):
            self.left -= 1
            if self.left <= 0:
                return
            next_ = walk.fork()
            next_.now = Decision(_twins(walk, next_, now.due), now.money, now.held)
            next_.book(pays)
            if self.floor.least(next_) < self.cost:
                self.down(next_)


def _twins(walk: Walk, other: Walk, due: Sequence[AnyAccount]) -> list[AnyAccount]:
    places = {id(one): place for place, one in enumerate(walk.live)}
    return [other.live[places[id(one)]] for one in due]


def payments_of(walk: Walk, now: Decision) -> Iterator[list[int]]:
    """All that filling the debts in some order can come to, with what is held for later minimums and without."""
    seen: set[tuple[int, ...]] = set()
    for pays in _spent(walk, now):
        if tuple(pays) not in seen:
            seen.add(tuple(pays))
            yield pays


def _spent(walk: Walk, now: Decision) -> Iterator[list[int]]:
    minimums = [one.minimum for one in now.due]
    for money in dict.fromkeys((now.money + now.held, now.money)):
        for first in _filled(now.due, minimums, money - sum(minimums), now.waiting):
            freed = walk.freed(first)
            for pays in _filled(now.due, first, freed, now.waiting):
                ahead = walk.prepaid(pays, now.money + now.held + freed)
                walk.unseen = walk.unseen or ahead != pays  # how much of it is best no order says
                yield ahead
                yield pays


def _filled(
    due: Sequence[AnyAccount], pays: list[int], extra: int, waiting: Sequence[Waiting]
) -> Iterator[list[int]]:
    """Every order of those due, the dearest first, and of those waiting, with what they take and what they lack."""
    if extra <= 0:
        yield pays
        return
    open_ = [place for place, one in enumerate(due) if one.room(pays[place]) > 0]
    if not open_:
        yield pays
        return
    for place, one in enumerate(waiting):
        for kept in {min(extra, one.room), min(extra, one.lacks)} - {0}:
            yield from _filled(due, pays, extra - kept, [*waiting[:place], *waiting[place + 1 :]])
    for place in sorted(open_, key=lambda one: -due[one].terms.rank):
        more = min(extra, due[place].room(pays[place]))
        yield from _filled(due, [*pays[:place], pays[place] + more, *pays[place + 1 :]], extra - more, waiting)


def _near(debts: Sequence[PlanDebt], cash: Cash, start: dt.date, limit: int, found: Run) -> Run:
    """Orders one exchange away from the dearest-first order, as many as the steps allow."""
    cost = max(1, len(found.rows))
    tries = min(24, _STEPS // cost)
    order = _dearest_first(accounts(debts, start))
    for place in range(min(tries, len(order) - 1)):
        swapped = [*order[:place], order[place + 1], order[place], *order[place + 2 :]]
        run = simulate(debts, cash, in_this_order(swapped), start, limit)
        if _rank(run) < _rank(found):
            found, order = run, swapped
    return found


def _dearest_first(every: Sequence[AnyAccount]) -> list[str]:
    return [one.terms.loan for one in sorted(every, key=lambda one: (-one.terms.rank, one.owed, one.terms.index))]
