"""Interest between two days on one sum, or the penalty that takes its place: no journal, no schedule."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal, localcontext

from jdneg.domain.dates import ONE_DAY, month_step
from jdneg.domain.debt.days import counted_days
from jdneg.domain.debt.interest import DEFAULT_BASIS, span_fraction
from jdneg.domain.messages import Message, info
from jdneg.domain.money import ZERO, half_up
from jdneg.domain.rate import Rate
from jdneg.domain.records.loan import Basis
from jdneg.errors import DatesOutOfOrder, JdnegError, raise_all
from jdneg.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Interest to compute, from one day to another. ``factor`` makes the whole time overdue, at so many times."""

    principal: Decimal
    rate: Rate
    start: dt.date
    end: dt.date
    basis: Basis | None = None
    factor: Decimal | None = None
    include_first: bool = True
    include_last: bool = False
    compound: bool = False


@dataclass(frozen=True, slots=True)
class Accrued:
    """Yuan, rounded half up once. ``ordinary`` is the interest at the contract rate, for comparison."""

    days: int
    interest: Decimal
    penalty: Decimal
    ordinary: Decimal
    rate: Rate
    assumptions: tuple[Message, ...]

    @property
    def total(self) -> Decimal:
        return self.interest + self.penalty


def accrue(span: Span) -> Accrued:
    """Interest of the days, or the penalty that takes its place. Raises DatesOutOfOrder."""
    raise_all(faults_of_days(span.start, span.end))
    days = max(
        counted_days(span.start, span.end, include_first=span.include_first, include_last=span.include_last), 0
    )
    ordinary = half_up(span.principal * _growth(span, span.rate))
    if span.factor is None:
        return Accrued(days, ordinary, ZERO, ordinary, span.rate, _read_as(span))
    with localcontext(prec=34):
        late = Rate(span.rate.percent * span.factor, span.rate.per)
        penalty = half_up(span.principal * _growth(span, late))
    return Accrued(days, ZERO, penalty, ordinary, late, (info("rate.penalty_instead"), *_read_as(span)))


def faults_of_days(start: dt.date | None, end: dt.date | None) -> list[JdnegError]:
    if start is None or end is None or start <= end:
        return []
    return [DatesOutOfOrder(first="--from", second="--to", start=start, end=end)]


def _growth(span: Span, rate: Rate) -> Decimal:
    """What one yuan bears from the first counted day to the last."""
    first = span.start if span.include_first else span.start + ONE_DAY
    end = max(span.end + ONE_DAY if span.include_last else span.end, first)
    basis = span.basis or DEFAULT_BASIS
    if not span.compound:
        return span_fraction(rate, first, end, basis)
    with localcontext(prec=34):
        if rate.per == "day":
            return (1 + rate.fraction) ** (end - first).days - 1
        growth, sofar, before, n = Decimal(1), Decimal(0), first, 1
        while before < end:
            until = min(month_step(first, n), end)
            whole = span_fraction(rate, first, until, basis)  # from the start, so that 30/360 months add up
            growth *= 1 + whole - sofar
            sofar, before, n = whole, until, n + 1
        return growth - 1


def _read_as(span: Span) -> tuple[Message, ...]:
    notes = []
    if span.rate.per != "day" and span.basis is None:
        notes.append(info("debt.basis_assumed", basis=DEFAULT_BASIS))
    if span.compound:
        notes.append(info("rate.compound_daily" if span.rate.per == "day" else "rate.compound_monthly"))
    return (*notes, info("rate.rounded_once"))
