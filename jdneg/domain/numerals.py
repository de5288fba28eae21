"""Whole numbers in Chinese words, as people write sums of money: 三千, 一万五千, 两百, 壹万陆仟.

Only what is written in full is read: 一万二 may mean 12,000 or 10,002, so it is no number here.
"""

from __future__ import annotations

import re

_CAPITALS = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟两〇", "一二三四五六七八九十百千二零")
_DIGITS = "零一二三四五六七八九"
_SIZES = {"千": 1000, "百": 100, "十": 10}


def whole_number(text: str) -> int | None:
    """The number that ``text`` writes in full; None where it is none, or could be another."""
    plain = text.translate(_CAPITALS)
    plain = f"一{plain}" if plain.startswith("十") else plain
    if not re.fullmatch(rf"[{_DIGITS}十百千万亿]+", plain):
        return None
    number = _sum(plain)
    return number if number and _in_full(number) == plain else None


def _sum(plain: str) -> int:
    for unit, size in (("亿", 10**8), ("万", 10**4)):
        head, found, rest = plain.partition(unit)
        if found:
            return _sum(head) * size + _sum(rest)
    pairs = re.findall(rf"([{_DIGITS}])([千百十]?)", plain)
    return sum(_DIGITS.index(digit) * _SIZES.get(unit, 1) for digit, unit in pairs)


def _in_full(number: int) -> str:
    """As bills write it, in everyday signs."""
    from jdneg.domain.capitals import whole  # noqa: PLC0415 -- it needs money, which reads by us

    return whole(number).translate(_CAPITALS)
