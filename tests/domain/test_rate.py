from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from jdneg.domain.rate import Rate, parse_rate
from jdneg.errors import BadRate


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
    ],
)
def test_rates_say_per_what(typed: str, rate: Rate) -> None:
    assert parse_rate(typed) == rate


@pytest.mark.parametrize(
    "typed",
    ["", "18%", "18/year", "0.18", "18%/week", "-1%/day", "1e2%/day", "1,5%/month", "%/day", "18%/", "NaN%/day"],
)
def test_a_bare_number_is_no_rate(typed: str) -> None:
    with pytest.raises(BadRate):
        parse_rate(typed)


def test_fraction() -> None:
    assert Rate(Decimal("0.05"), "day").fraction == Decimal("0.0005")


@given(st.decimals(min_value=0, max_value=1000, places=6), st.sampled_from(["year", "month", "day"]))
def test_written_and_read_back(percent: Decimal, per: str) -> None:
    rate = Rate(percent, per)  # type: ignore[arg-type]
    assert parse_rate(str(rate)) == rate
