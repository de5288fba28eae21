"""Running one account under many readings: what two of them have in common is computed once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from jdneg.domain.debt.accrual import play
from jdneg.domain.debt.agreed import Bound
from jdneg.domain.debt.events import Happening, apply_event, happenings
from jdneg.domain.debt.explain_readings import Setting
from jdneg.domain.debt.known import start_of
from jdneg.domain.debt.late import LateTerms, late_terms
from jdneg.domain.debt.ledger import Owed
from jdneg.domain.debt.ratetable import RateTable
from jdneg.domain.debt.rows import Schedule
from jdneg.domain.debt.rules import ONCE, Rules
from jdneg.domain.debt.running import Running
from jdneg.domain.debt.schedule import build_schedule
from jdneg.domain.money import ZERO, half_up
from jdneg.domain.rate import Rate
from jdneg.domain.records.account import Payment
from jdneg.domain.records.loan import Loan, PenaltyBase
from jdneg.values import dataclass

Components = dict[str, Decimal]
_UNIT = Decimal(1)
_PLAIN: PenaltyBase = "overdue_principal"


@dataclass(frozen=True, slots=True)
class Still:
    """What the rows after a day still bring by the schedule, yuan."""

    interest: Decimal
    fee: Decimal


class Accounts:
    """The account of one loan under any `Setting`. Keeps schedules, the time before lateness, and whole runs."""

    def __init__(
        self,
        loan: Loan,
        payments: Sequence[Payment],
        agreed: Sequence[Bound],
        days: Sequence[dt.date],
    ) -> None:
        self.loan, self.payments, self.agreed = loan, tuple(payments), tuple(agreed)
        self.days = tuple(days)
        self.late = late_terms(loan).terms
        self._schedules: dict[object, Schedule] = {}
        self._tables: dict[object, RateTable] = {}
        self._before: dict[object, tuple[Running, int]] = {}
        self._runs: dict[object, dict[dt.date, tuple[Owed, bool]]] = {}
        self._events: dict[object, tuple[Happening, ...]] = {}

    def components(self, how: Setting) -> Components:
        """Principal, interest, penalty, fee and total in yuan under one reading."""
        owed = self._owed(how)
        interest, fee = owed.interest, owed.fee
        if how.to_the_end or how.fees == "all":
            still = self._still(how)
            interest += still.interest if how.to_the_end else ZERO
            fee += still.fee if how.fees == "all" else ZERO
        fee = ZERO if how.fees == "none" else fee
        fen = how.rounding.fen
        parts = {
            "principal": half_up(owed.principal), "interest": fen(interest), "penalty": fen(owed.penalty),
            "fee": fen(fee),
        }  # fmt: skip
        return {**parts, "total": sum(parts.values(), ZERO)}

    # --- runs

    def _owed(self, how: Setting) -> Owed:
        """A run, or a run at the plain rate with its penalty multiplied, where nothing else hangs on the penalty."""
        late = self._late(how)
        if late is None or late.factor is None or not _scales(how, late):
            return self._run(how, late)[0]
        owed, only_time = self._run(how, replace(late, factor=_UNIT))
        if not only_time:
            return self._run(how, late)[0]
        return Owed(owed.principal, owed.interest, owed.penalty * late.factor, owed.fee)

    def _run(self, how: Setting, late: LateTerms | None) -> tuple[Owed, bool]:
        """What is owed, and whether nothing but time passed since the first lateness."""
        key = (late, self._before_key(how, late))
        found = self._runs.get(key)
        if found is None:
            found = self._runs[key] = self._fresh(how, late)
        return found[how.day]

    def _before_key(self, how: Setting, late: LateTerms | None) -> object:
        order = how.order if self.payments else ()
        lateness = (how.grace, late.every if late else None)
        return (
            how.basis, how.months, how.stated, how.changes, how.count, how.rounding.step,
            how.rounding.down and how.rounding.step != "once", order, how.left_out, how.agreed, lateness,
        )  # fmt: skip

    def _fresh(self, how: Setting, late: LateTerms | None) -> dict[dt.date, tuple[Owed, bool]]:
        """One account, read on every day that any reading looks at."""
        rules, events = self._rules(how, late), self._happenings(how)
        if self.agreed and how.agreed:
            return {day: self._under_agreement(how, rules, events, day) for day in self.days}
        start, done = self._start(how, rules, events)
        run, first, found = start.fork(rules), done, {}
        for day in self.days:
            while done < len(events) and events[done].day <= day:
                apply_event(run, events[done])
                done += 1
            run.go_to(day)
            last = run.fork(rules) if rules.count_last else run
            last.finish()
            found[day] = last.owed(), done == first
        return found

    def _under_agreement(
        self, how: Setting, rules: Rules, events: Sequence[Happening], day: dt.date
    ) -> tuple[Owed, bool]:
        run = Running(self._schedule(how), rules, trace=False)
        play(run, [one for one in events if one.day <= day], day, self.agreed)
        return run.owed(), False

    def _start(self, how: Setting, rules: Rules, events: Sequence[Happening]) -> tuple[Running, int]:
        """The account just before anything was late, and how many events lie behind it."""
        key = self._before_key(how, rules.late)
        found = self._before.get(key)
        if found is None:
            run = Running(self._schedule(how), rules, trace=False)
            found = self._before[key] = _up_to_lateness(run, events, self.days[0])
        return found

    # --- what a setting means

    def _late(self, how: Setting) -> LateTerms | None:
        own = self.late
        if own is None:
            if how.factor is None or self.loan.rate is None:
                return None
            own = LateTerms(self.loan.rate, _PLAIN, compound=False, factor=how.factor)
        every = how.compound if how.compound in ("due", "month", "quarter") else None
        scheduled = how.base == "balance_scheduled"
        base: PenaltyBase = "balance" if how.base == "balance_scheduled" else how.base
        return replace(
            own, base=base, scheduled=scheduled, beside=how.beside, compound=how.compound != "none", every=every,
            factor=own.factor if how.factor is None else how.factor,
        )  # fmt: skip

    def _rules(self, how: Setting, late: LateTerms | None) -> Rules:
        rates = None if self.loan.rate is None else self._table("rate", self.loan.rate, how)
        late_rates = rates
        if late is not None and late.factor is None:
            late_rates = self._table("late", late.rate, how)
        first, last = self._counted(how)
        return Rules(
            late=late, rates=rates, late_rates=late_rates, order=how.order,
            count_first=first, count_last=last,
            accelerated_on=self.loan.accelerated_on,
            grace_days=self.loan.overdue.grace_days if self.loan.overdue and how.grace else 0,
            rounding=how.rounding if how.rounding.step != "once" else ONCE,
        )  # fmt: skip

    def _counted(self, how: Setting) -> tuple[bool, bool]:
        """Whether the first and the last day are counted."""
        if how.count == "contract":
            return self.loan.count_first is not False, bool(self.loan.count_last)
        return how.count == "both", how.count == "both"

    def _table(self, name: str, rate: Rate, how: Setting) -> RateTable:
        """The rate by days; the reading of months changes schedules alone, unless a day rate became a year's."""
        if name == "rate":
            rate = self._rate(how) or rate
        key = (name, how.basis, how.changes, how.months)
        if key not in self._tables:
            changes = self.loan.rate_changes if name == "rate" and how.changes else ()
            self._tables[key] = RateTable(rate, start_of(self.loan), how.basis, changes)
        return self._tables[key]

    def _rate(self, how: Setting) -> Rate | None:
        rate = self.loan.rate
        if rate is None or rate.per != "day" or how.months == "contract":
            return rate
        return Rate(rate.percent * 30, "month") if how.months == "thirty" else Rate(rate.percent * 365, "year")

    def _schedule(self, how: Setting) -> Schedule:
        key = (how.basis, how.months, how.stated, how.changes, how.count)
        if key not in self._schedules:
            first, last = self._counted(how)
            loan = replace(
                self.loan, basis=how.basis, rate=self._rate(how),
                received=None if how.stated else self.loan.received,
                rate_changes=self.loan.rate_changes if how.changes else (), count_first=first, count_last=last,
            )  # fmt: skip
            self._schedules[key] = build_schedule(loan, by_days=how.months == "days")
        return self._schedules[key]

    def _happenings(self, how: Setting) -> tuple[Happening, ...]:
        if how.left_out not in self._events:
            kept = [one for n, one in enumerate(self.payments) if n != how.left_out]
            self._events[how.left_out] = happenings(self.loan, kept, dt.date.max)
        return self._events[how.left_out]

    def _still(self, how: Setting) -> Still:
        rows = [row for row in self._schedule(how).rows if row.due > how.day]
        interest = sum((row.interest for row in rows), ZERO)
        if rows:  # of the current row some interest has run already
            interest -= min(self._accrued(how), rows[0].interest)
        return Still(interest, sum((row.fee for row in rows), ZERO))

    def _accrued(self, how: Setting) -> Decimal:
        """The interest of the current row that is in the figure already, by the schedule."""
        schedule = self._schedule(how)
        for index, row in enumerate(schedule.rows):
            if row.due > how.day:
                start = schedule.start if index == 0 else schedule.rows[index - 1].due
                balance = schedule.principal if index == 0 else schedule.rows[index - 1].balance
                share = Decimal((how.day - start).days) / (row.due - start).days
                return balance * schedule.fractions[index] * share
        return ZERO


def _scales(how: Setting, late: LateTerms) -> bool:
    """Whether twice the factor is twice the penalty, as long as no payment is counted against it."""
    return not late.compound and how.rounding.step == "once"


def _up_to_lateness(run: Running, events: Sequence[Happening], day: dt.date) -> tuple[Running, int]:
    """As far as penalties play no part: the last state in which nothing was late, and the events before it."""
    for done, event in enumerate(events):
        if event.day > day:
            return _stepwise(run, day), done
        before = _stepwise(run, event.day)
        if before is not run:
            return before, done
        apply_event(run, event)
    return _stepwise(run, day), len(events)


def _stepwise(run: Running, day: dt.date) -> Running:
    """``run`` itself, moved to ``day``; or its state at the last stop before something was late."""
    for stop in [one for one in run.stops if run.day < one < day] + [day]:
        before = run.fork(run.rules)
        run.go_to(stop)
        if run.was_late:
            return before
    return run
