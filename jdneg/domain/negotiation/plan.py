"""A plan: who is paid what on which day until nothing is owed, or a plain word that it never ends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from jdneg.domain.messages import Message, hint, info, warning
from jdneg.domain.money import FEN, ZERO, half_up
from jdneg.domain.negotiation.plan_debt import PlanDebt, check, not_plannable
from jdneg.domain.negotiation.simulate import RawRow, Run, fen, simulate, yuan
from jdneg.values import dataclass

__all__ = ["MONTHS_LIMIT", "Plan", "PlanDebt", "PlanRow", "PlanTotals", "growth", "make_plan", "month_of"]

MONTHS_LIMIT = 600
_YEAR = 12


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One payment on one day. ``interest`` is what came up since the row before (penalty in it where it runs);
    ``principal`` is what the payment takes off the balance, below zero where it does not even cover the interest.
    """

    date: dt.date
    loan: str
    payment: Decimal
    interest: Decimal
    principal: Decimal
    balance: Decimal


@dataclass(frozen=True, slots=True)
class PlanTotals:
    """The sums of the plan's rows; ``months`` counts calendar months from the first row to the last."""

    paid: Decimal
    interest: Decimal
    months: int
    last_date: dt.date | None


@dataclass(frozen=True, slots=True)
class Plan:
    """``ends`` is the day of the last payment, None if there is none; then ``grows_by`` is yuan a month where the
    whole grows, and the rows show the first twelve months only.
    """

    strategy: str
    available: Decimal
    rows: tuple[PlanRow, ...]
    totals: PlanTotals
    ends: dt.date | None
    grows_by: Decimal | None
    not_plannable: tuple[Message, ...]
    messages: tuple[Message, ...]


def make_plan(
    debts: Sequence[PlanDebt],
    available: Decimal,
    strategy: str,
    start: dt.date,
    months_limit: int = MONTHS_LIMIT,
) -> Plan:
    """The plan for ``available`` yuan a calendar month from ``start``, whose own day pays nothing by a due day.

    Raises BadChoice, NegativeAmount, BadDueDay; what is only missing is listed under ``not_plannable``.
    """
    check(debts, available)
    left_out = tuple(message for debt in debts if (message := not_plannable(debt)))
    able = [debt for debt in debts if not_plannable(debt) is None]
    run = simulate(able, available, strategy, start, months_limit)
    grows_by = growth(run)
    rows = run.rows if run.ended or grows_by is None else _first_year(run.rows)
    return Plan(
        strategy=strategy,
        available=available,
        rows=_rows(rows, able) if available else (),
        totals=_totals(rows if available else []),
        ends=dt.date.fromordinal(rows[-1][0]) if run.ended and rows else None,
        grows_by=grows_by,
        not_plannable=left_out,
        messages=(
            *_about_debts(able, start),
            *_about_run(run, able, available, months_limit),
            hint("plan.no_new_debt"),
        ),
    )


def growth(run: Run) -> Decimal | None:
    """Yuan a month by which the whole debt grows in the first year, else, where it shrinks at first, in the last one.

    Measured over a year, so that long and short months even out. None: it ends, or it never grows.
    """
    if run.ended or not run.rows:
        return None
    own = list(_balances(run).values())
    return _growth(own) or _growth([one[-_YEAR - 1 :] for one in own if one[-1]])


def _balances(run: Run) -> dict[int, list[int]]:
    """Each debt's balances, payment by payment, by its index."""
    own: dict[int, list[int]] = {}
    for row in run.rows:
        own.setdefault(row[1], []).append(row[5])
    return own


def _growth(debts: Sequence[Sequence[int]]) -> Decimal | None:
    """Between the first payment and the one a year later; a debt that was paid by then stands at nothing."""
    steps = min(_YEAR, max(map(len, debts), default=0) - 1)
    if steps < 1:
        return None
    more = sum(one[min(steps, len(one) - 1)] - one[0] for one in debts)
    return half_up(yuan(more) / steps) if more > 0 else None


def month_of(ordinal: int) -> int:
    """A day's month as a running number: those of two years never meet."""
    day = dt.date.fromordinal(ordinal)
    return day.year * 12 + day.month


def _first_year(rows: Sequence[RawRow]) -> list[RawRow]:
    return [row for row in rows if month_of(row[0]) < month_of(rows[0][0]) + _YEAR]


def _rows(rows: Sequence[RawRow], debts: Sequence[PlanDebt]) -> tuple[PlanRow, ...]:
    """Written out in one expression: a long plan has tens of thousands of rows."""
    date, names, number, unit = dt.date.fromordinal, [debt.loan for debt in debts], Decimal, FEN
    return tuple(
        [
            PlanRow(
                date(day), names[n], number(pay) * unit, number(cost) * unit, number(off) * unit, number(left) * unit
            )
            for day, n, pay, cost, off, left in rows
        ]
    )


def _totals(rows: Sequence[RawRow]) -> PlanTotals:
    if not rows:
        return PlanTotals(ZERO, ZERO, 0, None)
    return PlanTotals(
        paid=yuan(sum(row[2] for row in rows)),
        interest=yuan(sum(row[3] for row in rows)),
        months=month_of(rows[-1][0]) - month_of(rows[0][0]) + 1,
        last_date=dt.date.fromordinal(rows[-1][0]),
    )


def _about_debts(debts: Sequence[PlanDebt], start: dt.date) -> list[Message]:
    found = []
    for debt in debts:
        facts = {"loan": debt.loan, "name": debt.name}
        if debt.agreement:
            found += [info("plan.agreement_kept", **facts)] if debt.rate is None else []
            found += [warning("plan.agreement_oral", **facts)] if debt.basis == "claimed" else []
        elif debt.basis == "claimed":
            found.append(hint("plan.claimed_basis", **facts))
        if debt.disputed:
            found.append(info("plan.disputed_apart", **facts, amount=debt.disputed))
        if debt.balance and not debt.agreed and debt.due_day == start.day:
            found.append(warning("plan.due_today", **facts, minimum=debt.minimum))
        if debt.overdue and debt.penalty is None:
            found.append(hint("plan.penalty_unknown", **facts))
    return found


def _about_run(run: Run, debts: Sequence[PlanDebt], available: Decimal, limit: int) -> list[Message]:
    found = []
    if not debts:
        found.append(info("plan.nothing_to_plan"))
    if run.short and available:
        found.append(_short(run.short, available))
    if debts and not available:
        found += [warning("plan.nothing_left"), warning("plan.token_or_pause"), warning("plan.free_help")]
    if not run.ended:
        found += [*_growing(run, debts), _no_end(run, limit)]
    return found


def _no_end(run: Run, limit: int) -> Message:
    at_first = _growth(list(_balances(run).values()))
    if at_first:
        return warning("plan.never_ends", grows_by=at_first)
    later = growth(run)
    return warning("plan.grows_later", grows_by=later) if later else warning("plan.not_ended", months=limit)


def _short(short: tuple[int, int], available: Decimal) -> Message:
    month, need = dt.date.fromordinal(short[0]), yuan(short[1])
    return warning(
        "plan.minimums_above",
        month=f"{month:%Y-%m}",
        minimums=need,
        available=available,
        short=yuan(short[1] - fen(available)),
    )


def _growing(run: Run, debts: Sequence[PlanDebt]) -> list[Message]:
    """Each debt whose payments do not cover its interest."""
    found = []
    for index, own in sorted(_balances(run).items()):
        grows_by = _growth([own]) if own[-1] else None
        if grows_by is not None:
            found.append(warning("plan.grows", loan=debts[index].loan, name=debts[index].name, grows_by=grows_by))
    return found
