"""The running account of one loan: moved forward day by day by what falls due, what accrues and what is paid.

The only mutable object of the room; `jdneg.domain.debt.accrual` drives it and reads it. Each component is one sum:
payments reach the oldest row first, so what is left of a row follows from the sums
(`jdneg.domain.debt.openrows`).
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Sequence
from decimal import Decimal

from jdneg.domain.dates import ONE_DAY
from jdneg.domain.debt.capitalising import capital_days
from jdneg.domain.debt.late import LateTerms
from jdneg.domain.debt.ledger import NOTHING, Fallen, LedgerLine, OpenRow, Owed
from jdneg.domain.debt.openrows import agreed_schedule, open_rows
from jdneg.domain.debt.rows import Row, Schedule, pieces_of
from jdneg.domain.debt.rules import Rules
from jdneg.domain.money import ZERO, half_up
from jdneg.domain.rate import Rate
from jdneg.domain.records.case import PartWaiver, Waived
from jdneg.domain.records.loan import Part
from jdneg.domain.waivers import waived_amount

_FINE = Decimal("0.0001")


class Running:
    """Create at the loan's start, then `go_to` days and `pay` in order of time. Without ``trace`` no ledger is kept.

    Sums of what has fallen due: ``due_principal``, ``due_interest``, ``due_fee``. ``ahead`` is principal to come,
    ``prepaid`` what was paid on it early, ``accrued`` interest not yet due, ``carried`` what an agreement took over.
    """

    def __init__(self, schedule: Schedule, rules: Rules, *, trace: bool = True) -> None:
        self.start = self.day = schedule.start
        self.rules, self.late = rules, rules.late
        self.last_day = schedule.last_day
        self.schedule_rows = schedule.rows
        self.pieces = [(one.end, one.fraction, (one.end - one.start).days) for one in pieces_of(schedule)]
        self.piece = 0
        self.accrued = self.carried = self.penalty = self.capital = NOTHING
        self.surplus = ZERO
        self.was_late = self.penalty_waived = self.replaced = False
        self.accelerates = rules.accelerated_on
        self.plain = rules.rounding.exact
        self.lines: list[LedgerLine] = []
        self.trace = trace
        self._open(open_rows(schedule), rules.late.grace_days if rules.late else 0)
        self.due_fee = schedule.fee_at_start
        self._note("start", schedule.principal)

    def _open(self, rows: Sequence[OpenRow], grace: int) -> None:
        self.rows, self.grace = tuple(rows), grace
        # Lateness, as the penalty sees it, begins this long after a due date.
        self.patience = dt.timedelta(days=grace + (not self.rules.count_first))
        # What each row brought is needed to read the rows, and to tell those within their grace.
        self.keeps = self.trace or bool(self.patience)
        self.next = self.late_rows = 0
        self.fallen: list[Fallen] = []
        self.due_principal = self.due_interest = self.due_fee = NOTHING
        self.ahead = sum((row.principal for row in rows), NOTHING)
        self.prepaid = NOTHING
        self.asked, self.paid = NOTHING, ZERO
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
            self.fallen.append(Fallen(row, principal, interest, row.fee_then))
        if self.trace:
            self._note("due", row.amount)

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
        whole = OpenRow(n, self.day, half_up(self.ahead) + interest, self.ahead, ZERO)
        self.schedule_rows = (
            *done, Row(n, self.day, whole.amount, half_up(self.ahead), interest, ZERO, ZERO)
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

    # --- lateness

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
        return NOTHING if late.beside else replaced

    def _compounding(self, late: LateTerms, interest: Decimal) -> Decimal:
        """The base of compound interest; an overdue instalment has its interest inside already."""
        if late.every is not None:
            return self.capital
        return NOTHING if late.base == "overdue_instalment" else interest

    def _uncompounded(self) -> Decimal:
        """Unpaid interest and penalty that may join the base of compound interest."""
        inside = self.late is not None and self.late.base == "overdue_instalment"
        return self.penalty if inside else self.due_interest + self.penalty

    def _charge(self, event: str, until: dt.date, days: int, base: Decimal, fraction: Decimal) -> None:
        if base > 0:
            amount = base * fraction if self.plain else self.rules.rounding.amount(base, fraction, days)
            self.penalty += amount
            if self.trace:
                self._note(event, amount, until, days, base, fraction / days)

    # --- money

    def pay(self, amount: Decimal) -> Decimal:
        """Book a payment on the current day; returns what is left over when nothing is owed any more.

        What is due, part by part in the order of the rules, in each part the oldest row first; then interest not
        yet due and principal of the rows to come.
        """
        left = amount
        for part in self.rules.order:
            left = self._settle(part, left)
        left = self._take("accrued", left)
        left = self._settle_ahead(left)
        self.paid += amount - left
        self.surplus += left
        self.capital = min(self.capital, self._uncompounded())
        self._note("payment", amount - left)
        return left

    def _settle(self, part: Part, money: Decimal) -> Decimal:
        if part == "fee":
            return self._take("due_fee", money)
        if part == "principal":
            return self._take("due_principal", money)
        if part == "penalty":
            left = self._take("penalty", money)
            if not self.replaced:  # an instalment of the contract is not paid by what went to the penalty
                self.paid -= money - left
            return left
        left = self._take("due_interest", self._take("carried", money))
        return left if self.next < len(self.rows) else self._take("accrued", left)

    def _take(self, part: str, money: Decimal) -> Decimal:
        """Pay one sum to the fen; returns the money left. What rounding leaves of interest goes on with what accrues,
        so that a payment changes the interest shown by just what it paid; elsewhere, and at the end, it ends with it.
        """
        owed: Decimal = getattr(self, part)
        whole = half_up(owed)
        if money >= whole:
            setattr(self, part, NOTHING)
            if part == "due_interest" and self.next < len(self.rows):
                self.accrued += owed - whole
            return money - whole
        setattr(self, part, owed - money)
        return ZERO

    def _settle_ahead(self, money: Decimal) -> Decimal:
        before = self.ahead
        left = self._take("ahead", money)
        self.prepaid += before - self.ahead
        return left

    def waive(self, part: Part, amount: Decimal) -> Decimal:
        """The lender lets go of so much of one part; returns what there was nothing left to let go of."""
        left = self._settle(part, amount)
        if part == "principal":
            left = self._settle_ahead(left)
        elif part == "interest":
            left = self._take("accrued", left)
        if part != "penalty" or not self.replaced:
            self.paid += amount - left
        self.capital = min(self.capital, self._uncompounded())
        self._note("waiver", amount - left)
        return left

    def refund(self, part: Part, amount: Decimal) -> None:
        """Money came back: first what had been paid too much, then the part is owed again."""
        again = max(amount - self.surplus, ZERO)
        self.surplus -= amount - again
        if part == "penalty":
            self.penalty += again
        elif part == "principal":
            back = min(self.prepaid, again)
            self.prepaid, self.ahead = self.prepaid - back, self.ahead + back
            self.due_principal += again - back
            self.paid -= again
        else:
            name = "due_interest" if part == "interest" else "due_fee"
            setattr(self, name, getattr(self, name) + again)
            self.paid -= again
        self._note("refund", again)

    # --- agreement

    def let_go(self, waived: Sequence[Waived]) -> None:
        """What the agreement waives is gone from this day."""
        if "penalty" in waived:
            self.penalty = NOTHING
        if "interest" in waived:
            self.accrued = self.carried = self.due_interest = NOTHING
        if "fee" in waived:
            self.due_fee = NOTHING
        for one in waived:
            if isinstance(one, PartWaiver):
                self.waive(one.part, waived_amount(one, getattr(self.owed(), one.part)))

    def replace(self, rows: Sequence[OpenRow], owed: Owed, waived: Sequence[Waived], grace: int) -> None:
        """Go on with the agreement's rows. Old interest and fees are carried; nothing new accrues but lateness."""
        self.replaced, self.was_late, self.penalty_waived = True, False, "penalty" in waived
        self.pieces, self.accrued, self.capital = [], NOTHING, NOTHING
        self._open(rows, grace)
        self.schedule_rows = agreed_schedule(rows)
        self.carried, self.penalty = owed.interest + owed.fee, owed.penalty
        self._note("agreement", sum((row.amount for row in rows), ZERO))
        while self.next < len(self.rows) and self.rows[self.next].due <= self.day:
            self._fall_due()

    # --- reading

    @property
    def principal(self) -> Decimal:
        """Due or not."""
        return self.due_principal + self.ahead

    def owed(self) -> Owed:
        interest = self.due_interest + self.accrued + self.carried
        return Owed(self.principal, interest, self.penalty, self.due_fee)

    def _note(
        self,
        event: str,
        amount: Decimal,
        date: dt.date | None = None,
        days: int | None = None,
        base: Decimal | None = None,
        fraction: Decimal | None = None,
    ) -> None:
        if not self.trace:
            return
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
