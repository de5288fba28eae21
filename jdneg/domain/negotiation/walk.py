"""Month by month: debts fall due, money is allotted, payments are booked. Whole fen and ordinals inside.

A month is cut where money comes in or a cost falls between due days; in each part minimums come first, and nothing
is spent that a cost to come needs, nor, beyond the minimums, what a later minimum is known to need. What is free goes
to the debts in the plan's order, and the part of one whose day has not come is kept for it. What is late waits for
what falls due later of others. Every run ends: with the last balance at nothing or at the limit.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from jdneg.domain.negotiation.account import Month, to_fen
from jdneg.domain.negotiation.cash import Cash, Purse
from jdneg.domain.negotiation.coming import Coming, Part, coming, cut, each_due_once, months_from, most_short
from jdneg.domain.negotiation.compiled import AnyAccount, month_of
from jdneg.domain.negotiation.costs import Costs
from jdneg.domain.negotiation.foresight import Foresight
from jdneg.domain.negotiation.run import Hole, RawRow, Run, Short
from jdneg.domain.negotiation.strategies import Waiting

_MONTHS_AHEAD = 2  # weekly pay and days cut short by a month's end even out over so many
_TRIES = 6  # at a payment that as much is free for as it takes
_LONG_AHEAD = 12  # months in which a known cost or fall of income is saved for beforehand, minimums and all


class Decision(NamedTuple):
    """Who is due now, and the money there is for them: ``money`` may be spent freely, ``held`` only on the debt whose
    large row to come it is kept for. For those ``waiting`` some of it may be kept.
    """

    due: list[AnyAccount]
    money: int
    held: int
    waiting: Sequence[Waiting] = ()


class Walk:
    """A plan on its way: `advance` to the next decision, `book` what was decided."""

    def __init__(self, every: Sequence[AnyAccount], cash: Cash, start: dt.date, limit: int) -> None:
        self.every = every
        self.live = [one for one in every if not one.done]
        self.start = start.toordinal()
        self.purse, self.limit = Purse(cash, start), limit
        self.months = months_from(start)
        self.month = self.months[0]
        self.count = self.pot = 0
        self.parts: list[Part] = []
        self.later: list[Part] | None = None
        self.now: Decision | None = None
        self.rows: list[RawRow] = []
        self.owed = [sum(one.owed for one in self.live)]
        self.short: Short | None = None
        self.hole: Hole | None = None
        self.lowest: int | None = None
        self.catching_up = self.unseen = self.waits = False
        self.ahead_of_time = True  # what is held for a debt's later minimums is paid to it at once
        self.at = self.came = 0  # the last decision's last day, the last day money came
        self.soon = self.most = 0  # of a decision: held for minimums to come, all but what costs to come need
        self.then: dict[int, tuple[tuple[int, int], AnyAccount]] = {}
        self.costs = Costs.of(self.purse, self.months)
        self.foresight = Foresight.of(self.live, self.purse, self.months[: limit + 1])

    def fork(self) -> Walk:
        """The same way at the same point, between two decisions."""
        other = Walk.__new__(Walk)
        other.__dict__.update(self.__dict__)
        twins = {id(one): one.clone() for one in self.live}
        other.every = [twins.get(id(one), one) for one in self.every]
        other.live = [twins[id(one)] for one in self.live]
        other.parts = [Part(one.comes, one.on, [(day, twins[id(who)]) for day, who in one.due]) for one in self.parts]
        other.later, other.then = None, {}
        other.rows, other.owed = self.rows.copy(), self.owed.copy()
        return other

    def advance(self) -> Decision | None:
        """The next payment day that asks for a decision; None when all is paid or the limit is reached."""
        while True:
            while not self.parts:
                if (self.count and self._close()) or self.count >= self.limit or not self.live:
                    return None
                self._open()
            part = self._behind_first(self.parts.pop(0))
            self._comes(part.on or self.month.first, part.comes)
            if part.due:
                return self._decision(part)

    def _comes(self, day: int, amount: int) -> None:
        self.pot += amount
        if amount < 0:
            self._seen(day)
        elif amount:
            self.came = day

    def _seen(self, day: int) -> None:
        """The money at the end of a day on which some went out."""
        if self.lowest is None or self.pot < self.lowest:
            self.lowest = self.pot
        if self.pot < 0 and self.hole is None:
            self.hole = Hole(day, -self.pot)

    def _decision(self, part: Part) -> Decision:
        for day, one in part.due:
            one.fall_due(day)
            if self.catching_up and not one.terms.scheduled:  # its own day has not come again
                one.minimum = min(one.arrears, one.owed)
        found = [one for _, one in part.due]
        need = sum([one.minimum for one in found])
        kept = self.costs.kept(max(part.due[-1][0], part.on)) if self.costs is not None else 0
        money = max(self.pot - kept, 0) if part.due[-1][0] >= self.purse.begin else 0
        by_days = bool(self.parts) or self.purse.flat is None
        spend = self._after_healthy(found, money) if by_days else money
        if need > spend and self.short is None:
            self.short = Short(
                self.month.first, need, spend, min(kept, max(self.pot, 0)), part.due[-1][0] if by_days else 0
            )
        scarce = need >= money == spend  # all there is goes out, whatever comes
        looks = not scarce and (by_days or len(found) < len(self.live))
        ahead = coming(self._to_come(), _minimums(found)) if looks else []
        self.soon, self.most = self._kept_for(ahead), money
        free = max(min(money, self.pot - self.soon), min(need, spend))
        held = 0
        if self.foresight is not None:
            needed = self.foresight.needed_after(self.count - 1, self.live)
            held = min(max(needed - kept, 0), max(free - need, 0))
        waiting = self._waiting(found, ahead) if free - held > need else ()
        self.now = Decision(found, free - held, held, waiting)
        return self.now

    def _waiting(self, found: Sequence[AnyAccount], ahead: Sequence[Coming]) -> list[Waiting]:
        """Those that have had no turn since money came last, and take more than what comes before their own day."""
        past = {id(one) for one in found} | {id(one) for one in self.live if self.start < one.day >= self.came}
        open_ = {id(one) for one in self.live if not one.terms.fixed} - past
        lost = self.count == 1 and self.purse.begun  # what is left of that month is not known
        until = self.months[min(self.count + (0 if lost else 1), len(self.months) - 1)].first
        waiting = []
        for part, short in ahead if open_ else ():
            for day, one in part.due:
                if id(one) in open_ and day < until:
                    open_.remove(id(one))
                    waiting.append(Waiting.of(self._then(one, day), -short))
        self.unseen = self.unseen or bool(open_ and not lost)
        return [one for one in waiting if one.room > 0]

    def _then(self, one: AnyAccount, day: int) -> AnyAccount:
        """A debt as it will stand on its next day."""
        now, then = (one.day, one.owed), self.then.get(id(one))
        if then is None or then[0] != now:
            ahead = one.clone()
            ahead.fall_due(day)
            then = self.then[id(one)] = now, ahead
        return then[1]

    def freed(self, pays: Sequence[int]) -> int:
        """What more may be spent, once so much is paid: a debt paid ahead asks less later, so less is held for it."""
        assert self.now is not None
        return max(0, self._spendable(pays) - self.now.money - self.now.held) if self.soon else 0

    def prepaid(self, pays: Sequence[int], free: int) -> list[int]:
        """With what is held for later minimums of a debt that is due now: paid at once it saves interest, and no more
        is missing later than was. What was ``free`` and is not spent stays for those waiting.
        """
        assert self.now is not None
        found, due = list(pays), self.now.due
        if not self.soon or not self.ahead_of_time or sum(found) < sum([one.minimum for one in due]):
            return found
        unspent = max(0, free - sum(found))
        for place in sorted(range(len(due)), key=lambda place: -due[place].terms.rank):
            found[place] += self._more_on(place, found, unspent)
        return found

    def _more_on(self, place: int, pays: list[int], unspent: int) -> int:
        assert self.now is not None
        one = self.now.due[place]
        room, there = one.room(pays[place]), self.most - sum(pays) - unspent
        more = min(room, there)
        if more <= 0 or (more < room and not one.terms.scheduled):  # paid in part, it asks its minimum all the same
            return 0
        missing = max(0, sum(pays) + unspent - self._spendable(pays))
        for _ in range(_TRIES):
            tried = [*pays[:place], pays[place] + more, *pays[place + 1 :]]
            over = sum(tried) + unspent - self._spendable(tried) - missing
            if over <= 0 or more <= over:
                return more if over <= 0 else 0
            more -= over
        return 0

    def _spendable(self, pays: Sequence[int]) -> int:
        """What may be spent in all, once so much is paid to each."""
        assert self.now is not None
        then = {}
        for one, pay in zip(self.now.due, pays, strict=True):
            if pay > one.minimum:
                then[id(one)] = ahead = one.clone()
                ahead.pay(pay)
        return min(self.most, self.pot - self._kept_for(coming(self._to_come(), _minimums(self.now.due), then=then)))

    def _after_healthy(self, found: Sequence[AnyAccount], money: int) -> int:
        """What there is now: what is late waits where a debt that is not would fall behind for it later."""
        if not any(one.late_since for one in found):
            return money
        healthy = sum([one.minimum for one in found if not one.late_since])
        ahead = coming(self._to_come(), _minimums(found), healthy=True)
        return min(money, max(healthy, self.pot - self._kept_for(ahead)))

    def _behind_first(self, part: Part) -> Part:
        """On the day money comes in, what could not be paid before it is paid before anything else."""
        self.catching_up = False
        if not part.on or part.comes <= 0:
            return part
        due = {id(one) for _, one in part.due}
        behind = [one for one in self.live if one.late_since and one.day <= part.on and id(one) not in due]
        if not behind:
            return part
        if part.due:
            self.parts.insert(0, Part(0, 0, part.due))
        self.catching_up = True
        return Part(part.comes, part.on, [(part.on, one) for one in behind])

    def book(self, pays: Sequence[int]) -> None:
        """The payments decided, in the order of the decision's debts."""
        assert self.now is not None
        rows = self.rows
        for one, amount in zip(self.now.due, pays, strict=True):
            one.pay(amount)
            if amount or (one.minimum and not self.catching_up):
                charges = min(one.fees + to_fen(one.penalties) - one.charged, one.cost)
                rows.append((one.day, one.terms.index, amount, one.cost, charges, one.owed))
                one.charged += charges
                one.cost = 0
        spent = sum(pays)
        self.pot -= spent
        self.waits = self.waits or bool(self.now.waiting and spent < self.now.money)
        if self.now.due:
            self.at = self.now.due[-1].day
            self._seen(self.at)

    def run(self) -> Run:
        """The outcome so far, with the costs that come after the last payment."""
        self.rows.sort()
        self._later_costs()
        return Run(
            self.rows,
            self.owed,
            self.short,
            not self.live,
            self.lowest or 0,
            sum(one.fees for one in self.every),
            sum(to_fen(one.penalties) for one in self.every),
            self.hole,
            self.unseen,
            self.waits,
        )

    def _later_costs(self) -> None:
        for month in self.months[self.count :]:
            if self.costs is None or month.first > self.purse.last_cost:
                return
            for day, amount in self.purse.of(month):
                self._comes(day, amount)

    # --- months

    def _open(self) -> None:
        self.month = self.months[self.count]
        self.count += 1
        self.later = None
        comes, events = self.purse.of(self.month), self._events(self.month)
        if len(comes) == 1 and comes[0][0] <= self.month.first and each_due_once(events):
            self.parts = [Part(comes[0][1], 0, events)]
        else:
            self.parts = cut(events, comes)

    def _events(self, month: Month) -> list[tuple[int, AnyAccount]]:
        return [(day, one) for one in self.live for day in one.days_in(month)]

    def _close(self) -> bool:
        """The month is over; True when nothing is left to pay."""
        if self.count == 1:  # nobody knows what is left of a month that had begun
            used = sum([row[2] for row in self.rows]) + self.purse.costs_in(self.month)
            self.pot -= max(0, self.purse.begun - used)
        self.live = [one for one in self.live if not one.done]
        self.owed.append(sum([one.owed for one in self.live]))
        return not self.live

    def _kept_for(self, coming: Sequence[Coming]) -> int:
        """For minimums to come; of this month alone, where each has its money on its first day."""
        return most_short(coming if self.purse.flat is None else coming[: len(self.parts)])

    def _to_come(self) -> list[Part]:
        """The later parts of this month and those of the months after, as far as one has to look ahead."""
        if self.later is None:
            to_costs = month_of(self.purse.last_cost or 1) - self.month.key + 1
            far = _LONG_AHEAD if self.purse.steps else max(_MONTHS_AHEAD, min(to_costs, _LONG_AHEAD))
            months = self.months[self.count : self.count + far]
            self.later = [part for month in months for part in cut(self._events(month), self.purse.of(month))]
        return [*self.parts, *self.later]


def _minimums(due: Sequence[AnyAccount]) -> dict[int, int]:
    return {id(one): one.minimum for one in due}
