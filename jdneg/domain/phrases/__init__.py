"""When something happened, or is due, in the words people type. Chinese and English; what we cannot read is refused.

The grammar is a day (`days`), a time of day (`clock`) or both, or a span from now (`spans`). A phrase without a
time of day gives a date. Looking back, a bare time or weekday is the latest that is not in the future; looking
ahead, the next. Nothing is guessed: 9 without am, pm or a part of the day, or 3/4, is an error.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from jdneg.domain.dates import known_day
from jdneg.domain.phrases.clock import Clock, read_clock
from jdneg.domain.phrases.days import Around, Day, Prefer, no_such_day, read_day
from jdneg.domain.phrases.spans import parse_duration, read_span, shown_duration
from jdneg.domain.records.base import When
from jdneg.errors import BadTime, BeyondCalendar, DayWanted, FutureTime, NoSuchDay
from jdneg.values import dataclass

__all__ = ["Parsed", "parse_day", "parse_duration", "parse_moment", "shown_duration"]

LONGEST = 80
# A phone's clock and the computer's may differ a little.
FUTURE_AFTER = dt.timedelta(minutes=2)

_NOW = frozenset({"刚才", "刚刚", "现在", "此刻", "just now", "now", "right now"})


@dataclass(frozen=True, slots=True)
class Parsed:
    """``value`` is a date when no time of day was said, else an aware time in the zone asked for."""

    value: When
    approximate: bool


def parse_moment(text: str, now: dt.datetime, tz: dt.tzinfo, *, prefer: Prefer) -> Parsed:
    """Read ``text`` as seen at ``now`` (aware) by somebody in ``tz``.

    Raises BadTime for what we cannot read, NoSuchDay, BeyondCalendar for a year nobody means, and, when ``prefer``
    is past, FutureTime for what lies more than two minutes after ``now`` (a date: after today). A past day stays past
    when ``prefer`` is future; ``either`` is the past reading, unless that lies ahead.
    """
    if len(text) > LONGEST:
        raise BadTime(value=text[:LONGEST])
    plain, approximate = _plain(text)
    here = now.astimezone(tz)
    try:
        value = _read(plain, here, "past" if prefer == "either" else prefer)
        if prefer == "either" and _is_future(value, here):
            value = _read(plain, here, "future")
    except (ValueError, OverflowError, BeyondCalendar):
        raise (NoSuchDay if no_such_day(plain) else BadTime)(value=text) from None
    known_day(value, text)
    if prefer == "past" and _is_future(value, here):
        raise FutureTime(value=text, resolved=_shown(value))
    return Parsed(value, approximate)


def parse_day(text: str, now: dt.datetime, tz: dt.tzinfo, *, prefer: Prefer) -> dt.date:
    """The same for a day. A time of day is refused (DayWanted): it would be lost."""
    value = parse_moment(text, now, tz, prefer=prefer).value
    if isinstance(value, dt.datetime):
        raise DayWanted(value=text, day=value.date())
    return value


@cache
def _fixes() -> tuple[tuple[re.Pattern[str], str], ...]:
    table = (
        (r"[,\s]+", " "),
        (r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])", ""),
        (r"\btonight\b", "today night"),
        (r"\blast night\b", "yesterday night"),
        (r"\bthis (?=morning|afternoon|evening)", "today "),
    )
    return tuple((re.compile(pattern), to) for pattern, to in table)


# One of these stands in whatever `_about` finds.
_VAGUE = ("大约", "大概", "差不多", "约", "左右", "前后", "多", "about", "around", "approx", "roughly", "~")


@cache
def _about() -> re.Pattern[str]:
    return re.compile(
        r"大约|大概|差不多|约|左右|前后|(?<=[点半分])多钟?|\b(?:about|around|approximately|roughly|approx\b\.?)|~"
    )


def _plain(text: str) -> tuple[str, bool]:
    """One spelling for the parser, and whether a word said that it is only about right."""
    normal = unicodedata.normalize("NFKC", text).lower()
    exact, count = _about().subn(" ", normal) if any(word in normal for word in _VAGUE) else (normal, 0)
    exact = exact.strip()
    for pattern, to in _fixes():
        exact = pattern.sub(to, exact)
    return exact.strip(), count > 0


def _read(plain: str, here: dt.datetime, prefer: Prefer) -> When:
    if plain in _NOW:
        return here.replace(microsecond=0)
    stamped = _with_offset(plain) if plain[:4].isdigit() else None
    if stamped:
        return _same_zone(stamped, here)
    span = read_span(plain)
    if span is not None:
        return _same_zone(here.replace(microsecond=0).astimezone(dt.UTC) + span, here)
    for day, clock in _day_and_clock(plain, Around(here.date(), prefer)):
        return day.date if clock is None or clock.time is None else _at(day, clock, here, prefer)
    clock = read_clock(plain)
    if clock.time is None:
        raise ValueError(plain)
    return _at(Day(here.date(), every=1), clock, here, prefer)


def _with_offset(plain: str) -> dt.datetime | None:
    """A full ISO timestamp that carries its own offset."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d[t ]\d\d:\d\d(:\d\d(\.\d{1,6})?)? ?(z|[+-]\d\d:?\d\d)", plain, re.ASCII):
        return None
    return dt.datetime.fromisoformat(plain[:10] + "T" + plain[11:].replace(" ", "").upper())


def _same_zone(moment: dt.datetime, here: dt.datetime) -> dt.datetime:
    return moment.astimezone(here.tzinfo)


def _day_and_clock(plain: str, around: Around) -> Iterator[tuple[Day, Clock | None]]:
    """Every reading of the text as a day with or without a time, in either order."""
    for day, rest in read_day(plain, around):
        clock_text = re.sub(r"^(?:[ 的]|at\b|@)+", "", rest)
        if not clock_text:
            yield day, None
            continue
        try:
            yield day, read_clock(clock_text)
        except ValueError:
            continue
    for space in re.finditer(" (?:on )?", plain):
        for day, rest in read_day(plain[space.end() :], around):
            if not rest:
                try:
                    yield day, read_clock(plain[: space.start()].removeprefix("at "))
                except ValueError:
                    continue


def _at(day: Day, clock: Clock, here: dt.datetime, prefer: Prefer) -> dt.datetime:
    """The day's clock time; a day that may move goes to the nearest on the preferred side of now."""
    moment = _local(day.date + dt.timedelta(days=clock.days), clock, here)
    if not day.every:
        return moment
    step = dt.timedelta(days=day.every)
    # From beyond now towards it, so that the nearest is met first, and a night that spills over is not missed.
    date = day.date + dt.timedelta(days=clock.days) + (step if prefer == "past" else -step)
    while True:
        moment = _local(date, clock, here)
        if not _is_future(moment, here) if prefer == "past" else moment >= here:
            return moment
        date += -step if prefer == "past" else step


def _local(date: dt.date, clock: Clock, here: dt.datetime) -> dt.datetime:
    assert clock.time is not None
    moment = dt.datetime.combine(date, clock.time, here.tzinfo)
    if moment.astimezone(dt.UTC).astimezone(here.tzinfo).replace(tzinfo=None) != moment.replace(tzinfo=None):
        raise ValueError(f"{moment} is skipped by a clock change")
    return moment


def _is_future(value: When, here: dt.datetime) -> bool:
    if isinstance(value, dt.datetime):
        return value > here + FUTURE_AFTER
    return value > here.date()


def _shown(value: When) -> str:
    return value.isoformat(" ", "minutes") if isinstance(value, dt.datetime) else value.isoformat()
