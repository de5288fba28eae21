"""Names that are easily one another, and names that only look so."""

from __future__ import annotations

import pytest

from jdneg.domain.likeness import alike, same_house

SIMPLE = {"擾": "扰", "騷": "骚", "貸": "贷", "銀": "银"}


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("骚擾", "骚扰"), ("騷擾", "骚扰"), ("nigth", "night"), ("Night", "night"), ("night-", "night"), ("nights", "night"),
        ("ｎｉｇｈｔ", "night"), ("上门催收吓", "上门催收"), ("上门崔收", "上门催收"), ("nght", "night"),
        ("夜里", "夜间"), ("夜间x", "夜间"), ("夜间", "夜间x"), ("投诉1", "投诉"),
    ],
)  # fmt: skip
def test_easily_taken_for_another(typed: str, known: str) -> None:
    assert alike(typed, ["其他", known], SIMPLE) == known


@pytest.mark.parametrize(
    ("typed", "known"),
    [("骚扰", "骚扰"), ("法院", "医院"), ("夜间", "单位"), ("day", "may"), ("", "night"), ("night", ""), ("夜", "夜间"),
     ("威胁", "威胁家人"), ("*", "-"), ("call", "visit"), ("夜里", "家里"),
     ("威胁", "威逼"), ("电话", "电费")],
)  # fmt: skip
def test_another_word(typed: str, known: str) -> None:
    assert alike(typed, [known], SIMPLE) is None


@pytest.mark.parametrize(
    ("typed", "known"),
    [("京东盛际小贷", "重庆京东盛际小额贷款有限公司"), ("甲小貸", "甲小额贷款有限公司"), ("招商银行股份有限公司", "招商银行"),
     ("马上消金", "马上消费金融股份有限公司")],
)  # fmt: skip
def test_one_lender_by_two_names(typed: str, known: str) -> None:
    assert same_house(typed, [known], SIMPLE) == known and same_house(known, [typed], SIMPLE) == typed


@pytest.mark.parametrize(
    ("typed", "known"), [("工商银行", "建设银行"), ("甲小贷", "乙小贷"), ("银行", "甲银行"), ("某小贷", "某小贷")]
)
def test_two_lenders(typed: str, known: str) -> None:
    assert same_house(typed, [known], SIMPLE) is None
