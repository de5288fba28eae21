"""An amount in the capital numerals of Chinese bills: ``16480.55`` is 壹万陆仟肆佰捌拾元伍角伍分.

By the People's Bank's rules for filling in bills: 整 ends an amount in whole yuan, 零 stands for a gap.
Where the rules leave 零 and 整 to the writer (after 角, before 角) they are left out.
"""

from __future__ import annotations

from decimal import Decimal

from jdneg.domain.money import money
from jdneg.errors import NegativeAmount

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ((1000, "仟"), (100, "佰"), (10, "拾"), (1, ""))


def capitals(amount: Decimal) -> str:
    """``人民币…元…角…分`` for an amount of yuan to the fen; NegativeAmount below zero."""
    exact = money(amount)
    if exact < 0:
        raise NegativeAmount(value=amount)
    yuan, cents = divmod(int(exact * 100), 100)
    return f"人民币{_yuan(yuan, cents)}{_cents(yuan, cents)}"


def _yuan(yuan: int, cents: int) -> str:
    if yuan == 0:
        return "" if cents else "零元"
    return f"{whole(yuan)}元"


def _cents(yuan: int, cents: int) -> str:
    if cents == 0:
        return "整"
    jiao, fen = divmod(cents, 10)
    gap = "零" if yuan and not jiao else ""
    return gap + (f"{_DIGITS[jiao]}角" if jiao else "") + (f"{_DIGITS[fen]}分" if fen else "")


def whole(number: int) -> str:
    """A positive whole number; 亿 and 万 split it, and a group that lacks its leading digit gets 零."""
    for size, unit in ((10**8, "亿"), (10**4, "万")):
        if number >= size:
            head, rest = divmod(number, size)
            gap = "零" if rest and rest < size // 10 else ""
            return f"{whole(head)}{unit}{gap}{whole(rest) if rest else ''}"
    return _group(number)


def _group(number: int) -> str:
    out, gap = "", False
    for size, unit in _PLACES:
        digit = number // size % 10
        if digit:
            out += ("零" if gap and out else "") + _DIGITS[digit] + unit
        gap = digit == 0
    return out
