"""The times a filter names, as half-open periods; days are Asia/Shanghai's, as every count's.

``after:`` takes the named day in, ``before:`` does not: after:2026-11-01 before:2026-12-01 is November. A contact
whose time of day is not known is taken along where its day could fall in.
"""

from __future__ import annotations

import datetime as dt
import re

from jdneg.domain.dates import ONE_DAY, first_moment, month_step
from jdneg.domain.filters.terms import ContactTest
from jdneg.domain.phrases import parse_moment
from jdneg.domain.records.base import When
from jdneg.errors import BadTime
from jdneg.values import dataclass

_UNITS = {"d": "day", "天": "day", "w": "week", "周": "week", "m": "month", "月": "month", "y": "year", "年": "year"}
_SPAN = re.compile(r"([+-])(\d{1,4})(d|w|m|y|天|周|个?月|年)", re.ASCII)
_MONTH = re.compile(r"(\d{4})(?:-(\d{1,2})|年(\d{1,2})月|年)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Period:
    """From ``start`` until just before ``end``, both aware."""

    start: dt.datetime
    end: dt.datetime


def read_period(text: str, now: dt.datetime, zone: dt.tzinfo) -> Period:
    """``-30d``, ``2026-11``, ``2026``, a day or a moment in words, ``2026-11-01..2026-11-15`` (both days in).

    Raises BadTime.
    """
    first, dots, last = text.partition("..")
    start = _period(first.strip(), now, zone)
    end = _period(last.strip(), now, zone) if dots else start
    if end.end < start.start:
        raise BadTime(value=text)
    return Period(start.start, end.end)


def _period(text: str, now: dt.datetime, zone: dt.tzinfo) -> Period:
    span = _SPAN.fullmatch(text.lower())
    month = _MONTH.fullmatch(text)
    try:
        if span:
            return _day(_moved(now.astimezone(zone).date(), span))
        if month:
            return _months(month)
    except (ValueError, OverflowError):
        raise BadTime(value=text) from None
    return _of(_moment(text, now, zone))


def _moved(today: dt.date, span: re.Match[str]) -> dt.date:
    count, unit = int(span[1] + span[2]), _UNITS[span[3][-1]]
    if unit in ("month", "year"):
        return month_step(today, count * (12 if unit == "year" else 1))
    return today + count * (7 if unit == "week" else 1) * ONE_DAY


def _months(match: re.Match[str]) -> Period:
    """A whole month, or a whole year."""
    number = match[2] or match[3]
    first = dt.date(int(match[1]), int(number or 1), 1)
    return Period(first_moment(first), first_moment(month_step(first, 1 if number else 12)))


def _moment(text: str, now: dt.datetime, zone: dt.tzinfo) -> When:
    return parse_moment(text, now, zone, prefer="either").value  # a filter may ask for what is to come


def _of(when: When) -> Period:
    if isinstance(when, dt.datetime):
        return Period(when, when + dt.timedelta(minutes=1))
    return _day(when)


def _day(day: dt.date) -> Period:
    return Period(first_moment(day), first_moment(day + ONE_DAY))


def after(period: Period) -> ContactTest:
    return lambda stored: _last(stored.record.happened_at) >= period.start


def before(period: Period) -> ContactTest:
    return lambda stored: first_moment(stored.record.happened_at) < period.start


def within(period: Period) -> ContactTest:
    def test(stored: object) -> bool:
        when: When = stored.record.happened_at  # type: ignore[attr-defined]
        return first_moment(when) < period.end and _last(when) >= period.start

    return test


def _last(when: When) -> dt.datetime:
    """The latest it can have been."""
    return when if isinstance(when, dt.datetime) else first_moment(when + ONE_DAY) - dt.timedelta(microseconds=1)
