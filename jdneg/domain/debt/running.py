"""The running account of one loan: moved forward day by day by what falls due, what accrues and what is paid.

The only mutable object of the room, in three layers: the sums and the money booked against them
(`jdneg.domain.debt.account`), lateness (`jdneg.domain.debt.lateness`), and here time. Each component is one sum:
payments reach the oldest row first, so what is left of a row follows from the sums (`jdneg.domain.debt.unpaid`).
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Sequence
from decimal import Decimal

from jdneg.domain.dates import ONE_DAY
from jdneg.domain.debt.capitalising import capital_days
from jdneg.domain.debt.lateness import LateAccount
from jdneg.domain.debt.ledger import NOTHING, Fallen, OpenRow, Owed
from jdneg.domain.debt.openrows import agreed_schedule, open_rows
from jdneg.domain.debt.rows import Row, Schedule, pieces_of
from jdneg.domain.debt.rules import Rules
from jdneg.domain.money import ZERO, half_up
from jdneg.domain.records.case import Waived
from jdneg.domain.records.loan import Part


class Running(LateAccount):
    """Create at the loan's start, then `go_to` days and `pay` in order of time; ``trace`` keeps a ledger."""

    def __init__(self, schedule: Schedule, rules: Rules, *, trace: bool = True) -> None:
        super().__init__(rules, schedule.start, trace=trace)
        self.start, self.last_day = schedule.start, schedule.last_day
        self.schedule_rows = schedule.rows
        self.pieces = [(one.end, one.fraction, (one.end - one.start).days) for one in pieces_of(schedule)]
        self.piece = 0
        self.accelerates = rules.accelerated_on
        self._open(open_rows(schedule), rules.grace_days)
        self.due_fee = schedule.fee_at_start
        self._note("start", schedule.principal)

    def _open(self, rows: Sequence[OpenRow], grace: int) -> None:
        self._watch(grace)
        # What each row brought is needed to read the rows, and to tell those within their grace.
        self.keeps = self.trace or bool(self.patience)
        self.rows, self.next, self.fallen = tuple(rows), 0, []
        self.due_principal = self.due_interest = self.due_fee = NOTHING
        self.ahead, self.prepaid = sum((row.principal for row in rows), NOTHING), NOTHING
        self.paid = ZERO
        self._plan_stops()

    def _plan_stops(self) -> None:
        ends = {row.due for row in self.rows} | {end for end, _, _ in self.pieces}
        if self.late is not None or self.grace:
            ends |= {row.due + self.patience for row in self.rows}
        if self.rules.rates is not None:
            ends |= {since for since, _ in self.rules.rates.steps[1:]}
        if self.accelerates is not None:
            ends.add(self.accelerates)
        self.stops = sorted(stop for stop in ends if stop >= self.day)

    def fork(self, rules: Rules) -> Running:
        """The same account at the same moment, to be run on by other rules of lateness. Grace must be the same."""
        other = Running.__new__(Running)
        other.__dict__.update(self.__dict__)
        other.rules, other.late, other.plain = rules, rules.late, rules.rounding.exact
        other.fallen, other.lines = self.fallen.copy(), self.lines.copy()
        return other

    # --- time

    def go_to(self, day: dt.date) -> None:
        """Accrue to ``day`` and let fall due what is due by then."""
        first = self.day
        stops = self.stops[bisect_left(self.stops, first) : bisect_left(self.stops, day)]
        capital: set[dt.date] = set()
        if self.late is not None and self.late.compound and self.late.every:
            capital = capital_days(self.late.every, [row.due for row in self.rows], first, day)
            stops = sorted({*stops, *(one for one in capital if one < day)})
        planned = self.stops
        for stop in (*stops, day):
            self._step(stop)
            if stop in capital:
                self.capital = self._uncompounded()
            if self.stops is not planned:  # the whole balance fell due, and with it other days count
                self.go_to(day)
                return

    def _step(self, stop: dt.date) -> None:
        if stop > self.day:
            self._accrue(stop)
            if self.replaced and self.next < len(self.rows):
                self._run_agreed(stop)
            self.day = stop
        rows = self.rows
        while self.next < len(rows) and rows[self.next].due <= stop:
            self._fall_due()
        if self.accelerates is not None and stop >= self.accelerates:
            self._accelerate()

    def _fall_due(self) -> None:
        row = self.rows[self.next]
        self.next += 1
        taken = min(self.prepaid, row.principal)
        self.prepaid -= taken
        principal = row.principal - taken
        if self.last_day and self.next == len(self.rows) and not self.replaced:
            self._last_day()
        interest = self.accrued + row.adds
        self.ahead -= principal
        self.due_principal += principal
        self.due_interest += interest
        self.due_fee += row.fee_then
        self.accrued = NOTHING
        if self.keeps:
            self.fallen.append(Fallen(row, principal, interest, row.fee_then + row.fee_before))
        if self.trace:
            self._note("due", row.amount)
        if self.surplus:
            self._use_surplus()

    def _last_day(self) -> None:
        """The last due date bears interest itself, where the contract counts it."""
        base = self.due_principal + self.ahead
        amount = base * self.last_day
        self.accrued += amount
        if self.trace:
            self._note("interest", amount, None, 1, base, self.last_day)

    def _accelerate(self) -> None:
        """What was still to come is due today: all principal, the interest up to today, no fee of later months."""
        self.accelerates = None
        if self.replaced or self.ahead <= 0:
            return
        done = [row for row in self.schedule_rows if row.due <= self.day]
        n, interest = len(done) + 1, half_up(self.accrued)
        asked = sum((one.row.amount for one in self.fallen), NOTHING)
        self.paid = min(self.paid, asked)  # what was paid early has made the rest smaller already
        # What is left of a fee of the payout that no row has asked yet.
        fee = self.due_fee if any(row.fee_before for row in self.rows[self.next :]) else NOTHING
        whole = OpenRow(n, self.day, half_up(self.ahead) + interest + fee, self.ahead, ZERO, fee_before=fee)
        self.schedule_rows = (
            *done, Row(n, self.day, whole.amount - fee, half_up(self.ahead), interest, ZERO, ZERO)
        )  # fmt: skip
        self.rows, self.prepaid = (*self.rows[: self.next], whole), NOTHING
        self.pieces = []
        self.last_day = NOTHING
        self._plan_stops()
        if self.trace:
            self._note("accelerated", whole.amount)
        self._fall_due()

    def finish(self) -> None:
        """The day itself bears interest too, where the contract counts the last day. Nothing falls due by it."""
        if not self.rules.count_last:
            return
        counted = bool(self.last_day) and self.next == len(self.rows) and self.day == self.rows[-1].due
        self._accrue(self.day + ONE_DAY, ordinary=not counted)

    def _accrue(self, until: dt.date, *, ordinary: bool = True) -> None:
        days = (until - self.day).days
        replaced = self._accrue_late(until, days)
        base = self.due_principal + self.ahead - replaced
        if not ordinary or self.replaced or base <= 0:
            return
        fraction = self._fraction(until, days)
        if fraction:
            amount = base * fraction if self.plain else self.rules.rounding.amount(base, fraction, days)
            self.accrued += amount
            if self.trace:
                self._note("interest", amount, until, days, base, fraction / days)

    def _run_agreed(self, until: dt.date) -> None:
        """Interest that a row of an agreement asks runs evenly until its day."""
        row, days = self.rows[self.next], (until - self.day).days
        if row.adds:
            part = row.adds * days / (row.due - self.day).days
            self.accrued += part
            self.rows = (*self.rows[: self.next], row._replace(adds=row.adds - part), *self.rows[self.next + 1 :])
            if self.trace:
                self._note("interest", part, until, days)

    def _fraction(self, until: dt.date, days: int) -> Decimal:
        """Ordinary interest on one yuan from today: the current piece's share, after the last row the bare rate."""
        pieces, at = self.pieces, self.piece
        while at < len(pieces) and pieces[at][0] <= self.day:
            at += 1
        self.piece = at
        if at < len(pieces):
            _, fraction, whole = pieces[at]
            return fraction if days == whole else fraction * days / whole
        return NOTHING if self.rules.rates is None else self.rules.rates.fraction(self.day, until)

    def to_fall_due(self) -> Decimal:
        """Fees and agreed interest of the rows to come: not owed yet."""
        return sum((row.adds + row.fee_then for row in self.rows[self.next :]), NOTHING)

    # --- money that came back

    def refund(self, part: Part, amount: Decimal) -> Decimal:
        """Book a refund; returns what of it is owed again.

        What had been paid too much comes first. Interest, a fee or a penalty given back is asked no longer. Principal
        given back is owed again: what was paid ahead with the rows to come, the rest from this day on.
        """
        rest = amount - min(self.surplus, amount)
        self.surplus -= amount - rest
        again = rest if part == "principal" else ZERO
        ahead = min(self.prepaid, again)
        self.prepaid, self.ahead, self.paid = self.prepaid - ahead, self.ahead + ahead, self.paid - ahead
        if again > ahead:
            self._due_again(again - ahead)
        self._note("refund", amount)
        return again

    def _due_again(self, principal: Decimal) -> None:
        """A row of its own, due today; a loan on demand has no rows and is never late."""
        if not self.schedule_rows:
            self.ahead += principal
            return
        row = OpenRow(0, self.day, principal, principal, NOTHING)
        self.rows = (*self.rows[: self.next], row, *self.rows[self.next :])
        self.next += 1
        self.due_principal += principal
        self.fallen.append(Fallen(row, principal, NOTHING, NOTHING))
        self._plan_stops()

    # --- agreement

    def replace(self, rows: Sequence[OpenRow], owed: Owed, waived: Sequence[Waived], grace: int) -> None:
        """Go on with the agreement's rows. Old interest and fees are carried; nothing new accrues but lateness."""
        self.replaced, self.was_late, self.penalty_waived = True, False, "penalty" in waived
        self.pieces, self.accrued, self.capital = [], NOTHING, NOTHING
        self.spared = self.in_advance = ZERO
        self._open(rows, grace)
        self.schedule_rows = agreed_schedule(rows)
        self.carried, self.penalty = owed.interest + owed.fee, owed.penalty
        self._note("agreement", sum((row.amount for row in rows), ZERO))
        while self.next < len(self.rows) and self.rows[self.next].due <= self.day:
            self._fall_due()
