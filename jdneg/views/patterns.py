"""The pattern of contacts: tables for a terminal, pictures with their tables for a page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from jdneg.blocks import Block, Facts, Heading, Paragraph, Picture, Table
from jdneg.documents.patterncharts import Step, steps_chart, week_chart
from jdneg.domain.conduct.pattern import BY, UNKNOWN, Count, Pattern, Span, grouped
from jdneg.domain.messages import hint
from jdneg.domain.redact import told_apart
from jdneg.i18n import t
from jdneg.result import Result
from jdneg.values import dataclass
from jdneg.views.patterntables import columns, count_table, hours_table, week_days
from jdneg.views.words import label, weekday, word

_STEPS_SCREEN, _STEPS_PAGE = 31, 62
_ROWS = 15  # of a breakdown; the rest stands in one row


@dataclass(frozen=True, slots=True)
class PatternPage:
    """What a report shows; ``split`` is the day and what it is of (G1, T3 or the day itself)."""

    pattern: Pattern
    words: tuple[str, ...]
    as_of: dt.date
    split: tuple[dt.date, str] | None = None
    reveal: bool = False


def pattern_result(page: PatternPage) -> Result:
    """For a terminal and as JSON."""
    found = page.pattern
    masked = not page.reveal and any(_key(page, "number", key) != key for key in found.by["number"])
    messages = (hint("app.masked"),) if masked else ()
    if not found.total.contacts:
        return Result(_json(page), (Paragraph(t("pattern.none")),), (hint("pattern.none_hint"),))
    return Result(_json(page), (*_head(page), *_tables(page, _STEPS_SCREEN)), messages)


def pattern_blocks(page: PatternPage) -> tuple[Block, ...]:
    """For a page: the same, with its pictures."""
    return (*_head(page), *_tables(page, _STEPS_PAGE, pictures=True), Paragraph(t("pattern.page_end")))


def _head(page: PatternPage) -> list[Block]:
    found = page.pattern
    blocks: list[Block] = [Heading(t("pattern.title"))]
    if page.words:
        blocks.append(Paragraph(t("pattern.filter", words=" ".join(page.words))))
    if not found.total.contacts:
        return [*blocks, Paragraph(t("pattern.none"))]
    days = found.days
    rows = [
        (t("pattern.contacts"), t("pattern.contacts_from", count=found.total.contacts, first=days[0], last=days[-1])),
        (t("pattern.days_with"), str(len(days))),
        (t("pattern.findings"), findings_line(found)),
        (t("pattern.of_contacts"), t("pattern.worst", breach=found.total.breach, review=found.total.review)),
    ]
    who = found.direction
    rows.append(
        (t("pattern.direction"), t("pattern.direction_is", into=who["in"], out=who["out"], unknown=who[None]))
    )
    answered = found.answered
    if any(answered.values()):
        rows.append((
            t("pattern.calls"),
            t("pattern.calls_are", yes=answered[True], no=answered[False], unknown=answered[None]),
        ))  # fmt: skip
    if found.to_whom:
        rows.append((t("pattern.others"), ", ".join(f"{word(who)} {n}" for who, n in sorted(found.to_whom.items()))))
    return [*blocks, Facts(tuple(rows)), Paragraph(t("pattern.how_counted"))]


def findings_line(found: Pattern) -> str:
    """What the check finds, by result."""
    counts = found.findings
    return t(
        "pattern.findings_are", breach=counts["breach"], review=counts["review"], cannot_tell=counts["cannot_tell"]
    )


def _tables(page: PatternPage, most: int, *, pictures: bool = False) -> list[Block]:
    found = page.pattern
    if not found.total.contacts:
        return []
    blocks: list[Block] = [*_split_blocks(page)]
    unit, steps = grouped(found.by["day"], most)
    title = t(f"pattern.by_{unit}")
    blocks.append(Heading(title, 2))
    if pictures:
        shown = [Step(_short(step, unit), count.contacts, count.breach) for step, count in steps]
        svg = steps_chart(shown, title, _about(page), (t("pattern.all"), t("pattern.with_breach")))
        blocks.append(Picture(svg, _about(page)))
    else:
        blocks.append(Paragraph(t("pattern.bars")))
    rows = [(_step_text(step, unit), count) for step, count in steps if count.contacts or not pictures]
    blocks.append(count_table((label("at"), *columns()), rows, found, bars=not pictures))
    blocks.append(Heading(t("pattern.hours"), 2))
    if pictures:
        blocks.append(Picture(week_chart(found.hours, week_days(), t("pattern.hours"), _about(page)), _about(page)))
    blocks.append(hours_table(found))
    if found.untimed:
        blocks.append(Paragraph(t("pattern.untimed", count=found.untimed)))
    for name in BY[1:]:
        blocks += _breakdown(page, name, bars=not pictures)
    return blocks


def _about(page: PatternPage) -> str:
    """The picture in words."""
    found = page.pattern
    return t("pattern.about", count=found.total.contacts, first=found.days[0], last=found.days[-1])


def _breakdown(page: PatternPage, name: str, *, bars: bool) -> list[Block]:
    """The most frequent first; those beyond the table in one row. Nothing where only the unknown is there."""
    counts = page.pattern.by[name]
    if set(counts) <= {UNKNOWN}:
        return []
    ordered = sorted(counts.items(), key=lambda one: (-one[1].contacts, one[0]))
    rows = [(_key(page, name, key) or t("pattern.unknown"), count) for key, count in ordered[:_ROWS]]
    rest = ordered[_ROWS:]
    if rest:
        more = Count(*(sum(getattr(one, part) for _, one in rest) for part in ("contacts", "breach", "review")))
        rows.append((t("pattern.rest", count=len(rest)), more))
    table = count_table((label(name), *columns()), rows, page.pattern, bars=bars)
    return [Heading(t(f"pattern.by_{name}"), 2), table]


def _key(page: PatternPage, name: str, key: str) -> str:
    """The key for a reader; a private number masked."""
    if name == "channel":
        return word(key)
    if name != "number" or page.reveal or key == UNKNOWN:
        return key
    return _masked(tuple(page.pattern.by["number"]))[key]


@cache
def _masked(numbers: tuple[str, ...]) -> dict[str, str]:
    return told_apart(one for one in numbers if one != UNKNOWN)


# Before and after


def _split_blocks(page: PatternPage) -> list[Block]:
    before, after = page.pattern.before, page.pattern.after
    if page.split is None or before is None or after is None:
        return []
    day, what = page.split
    rows = tuple((t(f"pattern.row_{name}"), show(before), show(after)) for name, show in _SPAN_ROWS)
    title = t("pattern.split", what=what, day=day) if what != str(day) else t("pattern.split_day", day=day)
    headers = ("", t("pattern.before"), t("pattern.after"))
    return [Heading(title, 2), Table(headers, rows, right=(1, 2)), Paragraph(t("pattern.split_note"))]


def _week(span: Span) -> str:
    """Contacts in seven days, one place; a hyphen where no day was seen."""
    return f"{Decimal(span.count.contacts) * 7 / span.days:.1f}" if span.days else "-"


_SPAN_ROWS: tuple[tuple[str, Callable[[Span], str]], ...] = (
    ("contacts", lambda span: str(span.count.contacts)),
    ("days", lambda span: str(span.days)),
    ("week", _week),
    ("breach", lambda span: str(span.count.breach)),
    ("review", lambda span: str(span.count.review)),
    ("others", lambda span: str(span.third_parties)),
)


def _short(step: dt.date, unit: str) -> str:
    return f"{step:%Y-%m}" if unit == "month" else f"{step:%m-%d}"


def _step_text(step: dt.date, unit: str) -> str:
    if unit == "month":
        return f"{step:%Y-%m}"
    return t("pattern.week_of", day=step) if unit == "week" else f"{step} {weekday(step)}"


# JSON


def _json(page: PatternPage) -> dict[str, Any]:
    found = page.pattern
    days = found.days
    split = None
    if page.split is not None and found.before is not None and found.after is not None:
        day, what = page.split
        split = {"at": day, "of": what, "before": _span(found.before), "after": _span(found.after)}
    return {
        "filter": list(page.words), "as_of": page.as_of, "contacts": found.total.contacts,
        "first": days[0] if days else None, "last": days[-1] if days else None,
        "with_breach": found.total.breach, "with_review": found.total.review, "findings": found.findings,
        "by": {name: _rows(page, name, counts) for name, counts in found.by.items()},
        "hours": found.hours, "untimed": found.untimed,
        "answered": {"yes": found.answered[True], "no": found.answered[False], "unknown": found.answered[None]},
        "direction": {"in": found.direction["in"], "out": found.direction["out"], "unknown": found.direction[None]},
        "third_parties": dict(sorted(found.to_whom.items())), "split": split,
    }  # fmt: skip


def _rows(page: PatternPage, name: str, counts: Mapping[Any, Count]) -> list[dict[str, Any]]:
    ordered = sorted(counts.items(), key=lambda one: one[0] if name == "day" else (-one[1].contacts, one[0]))
    return [
        {
            "key": key if name in ("day", "channel") else _key(page, name, key) or None,
            "contacts": one.contacts, "breach": one.breach, "review": one.review,
        }
        for key, one in ordered
    ]  # fmt: skip


def _span(span: Span) -> dict[str, Any]:
    week = _week(span)
    return {
        "contacts": span.count.contacts, "days": span.days, "a_week": None if week == "-" else week,
        "breach": span.count.breach, "review": span.count.review, "third_parties": span.third_parties,
    }  # fmt: skip
