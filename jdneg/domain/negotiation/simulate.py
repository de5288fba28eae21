"""Month by month: debts fall due, money is allotted, payments are booked. Whole fen and ordinals inside.

A month is a calendar month, and what is available is available once in each. Every run ends: with the last balance
at nothing, or at the limit.
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from jdneg.domain.money import FEN, half_up
from jdneg.domain.negotiation.account import Account, Month
from jdneg.domain.negotiation.plan_debt import PlanDebt
from jdneg.domain.negotiation.strategies import allot, spread_of
from jdneg.domain.rate import Rate
from jdneg.values import dataclass

# day ordinal, account, payment, interest, reduction of the balance, balance
RawRow = tuple[int, int, int, int, int, int]
_PER_YEAR = {"year": 1, "month": 12}


@dataclass(frozen=True, slots=True)
class Run:
    """``owed`` is the total at the start and after each month; ``short`` the first month below the minimums."""

    rows: list[RawRow]
    owed: list[int]
    short: tuple[int, int] | None
    ended: bool

    @property
    def paid(self) -> int:
        return sum(row[2] for row in self.rows)

    @property
    def interest(self) -> int:
        return sum(row[3] for row in self.rows)


def fen(amount: Decimal) -> int:
    """Yuan as whole fen, half up."""
    return int(half_up(amount) * 100)


def yuan(amount: int) -> Decimal:
    """Whole fen as yuan."""
    return Decimal(amount) * FEN


def simulate(debts: Sequence[PlanDebt], available: Decimal, strategy: str, start: dt.date, limit: int) -> Run:
    """Run plannable debts from ``start`` for at most ``limit`` months. Raises BadChoice."""
    spread, money = spread_of(strategy), fen(available)
    live = [one for one in accounts(debts, start) if one.owed]
    rows: list[RawRow] = []
    owed, short = [sum(one.owed for one in live)], None
    for month in _months(start, limit):
        due = [one for one in live if one.fall_due(month)]
        pays = allot(due, money, spread)
        need = sum([one.minimum for one in due])
        if need > money and short is None:
            short = (month.first, need)
        for one, amount in zip(due, pays, strict=True):
            one.pay(amount)
            rows.append((one.day, one.index, amount, one.interest, amount - one.interest, one.owed))
        live = [one for one in live if one.owed]
        owed.append(sum([one.owed for one in live]))
        if not live:
            break
    rows.sort()
    return Run(rows, owed, short, not live)


def _months(start: dt.date, limit: int) -> Iterator[Month]:
    first = start.replace(day=1)
    for _ in range(limit):
        length = monthrange(first.year, first.month)[1]
        yield Month(_key(first), first.toordinal(), length)
        first = first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1)


def _key(day: dt.date) -> int:
    return day.year * 12 + day.month


def accounts(debts: Sequence[PlanDebt], start: dt.date) -> list[Account]:
    """The debts as the simulation carries them, their rates ranked once."""
    rates = [(_daily(debt.rate, debt.year_days), _daily(debt.penalty or debt.rate, debt.year_days)) for debt in debts]
    order = {rate: rank for rank, rate in enumerate(sorted({rate for pair in rates for rate in pair}))}
    return [_account(n, debt, start, pair, order) for n, (debt, pair) in enumerate(zip(debts, rates, strict=True))]


def _daily(rate: Rate | None, year_days: int) -> Fraction:
    """Interest on one yuan in one day, exactly."""
    if rate is None:
        return Fraction(0)
    fraction = Fraction(rate.fraction)
    return fraction if rate.per == "day" else fraction * _PER_YEAR[rate.per] / year_days


def _account(
    index: int, debt: PlanDebt, start: dt.date, rates: tuple[Fraction, Fraction], order: dict[Fraction, int]
) -> Account:
    assert debt.balance is not None
    balance = fen(debt.balance)
    bearing = balance if debt.principal is None else min(balance, fen(debt.principal))
    base = rates[0].denominator * rates[1].denominator
    table = _table(debt, start)
    minimum = fen(debt.minimum or Decimal(0))
    regular = minimum if debt.minimum_after is None else fen(debt.minimum_after)
    past = sum(fen(one.amount) for one in debt.agreed if one.due < start)
    return Account(
        index=index,
        bearing=bearing,
        rest=balance - bearing,
        late=min(bearing, fen(debt.overdue)),
        rate=rates[0].numerator * rates[1].denominator,
        late_rate=rates[1].numerator * rates[0].denominator,
        base=base,
        rank=order[rates[0]],
        late_rank=order[rates[1]],
        arrears=max(past, minimum - _first_of(table)) if debt.agreed else max(0, minimum - regular),
        regular=regular,
        since=start.toordinal(),
        first=max(start.toordinal() + 1, (debt.next_due or start).toordinal()),
        due_day=_due_day(debt),
        table=table,
        table_end=max(table, default=0),
        late_since=debt.overdue_since.toordinal() if debt.overdue_since else 0,
        fixed=debt.agreement and debt.rate is None,
        owed=balance,
    )


def _due_day(debt: PlanDebt) -> int:
    if debt.due_day is not None:
        return debt.due_day
    last = debt.next_due or max(one.due for one in debt.agreed)
    return last.day


def _table(debt: PlanDebt, start: dt.date) -> dict[int, tuple[int, int]]:
    """One payment a month: on the earliest day of that month, all that falls due in it."""
    table: dict[int, tuple[int, int]] = {}
    for one in sorted(debt.agreed, key=lambda row: row.due):
        if one.due >= start:
            day, before = table.get(_key(one.due), (one.due.toordinal(), 0))
            table[_key(one.due)] = (day, before + fen(one.amount))
    return table


def _first_of(table: dict[int, tuple[int, int]]) -> int:
    return table[min(table)][1] if table else 0
