"""The calculators that need no journal: a schedule from typed terms, and the rate of a flow.

Each answers with what it assumed. Nothing is computed on a guess: faults of the terms are raised together.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from jdneg.domain.dates import month_step
from jdneg.domain.debt.cashflows import Flows
from jdneg.domain.debt.days import year_fraction
from jdneg.domain.debt.duedates import whole_month
from jdneg.domain.debt.interest import DEFAULT_BASIS
from jdneg.domain.debt.known import lent, start_of
from jdneg.domain.debt.rates import (
    Flow,
    RateSummary,
    TimedFlow,
    annual_rate,
    dated_summary,
    irr,
    period_summary,
    timed_summary,
)  # fmt: skip
from jdneg.domain.debt.rows import Row, Schedule
from jdneg.domain.debt.schedule import build_schedule, exact_payment
from jdneg.domain.debt.simple import rate_in_use, simple_rate
from jdneg.domain.debt.terms import as_stated, due_day_of, principal_of
from jdneg.domain.debt.unitperiod import in_unit_periods, unit_period_rate
from jdneg.domain.messages import Message, info, warning
from jdneg.domain.money import ZERO, half_up
from jdneg.domain.rate import Rate
from jdneg.domain.records.loan import Basis, Loan, Method
from jdneg.errors import BadLoan, JdnegError, MissingFlags, raise_all
from jdneg.values import dataclass

_NEEDS_RATE = ("equal-payment", "equal-principal", "interest-only", "bullet", "daily")


@dataclass(frozen=True, slots=True)
class Cost:
    """``summary`` and, beside it, two simple annual rates (None where there is none).

    ``simple`` is of the flows alone: each payment goes to interest first, no interest on interest. ``in_use`` is of a
    schedule: its interest and fees over the principal that the contract leaves in use and its time.
    ``nominal`` is the period's rate times the periods of a year, where periods were asked for.
    """

    summary: RateSummary
    simple: Decimal | None = None
    nominal: Decimal | None = None
    in_use: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A schedule to compute. ``assumed_start``: nobody said when, so even months count and not these dates."""

    principal: Decimal
    months: int
    start: dt.date
    assumed_start: bool = False
    rate: Rate | None = None
    fee: Rate | None = None
    method: Method | None = None
    due_day: int | None = None
    basis: Basis | None = None
    received: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Unrounded:
    """What the annuity formula gives before any instalment is rounded: the figures that banks advertise."""

    payment: Decimal
    interest: Decimal


@dataclass(frozen=True, slots=True)
class Computed:
    """Rows in yuan; ``flows`` are the payout that arrived (negative) and the payments."""

    rows: tuple[Row, ...]
    flows: tuple[Flow, ...]
    cost: Cost
    assumptions: tuple[Message, ...]
    unrounded: Unrounded | None = None

    def total(self, part: str) -> Decimal:
        """The sum of one column of the rows: payment, principal, interest, fee."""
        return sum((getattr(row, part) for row in self.rows), ZERO)


def compute_schedule(wanted: Wanted) -> Computed:
    """Rows, totals and rates of the terms. Raises MissingFlags, BadLoan, BadDueDay, several at once."""
    raise_all(
        faults_of_terms(
            wanted.rate is not None, wanted.fee is not None, wanted.method, wanted.principal, wanted.received
        )
    )
    loan = Loan(
        lender="-", kind="unknown", principal=wanted.principal, start=wanted.start, term=wanted.months,
        rate=wanted.rate, fee=wanted.fee, method=wanted.method, due_day=wanted.due_day, basis=wanted.basis,
        received=wanted.received,
    )  # fmt: skip
    found = build_schedule(as_stated(loan))
    flows = ((start_of(loan), -principal_of(loan)), *((row.due, row.payment) for row in found.rows))
    cost = _cost_of(wanted, loan, found.rows, flows)
    formula = _formula(loan, found)
    notes = (
        ()
        if formula is None
        else (info("rate.unrounded", payment=f"{formula.payment:.4f}", interest=formula.interest),)
    )
    return Computed(found.rows, flows, cost, (*_notes(wanted), *found.assumptions, *notes), formula)


def _formula(loan: Loan, found: Schedule) -> Unrounded | None:
    """Only where instalments are equal: the last row settles, so its total differs a little from the formula's."""
    if len(found.rows) < 2 or loan.rate is None or loan.method not in (None, "equal-payment"):
        return None
    payment = exact_payment(lent(loan), found.fractions)
    return Unrounded(payment, half_up(payment * len(found.rows) - lent(loan)))


def faults_of_terms(
    has_rate: bool, has_fee: bool, method: Method | None, principal: Decimal | None, received: Decimal | None
) -> list[JdnegError]:
    """What the terms lack, and where they contradict one another."""
    faults: list[JdnegError] = []
    if not has_rate and (not has_fee or method in _NEEDS_RATE):
        faults.append(MissingFlags(flags="--fee" if method == "flat-fee" else "--rate"))
    if principal is not None and received is not None and received > principal:
        faults.append(BadLoan(detail=Message("loan.received_above_principal"), where="--received"))
    return faults


def _notes(wanted: Wanted) -> tuple[Message, ...]:
    notes = []
    if wanted.assumed_start:
        notes.append(info("rate.start_assumed", start=wanted.start))
    if wanted.received is not None and wanted.received < wanted.principal:
        kept = wanted.principal - wanted.received
        notes.append(info("rate.kept_back", kept=kept, received=wanted.received))
    return tuple(notes)


def _cost_of(wanted: Wanted, loan: Loan, rows: Sequence[Row], flows: Sequence[Flow]) -> Cost:
    regular = _whole_months(loan, rows)
    spread = _spread(wanted, rows)
    dated = dated_summary(flows)
    monthly = period_summary(irr([flows[0][1], *spread]), 12) if regular else None
    by_days = "day" in {rate.per for rate in (wanted.rate, wanted.fee) if rate is not None}
    found = dated
    if monthly is not None:
        # Without a start the months are even, and so is the rate; a day rate has no even months.
        chosen = monthly if wanted.assumed_start and not by_days else dated
        found = replace(chosen, xirr=dated.xirr, period_rate=monthly.period_rate)
    nominal = None if found.period_rate is None else found.period_rate * 12
    even = regular and not by_days
    return Cost(
        found, simple_rate(_timed(wanted, flows, spread, even=even)), nominal, _in_use(loan, rows, regular=even)
    )


def _timed(wanted: Wanted, flows: Sequence[Flow], spread: Sequence[Decimal], *, even: bool) -> list[TimedFlow]:
    """The flows in years: even months, or by the days of the basis."""
    if even:
        return [(Decimal(n) / 12, amount) for n, amount in enumerate([flows[0][1], *spread])]
    return [(year_fraction(flows[0][0], on, wanted.basis or DEFAULT_BASIS), amount) for on, amount in flows]


def _whole_months(loan: Loan, rows: Sequence[Row]) -> bool:
    if len(rows) == 1:  # all at the end
        return loan.term is not None and rows[0].due == month_step(start_of(loan), loan.term)
    befores = [start_of(loan), *(row.due for row in rows)]
    return all(whole_month(one, row.due, due_day_of(loan)) for one, row in zip(befores, rows, strict=False))


def _spread(wanted: Wanted, rows: Sequence[Row]) -> list[Decimal]:
    """The payments, one a month: a loan that is paid in one sum at the end has nothing before."""
    return [ZERO] * (wanted.months - len(rows)) + [row.payment for row in rows]


def _in_use(loan: Loan, rows: Sequence[Row], *, regular: bool) -> Decimal | None:
    kept = lent(loan) - principal_of(loan)
    used, before, balance = [], start_of(loan), lent(loan)
    months = Decimal(loan.term or 0) / 12 if len(rows) == 1 else Decimal(1) / 12
    for row in rows:
        years = months if regular else year_fraction(before, row.due, loan.basis or DEFAULT_BASIS)
        used.append((balance - kept, years))
        before, balance = row.due, row.balance
    return rate_in_use(sum((row.interest + row.fee for row in rows), kept), used)


def rate_of_flows(flows: Flows, basis: Basis | None, per_year: int | None) -> Cost:
    """The rates of dated flows, or of flows at times in years; in unit periods when ``per_year`` says how many."""
    if per_year is not None:
        timed = in_unit_periods(flows.dated, per_year) if flows.dated else _times(flows.timed, per_year)
        return _by_periods(timed, per_year)
    if flows.dated:
        first = min(day for day, _ in flows.dated)
        timed = [(year_fraction(first, day, basis or DEFAULT_BASIS), amount) for day, amount in flows.dated]
        return _with_simple(dated_summary(flows.dated, basis or DEFAULT_BASIS), timed)
    return _with_simple(timed_summary(annual_rate(flows.timed)), flows.timed)


def rate_of_cash(cash: Sequence[Decimal], per_year: int) -> Cost:
    """The rates of evenly spaced flows."""
    return _by_periods([(Decimal(n), amount) for n, amount in enumerate(cash)], per_year)


def _times(timed: Sequence[TimedFlow], per_year: int) -> list[TimedFlow]:
    first = min(years for years, _ in timed)
    return [((years - first) * per_year, amount) for years, amount in timed]


def _by_periods(timed: Sequence[TimedFlow], per_year: int) -> Cost:
    found = period_summary(unit_period_rate(timed), per_year)
    noted = replace(found, messages=(*found.messages, info("rate.no_dates")))
    nominal = None if found.period_rate is None else found.period_rate * per_year
    return replace(_with_simple(noted, [(periods / per_year, amount) for periods, amount in timed]), nominal=nominal)


def _with_simple(found: RateSummary, timed: Sequence[TimedFlow]) -> Cost:
    """A flow with several rates, or with a payment before the money went out, says so."""
    ordered = sorted(one for one in timed if one[1])
    turns = sum((one[1] > 0) != (two[1] > 0) for one, two in pairwise(ordered))
    if turns > 1 and ordered[0][1] > 0:
        found = replace(found, messages=(*found.messages, warning("rate.paid_before", amount=ordered[0][1])))
    return Cost(found, simple_rate(timed))
