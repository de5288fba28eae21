"""The running account of one loan: moved forward day by day by what falls due, what accrues and what is paid.

The only mutable object of the room; `jdneg.domain.debt.accrual` drives it and reads it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal

from jdneg.domain.debt.interest import span_fraction
from jdneg.domain.debt.late import LateTerms
from jdneg.domain.debt.rows import Row, Schedule
from jdneg.domain.money import ZERO, half_up
from jdneg.domain.rate import Rate
from jdneg.domain.records.loan import Basis
from jdneg.values import dataclass

_NOTHING = Decimal(0)
_FINE = Decimal("0.0001")
_NEVER = dt.date.max
EVENTS = ("start", "interest", "penalty", "compound", "due", "payment", "agreement")


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One step; ``event`` is one of `EVENTS`.

    ``amount`` has four places, so that the steps add up; the four balances are to the fen after it.
    """

    date: dt.date
    event: str
    amount: Decimal
    principal: Decimal
    interest: Decimal
    penalty: Decimal
    fee: Decimal
    days: int | None = None
    base: Decimal | None = None
    rate: Rate | None = None


@dataclass(frozen=True, slots=True)
class Owed:
    """What is owed at a moment, not yet rounded."""

    principal: Decimal
    interest: Decimal
    penalty: Decimal
    fee: Decimal


@dataclass(slots=True)
class OpenRow:
    """A row with what is left of it; interest and fee are 0 until it falls due (``adds``: what it brings then)."""

    n: int
    due: dt.date
    amount: Decimal
    principal: Decimal
    fee_then: Decimal
    adds: Decimal = _NOTHING
    interest: Decimal = _NOTHING
    fee: Decimal = _NOTHING
    fallen: bool = False

    @property
    def left(self) -> Decimal:
        return self.principal + self.interest + self.fee


class Running:
    """Create at the loan's start, then `go_to` days and `pay` in order of time."""

    def __init__(self, schedule: Schedule, late: LateTerms | None, rate: Rate | None, basis: Basis) -> None:
        self.start = self.day = schedule.start
        self.late, self.rate, self.basis = late, rate, basis
        self.schedule_rows = schedule.rows
        self.fractions = schedule.fractions
        self.period_starts = (schedule.start, *(row.due for row in schedule.rows))
        self.rows = _open_rows(schedule)
        self.grace = late.grace_days if late else 0
        self.accrued = self.carried = self.penalty = _NOTHING
        self.paid = ZERO
        self.was_late = self.penalty_waived = self.replaced = False
        self.lines: list[LedgerLine] = []
        self._note("start", schedule.principal)

    # --- time

    def go_to(self, day: dt.date) -> None:
        """Accrue to ``day`` and let fall due what is due by then."""
        for stop in self._stops(day):
            self._accrue(stop)
            self.day = stop
            for row in self.rows:
                if row.due <= stop and not row.fallen:
                    self._fall_due(row)

    def _stops(self, day: dt.date) -> list[dt.date]:
        grace = dt.timedelta(days=self.grace)
        ends = {stop for row in self.rows if row.due != _NEVER for stop in (row.due, row.due + grace)}
        return [*sorted(stop for stop in ends if self.day < stop < day), *([day] if day >= self.day else [])]

    def _fall_due(self, row: OpenRow) -> None:
        row.fallen, row.fee = True, row.fee_then
        row.interest, self.accrued = row.interest + self.accrued + row.adds, _NOTHING
        self._note("due", row.amount)

    def _accrue(self, until: dt.date) -> None:
        days = (until - self.day).days
        if days <= 0:
            return
        late_rows = self._late_rows(self.day)
        shortfall = self._shortfall(late_rows)
        late_left = sum((row.left for row in late_rows), _NOTHING)
        self.was_late = self.was_late or min(late_left, shortfall) > 0
        replaced = self._accrue_penalty(until, days, late_rows, shortfall)
        base = self._principal() - replaced
        fraction = self._fraction(until, days)
        if base > 0 and fraction:
            amount = base * fraction
            self.accrued += amount
            self._note("interest", amount, until, days, base, fraction / days)

    def _fraction(self, until: dt.date, days: int) -> Decimal:
        """Ordinary interest on one yuan from today: the current row's share, after the last row the bare rate."""
        if self.replaced:
            return _NOTHING
        for index, row in enumerate(self.schedule_rows):
            if row.due > self.day:
                return self.fractions[index] * days / (row.due - self.period_starts[index]).days
        return _NOTHING if self.rate is None else span_fraction(self.rate, self.day, until, self.basis)

    # --- lateness

    def _late_rows(self, day: dt.date) -> list[OpenRow]:
        return [row for row in self.rows if row.fallen and row.due + dt.timedelta(days=self.grace) <= day]

    def _shortfall(self, rows: Iterable[OpenRow]) -> Decimal:
        """By how much payments lag behind what these rows asked: who paid ahead is never late."""
        return max(sum((row.amount for row in rows), _NOTHING) - self.paid, _NOTHING)

    def _accrue_penalty(self, until: dt.date, days: int, rows: Sequence[OpenRow], shortfall: Decimal) -> Decimal:
        """Adds the penalty; returns the principal on which it takes the place of ordinary interest."""
        if self.late is None or self.penalty_waived or not rows:
            return _NOTHING
        base, replaced = self._penalty_base(self.late, rows, shortfall)
        self._charge("penalty", self.late, until, days, base)
        if self.late.compound and self.late.base != "overdue_instalment":
            interest = min(sum((row.interest for row in rows), _NOTHING), shortfall)
            self._charge("compound", self.late, until, days, half_up(interest))
        return replaced

    def _penalty_base(self, late: LateTerms, rows: Sequence[OpenRow], shortfall: Decimal) -> tuple[Decimal, Decimal]:
        principal = min(sum((row.principal for row in rows), _NOTHING), shortfall)
        if late.base == "overdue_principal":
            return principal, principal
        unpaid = half_up(min(sum((row.left for row in rows), _NOTHING), shortfall))
        if late.base == "overdue_instalment":
            return unpaid, min(principal, unpaid)
        whole = self._principal() if unpaid > 0 else _NOTHING
        return whole, whole

    def _charge(self, event: str, late: LateTerms, until: dt.date, days: int, base: Decimal) -> None:
        if base > 0:
            amount = base * span_fraction(late.rate, self.day, until, self.basis)
            self.penalty += amount
            self._note(event, amount, until, days, base, amount / base / days)

    # --- money

    def pay(self, amount: Decimal) -> Decimal:
        """Book a payment on the current day; returns what is left over when nothing is owed any more.

        Due fees, due interest, penalty, due principal (Civil Code 561: costs, interest, principal), oldest row
        first; then interest not yet due and principal of the rows to come.
        """
        due = [row for row in self.rows if row.fallen]
        ahead = [row for row in self.rows if not row.fallen]
        left = self._settle(due, "fee", amount)
        left = self._settle_carried(left)
        left = self._settle(due, "interest", left)
        if not ahead:
            left = self._settle_accrued(left)
        left = self._settle_penalty(left)
        left = self._settle(due, "principal", left)
        left = self._settle_accrued(left)
        left = self._settle(ahead, "principal", left)
        self.paid += amount - left
        self._note("payment", amount - left)
        return left

    def _settle(self, rows: Sequence[OpenRow], part: str, money: Decimal) -> Decimal:
        """Pay one component oldest row first; a remainder below half a fen ends with it."""
        total = sum((getattr(row, part) for row in rows), _NOTHING)
        whole = money >= half_up(total)
        rest = money
        for row in rows:
            taken = getattr(row, part) if whole else min(getattr(row, part), rest)
            setattr(row, part, getattr(row, part) - taken)
            rest -= taken
        return money - half_up(total) if whole else ZERO

    def _settle_accrued(self, money: Decimal) -> Decimal:
        self.accrued, left = _paid_from(self.accrued, money)
        return left

    def _settle_carried(self, money: Decimal) -> Decimal:
        self.carried, left = _paid_from(self.carried, money)
        return left

    def _settle_penalty(self, money: Decimal) -> Decimal:
        self.penalty, left = _paid_from(self.penalty, money)
        if not self.replaced:  # an instalment of the contract is not paid by what went to the penalty
            self.paid -= money - left
        return left

    # --- agreement

    def let_go(self, waived: Sequence[str]) -> None:
        """What the agreement waives is gone from this day."""
        if "penalty" in waived:
            self.penalty = _NOTHING
        if "interest" in waived:
            self.accrued = self.carried = _NOTHING
        for row in self.rows:
            row.interest = _NOTHING if "interest" in waived else row.interest
            row.fee = _NOTHING if "fee" in waived else row.fee

    def replace(self, rows: Sequence[OpenRow], owed: Owed, waived: Sequence[str], grace: int) -> None:
        """Go on with the agreement's rows. Old interest and fees are carried; nothing new accrues but lateness."""
        self.rows = list(rows)
        self.schedule_rows = _agreed_schedule(rows)
        self.carried, self.penalty = owed.interest + owed.fee, owed.penalty
        self.accrued, self.paid, self.grace = _NOTHING, ZERO, grace
        self.penalty_waived, self.was_late, self.replaced = "penalty" in waived, False, True
        self._note("agreement", sum((row.amount for row in rows), ZERO))
        for row in self.rows:
            if row.due <= self.day:
                self._fall_due(row)

    # --- reading

    def owed(self) -> Owed:
        interest = sum((row.interest for row in self.rows), self.accrued + self.carried)
        fee = sum((row.fee for row in self.rows), _NOTHING)
        return Owed(self._principal(), interest, self.penalty, fee)

    def unpaid_rows(self) -> list[tuple[OpenRow, Decimal]]:
        """Rows past their day and what of them is unpaid, oldest first."""
        rows = self._late_rows(self.day - dt.timedelta(days=1))
        lag, found = self._shortfall(rows), []
        for row in rows:
            # An agreed instalment also pays what was carried over, so only the lag measures it.
            unpaid = half_up(min(row.amount, lag) if self.replaced else min(row.left, row.amount, lag))
            lag -= unpaid
            if unpaid > 0:
                found.append((row, unpaid))
        return found

    def next_row(self) -> Row | None:
        """The first row from today on that is not paid yet."""
        open_rows = {row.n for row in self.rows if row.principal > 0 or row.interest > 0 or row.fee > 0}
        return next((row for row in self.schedule_rows if row.due >= self.day and row.n in open_rows), None)

    def _principal(self) -> Decimal:
        return sum((row.principal for row in self.rows), _NOTHING)

    def _note(
        self,
        event: str,
        amount: Decimal,
        date: dt.date | None = None,
        days: int | None = None,
        base: Decimal | None = None,
        fraction: Decimal | None = None,
    ) -> None:
        owed = self.owed()
        rate = None if fraction is None else Rate((fraction * 100).quantize(Decimal("1e-10")).normalize(), "day")
        self.lines.append(
            LedgerLine(
                date or self.day,
                event,
                amount.quantize(_FINE),
                half_up(owed.principal),
                half_up(owed.interest),
                half_up(owed.penalty),
                half_up(owed.fee),
                days,
                base,
                rate,
            )
        )


def _open_rows(schedule: Schedule) -> list[OpenRow]:
    if not schedule.rows:  # on demand: one open end that never falls due by itself
        return [OpenRow(0, _NEVER, ZERO, schedule.principal, ZERO)]
    rows = [OpenRow(row.n, row.due, row.payment, row.principal, row.fee) for row in schedule.rows]
    rows[-1].principal += schedule.rows[-1].balance  # a table that leaves some principal over still owes it
    return rows


def _agreed_schedule(rows: Sequence[OpenRow]) -> tuple[Row, ...]:
    balance = sum((row.principal for row in rows), ZERO)
    found = []
    for row in rows:
        balance -= row.principal
        found.append(Row(row.n, row.due, row.amount, row.principal, row.amount - row.principal, ZERO, balance))
    return tuple(found)


def _paid_from(owed: Decimal, money: Decimal) -> tuple[Decimal, Decimal]:
    """(still owed, money left)"""
    whole = half_up(owed)
    return (_NOTHING, money - whole) if money >= whole else (owed - money, ZERO)
