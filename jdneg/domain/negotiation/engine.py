"""A debt that the debt engine itself carries through a plan: for terms that whole numbers do not follow.

Slower than `jdneg.domain.negotiation.account`, with the same face.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from jdneg.domain.debt.running import Running
from jdneg.domain.money import FEN, half_up
from jdneg.domain.negotiation.account import Account, Month, Terms, asked_on, to_fall_due


class EngineAccount:
    """See `Account`; every sum is the engine's."""

    __slots__ = ("arrears", "charged", "cost", "fees", "late_since", "minimum", "owed", "penalties", "run", "terms")

    terms: Terms
    run: Running
    arrears: int
    late_since: int
    owed: int
    cost: int
    minimum: int
    fees: int
    charged: int
    penalties: Decimal

    @classmethod
    def of(cls, seen: Account, run: Running) -> EngineAccount:
        """From the compiled account, of which it takes the terms, and the engine's, which it leaves as it is."""
        one = cls.__new__(cls)
        one.terms, one.run = seen.terms, _copy(run)
        one.arrears = one.cost = one.fees = one.charged = 0
        one.penalties = Decimal(0)
        one.late_since = seen.late_since
        one.owed = one.settled_by()
        one.minimum = one.asked_now(run.day)
        return one

    def clone(self) -> EngineAccount:
        other = EngineAccount.__new__(EngineAccount)
        for name in EngineAccount.__slots__:
            setattr(other, name, getattr(self, name))
        other.run = _copy(self.run)
        return other

    @property
    def day(self) -> int:
        return self.run.day.toordinal()

    @property
    def next(self) -> int:
        return self.run.next

    @property
    def prepaid(self) -> int:
        return _fen(self.run.prepaid)

    @property
    def due_principal(self) -> int:
        return _fen(self.run.due_principal)

    @property
    def ahead(self) -> int:
        return _fen(self.run.ahead)

    @property
    def done(self) -> bool:
        return not self.owed and self.run.next >= self.terms.brings

    def days_in(self, month: Month) -> tuple[int, ...]:
        return Account.days_in(self, month)  # type: ignore[arg-type]

    def fall_due(self, day: int) -> None:
        before, penalty, fees = self.owed, self.run.penalty, self.run.due_fee
        today = dt.date.fromordinal(day)
        self.run.go_to(today)
        self.penalties += (self.run.penalty - penalty).scaleb(2)
        self.fees += _fen(self.run.due_fee - fees)
        self.owed = self.settled_by()
        self.cost += self.owed - before
        self.minimum = self.asked_now(today)

    def settled_by(self) -> int:
        """By trying: what is left over of more than enough was not owed."""
        known = self.run.principal + self.run.penalty + self.run.due_interest + self.run.due_fee
        enough = half_up(known + abs(self.run.accrued) + self.run.carried) + 1
        return _fen(enough - _copy(self.run).pay(enough))

    def asked_now(self, day: dt.date) -> int:
        run, terms = self.run, self.terms
        if not terms.scheduled:
            return min(self.owed, self.arrears + terms.regular)
        if run.next == len(run.rows):
            return self.owed
        asked = sum((row.amount for row in run.rows[: run.next]), Decimal(0))
        lag = _fen(asked - run.paid)
        if terms.agreed:
            return min(self.owed, max(lag, 0))
        penalty = _fen(run.penalty)
        due = _fen(run.due_fee + run.due_principal) + penalty + _fen(run.due_interest) + _fen(run.carried)
        today = _fen(sum((row.amount for row in run.rows[: run.next] if row.due == day), Decimal(0)))
        return max(0, min(due, penalty + max(lag, today)))

    def foreseen(self, day: int, paid: int = 0) -> int:
        if self.terms.scheduled:
            rows = to_fall_due(self.terms.rows, self.run.next, self.prepaid, day)
            known = self.run.due_principal + self.run.due_fee + self.run.due_interest + self.run.penalty
            asked = max(0, _fen(known) + rows - paid)
        else:
            asked = self.terms.regular + (0 if paid else self.arrears)
        if asked + paid <= self.owed and (paid or not self.terms.scheduled or not self.prepaid):
            return asked
        return min(asked, asked_on(self, day, paid))

    def room(self, paid: int) -> int:
        return 0 if self.terms.fixed else self.owed - paid

    def pay(self, amount: int) -> None:
        self.late_since = (self.late_since or self.day) if amount < self.minimum else 0
        if not self.terms.scheduled:
            self.arrears = max(0, self.minimum - amount)
        if amount:
            self.run.pay(Decimal(amount) * FEN)
            left, self.owed = self.owed - amount, self.settled_by()
            self.cost += self.owed - left


def _fen(amount: Decimal) -> int:
    return int(half_up(amount) * 100)


def _copy(run: Running) -> Running:
    return run.fork(run.rules)
