from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from jdneg.domain.capitals import capitals
from jdneg.domain.money import grouped, half_up, money, parse_amount
from jdneg.errors import BadAmount, NegativeAmount

YUAN = st.decimals(min_value="-9999999999", max_value="9999999999", places=2)


@pytest.mark.parametrize(
    ("value", "exact"),
    [
        ("12", "12.00"),
        ("12.5", "12.50"),
        ("-0.01", "-0.01"),
        (12, "12.00"),
        (Decimal("1.230"), "1.23"),
        (Decimal("1E+3"), "1000.00"),
    ],
)
def test_exact_amounts(value: str | int | Decimal, exact: str) -> None:
    assert str(money(value)) == exact


@pytest.mark.parametrize(
    "value",
    [0.1, 1.0, True, None, "1e3", "1.234", "1,234.00", " 1", "", "-", ".5", "5.", "+1", "NaN", Decimal("NaN"),
     Decimal("Infinity"), Decimal("0.001"), "1" * 14, Decimal(10) ** 13],
)  # fmt: skip
def test_no_float_no_guess(value: object) -> None:
    with pytest.raises(BadAmount):
        money(value)  # type: ignore[arg-type]


def test_stored_amounts_are_ascii() -> None:
    with pytest.raises(BadAmount):
        money("１")


@pytest.mark.parametrize(
    ("typed", "exact"),
    [("1万", "10000.00"), ("1.5万元", "15000.00"), ("1.23456万", "12345.60"), ("三千", "3000.00"), ("3千", "3000.00"),
     ("一万五千元", "15000.00"), ("两百块钱", "200.00"), ("壹万陆仟肆佰捌拾元整", "16480.00"), ("十五", "15.00")],
)  # fmt: skip
def test_chinese_words_of_money(typed: str, exact: str) -> None:
    assert str(parse_amount(typed)) == exact


@pytest.mark.parametrize("typed", ["一万二", "3千5", "1万2", "一二三", "万", "1.2345678万", "12.345", "百"])
def test_words_that_may_mean_another_sum_are_refused(typed: str) -> None:
    with pytest.raises(BadAmount):
        parse_amount(typed)


@given(st.integers(1, 10**12))
def test_a_sum_in_capitals_is_read_back(yuan: int) -> None:
    assert parse_amount(capitals(Decimal(yuan)).removeprefix("人民币")) == yuan


def test_no_amount_is_minus_zero() -> None:
    assert str(half_up(Decimal("-1e-30"))) == "0.00"
    assert grouped(Decimal("-0.001")) == "0.00"


@given(YUAN)
def test_stored_and_read_back(amount: Decimal) -> None:
    assert money(f"{money(amount):f}") == amount


@given(st.decimals(min_value="-99999999", max_value="99999999", places=5))
def test_half_up_is_the_nearest_fen_and_symmetric(value: Decimal) -> None:
    assert abs(half_up(value) - value) <= Decimal("0.005")
    assert half_up(-value) == -half_up(value)


def test_half_goes_away_from_zero() -> None:
    assert (half_up(Decimal("0.005")), half_up(Decimal("-0.005")), half_up(Decimal("0.0049"))) == (
        Decimal("0.01"), Decimal("-0.01"), Decimal("0.00"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "exact"),
    [("1234.5", "1234.50"), ("1,234.50", "1234.50"), ("¥1,234", "1234.00"), ("￥12", "12.00"), ("1234元", "1234.00"),
     ("１２３４．５０", "1234.50"), (" 0 ", "0.00"), ("12,345,678.90", "12345678.90")],
)  # fmt: skip
def test_what_people_type(typed: str, exact: str) -> None:
    assert str(parse_amount(typed)) == exact


@pytest.mark.parametrize(
    "typed", ["1.234,56", "1e3", "", "abc", "12,34", "1.234", "1 234", "1,234,5", "12元5", "=1+1", "0x10"]
)
def test_amounts_refused(typed: str) -> None:
    with pytest.raises(BadAmount):
        parse_amount(typed)


@pytest.mark.parametrize("typed", ["-5", "−5.00", "－5", "-1,000元"])
def test_below_zero(typed: str) -> None:
    with pytest.raises(NegativeAmount):
        parse_amount(typed)


def test_zero_where_something_must_be_paid() -> None:
    with pytest.raises(NegativeAmount):
        parse_amount("0.00", zero=False)
    assert parse_amount("0.01", zero=False) == Decimal("0.01")


@given(YUAN.filter(lambda amount: amount >= 0))
def test_typed_with_commas_is_the_same(amount: Decimal) -> None:
    assert parse_amount(f"¥{amount:,.2f}") == amount
