"""One debt as it runs through a plan, in whole fen, because a plan takes thousands of steps.

What is owed has two parts: ``bearing``, on which interest runs, and ``rest``, the interest, penalty and fees that
have come up and bear none. A payment takes the rest first (Civil Code 561). Days are ordinals of `datetime.date`.
"""

from __future__ import annotations

from collections.abc import Mapping

from jdneg.values import dataclass

Table = Mapping[int, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month: ``key`` counts months, ``first`` is the ordinal of its first day."""

    key: int
    first: int
    length: int


@dataclass(slots=True)
class Account:
    """Changing state of one debt. A day's interest is ``(bearing - late) * rate + late * late_rate`` over ``base``.

    ``late`` is the overdue part of ``bearing``; ``arrears`` what past due days left unpaid; ``regular`` what falls
    due each month unless ``table`` (month key -> day, fen) says it; after the table's end all that is left is due.
    ``fixed`` takes what its table asks and no more: nothing runs on it that paying early would save.
    """

    index: int
    bearing: int
    rest: int
    late: int
    rate: int
    late_rate: int
    base: int
    rank: int
    late_rank: int
    arrears: int
    regular: int
    since: int
    first: int
    due_day: int
    table: Table
    table_end: int
    late_since: int
    fixed: bool
    # of the month at hand
    day: int = 0
    interest: int = 0
    owed: int = 0
    minimum: int = 0

    def fall_due(self, month: Month) -> bool:
        """Move to this month's due day, if there is one: accrue to it and work out what must be paid."""
        if self.table and month.key <= self.table_end:
            if month.key not in self.table:
                return False
            day, regular = self.table[month.key]
        else:
            day, regular = month.first + min(self.due_day, month.length) - 1, self.regular
            if day < self.first:
                return False
        self._accrue(day)
        due = self.owed if self.table and month.key >= self.table_end else self.arrears + regular
        self.minimum = min(due, self.owed)
        return True

    def _accrue(self, day: int) -> None:
        """Half up to the fen, by actual days."""
        daily = (self.bearing - self.late) * self.rate + self.late * self.late_rate
        interest = (2 * daily * (day - self.since) + self.base) // (2 * self.base)
        self.rest += interest
        self.interest, self.day, self.since = interest, day, day
        self.owed = self.bearing + self.rest

    def pay(self, amount: int) -> None:
        """Book a payment of at most what is owed; what of the minimum is unpaid becomes arrears."""
        unpaid = self.minimum - amount
        if unpaid > 0:
            self._fall_behind(amount, unpaid)
        else:
            self.late = self.arrears = self.late_since = 0
        if amount > self.rest:
            self.bearing -= amount - self.rest
            self.rest = 0
        else:
            self.rest -= amount
        self.owed -= amount

    def _fall_behind(self, amount: int, unpaid: int) -> None:
        must = min(self.bearing, max(0, self.minimum - self.rest))
        self.late = max(0, must - max(0, amount - self.rest))
        self.arrears, self.late_since = unpaid, self.late_since or self.day
