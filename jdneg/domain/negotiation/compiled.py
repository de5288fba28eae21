"""From the debt engine's account on a day to the account a plan runs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cache

from jdneg.domain.debt.interest import span_fraction
from jdneg.domain.debt.ledger import NOTHING
from jdneg.domain.debt.ratetable import RateTable
from jdneg.domain.debt.running import Running
from jdneg.domain.money import half_up
from jdneg.domain.negotiation import account as quick
from jdneg.domain.negotiation.account import NEVER, Account, Due, Span, Terms
from jdneg.domain.negotiation.engine import EngineAccount
from jdneg.domain.negotiation.plan_debt import PlanDebt
from jdneg.domain.rate import Rate
from jdneg.domain.records.loan import Basis

AnyAccount = Account | EngineAccount
_ENDLESS = 8000  # the year from which a row is no row: a debt on demand


def accounts(debts: Sequence[PlanDebt], start: dt.date) -> list[AnyAccount]:
    """The debts as a plan carries them, their rates ranked once."""
    rates = [_yearly(debt) for debt in debts]
    order = {rate: rank for rank, rate in enumerate(sorted({rate for pair in rates for rate in pair}))}
    return [
        account(index, debt, start, (order[plain], order[late]))
        for index, (debt, (plain, late)) in enumerate(zip(debts, rates, strict=True))
    ]


def account(index: int, debt: PlanDebt, start: dt.date, ranks: tuple[int, int]) -> AnyAccount:
    """One debt; the engine itself where its sums are more than whole numbers can follow."""
    assert debt.run is not None
    plain = _plain(debt.run)
    found = _compiled(debt, debt.run, _terms(index, debt, start, ranks))
    return found if plain else EngineAccount.of(found, debt.run)


def fen(amount: Decimal) -> int:
    """Yuan as whole fen, half up."""
    return int(half_up(amount) * 100)


def _exact(amount: Decimal) -> Decimal:
    """Yuan as fen, every digit kept."""
    return amount.scaleb(2)


def _steady(table: RateTable | None) -> bool:
    """One rate, by actual days of a year that is always as long."""
    if table is None:
        return True
    return len(table.steps) == 1 and (table.steps[0][1].per == "day" or table.basis in ("act/365", "act/360"))


def _plain(run: Running) -> bool:
    """Whether whole numbers can follow the engine."""
    rules, late = run.rules, run.late
    simple = late is None or not late.compound
    steady = _steady(rules.rates) and (late is None or _steady(rules.late_rates))
    waiting = run.accelerates is not None and not run.replaced
    return simple and steady and run.plain and not run.patience and not run.last_day and not waiting


_DAY = dt.date(2001, 1, 1)


@cache
def _over(rate: Rate, basis: Basis, days: int) -> Decimal:
    return span_fraction(rate, _DAY, _DAY + dt.timedelta(days=days), basis)


def _fraction(table: RateTable | None, factor: Decimal | None = None) -> quick.Fraction:
    """What one fen bears over so many days, as `RateTable.fraction` has it for a steady rate."""
    if table is None or not _steady(table):
        return lambda _: NOTHING
    rate, basis = table.steps[0][1], table.basis
    known: dict[int, Decimal] = {}

    def over(days: int) -> Decimal:
        found = known.get(days)
        if found is None:
            plain = _over(rate, basis, days)
            found = known[days] = plain if factor is None else plain * factor
        return found

    return over


def _terms(index: int, debt: PlanDebt, start: dt.date, ranks: tuple[int, int]) -> Terms:
    run = debt.run
    assert run is not None
    rows = tuple(
        Due(row.due.toordinal(), fen(row.amount), fen(row.principal), fen(row.fee_then), _exact(row.adds))
        for row in run.rows
        if row.due.year < _ENDLESS
    )
    late = run.late if not run.penalty_waived else None
    dates = _dates(debt, run, rows, start)
    spans = tuple(Span(end.toordinal(), part, days) for end, part, days in run.pieces)
    shown = rows or (Due(NEVER, 0, fen(run.ahead), 0, NOTHING),)
    return Terms(
        index=index,
        loan=debt.loan,
        rows=shown,
        row_days=(*(row.day for row in shown), NEVER),
        spans=spans,
        span_ends=(*(span.end for span in spans), NEVER),
        daily=_fraction(run.rules.rates),
        late=None if late is None else _fraction(run.rules.late_rates, late.factor),
        late_base=late.base if late else "overdue_principal",
        beside=bool(late and late.beside),
        late_scheduled=bool(late and late.scheduled),
        order=run.rules.order,
        usual=run.rules.order.index("interest") < run.rules.order.index("principal"),
        agreed=run.replaced,
        fixed=debt.agreement or run.replaced,
        scheduled=bool(rows),
        regular=fen(debt.minimum or Decimal(0)),
        start=start.toordinal(),
        due_day=debt.due_day or (run.rows[-1].due.day if rows else 1),
        dates=dates,
        month_keys={day: key for key, days in dates.items() for day in days},
        brings=max((n for n, row in enumerate(rows, 1) if row.fee or row.adds), default=0),
        rank=ranks[0],
        late_rank=ranks[1],
    )


def _dates(debt: PlanDebt, run: Running, rows: Sequence[Due], start: dt.date) -> Mapping[int, tuple[int, ...]]:
    """The days of the rows to come by month; today too, where today's row or what is overdue can be paid today."""
    days = {row.day for row in rows if row.day > start.toordinal()}
    if any(row.day == start.toordinal() for row in rows) or (debt.pays_now and run.next):
        days.add(start.toordinal())
    found: dict[int, tuple[int, ...]] = {}
    for day in sorted(days):
        key = month_of(day)
        found[key] = (*found.get(key, ()), day)
    return found


def month_of(ordinal: int) -> int:
    """A day's month as a running number: those of two years never meet."""
    day = dt.date.fromordinal(ordinal)
    return day.year * 12 + day.month


def _compiled(debt: PlanDebt, run: Running, terms: Terms) -> Account:
    one = Account.__new__(Account)
    one.terms = terms
    one.day = run.day.toordinal()
    one.next, one.late_rows, one.span = run.next, run.late_rows, min(run.piece, len(run.pieces))
    one.ahead, one.prepaid, one.due_principal = fen(run.ahead), fen(run.prepaid), fen(run.due_principal)
    one.due_fee, one.asked, one.paid = fen(run.due_fee), fen(run.asked), fen(run.paid)
    one.accrued, one.due_interest = _exact(run.accrued), _exact(run.due_interest)
    one.carried, one.penalty = _exact(run.carried), _exact(run.penalty)
    one.arrears = one.cost = one.fees = one.charged = 0
    one.penalties = NOTHING
    one.late_since = debt.overdue_since.toordinal() if debt.overdue_since else 0
    one.owed = one.settled_by()
    one.minimum = one.asked_now()
    return one


def _yearly(debt: PlanDebt) -> tuple[Fraction, Fraction]:
    """The nominal rate a year, ordinary and where late, to tell which debt is dearer."""
    run = debt.run
    assert run is not None
    plain = _year_of(run.rules.rates)
    if run.rules.rates is None and run.pieces:
        days = sum(days for _, _, days in run.pieces)
        plain = Fraction(sum((part for _, part, _ in run.pieces), Decimal(0))) * 365 / max(days, 1)
    if run.replaced:
        plain = Fraction(0)
    late = run.late
    if late is None or run.penalty_waived:
        return plain, plain
    return plain, _year_of(run.rules.late_rates) * (Fraction(late.factor) if late.factor is not None else 1)


def _year_of(table: RateTable | None) -> Fraction:
    if table is None:
        return Fraction(0)
    rate = table.steps[-1][1]
    return Fraction(rate.fraction) * {"day": 365, "month": 12, "year": 1}[rate.per]
