"""How contacts are spread: by day, hour, number, person, company, channel, and before and after a date.

Reads a stream once and keeps a few words a contact. Every figure is a count of the contacts a filter means: each
breakdown adds up to the same total, and a contact counts as a breach or to review by its worst own finding.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from typing import Any

from jdneg.domain.conduct.findings import Finding
from jdneg.domain.conduct.world import World
from jdneg.domain.dates import ONE_DAY, shanghai_day, shanghai_moment
from jdneg.domain.disclosure import outsider
from jdneg.domain.filters import Filter
from jdneg.domain.phones import line_of
from jdneg.domain.records.base import Stored
from jdneg.domain.records.contact import Contact
from jdneg.values import dataclass

BY = ("day", "number", "agent", "agency", "lender", "channel")
UNKNOWN = ""
Row = tuple[
    str, dt.date, int | None, tuple[str, ...], bool | None, str | None, str | None, Stored[Contact] | None
]  # fmt: skip


@dataclass(slots=True)
class Count:
    """Contacts, and how many of them have a breach at worst, or something to review."""

    contacts: int = 0
    breach: int = 0
    review: int = 0

    def add(self, worst: str | None) -> None:
        self.contacts += 1
        self.breach += worst == "breach"
        self.review += worst == "review"


@dataclass(slots=True)
class Span:
    """One side of a date. ``days`` from its first day to its last, both counted; 0 where there is none."""

    count: Count = field(default_factory=Count)
    third_parties: int = 0
    days: int = 0


@dataclass(slots=True)
class Pattern:
    """``by`` has the counts of each key under each of `BY`; the empty key is unknown.

    ``hours`` are seven days of 24 on Shanghai's clock, Monday first; ``untimed`` have no hour. ``answered`` counts
    calls alone. ``findings`` are what ``check`` finds for the same filter.
    """

    total: Count = field(default_factory=Count)
    by: dict[str, dict[Any, Count]] = field(default_factory=lambda: {name: {} for name in BY})
    hours: list[list[int]] = field(default_factory=lambda: [[0] * 24 for _ in range(7)])
    untimed: int = 0
    answered: dict[bool | None, int] = field(default_factory=lambda: {True: 0, False: 0, None: 0})
    direction: dict[str | None, int] = field(default_factory=lambda: {"in": 0, "out": 0, None: 0})
    to_whom: dict[str, int] = field(default_factory=dict)
    findings: dict[str, int] = field(default_factory=dict)
    before: Span | None = None
    after: Span | None = None

    @property
    def days(self) -> list[dt.date]:
        return sorted(self.by["day"])


class Watcher:
    """Sees the contacts go by to the check and remembers those that are meant."""

    def __init__(self, wanted: Filter, world: World) -> None:
        self._wanted = wanted
        self._world = world
        self._rows: list[Row] = []

    def watch(self, contacts: Iterable[Stored[Contact]]) -> Iterator[Stored[Contact]]:
        self._rows = []  # the check may read them again
        admits, keep = self._wanted.admits, self._wanted.needs_findings
        for one in contacts:
            if admits(one):
                self._rows.append(self._row(one, one if keep else None))
            yield one

    def _row(self, stored: Stored[Contact], whole: Stored[Contact] | None) -> Row:
        one = stored.record
        moment = shanghai_moment(one.happened_at)
        loan = self._world.loans.get(str(one.loan)) if one.loan else None
        keys = (
            line_of(one.number) or UNKNOWN, one.agent or UNKNOWN, one.agency or one.sender or UNKNOWN,
            loan.lender if loan else UNKNOWN, one.channel,
        )  # fmt: skip
        whom = outsider(one)
        answered = one.answered if one.channel == "call" else _NO_CALL
        hour = moment.hour if moment else None
        return stored.id, shanghai_day(one.happened_at), hour, keys, answered, whom, one.direction, whole

    def pattern(
        self, findings: Iterable[Finding], kept: Iterable[Finding], split: dt.date | None, as_of: dt.date
    ) -> Pattern:
        """``findings`` are all of the check, ``kept`` those that the filter means."""
        of_contact: dict[str | None, list[Finding]] = {}
        for one in findings:
            of_contact.setdefault(one.contact, []).append(one)
        found = Pattern(findings={"breach": 0, "review": 0, "cannot_tell": 0})
        for one in kept:
            found.findings[one.result] += 1
        if split is not None:
            found.before, found.after = Span(), Span()
        for row in self._rows:
            own = of_contact.get(row[0], [])
            if row[-1] is None or self._wanted.matches(row[-1], own):
                _count(found, row, _worst(own), split)
        _set_days(found, split, as_of)
        return found


_NO_CALL: Any = object()  # answered or not is asked of calls alone


def _worst(findings: list[Finding]) -> str | None:
    results = {one.result for one in findings}
    return "breach" if "breach" in results else "review" if "review" in results else None


def _count(found: Pattern, row: Row, worst: str | None, split: dt.date | None) -> None:
    _, day, hour, keys, answered, whom, direction, _ = row
    found.direction[direction] += 1
    found.total.add(worst)
    for name, key in zip(BY, (day, *keys), strict=True):
        counts = found.by[name]
        count = counts.get(key)
        if count is None:
            count = counts[key] = Count()
        count.add(worst)
    if hour is None:
        found.untimed += 1
    else:
        found.hours[day.weekday()][hour] += 1
    if answered is not _NO_CALL:
        found.answered[answered] += 1
    if whom is not None:
        found.to_whom[whom] = found.to_whom.get(whom, 0) + 1
    if split is not None:
        side = found.before if day < split else found.after
        assert side is not None
        side.count.add(worst)
        side.third_parties += whom is not None


def _set_days(found: Pattern, split: dt.date | None, as_of: dt.date) -> None:
    """From the first contact to the day before, and from the day itself to the day asked about."""
    if found.before is None or found.after is None or split is None:
        return
    days = found.days
    if days and days[0] < split:
        found.before.days = (min(split - ONE_DAY, as_of) - days[0]).days + 1
    found.after.days = max(0, (as_of - split).days + 1)


def grouped(counts: Mapping[dt.date, Count], most: int) -> tuple[str, list[tuple[dt.date, Count]]]:
    """Days, else weeks (by their Monday), else months (by their first): the finest of at most ``most`` steps.

    Steps in between that have no contact are there too, with nothing.
    """
    if not counts:
        return "day", []
    first, last = min(counts), max(counts)
    for name, start, following in _STEPS:
        steps = [start(first)]
        while steps[-1] < start(last) and len(steps) <= most:
            steps.append(following(steps[-1]))
        if len(steps) <= most or name == "month":
            break
    sums: dict[dt.date, Count] = {}
    for day, count in counts.items():
        total = sums.setdefault(start(day), Count())
        total.contacts += count.contacts
        total.breach += count.breach
        total.review += count.review
    steps = steps if len(steps) <= most else sorted(sums)
    return name, [(step, sums.get(step, Count())) for step in steps]


def _next_month(day: dt.date) -> dt.date:
    return (day.replace(day=28) + 4 * ONE_DAY).replace(day=1)


_STEPS: tuple[tuple[str, Any, Any], ...] = (
    ("day", lambda day: day, lambda day: day + ONE_DAY),
    ("week", lambda day: day - day.weekday() * ONE_DAY, lambda day: day + 7 * ONE_DAY),
    ("month", lambda day: day.replace(day=1), _next_month),
)
