"""Lateness of a running account: which rows lag behind, and the penalty that their days bring."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from jdneg.domain.debt.account import Account
from jdneg.domain.debt.late import LateTerms
from jdneg.domain.debt.ledger import NOTHING
from jdneg.domain.debt.rules import Rules
from jdneg.domain.money import half_up


class LateAccount(Account):
    """An account that knows when its rows are late. ``asked`` is what the ``late_rows`` first rows came to."""

    def __init__(self, rules: Rules, day: dt.date, *, trace: bool) -> None:
        super().__init__(rules, day, trace=trace)
        self.was_late = self.penalty_waived = False
        self.late_rows, self.asked = 0, NOTHING
        self.grace, self.patience = 0, dt.timedelta(0)

    def _watch(self, grace: int) -> None:
        """Watch the rows anew: lateness, as the penalty sees it, begins ``patience`` after a due date."""
        self.grace = grace
        self.patience = dt.timedelta(days=grace + (not self.rules.count_first))
        self.late_rows, self.asked = 0, NOTHING

    def _lag(self) -> Decimal:
        """By how much payments lag behind what the late rows asked: who paid ahead is never late."""
        while self.late_rows < self.next and self.rows[self.late_rows].due + self.patience <= self.day:
            self.asked += self.rows[self.late_rows].amount
            self.late_rows += 1
        return self.asked - self.paid

    def _late_parts(self) -> tuple[Decimal, Decimal, Decimal]:
        """Principal, interest and fee of the late rows: all that is due, less the rows still within their grace."""
        principal, interest, fee = self.due_principal, self.due_interest, self.due_fee
        if self.late_rows == self.next:
            return principal, interest, fee
        for one in self.fallen[self.late_rows :]:
            principal, interest, fee = principal - one.principal, interest - one.interest, fee - one.fee
        return max(principal, NOTHING), max(interest, NOTHING), max(fee, NOTHING)

    def _accrue_late(self, until: dt.date, days: int) -> Decimal:
        """Adds the penalty; returns the principal on which it takes the place of ordinary interest."""
        lag = self._lag()
        if lag <= 0:
            return NOTHING
        principal, interest, fee = self._late_parts()
        unpaid = min(principal + interest + fee, lag)
        self.was_late = self.was_late or unpaid > 0
        late, rates = self.late, self.rules.late_rates
        if late is None or rates is None or self.penalty_waived:
            return NOTHING
        base = replaced = min(principal, lag)
        if late.base == "overdue_instalment":
            base = half_up(unpaid)
            replaced = min(replaced, base)
        elif late.base == "balance":
            base = replaced = self.due_principal + self.ahead if half_up(unpaid) > 0 else NOTHING
        fraction = rates.fraction(self.day, until)
        if late.factor is not None:
            fraction *= late.factor
        if late.compound:
            again = half_up(self._compounding(late, min(interest, lag)))
            self._charge("penalty", until, days, base, fraction)
            self._charge("compound", until, days, again, fraction)
        else:
            self._charge("penalty", until, days, base, fraction)
        return NOTHING if late.beside else min(principal, lag) if late.scheduled else replaced

    def _compounding(self, late: LateTerms, interest: Decimal) -> Decimal:
        """The base of compound interest; an overdue instalment has its interest inside already."""
        if late.every is not None:
            return self.capital
        return NOTHING if late.base == "overdue_instalment" else interest

    def _charge(self, event: str, until: dt.date, days: int, base: Decimal, fraction: Decimal) -> None:
        if base > 0:
            amount = base * fraction if self.plain else self.rules.rounding.amount(base, fraction, days)
            self.penalty += amount
            if self.trace:
                self._note(event, amount, until, days, base, fraction / days)
