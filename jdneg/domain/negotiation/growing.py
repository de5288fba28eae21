"""How fast a debt grows that is not paid off, on one basis everywhere: what is owed on a day, and a year later."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from jdneg.domain.dates import month_step
from jdneg.domain.messages import Message, warning
from jdneg.domain.money import FEN, ZERO, half_up
from jdneg.domain.negotiation.plan_debt import PlanDebt
from jdneg.domain.negotiation.run import RawRow, Run

_YEAR = 12
Rows = Sequence[RawRow]


def growth(run: Run, start: dt.date) -> Decimal | None:
    """Yuan a month by which the whole grows in the first year, else, where it shrinks at first, in the last one.

    None: it ends, or it never grows, or not even a year was looked at.
    """
    return None if run.ended else _first(_own(run).values(), start) or _last(_own(run).values(), start)


def no_end(run: Run, start: dt.date, limit: int) -> Message:
    """That it never ends, and how fast it grows at first or later; else that it is not over by ``limit`` months."""
    at_first = _first(_own(run).values(), start)
    if at_first:
        return warning("plan.never_ends", grows_by=at_first)
    later = growth(run, start)
    return warning("plan.grows_later", grows_by=later) if later else warning("plan.not_ended", months=limit)


def growing(run: Run, debts: Sequence[PlanDebt], start: dt.date) -> list[Message]:
    """Each debt whose payments do not cover what comes up."""
    found = []
    for index, rows in sorted(_own(run).items()):
        grows_by = _first([rows], start) if rows[-1][5] else None
        if grows_by is not None:
            found.append(warning("plan.grows", loan=debts[index].loan, name=debts[index].name, grows_by=grows_by))
    return found


def after_year(run: Run, start: dt.date) -> Decimal:
    """Yuan owed twelve months after the start, whatever falls due on which day."""
    own, day = _own(run).values(), month_step(start, _YEAR).toordinal()
    quiet = run.owed[0] - sum(_before(rows) for rows in own)
    left = (_at(rows, start.toordinal(), day) for rows in own)
    seen = sum((Decimal(rows[-1][5]) if at is None else at for rows, at in zip(own, left, strict=True)), ZERO)
    return half_up((seen + quiet) * FEN)


def _own(run: Run) -> Mapping[int, Rows]:
    """Each debt's rows, by its index."""
    own: dict[int, list[RawRow]] = {}
    for row in run.rows:
        own.setdefault(row[1], []).append(row)
    return own


def _first(debts: Iterable[Rows], start: dt.date) -> Decimal | None:
    day = month_step(start, _YEAR)
    return _a_month([(rows, start, start, day) for rows in debts])


def _last(debts: Iterable[Rows], start: dt.date) -> Decimal | None:
    """Of those still owed, each up to its own last row."""
    ends = [(rows, dt.date.fromordinal(rows[-1][0])) for rows in debts if rows[-1][5]]
    return _a_month(
        [(rows, start, month_step(day, -_YEAR), day) for rows, day in ends if month_step(day, -_YEAR) >= start]
    )


def _a_month(spans: Sequence[tuple[Rows, dt.date, dt.date, dt.date]]) -> Decimal | None:
    """What the debts grow by a month between two days of a year; None where they do not, or nobody looked so far."""
    more = ZERO
    for rows, start, first, last in spans:
        before, after = (_at(rows, start.toordinal(), day.toordinal()) for day in (first, last))
        if before is None or after is None:
            return None
        more += after - before
    return half_up(more * FEN / _YEAR) if more > 0 else None


def _before(rows: Rows) -> int:
    """Fen of one debt before its first row."""
    _, _, paid, came_up, _, left = rows[0]
    return left + paid - came_up


def _at(rows: Rows, start: int, day: int) -> Decimal | None:
    """Fen of one debt at the end of a day: between two rows what comes up is spread over the days, as interest is.

    None beyond the last row of a debt that is still owed.
    """
    before, left = start, _before(rows)
    for when, _, _, cost, _, after in rows:
        if day < when:
            return left + Decimal(cost) * (day - before) / (when - before)
        before, left = when, after
    return Decimal(left) if day == before or not left else None
