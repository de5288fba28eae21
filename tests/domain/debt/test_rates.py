"""The root finder against pyxirr, against published values and against its own definition."""

import datetime as dt
from decimal import Decimal

import pytest
import pyxirr
from debt_loans import cases, day, samples
from hypothesis import given, settings, strategies as st

from jdneg.domain.debt.rates import (
    annual_rate,
    dated_summary,
    irr,
    net_present_value,
    nominal_12,
    periodic_summary,
    six_places,
    xirr,
)
from jdneg.domain.debt.schedule import build_schedule
from jdneg.domain.money import money
from jdneg.domain.rate import parse_rate
from jdneg.domain.records.loan import Loan

START = dt.date(2026, 1, 1)
amounts = st.integers(1, 10**8).map(lambda fen: Decimal(fen) / 100)
later = st.dates(START + dt.timedelta(days=1), dt.date(2046, 1, 1))


def dec(*values):
    return [Decimal(str(value)) for value in values]


@given(out=amounts, back=st.lists(st.tuples(later, amounts), min_size=1, max_size=40))
def test_a_loan_has_one_rate_and_it_gives_zero(out, back):
    flows = [(START, -out), *back]
    found = xirr(flows).rate
    if found is None:  # beyond a factor of 10^12 a year
        assert xirr(flows).message.code == "debt.rate_out_of_range"
        return
    timed = [(Decimal((on - START).days) / 365, amount) for on, amount in flows]
    size = sum(abs(amount) * (1 + found) ** -years for years, amount in timed)
    assert abs(net_present_value(timed, found)) <= size * Decimal("1e-18")


@settings(max_examples=60)
@given(
    out=st.integers(10**5, 10**8), back=st.lists(st.tuples(later, st.integers(10**3, 10**7)), min_size=2, max_size=30)
)
def test_pyxirr_agrees(out, back):
    total = sum(amount for _, amount in back)
    if not out * 0.5 < total < out * 5:
        return
    flows = [(START, Decimal(-out)), *((on, Decimal(amount)) for on, amount in back)]
    expected = pyxirr.xirr([on for on, _ in flows], [float(amount) for _, amount in flows])
    found = xirr(flows)
    if found.rate is None:  # beyond a factor of 10^12 a year
        assert found.message.code == "debt.rate_out_of_range"
    elif expected is not None:
        assert float(found.rate) == pytest.approx(expected, rel=1e-7, abs=1e-9)


@pytest.mark.parametrize(
    ("cash", "expected"),
    [
        (dec(-4500, 3045, 2371), 0.139181841626706),
        (dec(-9765000, -24338874, -3354506, 814300, 1595562, 1975118, 1688159, 391944), -0.339234190581933),
        (dec(-75000, 12000, 15000, 18000, 21000, 24000), 0.057151428871785),
        (dec(-100, 100, 0, -7), -0.083299666),
        (dec(-1678.87, 771.96, 1814.05, 3520.3, 3552.95, 3584.99, 4789.91, -1), 1.0042698),
        (dec(-100, 100), 0.0),
        (dec(-100, 2100), 20.0),
    ],
)
def test_spreadsheet_values(cash, expected):
    assert float(irr(cash).rate) == pytest.approx(expected, abs=1e-6)


def test_several_rates_are_said():
    found = irr(dec(-100, 230, -132))  # 10 % and 20 % both fit
    assert found.message.code == "debt.rate_several"
    assert six_places(found.rate) == Decimal("0.100000")


@pytest.mark.parametrize(
    ("cash", "code"),
    [
        ((100, 50), "debt.rate_no_sign_change"),
        ((), "debt.rate_no_sign_change"),
        ((-100, 150, -100), "debt.rate_no_solution"),
    ],
)
def test_no_rate_is_none_with_a_reason(cash, code):
    found = irr(dec(*cash))
    assert (found.rate, found.message.code) == (None, code)


def test_payday_loan_far_above_a_thousand_percent():
    assert float(xirr([(START, Decimal(-500)), (START + dt.timedelta(days=7), Decimal(715))]).rate) > 1e5
    beyond = xirr([(START, Decimal(-1)), (START + dt.timedelta(days=1), Decimal(100))])
    assert beyond.message.code == "debt.rate_out_of_range"


def test_nominal_and_effective_of_dated_flows():
    flows = [(day("2026-01-10"), Decimal(-10000)), (day("2027-01-10"), Decimal("11268.25"))]
    found = dated_summary(flows)
    assert six_places(found.effective) == six_places(found.xirr) == Decimal("0.126825")
    assert six_places(found.nominal_12) == Decimal("0.120000")


def test_evenly_spaced_summary():
    found = periodic_summary(dec(-100, 0, 0, "106.1208"), 12)
    assert six_places(found.period_rate) == Decimal("0.020000")
    assert six_places(found.nominal_12) == Decimal("0.240000")
    assert six_places(found.effective) == Decimal("0.268242")
    quarterly = periodic_summary(dec(-100, 106), 4)
    assert abs(quarterly.nominal_12 - nominal_12(quarterly.effective)) < Decimal("1e-25")


def test_printed_half_even():
    assert six_places(Decimal("0.1234565")) == Decimal("0.123456")


def as_loan(case, **more):
    return Loan(
        lender="甲", kind="microlender", principal=money(case["principal"]), start=day("2026-01-10"),
        term=case["months"], **more,
    )  # fmt: skip


def percent(value):
    return (value * 100).quantize(Decimal("0.01"))


@pytest.mark.parametrize("case", cases("flat_fee_rates.json"), ids=lambda case: f"{case['fee']} x {case['months']}")
def test_flat_fee_conversions(case):
    rows = build_schedule(as_loan(case, fee=parse_rate(case["fee"]), method="flat-fee")).rows
    found = periodic_summary([-money(case["principal"]), *(row.payment for row in rows)], 12)
    assert percent(found.nominal_12) == Decimal(case["nominal_12"])
    assert percent(found.effective) == Decimal(case["effective"])


@pytest.mark.parametrize("case", cases("upfront_rates.json"), ids=lambda case: case["source"])
def test_money_kept_back_makes_the_loan_dearer(case):
    rows = build_schedule(as_loan(case, rate=parse_rate(case["rate"]))).rows
    found = periodic_summary([-money(case["received"]), *(row.payment for row in rows)], 12)
    assert percent(found.nominal_12) == Decimal(case["nominal_12"])
    assert percent(found.effective) == Decimal(case["effective"])


def test_sample_fee_conversions():
    for row in samples("cn_fee_to_irr.json"):
        given_, wanted = row["input"], row["expected"]
        n, principal = given_["months"], Decimal(given_["principal"])
        each = principal / n + principal * Decimal(str(given_["fee_rate_per_month_on_original_principal"]))
        found = periodic_summary([-principal, *([each] * n)], 12)
        assert float(found.nominal_12) == pytest.approx(wanted["irr_times_12"], abs=row["tolerance"]), row["id"]
        assert float(found.effective) == pytest.approx(wanted["effective_annual"], abs=row["tolerance"]), row["id"]


def test_sample_uk_apr():
    for row in samples("uk_fca_apr.json"):
        given_ = row["input"]
        if "year_days" not in given_:
            continue
        flows = [(Decimal(0), Decimal(str(-given_["advance"])))]
        for one in given_["payments"]:
            years = Decimal(str(one["day"])) / Decimal(str(given_["year_days"]))
            flows.append((years, Decimal(str(one["amount"]))))
        found = float(annual_rate(flows).rate) * 100
        assert found == pytest.approx(row["expected"]["apr_percent"], abs=row["tolerance"]["apr_percent"]), row["id"]


def test_sample_eu_aprc():
    for row in samples("ec_aprc_examples.json"):
        if "aprc_percent_6dp" not in row["expected"]:
            continue
        flows = []
        for one in row["input"]["series"]:
            sign = -1 if one["type"] == "drawdown" else 1
            for n in range(one["count"]):
                years = Decimal(str(one["first_t_years"])) + n * Decimal(str(one["step_years"]))
                flows.append((years.quantize(Decimal("1e-9")), sign * Decimal(str(one["amount"]))))
        found = float(annual_rate(flows).rate) * 100
        assert found == pytest.approx(
            row["expected"]["aprc_percent_6dp"], abs=row["tolerance"]["aprc_percent_6dp"]
        ), row["id"]
