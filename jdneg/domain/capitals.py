"""An amount in the capital numerals of Chinese bills: ``16480.55`` is 壹万陆仟肆佰捌拾元伍角伍分.

By the People's Bank's rules for filling in bills: 整 ends an amount in whole yuan, 零 stands for a gap.
Where the rules leave 零 and 整 to the writer (after 角, before 角) they are left out.
"""

from __future__ import annotations

from decimal import Decimal

from jdneg.domain.money import money
from jdneg.domain.numerals import CAPITAL_DIGITS, in_capitals
from jdneg.errors import NegativeAmount


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
    return f"{in_capitals(yuan)}元"


def _cents(yuan: int, cents: int) -> str:
    if cents == 0:
        return "整"
    jiao, fen = divmod(cents, 10)
    gap = "零" if yuan and not jiao else ""
    return gap + (f"{CAPITAL_DIGITS[jiao]}角" if jiao else "") + (f"{CAPITAL_DIGITS[fen]}分" if fen else "")
