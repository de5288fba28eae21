"""The pattern's figures are the filter's own, whatever the filter and whatever the contacts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from jdneg.domain.conduct.check import check
from jdneg.domain.conduct.pattern import BY, Count, Pattern, Watcher, grouped
from jdneg.domain.conduct.world import World, make_world
from jdneg.domain.filters import parse_filter
from jdneg.domain.filters.picking import Picker, is_of_day
from jdneg.domain.records.base import Stored
from jdneg.domain.records.contact import Contact
from jdneg.domain.records.loan import Loan
from jdneg.storage.datafiles import rule_book, wording

ZONE = ZoneInfo("Asia/Shanghai")
NOW = dt.datetime(2026, 11, 21, 10, tzinfo=ZONE)
BOOK, LEXICON = rule_book(), wording()
LOAN = Stored("L1", Loan(lender="甲小贷", kind="microlender", principal=20000, start=dt.date(2026, 3, 10)), NOW)  # type: ignore[arg-type]

moments = st.one_of(
    st.dates(dt.date(2026, 10, 1), dt.date(2026, 11, 20)),
    st.datetimes(dt.datetime(2026, 10, 1), dt.datetime(2026, 11, 20)).map(lambda one: one.replace(tzinfo=ZONE)),
)
maybe = st.sampled_from([True, False, None])
contacts = st.builds(
    Contact,
    channel=st.sampled_from(["call", "call", "sms", "visit", "email"]), happened_at=moments,
    direction=st.sampled_from(["in", "in", "out", None]), loan=st.sampled_from(["L1", None]),
    number=st.sampled_from(["95118", "13800138000", None]), agent=st.sampled_from(["工号1", None]),
    agency=st.sampled_from(["甲公司", None]), to_whom=st.sampled_from(["me", "family", "employer", None]),
    answered=maybe, said=st.sampled_from(["再不还就打电话到你单位", "本期应还820元", None]),
    tags=st.sampled_from([(), ("夜间",)]),
)  # fmt: skip
journals = st.lists(contacts, max_size=25).map(
    lambda found: [Stored(f"C{n}", one, NOW) for n, one in enumerate(found, 1)]
)
filters = st.lists(
    st.sampled_from(["type:call", "number:95118", "after:2026-10-20", "finding:any", "finding:night", "finding:none", "-finding:breach", "to:family", "+夜间", "agency:甲", "lender:甲", "text:~单位"]),
    max_size=3, unique=True,
)  # fmt: skip


@dataclass(frozen=True)
class Again:
    """Contacts that go by those who watch each time they are read: the check may read them twice."""

    journal: list[Stored[Contact]]
    picker: Picker
    watcher: Watcher

    def __iter__(self) -> Iterator[Stored[Contact]]:
        return self.watcher.watch(self.picker.watch(self.journal))


def run(journal: list[Stored[Contact]], words: list[str], split: dt.date | None = None) -> tuple[Pattern, Any, Any]:
    """The pattern, what the check finds of everything, and the filter."""
    world: World = make_world([LOAN])
    wanted = parse_filter(words, NOW, ZONE, [LOAN])
    picker, watcher = Picker(wanted, world), Watcher(wanted, world)
    outcome = check(Again(journal, picker, watcher), world, BOOK, LEXICON)
    by_id = {one.id: one for one in journal}
    kept = picker.pick(
        outcome, {one.contact: by_id[one.contact] for one in outcome.findings if one.contact and is_of_day(one)}
    )
    return watcher.pattern(outcome.findings, kept.findings, split, NOW.date()), outcome, wanted


@given(journals, filters, st.dates(dt.date(2026, 9, 20), dt.date(2026, 11, 25)))
def test_every_figure_is_the_filters_own(journal: list[Stored[Contact]], words: list[str], split: dt.date) -> None:
    found, outcome, wanted = run(journal, words, split)
    own: dict[str, list[Any]] = {}
    for one in outcome.findings:
        own.setdefault(one.contact, []).append(one)
    meant = [one for one in journal if wanted.matches(one, own.get(one.id, ()))]
    assert found.total.contacts == len(meant)
    for name in BY:
        assert sum(one.contacts for one in found.by[name].values()) == len(meant), name
        assert sum(one.breach for one in found.by[name].values()) == found.total.breach, name
        assert sum(one.review for one in found.by[name].values()) == found.total.review, name
    assert sum(map(sum, found.hours)) + found.untimed == len(meant)
    assert sum(found.direction.values()) == len(meant)
    assert sum(found.answered.values()) == sum(one.record.channel == "call" for one in meant)
    assert sum(found.to_whom.values()) == sum(one.record.to_whom not in (None, "me") for one in meant)
    breach = {one.id for one in meant if any(each.result == "breach" for each in own.get(one.id, ()))}
    assert found.total.breach == len(breach)
    assert found.before is not None and found.after is not None
    assert found.before.count.contacts + found.after.count.contacts == len(meant)
    assert found.before.count.breach + found.after.count.breach == found.total.breach


@given(
    st.dictionaries(st.dates(dt.date(2020, 1, 1), dt.date(2027, 1, 1)), st.integers(1, 9), max_size=40),
    st.integers(5, 62),
)
def test_steps_of_time_lose_nothing(days: dict[dt.date, int], most: int) -> None:
    unit, steps = grouped({day: Count(n, n, 0) for day, n in days.items()}, most)
    assert sum(count.contacts for _, count in steps) == sum(days.values())
    assert [step for step, _ in steps] == sorted({step for step, _ in steps})
    assert unit == "month" or len(steps) <= most


def test_one_line_is_one_row_however_it_is_written() -> None:
    spelt = ("01000000001", "0100０００００01", "010-0000-0001", "+86 010 00000001", "01000000001x12")
    journal = [_call(n, number) for n, number in enumerate(spelt, 1)]
    found, _, _ = run(journal, ["number:01000000001"])
    assert found.total.contacts == 5 and {key: one.contacts for key, one in found.by["number"].items()} == {
        spelt[0]: 5
    }


def _call(n: int, number: str) -> Stored[Contact]:
    day = dt.date(2026, 11, 20)
    return Stored(f"C{n}", Contact(channel="call", happened_at=day, direction="in", number=number), NOW)


def test_the_hour_is_shanghais() -> None:
    from zoneinfo import ZoneInfo as Zone

    late = dt.datetime(2026, 11, 20, 15, 30, tzinfo=Zone("UTC"))  # 23:30 on that Friday in Shanghai
    found, _, _ = run([Stored("C1", Contact(channel="call", happened_at=late), NOW)], [])
    assert found.hours[4][23] == 1


def test_contacts_that_are_read_again_count_once() -> None:
    """A wish to be left alone makes the check read twice."""
    first = Contact(
        channel="call",
        happened_at=dt.date(2026, 10, 2),
        direction="in",
        to_whom="family",
        third_party="姐姐",
        i_said="请不要再联系我",
    )
    journal = [Stored(f"C{n}", first, NOW) for n in (1, 2)]
    watcher = Watcher(parse_filter([], NOW, ZONE), make_world())
    for _ in range(2):
        assert len(list(watcher.watch(journal))) == 2
    assert watcher.pattern((), (), None, NOW.date()).total.contacts == 2


def test_nothing_meant_is_nothing_counted() -> None:
    found, _, _ = run([], ["type:call"])
    assert found.total == Count() and found.days == [] and grouped(found.by["day"], 31) == ("day", [])


@pytest.mark.parametrize(
    ("split", "days"),
    [(dt.date(2026, 11, 1), (10, 21)), (dt.date(2026, 10, 1), (0, 52)), (dt.date(2026, 11, 22), (30, 0))],
)
def test_the_days_of_both_sides(split: dt.date, days: tuple[int, int]) -> None:
    """From the first contact (22 October) to the day before; from the day itself to today (21 November)."""
    journal = [Stored("C1", Contact(channel="call", happened_at=dt.date(2026, 10, 22)), NOW)]
    found, _, _ = run(journal, [], split)
    assert found.before is not None and found.after is not None
    assert (found.before.days, found.after.days) == days or (split > NOW.date() and found.before.days == 31)
