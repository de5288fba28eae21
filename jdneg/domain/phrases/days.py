"""The day in a phrase: 2026年11月20日, 20日, 昨, 前天, 上周五, 三天前, last friday, 3 days ago.

A year or a month left out is the nearest that is not after today (or not before it, looking ahead). 上周五 is
Friday of the week before this one (weeks begin on Monday); "last friday" is the latest Friday before today.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Literal

from jdneg.domain.dates import ONE_DAY, month_step
from jdneg.domain.phrases.numerals import NUM, YEAR, number, year_number
from jdneg.values import dataclass

Prefer = Literal["past", "future", "either"]


@dataclass(frozen=True, slots=True)
class Day:
    """A day; ``every`` is the step in days by which the clock time may move it (7 for a bare weekday)."""

    date: dt.date
    every: int = 0


@dataclass(frozen=True, slots=True)
class Around:
    """What a day is read against."""

    today: dt.date
    prefer: Prefer


Reader = Callable[[re.Match[str], Around], Day]

_ZH_WEEKDAYS = dict(zip("一二三四五六日天123456", (0, 1, 2, 3, 4, 5, 6, 6, 0, 1, 2, 3, 4, 5), strict=True))
_EN_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_EN_WEEKDAY = (
    r"mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs?(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?"
)
_DAYS_AWAY = {
    "大前天": -3, "前天": -2, "前日": -2, "前": -2, "昨天": -1, "昨日": -1, "昨": -1,
    "今天": 0, "今日": 0, "今": 0, "当天": 0, "明天": 1, "明日": 1, "明": 1, "后天": 2, "大后天": 3,
    "the day before yesterday": -2, "day before yesterday": -2, "yesterday": -1, "today": 0, "tomorrow": 1,
    "the day after tomorrow": 2, "day after tomorrow": 2,
}  # fmt: skip
_WEEKS_AWAY = {"上上": -2, "上": -1, "这": 0, "本": 0, "下": 1, "下下": 2}
_YEARS_AWAY = {"前年": -2, "去年": -1, "今年": 0, "明年": 1}
_MONTHS_AWAY = {"上": -1, "本": 0, "这": 0, "当": 0, "下": 1}
_UNITS_AHEAD = {
    "d": "day", "w": "week", "m": "month", "y": "year", "天": "day", "日": "day", "周": "week", "月": "month",
    "年": "year",
}  # fmt: skip
_COUNT = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}


def read_day(text: str, around: Around) -> Iterator[tuple[Day, str]]:
    """Each way the beginning of ``text`` names a day, with the rest of the text."""
    for pattern, reader in _english() if text.isascii() else (*_chinese(), *_english()):
        # Compiled as they are come to (re keeps them): a log-call needs one or two of them.
        match = re.compile(pattern, re.ASCII).match(text)
        if match:
            try:
                yield reader(match, around), text[match.end() :]
            except (ValueError, OverflowError):
                continue  # 2月30日: no such day


def no_such_day(text: str) -> bool:
    """Whether it begins as a date that no calendar has: 2月30日."""
    around = Around(_ANY_DAY, "past")
    for pattern, reader in (*_chinese(), *_english()):
        match = re.compile(pattern, re.ASCII).match(text) if reader in _DATED else None
        if match:
            try:
                reader(match, around)
            except (ValueError, OverflowError):
                return True
    return False


@cache
def _chinese() -> tuple[tuple[str, Reader], ...]:
    return (
        (r"((?:大前|前|昨|今|明|大后|后|当)天|[前昨今明]日|[前昨今明](?=[早晨晚夜]))", _days_away),
        (rf"(?:({YEAR})年|(前年|去年|今年|明年))({NUM})月({NUM})[日号]", _year_month_day),
        (rf"({NUM})月({NUM})[日号]", _month_day),
        (rf"([上本这当下])个?月({NUM})[日号]", _that_month_day),
        (rf"({NUM})[日号](?!前)", _day_of_month),
        (r"(上上|下下|上|下|这|本)?个?(?:周|星期|礼拜)([一二三四五六日天1-6])", _zh_weekday),
        (rf"({NUM})个?(天|周|星期|礼拜|个月|年)[之以]?([前后])", _zh_count),
        (r"\+(\d{1,4})个?(天|日|周|月|年)", _ahead),
    )


@cache
def _english() -> tuple[tuple[str, Reader], ...]:
    count = "|".join(_COUNT)
    ordinal = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?"
    return (
        (r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)(?:t(?=\d\d:))?", _iso),
        (r"(\d\d)-(\d\d)(?= \d\d?:\d\d)", _month_day),
        (r"\+(\d{1,4}) ?([dwmy])\b", _ahead),
        (r"((?:the )?day before yesterday|(?:the )?day after tomorrow|yesterday|today|tomorrow)\b", _days_away),
        (rf"(?:on )?(?:(last|next|this) )?({_EN_WEEKDAY})\b", _en_weekday),
        (rf"(?P<n>\d{{1,4}}|{count}) (?P<unit>day|week|month|year)s? (?P<ago>ago)\b", _en_count),
        (rf"in (?P<n>\d{{1,4}}|{count}) (?P<unit>day|week|month|year)s?\b(?P<ago>)", _en_count),
        (rf"(?:on )?{ordinal} (?P<m>{_MONTH})\b\.?(?: (?P<y>\d{{4}}))?(?!\d)", _named_month),
        (rf"(?:on )?(?P<m>{_MONTH})\b\.? {ordinal}(?: (?P<y>\d{{4}}))?(?![\d:])", _named_month),
    )


def _iso(match: re.Match[str], _: Around) -> Day:
    return Day(dt.date(int(match[1]), int(match[3]), int(match[4])))


def _year_month_day(match: re.Match[str], around: Around) -> Day:
    year = year_number(match[1]) if match[1] else around.today.year + _YEARS_AWAY[match[2]]
    return Day(dt.date(year, number(match[3]), number(match[4])))


def _month_day(match: re.Match[str], around: Around) -> Day:
    return Day(_nearest_year(number(match[1]), number(match[2]), around))


def _named_month(match: re.Match[str], around: Around) -> Day:
    month, day = _MONTHS.index(match["m"][:3]) + 1, int(match["d"])
    return Day(dt.date(int(match["y"]), month, day) if match["y"] else _nearest_year(month, day, around))


def _nearest_year(month: int, day: int, around: Around) -> dt.date:
    sign = -1 if around.prefer == "past" else 1
    for step in range(9):  # 29 February may be eight years away
        found = _date_or_none(around.today.year + sign * step, month, day)
        if found and (found - around.today).days * sign >= 0:
            return found
    raise ValueError(f"{month}-{day}")


def _day_of_month(match: re.Match[str], around: Around) -> Day:
    sign, first = (-1 if around.prefer == "past" else 1), around.today.replace(day=1)
    for step in range(3):
        month = month_step(first, sign * step)
        found = _date_or_none(month.year, month.month, number(match[1]))
        if found and (found - around.today).days * sign >= 0:
            return Day(found)
    raise ValueError(match[0])


def _date_or_none(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _that_month_day(match: re.Match[str], around: Around) -> Day:
    month = month_step(around.today.replace(day=1), _MONTHS_AWAY[match[1]])
    return Day(month.replace(day=number(match[2])))


def _days_away(match: re.Match[str], around: Around) -> Day:
    return Day(around.today + _DAYS_AWAY[match[1]] * ONE_DAY)


def _zh_weekday(match: re.Match[str], around: Around) -> Day:
    weekday = _ZH_WEEKDAYS[match[2]]
    if match[1] is None:
        return _bare_weekday(weekday, around)
    monday = around.today - around.today.weekday() * ONE_DAY
    return Day(monday + (_WEEKS_AWAY[match[1]] * 7 + weekday) * ONE_DAY)


def _en_weekday(match: re.Match[str], around: Around) -> Day:
    weekday, today = _EN_WEEKDAYS.index(match[2][:3]), around.today
    if match[1] == "last":
        return Day(today - ((today.weekday() - weekday - 1) % 7 + 1) * ONE_DAY)
    if match[1] == "next":
        return Day(today + ((weekday - today.weekday() - 1) % 7 + 1) * ONE_DAY)
    if match[1] == "this":
        return Day(today + (weekday - today.weekday()) * ONE_DAY)
    return _bare_weekday(weekday, around)


def _bare_weekday(weekday: int, around: Around) -> Day:
    back, ahead = (around.today.weekday() - weekday) % 7, (weekday - around.today.weekday()) % 7
    return Day(around.today + (-back if around.prefer == "past" else ahead) * ONE_DAY, every=7)


_ZH_UNITS = {"天": "day", "周": "week", "星期": "week", "礼拜": "week", "个月": "month", "年": "year"}


def _zh_count(match: re.Match[str], around: Around) -> Day:
    count = number(match[1]) * (-1 if match[3] == "前" else 1)
    return Day(_moved(around.today, _ZH_UNITS[match[2]], count))


def _en_count(match: re.Match[str], around: Around) -> Day:
    count = _COUNT.get(match["n"]) or int(match["n"])
    return Day(_moved(around.today, match["unit"], -count if match["ago"] else count))


def _ahead(match: re.Match[str], around: Around) -> Day:
    """+7d, +7天."""
    return Day(_moved(around.today, _UNITS_AHEAD[match[2]], int(match[1])))


def _moved(day: dt.date, unit: str, count: int) -> dt.date:
    if unit in ("month", "year"):
        return month_step(day, count * (12 if unit == "year" else 1))
    return day + count * (7 if unit == "week" else 1) * ONE_DAY


_ANY_DAY = dt.date(2000, 1, 1)
_DATED = (_iso, _year_month_day, _month_day, _named_month, _day_of_month)
