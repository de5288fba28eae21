"""The calculators, the readers of flows, unit periods and the simple rate: by their own definitions."""

import datetime as dt
from contextlib import suppress
from decimal import Decimal

import pytest
import pyxirr
from debt_loans import day
from hypothesis import given, strategies as st

from jdneg.domain.debt.between import Span, accrue
from jdneg.domain.debt.calculators import Wanted, compute_schedule, rate_of_cash, rate_of_flows
from jdneg.domain.debt.cashflows import Flows, parse_cash, parse_flow, parse_flows, signed, years
from jdneg.domain.debt.rates import annual_rate, irr, net_present_value, six_places
from jdneg.domain.debt.simple import simple_rate
from jdneg.domain.debt.unitperiod import unit_period_rate, unit_periods
from jdneg.domain.rate import Rate, parse_rate
from jdneg.errors import (
    BadChoice,
    BadFlow,
    BadForeignFile,
    BadNumber,
    BadTime,
    DatesOutOfOrder,
    JdnegError,
    ManyErrors,
    MissingFlags,
)

START = dt.date(2026, 1, 1)
DEFAULTS = {"principal": Decimal(10000), "months": 12, "start": START}
yuan = st.integers(1, 10**8).map(lambda fen: Decimal(fen) / 100)


def dec(*values):
    return [Decimal(str(value)) for value in values]


def no_words(text):
    raise BadTime(value=text)


# --- rates


@given(rates=st.lists(st.integers(-4, 20).map(lambda n: n * 20), min_size=2, max_size=3, unique=True))
def test_every_rate_of_several_is_found(rates):
    """The flow whose polynomial has exactly these roots."""
    cash = [Decimal(-1)]
    for one in rates:
        growth = 1 + Decimal(one) / 100
        cash = [a - growth * b for a, b in zip([*cash, Decimal(0)], [Decimal(0), *cash], strict=True)]
    found = irr(cash)
    assert [round(one, 6) for one in found.every] == [Decimal(one) / 100 for one in sorted(rates)]
    assert found.message.code == "debt.rate_several"
    wanted = min((one for one in rates if one >= 0), default=max(rates))
    assert round(found.rate, 6) == Decimal(wanted) / 100


def test_a_rate_where_the_curve_only_touches_zero():
    assert six_places(irr(dec(-100, 240, -144)).rate) == Decimal("0.200000")


def test_two_rates_inside_one_step_of_the_grid():
    growth = dec("1.1", "1.1004")
    cash = [Decimal(-1), growth[0] + growth[1], -growth[0] * growth[1]]
    assert [round(one, 6) for one in irr(cash).every] == dec("0.1", "0.1004")


def test_times_that_differ_by_a_rounding_are_one_moment():
    flows = [(Decimal(0), Decimal(-100)), (Decimal("0.25"), Decimal(60)),
             (Decimal("0.25000000000000006"), Decimal(-10)), (Decimal(1), Decimal(60))]  # fmt: skip
    apart = [(Decimal(0), Decimal(-100)), (Decimal("0.25"), Decimal(50)), (Decimal(1), Decimal(60))]
    assert annual_rate(flows).rate == annual_rate(apart).rate


# --- unit periods


@pytest.mark.parametrize(
    ("start", "end", "per_year", "whole", "part"),
    [
        ("2026-01-10", "2026-03-15", 12, 2, Decimal(5) / 30),
        ("2028-01-31", "2028-02-29", 12, 1, 0),
        ("2026-01-31", "2026-02-28", 12, 1, 0),
        ("1978-05-23", "1978-10-01", 4, 1, Decimal(39) / 90),
        ("1978-01-10", "1978-03-01", 6, 0, Decimal(52) / 60),
        ("2026-01-01", "2026-01-20", 24, 1, Decimal(4) / 15),
        ("2026-01-10", "2026-01-20", 52, 1, Decimal(3) / 7),
        ("2026-01-10", "2026-02-08", 26, 2, Decimal(1) / 14),
        ("2025-01-01", "2026-07-01", 1, 1, Decimal(1) / 2),
        ("2025-01-01", "2026-01-11", 1, 1, Decimal(10) / 365),
        ("2026-01-01", "2026-01-31", 365, 30, 0),
        ("2026-01-01", "2026-01-01", 12, 0, 0),
    ],
)
def test_unit_periods_are_counted_back(start, end, per_year, whole, part):
    assert unit_periods(day(start), day(end), per_year) == (whole, part)


def test_a_number_of_periods_without_a_calendar_is_refused():
    with pytest.raises(BadChoice):
        unit_periods(START, START, 5)


@given(st.integers(1, 40), st.integers(1, 29), yuan)
def test_odd_days_bear_simple_interest(months, days, back):
    flows = [(Decimal(0), Decimal(-100)), (months + Decimal(days) / 30, back)]
    found = unit_period_rate(flows).rate
    assert abs(100 * (1 + found * days / 30) * (1 + found) ** months - back) < Decimal("1e-15") * back


def test_whole_periods_are_plain_compounding():
    cost = rate_of_cash(dec(-1000, 340, 340, 340), 12)
    assert cost.summary.period_rate == irr(dec(-1000, 340, 340, 340)).rate
    assert cost.nominal == cost.summary.period_rate * 12
    months = Flows(dated=tuple((dt.date(2026, n, 10), one) for n, one in enumerate(dec(-1000, 340, 340, 340), 1)))
    assert rate_of_flows(months, None, 12) == cost


def test_times_in_years_from_a_program_are_whole_periods():
    timed = tuple((Decimal(repr(n / 12)), one) for n, one in enumerate(dec(-1000, 340, 340, 340)))
    near = rate_of_flows(Flows(timed=timed), None, 12).nominal
    assert abs(near - rate_of_cash(dec(-1000, 340, 340, 340), 12).nominal) < Decimal("1e-12")


# --- the simple rate


def test_one_payment_is_simple_interest():
    flows = [(Decimal(0), Decimal(-1000)), (Decimal("2.5"), Decimal(1250))]
    assert six_places(simple_rate(flows)) == Decimal("0.100000")


def test_unpaid_interest_bears_none():
    flows = [(Decimal(n), Decimal(amount)) for n, amount in enumerate((-1000, 50, 1150))]  # 100 a year, 50 of it late
    assert six_places(simple_rate(flows)) == Decimal("0.100000")


def test_a_gain_of_nothing_and_a_loss():
    assert simple_rate([(Decimal(0), Decimal(-10)), (Decimal(1), Decimal(10))]) == 0
    assert simple_rate([(Decimal(0), Decimal(-10)), (Decimal(1), Decimal(9))]) is None
    assert simple_rate([]) is None


@given(rate=st.integers(1, 300), months=st.integers(1, 60), principal=yuan)
def test_equal_payments_bear_their_own_rate(rate, months, principal):
    growth = Decimal(rate) / 1200
    payment = principal * growth / (1 - (1 + growth) ** -months)
    flows = [(Decimal(0), -principal), *((Decimal(n) / 12, payment) for n in range(1, months + 1))]
    assert abs(simple_rate(flows) - Decimal(rate) / 100) < Decimal("1e-12")
    turned = [(years, -amount) for years, amount in flows]
    assert simple_rate(turned) == simple_rate(flows)


# --- schedules


@given(
    principal=st.integers(10**4, 10**9),
    months=st.integers(1, 60),
    rate=st.integers(0, 3600),
    method=st.sampled_from(["equal-payment", "equal-principal", "interest-only", "bullet", "daily"]),
    due=st.integers(1, 31),
)
def test_a_closed_schedule_adds_up(principal, months, rate, method, due):
    found = compute_schedule(
        Wanted(principal=Decimal(principal) / 100, months=months, start=START, rate=Rate(Decimal(rate) / 100, "year"),
               method=method, due_day=due)
    )  # fmt: skip
    assert found.total("principal") == Decimal(principal) / 100
    assert found.rows[-1].balance == 0
    assert found.total("payment") == sum(found.total(part) for part in ("principal", "interest", "fee"))


@given(months=st.integers(1, 60), fee=st.integers(1, 300))
def test_the_rate_of_a_schedule_gives_zero(months, fee):
    found = compute_schedule(
        Wanted(principal=Decimal(10000), months=months, start=START, fee=Rate(Decimal(fee) / 100, "month"))
    )
    timed = [(Decimal((on - START).days) / 365, amount) for on, amount in found.flows]
    assert abs(net_present_value(timed, found.cost.summary.xirr)) < Decimal("1e-12")
    expected = pyxirr.xirr([on for on, _ in found.flows], [float(amount) for _, amount in found.flows])
    assert float(found.cost.summary.xirr) == pytest.approx(expected, rel=1e-7, abs=1e-8)


def test_even_months_where_no_start_is_known():
    wanted = Wanted(**DEFAULTS, assumed_start=True, fee=parse_rate("0.6%/month"), method="flat-fee")
    found = compute_schedule(wanted)
    assert six_places(found.cost.summary.nominal_12).quantize(Decimal("0.0001")) == Decimal("0.1303")
    assert found.assumptions[0].code == "rate.start_assumed"


def test_a_start_makes_the_rates_follow_the_dates():
    found = compute_schedule(Wanted(**DEFAULTS, rate=parse_rate("18%/year"))).cost
    assert found.summary.effective == found.summary.xirr
    assert six_places(found.nominal).quantize(Decimal("0.0001")) == Decimal("0.1800")
    assert six_places(found.simple).quantize(Decimal("0.0001")) == Decimal("0.1800")


def test_what_was_kept_back_makes_it_dearer():
    found = compute_schedule(
        Wanted(**DEFAULTS, assumed_start=True, rate=parse_rate("18%/year"), received=Decimal(9700))
    )
    assert found.cost.summary.nominal_12.quantize(Decimal("0.0001")) == Decimal("0.2391")
    assert found.rows[0].interest == Decimal("150.00")  # by the contract


def test_terms_that_are_missing_or_contradict_are_told_together():
    with pytest.raises(MissingFlags) as caught:
        compute_schedule(Wanted(**DEFAULTS, fee=parse_rate("1%/month"), method="equal-payment"))
    assert caught.value.facts["flags"] == "--rate"
    with pytest.raises(ManyErrors) as many:
        compute_schedule(Wanted(**DEFAULTS, method="flat-fee", received=Decimal(10001)))
    assert [one.code for one in many.value.errors] == ["missing_flags", "bad_loan"]


# --- interest between two days


def span(**more):
    terms = {
        "principal": Decimal(10000),
        "rate": parse_rate("0.05%/day"),
        "start": START,
        "end": dt.date(2026, 1, 31),
    }
    return accrue(Span(**(terms | more)))


def test_ends_penalty_and_compounding():
    assert (span().days, span().interest, span().penalty) == (30, Decimal("150.00"), Decimal("0.00"))
    assert span(include_last=True).interest == Decimal("155.00")
    assert span(include_first=False).interest == Decimal("145.00")
    late = span(factor=Decimal("1.5"))
    assert (late.interest, late.penalty, late.total) == (Decimal("0.00"), Decimal("225.00"), Decimal("225.00"))
    assert late.ordinary == Decimal("150.00")
    assert span(compound=True).interest == Decimal("151.09")


def test_months_compound_on_their_day():
    year = span(rate=parse_rate("12%/year"), end=dt.date(2027, 1, 1), compound=True)
    months = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    growth = Decimal(1)
    for days in months:
        growth *= 1 + Decimal("0.12") * days / 365
    assert year.interest == (10000 * (growth - 1)).quantize(Decimal("0.01"))


@given(st.integers(0, 3000), st.integers(0, 3000), st.sampled_from(["act/365", "act/360", "act/act"]))
def test_splitting_changes_nothing_before_rounding(first, second, basis):
    middle = START + dt.timedelta(days=first)
    end = middle + dt.timedelta(days=second)
    whole = span(rate=parse_rate("18%/year"), end=end, basis=basis)
    parts = [
        span(rate=parse_rate("18%/year"), start=a, end=b, basis=basis) for a, b in ((START, middle), (middle, end))
    ]
    assert abs(whole.interest - sum(one.interest for one in parts)) <= Decimal("0.01")
    assert whole.days == sum(one.days for one in parts)


def test_a_period_that_ends_before_it_starts():
    with pytest.raises(DatesOutOfOrder):
        span(end=dt.date(2025, 12, 31))


# --- reading flows


@pytest.mark.parametrize(
    ("text", "value"),
    [("-10000", "-10000"), ("−1,234.56", "-1234.56"), ("+5", "5"), ("¥12元", "12"), ("０．５", "0.5"),
     ("108466.80462450592", "108466.80462450592")],
)  # fmt: skip
def test_signed_amounts(text, value):
    assert signed(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "1e3", "1.234,56", "12,34", "nan", "inf", "--5", "1" * 17, "一百"])
def test_what_is_no_number(text):
    with pytest.raises(BadNumber):
        signed(text)


def test_times_may_be_printed_by_a_program():
    assert years("1e-05") == Decimal("0.00001")
    assert years("0.08333333333333333") == Decimal("0.08333333333333333")
    with pytest.raises(BadNumber):
        years("1e999")


def test_a_flow_as_typed():
    assert parse_flow("2026-01-01:-10000", no_words) == (START, Decimal(-10000))
    assert parse_flow("2026-01-01：-1,000.5", no_words) == (START, Decimal("-1000.5"))
    for text, error in (("2026-01-01", BadFlow), (":5", BadFlow), ("x:5", BadTime), ("2026-02-30:5", BadTime)):
        with pytest.raises(error):
            parse_flow(text, no_words)


def test_even_cash_tells_all_its_faults():
    assert parse_cash("-1000, 300，300") == tuple(dec(-1000, 300, 300))
    with pytest.raises(ManyErrors) as caught:
        parse_cash("-1000,,x")
    assert [one.facts["value"] for one in caught.value.errors] == ["", "x"]


@pytest.mark.parametrize(
    "text",
    [
        "date,amount\n2026-01-01,-100\n2027-01-01,110\n",
        "2026-01-01,-100\n2027-01-01,110\n",
        "n,date,amount,balance\n0,2026-01-01,-100,\n\n1,2027-01-01,110,0\n",
        "日期\t金额\n2026-01-01\t-100\n2027-01-01\t110",
        'date,amount\n2026-01-01,"-100"\n2027-01-01,110.00\n',
    ],
)
def test_tables_of_dates(text):
    assert parse_flows(text, "-", no_words).dated == ((START, Decimal(-100)), (dt.date(2027, 1, 1), Decimal(110)))


def test_tables_of_years():
    assert parse_flows("t,amount\n0,-100\n0.5,110\n", "-", no_words).timed == (
        (Decimal(0), Decimal(-100)), (Decimal("0.5"), Decimal(110)),
    )  # fmt: skip


@pytest.mark.parametrize("text", ["", "a,b\n1,2", "date,t,amount\n2026-01-01,0,1", "date\n2026-01-01"])
def test_tables_without_their_columns(text):
    with pytest.raises(BadForeignFile):
        parse_flows(text, "-", no_words)


def test_rows_tell_all_their_faults():
    with pytest.raises(ManyErrors) as caught:
        parse_flows("date,amount\n2026-01-01,x\n2026-01-02,5\nwords,7\n2026-01-04\n", "-", no_words)
    assert [(one.code, one.facts["row"]) for one in caught.value.errors] == [
        ("bad_number", 2), ("bad_time", 4), ("bad_number", 5),
    ]  # fmt: skip


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text):
    for read in (
        lambda: parse_flows(text, "-", no_words),
        lambda: parse_cash(text),
        lambda: parse_flow(text, no_words),
    ):
        with suppress(JdnegError):
            read()
