"""Pages of a list that ends with the newest: together they are the list, each row once."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, strategies as st

from jdneg.domain.paging import Page
from jdneg.domain.records.base import Stored
from jdneg.domain.records.contact import Contact
from jdneg.views.contacts import contact_list

DAY = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


@given(st.integers(0, 40), st.integers(1, 9))
def test_the_pages_are_the_list(count: int, size: int) -> None:
    rows, found = list(range(count)), list[int]()
    for number in range(1, count // size + 2):
        page = Page(size, number)
        found = [*page.of(rows), *found]
        left = count - size * number
        assert [one.facts for one in page.older(count)] == ([{"count": left, "page": number + 1}] if left > 0 else [])
    assert found == rows and list(Page().of(rows)) == rows and Page().older(count) == ()
    assert list(Page(size, count + 2).of(rows)) == []


@given(st.integers(1, 30), st.integers(1, 7), st.integers(1, 6))
def test_contacts_are_paged_alike(count: int, size: int, number: int) -> None:
    made = [
        Stored(f"C{n}", Contact(channel="call", happened_at=DAY + dt.timedelta(hours=7 * n % count)), DAY)
        for n in range(1, count + 1)
    ]
    ordered = sorted(made, key=lambda one: (one.record.happened_at, int(one.id[1:])))
    shown = contact_list(iter(made), Page(size, number), reveal=True).data
    assert [one["id"] for one in shown["contacts"]] == [one.id for one in Page(size, number).of(ordered)]  # type: ignore[attr-defined]
    assert shown["count"] == count
