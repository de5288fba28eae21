"""What a contact's own facts rule out, and how it stands beside the others of its day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from jdneg.domain.dates import shanghai_day
from jdneg.domain.phones import same_number
from jdneg.domain.records.base import Stored
from jdneg.domain.records.contact import Contact
from jdneg.errors import DatesOutOfOrder, TimesDisagree

# A clock read to the minute is up to that far off, at the beginning and at the end.
_TO_THE_MINUTE = 120


def check_contact(contact: Contact) -> None:
    """Raises DatesOutOfOrder for one that ends before it begins, TimesDisagree for one whose length is another."""
    begins, ends = contact.happened_at, contact.ended_at
    if ends is None:
        return
    early = ends < begins if isinstance(begins, dt.datetime) else shanghai_day(ends) < begins
    if early:
        raise DatesOutOfOrder(first="--at", second="--until", start=begins.isoformat(), end=ends.isoformat())
    lasted = contact.duration_seconds
    if lasted is None or contact.approximate or not isinstance(begins, dt.datetime):
        return
    between = int((ends - begins).total_seconds())
    if abs(between - lasted) > _TO_THE_MINUTE:
        raise TimesDisagree(start=begins.isoformat(), end=ends.isoformat(), between=between, lasted=lasted)


def overlapping(contact: Stored[Contact], others: Iterable[Stored[Contact]]) -> list[str]:
    """The calls of the same number that were going on at the same time: one line cannot hold two.

    Calls that begin in the same minute and say no length are two short ones, not one that is doubled.
    """
    mine = _span(contact.record)
    if mine is None or contact.record.channel != "call":
        return []
    return [
        one.id for one in others
        if one.id != contact.id and one.record.channel == "call"
        and same_number(one.record.number, contact.record.number) and _meet(mine, _span(one.record))
    ]  # fmt: skip


Span = tuple[dt.datetime, dt.datetime]


def _span(contact: Contact) -> Span | None:
    """From when to when; a call of unknown length is a moment."""
    begins = contact.happened_at
    if not isinstance(begins, dt.datetime):
        return None
    if contact.ended_at is not None:
        return begins, contact.ended_at
    return begins, begins + dt.timedelta(seconds=contact.duration_seconds or 0)


def _meet(one: Span, other: Span | None) -> bool:
    return (other is not None and max(one[0], other[0]) < min(one[1], other[1])) or _inside(one, other)


def _inside(one: Span, other: Span | None) -> bool:
    """A moment within the other's time, its ends left out."""
    if other is None:
        return False
    return one[0] < other[0] == other[1] < one[1] or other[0] < one[0] == one[1] < other[1]


def gap_days(stored: Stored[Contact]) -> int:
    """How many days after it happened it was written down."""
    return (shanghai_day(stored.recorded_at) - shanghai_day(stored.record.happened_at)).days
