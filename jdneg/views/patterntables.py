"""The tables of the pattern: counts with bars of plain signs, and the hours of the week."""

from __future__ import annotations

from collections.abc import Sequence

from jdneg.blocks import Table
from jdneg.domain.conduct.pattern import Count, Pattern
from jdneg.i18n import t

_BAR = 16  # cells of the longest bar: the table fits a telephone's terminal


def columns() -> tuple[str, ...]:
    """What every count has."""
    return t("pattern.all"), t("pattern.with_breach"), t("pattern.with_review")


def count_table(headers: Sequence[str], rows: Sequence[tuple[str, Count]], found: Pattern, *, bars: bool) -> Table:
    """Counts with bars of blanks and signs alone, and their sum, which is that of every table."""
    most = max((count.contacts for _, count in rows), default=1) or 1
    shown = [_row(name, count, most, bars=bars) for name, count in rows]
    total = found.total
    shown.append(_row(t("pattern.sum"), total, 0, bars=bars))
    return Table((*headers, *(("",) if bars else ())), tuple(shown), right=(1, 2, 3))


def _row(name: str, count: Count, most: int, *, bars: bool) -> tuple[str, ...]:
    figures = (name, str(count.contacts), str(count.breach), str(count.review))
    return (*figures, _bar(count, most)) if bars else figures


def _bar(count: Count, most: int) -> str:
    """``##====``: what has a breach, then the rest."""
    if not most or not count.contacts:
        return ""
    wide = max(1, round(count.contacts * _BAR / most))
    bad = min(wide, max(1, round(count.breach * _BAR / most))) if count.breach else 0
    return "#" * bad + "=" * (wide - bad)


def week_days() -> list[str]:
    """Short names, Monday first."""
    return t("pattern.week").split(" ")


def hours_table(found: Pattern) -> Table:
    """Hours that have a contact, by the days of the week; the sum is that of the contacts with an hour."""
    rows = []
    for hour in range(24):
        counts = [found.hours[day][hour] for day in range(7)]
        if any(counts):
            rows.append((f"{hour:02}-{hour + 1:02}", *(str(n) if n else "." for n in counts), str(sum(counts))))
    sums = [sum(row) for row in found.hours]
    rows.append((t("pattern.sum"), *(map(str, sums)), str(sum(sums))))
    return Table(
        (t("pattern.hour"), *t("pattern.week_short").split(" "), t("pattern.sum")),
        tuple(rows),
        right=tuple(range(1, 9)),
    )
