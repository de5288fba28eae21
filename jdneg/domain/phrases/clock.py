"""The time of day in a phrase: 晚上9点半, 14:00, 9:30pm, 中午12点半, and which day it falls on.

A part of the day (晚上, 凌晨, morning) says how its hours are counted: the night belongs to the day it begins,
so 1点 of last night is 01:00 of the day after. An hour that does not fit its part (凌晨9点) is refused.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import cache

from jdneg.domain.phrases.numerals import NUM, number
from jdneg.values import dataclass

# part of day -> hours said: hours added; 24 and more is the next day
_DAWN = {**dict.fromkeys(range(7), 0), 12: -12}
_MORNING = dict.fromkeys(range(1, 12), 0)
_FORENOON = dict.fromkeys(range(1, 13), 0)
_NOON = {11: 0, 12: 0, 13: 0, 14: 0, 1: 12, 2: 12}
_AFTERNOON = {12: 0, **dict.fromkeys(range(1, 12), 12), **dict.fromkeys(range(13, 24), 0)}
_EVENING = {**dict.fromkeys(range(4, 12), 12), **dict.fromkeys(range(16, 24), 0)}
_NIGHT = {
    **dict.fromkeys(range(5), 24), **dict.fromkeys(range(5, 13), 12), **dict.fromkeys(range(17, 25), 0),
}  # fmt: skip
_DEEP_NIGHT = {
    **dict.fromkeys(range(6), 24), **dict.fromkeys(range(8, 13), 12), **dict.fromkeys(range(20, 25), 0),
}  # fmt: skip

PARTS: dict[str, dict[int, int]] = {
    "凌晨": _DAWN, "大清早": _MORNING, "清晨": _MORNING, "清早": _MORNING, "早上": _MORNING, "早晨": _MORNING,
    "早": _MORNING, "晨": _MORNING, "上午": _FORENOON, "中午": _NOON, "正午": _NOON, "午间": _NOON,
    "下午": _AFTERNOON, "午后": _AFTERNOON, "傍晚": _EVENING, "晚上": _NIGHT, "晚间": _NIGHT, "晚": _NIGHT,
    "深夜": _DEEP_NIGHT, "半夜": _DEEP_NIGHT, "午夜": _DEEP_NIGHT, "夜里": _DEEP_NIGHT, "夜间": _DEEP_NIGHT,
    "夜晚": _NIGHT, "夜": _DEEP_NIGHT,
    "morning": _MORNING, "afternoon": _AFTERNOON, "evening": _EVENING, "night": _NIGHT,
}  # fmt: skip

_WHOLE_DAY = dict.fromkeys(range(25), 0)


@dataclass(frozen=True, slots=True)
class Clock:
    """``days`` after the phrase's own day, at ``time``; ``time`` is None when only a part of day was named."""

    days: int
    time: dt.time | None


@cache
def _pattern() -> re.Pattern[str]:
    zh = "|".join(sorted((part for part in PARTS if not part.isascii()), key=len, reverse=True))
    en = "|".join(part for part in PARTS if part.isascii())
    return re.compile(
        rf"(?P<zh>{zh})?(?P<en>{en})?\s*(?:at\s+)?"
        r"(?:(?P<h>\d{1,2}):(?P<m>\d\d)(?::(?P<s>\d\d))?\s*(?P<half1>[ap])?(?(half1)\.?m\.?)"
        r"|(?P<h2>\d{1,2})\s*(?P<half2>[ap])\.?m\.?"
        rf"|(?P<h3>{NUM})[点时](?:(?P<half>半)|(?P<quarter>[一三13])刻|钟|整|(?P<m3>{NUM})(?:分(?:(?P<s3>{NUM})秒)?)?)?"
        r"|(?P<noon>noon)"
        r"|(?P<h4>\d{1,2}))?"
        rf"(?:\s*(?:in the|at)\s+(?P<tail>{en}))?",
        re.ASCII,
    )


def read_clock(text: str) -> Clock:
    """The time of day ``text`` says (lower case, NFKC); ValueError when it says none we accept."""
    match = _pattern().fullmatch(text)
    if match is None or not text:
        raise ValueError(text)
    part = match["zh"] or match["en"] or match["tail"]
    if match["en"] and match["tail"]:
        raise ValueError(text)
    if match["h4"] and not (match["en"] or match["tail"]):
        raise ValueError(text)  # a bare 9 could be morning or evening
    said = _said(match)
    return Clock(0, None) if said is None else _placed(*said, part, match["half1"] or match["half2"])


def _said(match: re.Match[str]) -> tuple[int, int, int] | None:
    if match["noon"]:
        return 12, 0, 0
    hour = match["h"] or match["h2"] or match["h3"] or match["h4"]
    if hour is None:
        return None
    minute, second = match["m"] or match["m3"] or "0", match["s"] or match["s3"] or "0"
    if match["half"]:
        minute = "30"
    if match["quarter"]:
        minute = "15" if match["quarter"] in "一1" else "45"
    return number(hour), number(minute), number(second)


def _placed(hour: int, minute: int, second: int, part: str | None, half: str | None) -> Clock:
    """The hour said, counted as its part of the day and am or pm count it."""
    hours = PARTS[part] if part else _WHOLE_DAY
    said = hour if half is None else _twelve(hour, half)
    if said not in hours:
        raise ValueError(f"hour {hour} of {part}")
    total = said + hours[said]
    if half and total % 24 != said:
        raise ValueError(f"{hour}{half}m of {part}")
    if said == 24 and (minute or second):
        raise ValueError("after 24:00")
    return Clock(total // 24, dt.time(total % 24, minute, second))


def _twelve(hour: int, half: str) -> int:
    if not 1 <= hour <= 12:
        raise ValueError(f"{hour}{half}m")
    return hour % 12 + (12 if half == "p" else 0)
