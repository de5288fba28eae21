from decimal import Decimal

import pytest
from hypothesis import given, settings, strategies as st

from jdneg.domain.capitals import capitals
from jdneg.errors import BadAmount, NegativeAmount


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "人民币零元整"),
        ("0.05", "人民币伍分"),
        ("0.30", "人民币叁角"),
        ("10", "人民币壹拾元整"),
        ("325.04", "人民币叁佰贰拾伍元零肆分"),
        ("1409.50", "人民币壹仟肆佰零玖元伍角"),
        ("6007.14", "人民币陆仟零柒元壹角肆分"),
        ("16480.55", "人民币壹万陆仟肆佰捌拾元伍角伍分"),
        ("107000.53", "人民币壹拾万柒仟元伍角叁分"),
        ("100000000", "人民币壹亿元整"),
        ("100050000", "人民币壹亿零伍万元整"),
        ("9999999999999.99", "人民币玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
    ],
)
def test_known_amounts(amount: str, words: str) -> None:
    assert capitals(Decimal(amount)) == words


def test_what_is_not_an_amount_is_refused() -> None:
    with pytest.raises(NegativeAmount):
        capitals(Decimal("-1"))
    with pytest.raises(BadAmount):
        capitals(Decimal("1.001"))


@settings(deadline=None)
@given(st.integers(0, 10**12 - 1))
def test_agrees_with_cn2an_but_for_the_optional_words(fen: int) -> None:
    cn2an = pytest.importorskip("cn2an")
    amount = Decimal(fen) / 100
    assert _bare(capitals(amount)) == _bare("人民币" + cn2an.an2cn(f"{amount:.2f}", "rmb"))


def _bare(words: str) -> str:
    """Without the 零 and 整 that the rules leave to the writer, beside 元."""
    plain = words.removesuffix("整").replace("零元", "元")
    return plain.replace("元零", "元").replace("人民币元", "人民币")
