"""The contact log as a list: numbers and names of private people are masked unless asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from heapq import nlargest
from itertools import count as counted

from jdneg.blocks import Paragraph, Table
from jdneg.domain.contacts import gap_days
from jdneg.domain.dates import first_moment
from jdneg.domain.evidence.marks import contact_marks
from jdneg.domain.ids import kind_of, number_of
from jdneg.domain.messages import hint
from jdneg.domain.paging import Page
from jdneg.domain.records.base import Stored
from jdneg.domain.records.contact import Contact
from jdneg.domain.redact import mask_list
from jdneg.i18n import t
from jdneg.result import Result
from jdneg.views.records import empty, rows_of
from jdneg.views.words import clip, label, minute, word


def contact_list(
    contacts: Iterable[Stored[Contact]], page: Page, words: Sequence[str] = (), *, reveal: bool
) -> Result:
    """In the order they happened. ``words`` are the filter's."""
    ordered, count = _newest(contacts, page)
    if not count and words:
        found = {"contacts": [], "count": 0, "filter": list(words)}
        return Result(found, (Paragraph(t("contact.none_match", filter=clip(" ".join(words), 120))),))
    if not count:
        return empty("contact.none", "contacts")
    shown = ordered if reveal else mask_list(ordered)
    masked = () if reveal or shown == ordered else (hint("app.masked"),)
    data = {"contacts": rows_of(shown), "count": count, "filter": list(words)}
    return Result(data, (_table(shown),), (*masked, *page.older(count)))


def _newest(contacts: Iterable[Stored[Contact]], page: Page) -> tuple[list[Stored[Contact]], int]:
    """The page in order, and how many there are; those that are older are not kept in memory."""
    if page.size is None:
        every = in_order(contacts)
        return every, len(every)
    seen = counted()
    kept = nlargest(page.size * page.number, (one for one in contacts if next(seen) >= 0), key=_by_time)
    return kept[page.size * (page.number - 1) :][::-1], next(seen)


def _table(shown: Sequence[Stored[Contact]]) -> Table:
    headers: tuple[str, ...] = ("id", "happened_at", "loan", "channel", "number", "agent", "said", "result", "marks")
    rows: tuple[tuple[str, ...], ...] = tuple((one.id, *_cells(one), _marks(one)) for one in shown)
    if not any(row[-1] for row in rows):  # nothing to mark: no column
        headers, rows = headers[:-1], tuple(row[:-1] for row in rows)
    return Table(tuple(label(name) for name in headers), rows)


def in_order(contacts: Iterable[Stored[Contact]]) -> list[Stored[Contact]]:
    """As they happened; in the same moment by id."""
    return sorted(contacts, key=_by_time)


def _by_time(one: Stored[Contact]) -> tuple[dt.datetime, int]:
    return first_moment(one.record.happened_at), number_of(one.id)


def _cells(stored: Stored[Contact]) -> tuple[str, ...]:
    contact = stored.record
    about = "~" if contact.approximate else ""
    channel = _channel(stored) + (f" ({t('word.mine')})" if contact.direction == "out" else "")
    return (
        about + minute(contact.happened_at), str(contact.loan or "-"), channel, contact.number or "-",
        contact.agent or contact.sender or "-", clip(contact.said or contact.i_said or contact.summary),
        clip(contact.result, 16) or "-",
    )  # fmt: skip


def _marks(stored: Stored[Contact]) -> str:
    """What must be known before a contact is relied on; that its time is about right stands before the time."""
    told = [t(f"contact.mark_{one}") for one in contact_marks(stored.record) if one not in ("approximate", "no_time")]
    told += [t("contact.mark_amended")] if stored.amended else []
    late = gap_days(stored)
    return ", ".join([*told, *([t("contact.mark_late", days=late)] if late > 0 else [])])


def _channel(stored: Stored[Contact]) -> str:
    """A letter that came as a message says so."""
    own = word(stored.record.channel)
    if kind_of(stored.id) != "letter" or stored.record.channel == "letter":
        return own
    return f"{word('letter')} ({own})"
