from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from jdneg.domain.rate import Rate, parse_rate
from jdneg.errors import BadRate, BelowLeast


@pytest.mark.parametrize(
    ("typed", "rate"),
    [
        ("18%/year", Rate(Decimal(18), "year")),
        ("1.5%/month", Rate(Decimal("1.5"), "month")),
        ("0.05%/day", Rate(Decimal("0.05"), "day")),
        ("0.05 % / 日", Rate(Decimal("0.05"), "day")),
        ("１８％／年", Rate(Decimal(18), "year")),
        ("2%/月", Rate(Decimal(2), "month")),
        ("0.05%/天", Rate(Decimal("0.05"), "day")),
        ("18%/Y", Rate(Decimal(18), "year")),
        ("0%/year", Rate(Decimal(0), "year")),
        ("年化18%", Rate(Decimal(18), "year")),
        ("年利率 18%", Rate(Decimal(18), "year")),
        ("年利率百分之十八", Rate(Decimal(18), "year")),
        ("18% a year", Rate(Decimal(18), "year")),
        ("月息1.2%", Rate(Decimal("1.2"), "month")),
        ("月息千分之十五", Rate(Decimal("1.5"), "month")),
        ("日息万五", Rate(Decimal("0.05"), "day")),
        ("日息万分之五", Rate(Decimal("0.05"), "day")),
        ("每日万分之5", Rate(Decimal("0.05"), "day")),
        ("万分之五", Rate(Decimal("0.05"), "day")),
    ],
)
def test_rates_say_per_what(typed: str, rate: Rate) -> None:
    assert parse_rate(typed) == rate


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "18%",
        "18/year",
        "0.18",
        "18%/week",
        "百分之十八",
        "万五",
        "万分之五每年",
        "1e2%/day",
        "1,5%/month",
        "%/day",
        "18%/",
        "NaN%/day",
    ],
)
def test_a_bare_number_is_no_rate(typed: str) -> None:
    with pytest.raises(BadRate):
        parse_rate(typed)


def test_a_rate_below_zero_is_told_as_one() -> None:
    with pytest.raises(BelowLeast):
        parse_rate("-1%/day")


def test_fraction() -> None:
    assert Rate(Decimal("0.05"), "day").fraction == Decimal("0.0005")


@given(st.decimals(min_value=0, max_value=1000, places=6), st.sampled_from(["year", "month", "day"]))
def test_written_and_read_back(percent: Decimal, per: str) -> None:
    rate = Rate(percent, per)  # type: ignore[arg-type]
    assert parse_rate(str(rate)) == rate
