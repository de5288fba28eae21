"""Whole numbers in Chinese words: 三千, 一万五千, 两百 as people write sums, 壹万陆仟 as bills write them.

Only what is written in full is read: 一万二 may mean 12,000 or 10,002, so it is no number here.
"""

from __future__ import annotations

import re

CAPITAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ((1000, "仟"), (100, "佰"), (10, "拾"), (1, ""))
_DIGITS = "零一二三四五六七八九"
_SIZES = {"千": 1000, "百": 100, "十": 10}
_PLAIN = str.maketrans(f"{CAPITAL_DIGITS}拾佰仟两〇", f"{_DIGITS}十百千二零")


def whole_number(text: str) -> int | None:
    """The number that ``text`` writes in full; None where it is none, or could be another."""
    plain = text.translate(_PLAIN)
    plain = f"一{plain}" if plain.startswith("十") else plain
    if not re.fullmatch(rf"[{_DIGITS}十百千万亿]+", plain):
        return None
    number = _sum(plain)
    return number if number and in_capitals(number).translate(_PLAIN) == plain else None


def _sum(plain: str) -> int:
    for unit, size in (("亿", 10**8), ("万", 10**4)):
        head, found, rest = plain.partition(unit)
        if found:
            return _sum(head) * size + _sum(rest)
    pairs = re.findall(rf"([{_DIGITS}])([千百十]?)", plain)
    return sum(_DIGITS.index(digit) * _SIZES.get(unit, 1) for digit, unit in pairs)


def in_capitals(number: int) -> str:
    """A positive whole number; 亿 and 万 split it, and a group that lacks its leading digit gets 零."""
    for size, unit in ((10**8, "亿"), (10**4, "万")):
        if number >= size:
            head, rest = divmod(number, size)
            gap = "零" if rest and rest < size // 10 else ""
            return f"{in_capitals(head)}{unit}{gap}{in_capitals(rest) if rest else ''}"
    return _group(number)


def _group(number: int) -> str:
    out, gap = "", False
    for size, unit in _PLACES:
        digit = number // size % 10
        if digit:
            out += ("零" if gap and out else "") + CAPITAL_DIGITS[digit] + unit
        gap = digit == 0
    return out
