"""Telephone numbers as mainland phones show them: one spelling, what kind it is, whether two are the same.

Written by hand: libraries do not know 95118, 12378 or 106 senders.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Literal

PhoneKind = Literal["mobile", "landline", "service", "short", "sender", "overseas", "hidden", "unknown"]

# "-1" and "-2" are Android's codes for an unknown and a private caller.
_HIDDEN = frozenset({
    "", "-1", "-2", "-3", "unknown", "(unknown)", "private", "privatenumber", "withheld", "anonymous", "payphone",
    "未知", "未知号码", "私人号码", "匿名", "隐藏号码", "无号码", "无法显示",
})  # fmt: skip

_EXTENSION = re.compile(r"(?:转|分机|ext\.?|x|,)(\d{1,6})$")
_KINDS: tuple[tuple[PhoneKind, str], ...] = (
    ("overseas", r"\+\d{5,15}"),
    ("mobile", r"1[3-9]\d{9}"),
    ("service", r"[48]00\d{7}"),
    ("sender", r"106\d{5,17}"),
    ("short", r"9[56]\d{3,6}|1[12]\d{1,4}|10[01]\d{2,5}"),
    ("landline", r"0(?:10|2\d|[3-9]\d{2})[1-9]\d{6,7}|[2-8]\d{6,7}"),
)
_AREA_BEFORE_SHORT = re.compile(r"0(?:10|2\d|[3-9]\d{2})(9[56]\d{3}|12\d{3})")
_LANDLINE_WITHOUT_ZERO = re.compile(r"(?:10|2\d)\d{8}|[3-9]\d{2}\d{7,8}")


def normalise(number: str | None) -> str:
    """One spelling: digits without +86, spaces and dashes; ``+`` kept for overseas; ``x12`` for an extension.

    Empty for a hidden number. What is no number (a sender's name, ``138****0000``) comes back in small letters.
    """
    bare = re.sub(r"[\s()（）.\-–—_]", "", unicodedata.normalize("NFKC", number or "").lower())
    plain = unicodedata.normalize("NFKC", bare)  # what a space held apart may join now
    if (number or "").strip().lower() in _HIDDEN or plain in _HIDDEN:
        return ""
    extension = _EXTENSION.search(plain)
    base = _base(plain[: extension.start()] if extension else plain)
    return f"{base}x{extension[1]}" if extension else base


def _base(plain: str) -> str:
    abroad = re.fullmatch(r"(?:\+|00)(\d+)", plain)
    if abroad and not abroad[1].startswith("86"):
        return f"+{abroad[1]}"
    digits = abroad[1].removeprefix("86") if abroad else plain
    if not abroad and re.fullmatch(r"861[3-9]\d{9}", digits):
        digits = digits.removeprefix("86")
    if abroad and _kind(digits) == "unknown" and _LANDLINE_WITHOUT_ZERO.fullmatch(digits):
        digits = f"0{digits}"
    short = _AREA_BEFORE_SHORT.fullmatch(digits)
    return short[1] if short else digits


@lru_cache(4096)
def line_of(number: str | None) -> str:
    """The line a number names, in one spelling and without its extension: what `same_number` holds for one."""
    return normalise(number).partition("x")[0]


def classify(number: str | None) -> PhoneKind:
    """mobile, landline, service (400/800), short (95118, 12378), sender (106…), overseas, hidden or unknown."""
    plain = normalise(number)
    return _kind(plain.partition("x")[0]) if plain else "hidden"


@cache
def _patterns() -> tuple[tuple[PhoneKind, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(pattern, re.ASCII)) for kind, pattern in _KINDS)


def _kind(base: str) -> PhoneKind:
    return next((kind for kind, pattern in _patterns() if pattern.fullmatch(base)), "unknown")


def is_official_looking(number: str | None) -> bool:
    """Whether the number is of a kind only organisations hold. It says nothing of who is calling."""
    return classify(number) in ("service", "short", "sender")


def same_number(one: str | None, other: str | None) -> bool:
    """Whether both name the same line; hidden and masked numbers equal nothing, an extension may be missing."""
    first, second = normalise(one), normalise(other)
    if not first or not second or "*" in first + second:
        return False
    if first == second:
        return True
    bases = first.partition("x"), second.partition("x")
    return bases[0][0] == bases[1][0] and "" in (bases[0][2], bases[1][2])
