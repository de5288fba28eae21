"""Events as an iCalendar file (RFC 5545), for a person's own calendar.

A day is an all-day event, a moment a timed one on Shanghai's clock. Each event keeps its UID, so a calendar that
imports the file again changes what it has; ``SEQUENCE`` and ``DTSTAMP`` come from the journal, not from a clock, so
the same journal gives the same bytes.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable

from jdneg.domain.agenda.calendar import Event
from jdneg.domain.dates import SHANGHAI
from jdneg.errors import MissingExtra
from jdneg.i18n import language, say, t
from jdneg.values import dataclass

NINE = dt.timedelta(hours=9)


@dataclass(frozen=True, slots=True)
class Origin:
    """Whose events these are: ``mark`` tells this journal from others, ``revision`` grows with every entry of it,
    made at ``stamp``."""

    mark: str
    revision: int
    stamp: dt.datetime


def to_ics(events: Iterable[Event], origin: Origin, *, discreet: bool = False) -> bytes:
    """The whole file, CRLF and folded. ``discreet``: no lender, no amount, nobody's words. MissingExtra."""
    try:
        from icalendar import Calendar
    except ImportError as error:
        raise MissingExtra(extra="calendar", library="icalendar") from error

    calendar = Calendar()
    calendar.add("prodid", f"-//jdneg//{language().upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", t("ics.plain_name" if discreet else "ics.name"))
    for one in events:
        calendar.add_component(_event(one, origin, discreet))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(one: Event, origin: Origin, discreet: bool):  # type: ignore[no-untyped-def]
    from icalendar import Event as Component

    found = Component()
    found.add("uid", f"{one.key.lower()}@{origin.mark}.jdneg.invalid")
    found.add("dtstamp", origin.stamp.astimezone(dt.UTC))
    found.add("sequence", origin.revision)
    found.add("dtstart", one.at.astimezone(SHANGHAI) if isinstance(one.at, dt.datetime) else one.at)
    found.add("summary", clean(say(one.plain if discreet else one.title)))
    if not discreet:
        found.add("description", clean(say(one.about)))
    found.add("class", "PRIVATE")
    found.add("transp", "TRANSPARENT")
    found.add("status", "CANCELLED" if one.cancelled else "CONFIRMED")
    for days in () if one.cancelled else one.remind:
        found.add_component(_alarm(one, days, discreet))
    return found


def _alarm(one: Event, days: int, discreet: bool):  # type: ignore[no-untyped-def]
    """At nine in the morning, so many days before; an hour before a moment."""
    from icalendar import Alarm

    timed = isinstance(one.at, dt.datetime)
    before = dt.timedelta(hours=-1) if timed else NINE - dt.timedelta(days=days)
    found = Alarm()
    found.add("action", "DISPLAY")
    found.add("description", clean(say(one.plain if discreet else one.title)))
    found.add("trigger", before)
    return found


def clean(text: str) -> str:
    """A text as iCalendar may carry it: without control characters but line breaks, and without broken halves."""
    kept = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(char for char in kept if char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cs"))
