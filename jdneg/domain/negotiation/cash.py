"""The money for debts by date. Fen and day ordinals inside.

What is left of regular income after necessary spending comes in the same shares as the income does, on its own days;
a dated sum comes on its day. What a plan does not spend is kept for the months after, but of a month that had begun
before the plan only what its days still ask counts, unless the days of the income are known.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import ROUND_FLOOR, Decimal

from jdneg.domain.money import ZERO, half_up
from jdneg.domain.negotiation.account import Month
from jdneg.errors import BadDueDay, NegativeAmount, raise_all
from jdneg.values import dataclass

_WEEK = 7
_FORESEEN = 3653  # days: ten years of weekly pay that some months does not cover spending


@dataclass(frozen=True, slots=True)
class Step:
    """From a day on, another sum a month (what-if, a job that begins)."""

    since: dt.date
    monthly: Decimal
    weekly: Decimal = ZERO
    weekly_bears: Decimal = ZERO

    @property
    def lacks_weeks(self) -> bool:
        """Whether a month of four paydays does not cover what it bears."""
        return self.weekly_bears > 4 * self.weekly


@dataclass(frozen=True, slots=True, kw_only=True)
class Cash:
    """Yuan for debts. ``monthly`` comes on ``day`` of the month (None: by its first day), ``weekly`` each
    ``weekday`` (1 Monday to 7 Sunday), less what it bears of a month's spending, ``weekly_bears``: a month of four
    paydays leaves less than one of five. ``dated`` are single sums, below zero for one-off costs; ``hand`` is there
    on the first day. ``steps`` replace the regular sums from their days on. Before ``begin`` nothing is paid on
    debts, whatever is there.

    Where ``hand`` is told and no payday, it is all there is of the month that has begun.
    """

    monthly: Decimal
    day: int | None = None
    weekly: Decimal = ZERO
    weekly_bears: Decimal = ZERO
    weekday: int = 5
    dated: tuple[tuple[dt.date, Decimal], ...] = ()
    hand: Decimal = ZERO
    steps: tuple[Step, ...] = ()
    begin: dt.date | None = None

    def check(self) -> None:
        """Raises NegativeAmount and BadDueDay, all at once."""
        amounts = (self.monthly, self.weekly, self.hand)
        faults: list[NegativeAmount | BadDueDay] = [NegativeAmount(value=one) for one in amounts if one < 0]
        if self.day is not None and not 1 <= self.day <= 31:
            faults.append(BadDueDay(value=self.day))
        raise_all(faults)

    @property
    def lacks_weeks(self) -> bool:
        """Whether a month of four paydays does not cover what it bears."""
        return self.weekly_bears > 4 * self.weekly

    @property
    def on_days(self) -> bool:
        """Whether it matters on which day of the month the money comes."""
        return self.day is not None or bool(self.weekly)

    @property
    def average(self) -> Decimal:
        """Yuan a month, as it begins."""
        return self.monthly + half_up(self.weekly * 52 / 12) - self.weekly_bears


Increments = Sequence[tuple[int, int]]  # (day ordinal, fen), in order


class Purse:
    """The increments of each month of one plan, made when asked for."""

    def __init__(self, cash: Cash, start: dt.date) -> None:
        self.cash, self.start = cash, start.toordinal()
        self.steps = sorted(((step.since.toordinal(), step) for step in cash.steps), key=lambda one: one[0])
        self.begin = cash.begin.toordinal() if cash.begin else 0
        by_month = not (cash.on_days or cash.dated or cash.steps or cash.hand or cash.begin)
        self.flat = _fen(cash.monthly) if by_month else None
        self.begun = 0 if cash.day is not None or cash.hand else _fen(cash.monthly)  # of the month the plan begins in
        self.dated: dict[int, list[tuple[int, int]]] = {}
        for day, amount in sorted((day, amount) for day, amount in cash.dated if day >= start):
            self.dated.setdefault(day.year * 12 + day.month, []).append((day.toordinal(), _fen(amount)))

    def of(self, month: Month) -> Increments:
        """What comes in a month, oldest first; a month without anything has nothing on its first day."""
        if self.flat is not None:
            return ((month.first, self.flat),)
        found = [*self._regular(month), *self.dated.get(month.key, ())]
        if month.first <= self.start < month.first + month.length:
            found.append((self.start, _fen(self.cash.hand)))
        if month.first <= self.begin < month.first + month.length:
            found.append((self.begin, 0))
        days: dict[int, int] = {}
        for day, amount in sorted(found):  # a cost on payday is paid from the pay
            days[day] = days.get(day, 0) + amount
        return list(days.items()) or [(month.first, 0)]

    @property
    def last_cost(self) -> int:
        """The day of the last cost that is known; 0: none is. What a month of four paydays lacks comes again."""
        if self.cash.lacks_weeks or any(step.lacks_weeks for _, step in self.steps):
            return self.start + _FORESEEN
        return max((day for days in self.dated.values() for day, amount in days if amount < 0), default=0)

    def costs_in(self, month: Month) -> int:
        """What necessary costs take in a month."""
        return sum(-amount for _, amount in self.dated.get(month.key, ()) if amount < 0)

    def _regular(self, month: Month) -> list[tuple[int, int]]:
        cash = self.cash
        found = []
        day = month.first if cash.day is None else month.first + min(cash.day, month.length) - 1
        if day >= self.start or (cash.day is None and not cash.hand):
            found.append((day, _fen(self._monthly_on(day))))
        if cash.weekly or any(step.weekly for _, step in self.steps):
            first = month.first + (cash.weekday % _WEEK - month.first) % _WEEK
            paydays = range(first, month.first + month.length, _WEEK)
            found += [(one, self._weekly_on(one, len(paydays))) for one in paydays if one >= self.start]
        return found

    def _monthly_on(self, day: int) -> Decimal:
        return next((step.monthly for since, step in reversed(self.steps) if since <= day), self.cash.monthly)

    def _weekly_on(self, day: int, paydays: int) -> int:
        """Fen of one payday, once it has borne its part of the month's spending; rounding keeps to the spending."""
        now = next((step for since, step in reversed(self.steps) if since <= day), self.cash)
        return int(((now.weekly - now.weekly_bears / paydays) * 100).to_integral_value(ROUND_FLOOR))


def _fen(amount: Decimal) -> int:
    return int(half_up(amount) * 100)
