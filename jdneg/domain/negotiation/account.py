"""One debt as it runs through a plan: the debt engine's own account, made for tens of thousands of steps.

`jdneg.domain.debt.running` is the truth. This does the same sums in the same order with the same decimals, so that
both are equal to the fen, which a property test holds. What is whole (principal, fees, payments) is an int of fen;
what accrues is a Decimal of fen, not rounded before the engine rounds. Days are ordinals of `datetime.date`. What an
account cannot do here (compound penalty, days of grace, a rate that changes after the last row) the engine does
itself: `jdneg.domain.negotiation.engine`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from jdneg.domain.debt.ledger import NOTHING
from jdneg.domain.records.loan import Part
from jdneg.values import dataclass

NEVER = 10**9  # after every day there is
_HALF, _ONE = Decimal("0.5"), Decimal(1)
Fraction = Callable[[int], Decimal]  # interest on one fen over so many days


class Month(NamedTuple):
    """A calendar month: ``key`` counts months, ``first`` is the ordinal of its first day."""

    key: int
    first: int
    length: int


class Due(NamedTuple):
    """A row to come: what it asks, its principal and fee in fen, the agreed interest it brings."""

    day: int
    amount: int
    principal: int
    fee: int
    adds: Decimal


class Span(NamedTuple):
    """Interest on one fen over the ``days`` days up to ``end``."""

    end: int
    fraction: Decimal
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What does not change. ``daily`` holds after the last span, ``late`` (None: unknown) where payments lag.

    ``dates`` are the payment days by month, the days of the rows (``month_keys``: the months by day); in other months
    it is ``due_day`` after ``start``. ``regular`` is the payment a month of a debt without rows. ``fixed`` takes what
    its rows ask and no more: nothing runs on it that paying early would save. ``brings`` is the number of rows up to
    the last that brings a fee. ``row_days`` and ``span_ends`` end with `NEVER`. ``usual``: interest is
    paid before principal.
    """

    index: int
    loan: str
    rows: tuple[Due, ...]
    row_days: tuple[int, ...]
    spans: tuple[Span, ...]
    span_ends: tuple[int, ...]
    daily: Fraction
    late: Fraction | None
    late_base: str
    beside: bool
    late_scheduled: bool
    order: tuple[Part, ...]
    usual: bool
    agreed: bool
    fixed: bool
    scheduled: bool
    regular: int
    start: int
    due_day: int
    dates: Mapping[int, tuple[int, ...]]
    month_keys: Mapping[int, int]
    brings: int
    rank: int
    late_rank: int


def to_fen(amount: Decimal) -> int:
    """Half up, away from zero, as `jdneg.domain.money.half_up`."""
    return int(amount + _HALF) if amount >= 0 else int(amount.quantize(_ONE, ROUND_HALF_UP))


class Account:
    """Changing state of one debt, named as in `Running`; ``owed`` is what would settle it today.

    ``cost`` is what came up since the last row of the plan; ``fees`` and ``penalties`` what of it all were such,
    ``charged`` what of those the plan's rows have.
    ``minimum`` is what must be paid on the day it stands at, ``arrears`` what of a debt without rows was not.
    """

    __slots__ = (
        "accrued", "ahead", "arrears", "asked", "carried", "charged", "cost", "day", "due_fee", "due_interest",
        "due_principal", "fees", "late_rows", "late_since", "minimum", "next", "owed", "paid", "penalties", "penalty",
        "prepaid", "span", "terms",
    )  # fmt: skip

    terms: Terms
    day: int
    next: int
    late_rows: int
    span: int
    ahead: int
    prepaid: int
    due_principal: int
    due_fee: int
    accrued: Decimal
    due_interest: Decimal
    carried: Decimal
    penalty: Decimal
    asked: int
    paid: int
    arrears: int
    late_since: int
    owed: int
    cost: int
    minimum: int
    fees: int
    charged: int
    penalties: Decimal

    def clone(self) -> Account:
        """The same account at the same moment."""
        other = Account.__new__(Account)
        for name in Account.__slots__:
            setattr(other, name, getattr(self, name))
        return other

    @property
    def done(self) -> bool:
        """Nothing is owed and nothing more comes up."""
        return not self.owed and self.next >= self.terms.brings

    def days_in(self, month: Month) -> tuple[int, ...]:
        """The days of a month on which this debt is paid."""
        terms = self.terms
        days = terms.dates.get(month.key)
        if days is not None:
            return days
        day = month.first + min(terms.due_day, month.length) - 1
        return (day,) if day > terms.start else ()

    # --- time

    def fall_due(self, day: int) -> None:
        """Accrue to ``day``, let fall due what is due by then, and work out what must be paid."""
        terms, before = self.terms, self.owed
        row_days, span_ends = terms.row_days, terms.span_ends
        while True:
            while span_ends[self.span] <= self.day:
                self.span += 1
            stop = row_days[self.next]
            if span_ends[self.span] < stop:
                stop = span_ends[self.span]
            if stop > day:
                stop = day
            if stop > self.day:
                self._accrue(stop)
            while row_days[self.next] <= stop:
                self._row_due(terms.rows[self.next])
            if stop == day:
                break
        self.owed = self.settled_by()
        self.cost += self.owed - before
        self.minimum = self.asked_now()

    def _row_due(self, row: Due) -> None:
        self.next += 1
        principal = row.principal
        if self.prepaid:
            taken = min(self.prepaid, principal)
            self.prepaid -= taken
            principal -= taken
        self.ahead -= principal
        self.due_principal += principal
        self.due_interest += self.accrued + row.adds
        self.accrued = NOTHING
        if row.fee:
            self.due_fee += row.fee
            self.fees += row.fee

    def _accrue(self, until: int) -> None:
        terms, days = self.terms, until - self.day
        base = self.due_principal + self.ahead
        while self.late_rows < self.next and terms.row_days[self.late_rows] <= self.day:
            self.asked += terms.rows[self.late_rows].amount
            self.late_rows += 1
        if self.asked > self.paid and terms.late is not None:
            base -= self._accrue_late(terms.late(days))
        self.day = until
        if base <= 0 or terms.agreed:
            return
        if self.span == len(terms.spans):
            self.accrued += base * terms.daily(days)
        else:
            _, fraction, whole = terms.spans[self.span]
            self.accrued += base * (fraction if days == whole else fraction * days / whole)

    def _accrue_late(self, fraction: Decimal) -> int:
        """Adds the penalty; returns the principal on which it takes the place of ordinary interest."""
        terms = self.terms
        lag = self.asked - self.paid
        base = replaced = min(self.due_principal, lag)
        if terms.late_base != "overdue_principal":
            unpaid = to_fen(min(self.due_principal + self.due_interest + self.due_fee, lag + NOTHING))
            if terms.late_base == "overdue_instalment":
                base, replaced = unpaid, min(replaced, unpaid)
            else:
                base = replaced = self.due_principal + self.ahead if unpaid > 0 else 0
        if base > 0:
            more = base * fraction
            self.penalty += more
            self.penalties += more
        if terms.beside:
            return 0
        return min(self.due_principal, lag) if terms.late_scheduled else replaced

    # --- reading

    def settled_by(self) -> int:
        """What a payment must be to leave nothing, rounded part by part as `pay` does."""
        whole = self.ahead + self.due_principal + self.due_fee
        if self.penalty:
            whole += to_fen(self.penalty)
        if self.carried:
            whole += to_fen(self.carried)
        if not self.due_interest:
            return whole + int(self.accrued + _HALF) if self.accrued >= 0 else whole
        due = to_fen(self.due_interest)
        if self.next < len(self.terms.rows):
            return whole + due + max(to_fen(self.accrued + (self.due_interest - due)), 0)
        return whole + due + max(to_fen(self.accrued), 0)

    def asked_now(self) -> int:
        """What is overdue and what falls due today; without rows the minimum the lender states."""
        terms = self.terms
        if not terms.scheduled:
            asked = self.arrears + terms.regular
            return asked if asked < self.owed else self.owed
        if self.next == len(terms.rows):
            return self.owed
        fallen = terms.rows[self.late_rows : self.next]
        lag = self.asked - self.paid + sum([row.amount for row in fallen])
        if terms.agreed:
            return min(self.owed, max(lag, 0))
        penalty = to_fen(self.penalty)
        due = self.due_fee + self.due_principal + penalty + to_fen(self.due_interest) + to_fen(self.carried)
        today = sum([row.amount for row in fallen if row.day == self.day])
        return max(0, min(due, penalty + max(lag, today)))

    def foreseen(self, day: int, paid: int = 0) -> int:
        """What must be paid on a day to come, as far as it is known now, once what is due before is ``paid``."""
        if self.terms.scheduled:
            overdue = self.due_principal + self.due_fee + to_fen(self.due_interest) + to_fen(self.penalty)
            asked = max(0, overdue + to_fall_due(self.terms.rows, self.next, self.prepaid, day) - paid)
        else:
            asked = self.terms.regular + (0 if paid else self.arrears)
        if asked + paid <= self.owed and (paid or not self.terms.scheduled or not self.prepaid):
            return asked
        return min(asked, asked_on(self, day, paid))

    def room(self, paid: int) -> int:
        """What more it takes: nothing where paying early would save nothing."""
        return 0 if self.terms.fixed else self.owed - paid

    # --- money

    def pay(self, amount: int) -> None:
        """Book a payment of at most what is owed."""
        unpaid = self.minimum - amount
        if unpaid > 0:
            self.late_since, self.arrears = self.late_since or self.day, unpaid
        else:
            self.late_since = self.arrears = 0
        if not amount:
            return
        if amount == self.owed:
            self._settle(amount)
            return
        left = amount
        if self.terms.usual and not (self.penalty or self.due_fee or self.carried):
            if self.due_interest or self.accrued:
                left = self._pay_interest(left)
            if self.due_principal:
                left = self._pay_principal(left)
        else:
            for part in self.terms.order:
                left = _PAYS[part](self, left)
        if self.accrued:
            left, self.accrued = _less(left, self.accrued)
        self.ahead -= left
        self.prepaid += left
        self.paid += amount
        left, self.owed = self.owed - amount, self.settled_by()
        self.cost += self.owed - left  # a fen, where a half one of a part paid falls otherwise

    def _settle(self, amount: int) -> None:
        self.paid += amount if self.terms.agreed else amount - to_fen(self.penalty)
        self.prepaid += self.ahead
        self.ahead = self.due_principal = self.due_fee = self.owed = 0
        self.accrued = self.due_interest = self.carried = self.penalty = NOTHING

    def _pay_fee(self, money: int) -> int:
        paid = min(money, self.due_fee)
        self.due_fee -= paid
        return money - paid

    def _pay_principal(self, money: int) -> int:
        paid = min(money, self.due_principal)
        self.due_principal -= paid
        return money - paid

    def _pay_penalty(self, money: int) -> int:
        """An instalment of the contract is not paid by what goes to the penalty."""
        if not self.penalty:
            return money
        left, self.penalty = _less(money, self.penalty)
        if not self.terms.agreed:
            self.paid -= money - left
        return left

    def _pay_interest(self, money: int) -> int:
        if self.carried:
            money, self.carried = _less(money, self.carried)
        open_, due = self.next < len(self.terms.rows), self.due_interest
        if due:
            money, self.due_interest = _less(money, due)
            if open_ and not self.due_interest:
                self.accrued += due - to_fen(due)
        if not open_ and self.accrued:
            money, self.accrued = _less(money, self.accrued)
        return money


def to_fall_due(rows: Sequence[Due], since: int, prepaid: int, day: int) -> int:
    """What the rows from number ``since`` on ask up to a day, their principal less what was paid ahead."""
    asked = principal = 0
    while since < len(rows) and rows[since].day <= day:
        asked += rows[since].amount
        principal += rows[since].principal
        since += 1
    return asked - min(prepaid, principal)


def asked_on(one: Any, day: int, paid: int) -> int:
    """What it asks on a day to come, worked out; once something is ``paid`` now, at most what is still owed then."""
    if one.done:
        return 0
    then = one.clone()
    then.fall_due(day)
    return int(then.owed - paid if paid else then.minimum)


_PAYS: Mapping[Part, Callable[[Account, int], int]] = {
    "fee": Account._pay_fee,
    "interest": Account._pay_interest,
    "penalty": Account._pay_penalty,
    "principal": Account._pay_principal,
}


def _less(money: int, owed: Decimal) -> tuple[int, Decimal]:
    """(money left, owed left) of a part that is paid when it is paid to the fen."""
    whole = max(to_fen(owed), 0)
    return (money - whole, NOTHING) if money >= whole else (0, owed - money)
