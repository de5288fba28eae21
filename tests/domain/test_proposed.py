"""An amount in their words: the whole of a debt is proposed, an instalment or an offer never."""

import pytest

from jdneg.domain.money import money
from jdneg.domain.proposed import proposed_claim


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("您已逾期16480.55元请今日结清", "16480.55"),
        ("您的欠款合计 16,480.55 元，请尽快处理。", "16480.55"),
        ("【某某】截至今日您共欠￥8,000，本期应还820元", "8000"),
        ("你还欠5000块，打到这个卡上", "5000"),
        ("逾期未还金额3210元；逾期未还金额3210元", "3210"),
    ],
)
def test_a_total_is_proposed_with_its_words(text, amount):
    found = proposed_claim(text)
    assert found is not None and found.amount == money(amount)
    assert found.quote in text


@pytest.mark.parametrize(
    "text",
    [
        None, "", "您好，请问什么时候方便还款",
        "本期820元将于10日到期", "最低还款1200元，逾期将影响使用", "您的额度提升至50000元，全部可借",
        "您已还500元", "还款成功，已收到820元", "逾期一天50元",
        "逾期金额820元，结清需16480元", "请致电95118", "欠款编号16480", "逾期0元", "全部减免3000元",
    ],
)  # fmt: skip
def test_nothing_else_is(text):
    assert proposed_claim(text) is None
