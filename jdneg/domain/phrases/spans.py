"""Lengths of time: how long a call was (3分12秒), and how long ago it began (半小时前, 2 hours ago)."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from functools import cache

from jdneg.domain.phrases.numerals import NUM, number
from jdneg.errors import BadDuration


@cache
def _duration() -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?P<h>{NUM})(?:h|hrs?|hours?|时|个?小时))?"
        rf"(?:(?P<m>{NUM})(?:m|mins?|minutes?|分钟?))?"
        rf"(?:(?P<s>{NUM})(?:s|secs?|seconds?|秒钟?))?"
        r"|(?P<bare>[0-9]{1,6})"
        r"|(?P<ch>[0-9]{1,2}):(?P<cm>[0-5][0-9]):(?P<cs>[0-5][0-9])",
        re.ASCII,
    )


def parse_duration(text: str) -> int:
    """Seconds in ``3m12s``, ``3分12秒``, ``1小时2分``, ``0:03:12`` or ``90`` (seconds). Raises BadDuration.

    ``3:12`` is refused: it could be minutes or hours.
    """
    plain = re.sub(r"(?<=\d) (?=\D)|(?<=\D) (?=\d)", "", unicodedata.normalize("NFKC", text).strip().lower())
    match = _duration().fullmatch(plain)
    if not plain or match is None:
        raise BadDuration(value=text)
    if match["bare"]:
        return int(match["bare"])
    parts = (match["h"] or match["ch"], match["m"] or match["cm"], match["s"] or match["cs"])
    try:
        hours, minutes, seconds = (number(part or "0") for part in parts)
    except ValueError:
        raise BadDuration(value=text) from None
    return hours * 3600 + minutes * 60 + seconds


def shown_duration(seconds: int) -> str:
    """``3m12s``, as it may be typed."""
    hours, rest = divmod(seconds, 3600)
    parts = ((hours, "h"), (rest // 60, "m"), (rest % 60, "s"))
    return "".join(f"{number}{unit}" for number, unit in parts if number) or "0s"


@cache
def _span() -> re.Pattern[str]:
    zh = (
        rf"(?:(?P<zh_half>半)个?(?:小时|钟头)|(?P<zh_quarter>[一三])刻钟"
        rf"|(?:(?P<zh_h>{NUM})个?(?P<and_half>半)?(?:小时|钟头))?(?:(?P<zh_m>{NUM})分钟?)?(?:(?P<zh_s>{NUM})秒钟?)?)"
        r"[之以]?(?P<zh_way>[前后])"
    )
    en = (
        r"(?P<ahead>in )?(?:(?P<en_half>half an hour)|(?P<en_n>\d{1,4}|an?|one|two|three) "
        r"(?P<en_unit>hours?|hrs?|minutes?|mins?|seconds?|secs?))(?P<ago> ago)?"
    )
    return re.compile(f"{zh}|{en}", re.ASCII)


_EN_SECONDS = {"h": 3600, "m": 60, "s": 1}
_EN_COUNT = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3}


def read_span(text: str) -> dt.timedelta | None:
    """How far from now ``text`` lies, negative for the past; None when it does not say. ValueError: bad number."""
    if not text.endswith(("前", "后", " ago")) and not text.startswith("in "):
        return None  # most times typed are no span: their pattern is not worth making
    match = _span().fullmatch(text)
    if match is None:
        return None
    if match["zh_way"]:
        return _zh_seconds(match) * (-1 if match["zh_way"] == "前" else 1)
    if bool(match["ahead"]) == bool(match["ago"]):
        return None
    seconds = 1800 if match["en_half"] else _en_seconds(match)
    return dt.timedelta(seconds=-seconds if match["ago"] else seconds)


def _zh_seconds(match: re.Match[str]) -> dt.timedelta:
    if match["zh_half"]:
        return dt.timedelta(minutes=30)
    if match["zh_quarter"]:
        return dt.timedelta(minutes=15 if match["zh_quarter"] == "一" else 45)
    if not (match["zh_h"] or match["zh_m"] or match["zh_s"]):
        raise ValueError(match[0])
    hours, minutes, seconds = (number(match[name] or "0") for name in ("zh_h", "zh_m", "zh_s"))
    return dt.timedelta(hours=hours, minutes=minutes + (30 if match["and_half"] else 0), seconds=seconds)


def _en_seconds(match: re.Match[str]) -> int:
    return (_EN_COUNT.get(match["en_n"]) or int(match["en_n"])) * _EN_SECONDS[match["en_unit"][0]]
