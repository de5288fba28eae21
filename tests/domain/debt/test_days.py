"""Day counts against the conventions' published examples, and the ends of a period."""

import datetime as dt
from decimal import Decimal

import pytest
from debt_loans import day, samples
from hypothesis import given, strategies as st

from jdneg.domain.debt.days import counted_days, year_fraction

BASES = {"Act/365": "act/365", "Act/360": "act/360", "Act/Act ISDA": "act/act", "30/360 US": "30/360"}
days = st.dates(dt.date(2000, 1, 1), dt.date(2060, 12, 31))


def test_ends_counted_or_not():
    first, last = day("2026-03-01"), day("2026-03-31")
    assert counted_days(first, last) == 30
    assert counted_days(first, last, include_last=True) == 31
    assert counted_days(first, last, include_first=False) == 29


@pytest.mark.parametrize("convention", BASES)
def test_published_examples(convention):
    rows = [row for row in samples("day_count.json") if row["input"]["convention"] == convention]
    assert rows
    for row in rows:
        found = year_fraction(day(row["input"]["start"]), day(row["input"]["end"]), BASES[convention])
        assert abs(float(found) - row["expected"]["factor"]) < 1e-8, row["id"]


@pytest.mark.parametrize("basis", ["act/365", "act/360", "act/act"])
@given(three=st.tuples(days, days, days).map(sorted))
def test_splitting_a_period_sums(basis, three):
    first, middle, last = three
    parts = year_fraction(first, middle, basis) + year_fraction(middle, last, basis)
    assert abs(parts - year_fraction(first, last, basis)) < Decimal("1e-24")
