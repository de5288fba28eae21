"""``jdneg rate`` from the outside: shapes, pipes, faults told together, and no journal anywhere."""

from __future__ import annotations

import io
import sys
import time
from decimal import Decimal
from pathlib import Path

import pytest
from cli_world import Run
from command_world import codes

LOAN = ["--principal", "10000", "--months", "12"]


def _lines(text: str) -> list[str]:
    return [one.rstrip() for one in text.splitlines()]


def test_a_schedule_has_rows_totals_and_rates(run: Run) -> None:
    data = run(
        "rate", "schedule", *LOAN, "--rate", "18%/year", "--start", "2026-03-10", "--due-day", "10", "--json", code=0
    ).data
    assert data["rows"][0] == {
        "n": 1, "due": "2026-04-10", "payment": "916.80", "principal": "766.80", "interest": "150.00", "fee": "0.00",
        "balance": "9233.20",
    }  # fmt: skip
    assert len(data["rows"]) == 12 and data["rows"][-1]["balance"] == "0.00"
    assert data["totals"]["principal"] == "10000.00" and data["totals"]["interest"] == "1001.61"
    assert data["rate"]["period_rate"] == "0.015000" and data["rate"]["effective"] == data["rate"]["xirr"]


@pytest.mark.parametrize("method", ["等额本息", "equal-payment"])
def test_a_million_at_4_9_percent(method: str, run: Run) -> None:
    flags = ["--principal", "1000000", "--rate", "4.9%/year", "--months", "360", "--method", method, "--json"]
    data = run("rate", "schedule", *flags, code=0).data
    assert data["rows"][0]["payment"] == "5307.27"
    assert data["totals"]["unrounded"]["interest"] == "910616.19"
    assert data["rate"]["nominal_12"] == "0.049000"


def test_the_published_flat_fee_conversion(run: Run) -> None:
    data = run("rate", "schedule", *LOAN, "--method", "flat-fee", "--fee", "0.6%/month", "--json", code=0).data
    assert data["rate"]["nominal_12"][:6] == "0.1303"
    assert data["totals"]["fee"] == "720.00"


def test_a_schedule_pipes_into_its_rate(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    schedule = ["rate", "schedule", *LOAN, "--rate", "0.05%/day", "--start", "2026-03-10"]
    table = run(*schedule, "--as-csv", code=0)
    assert _lines(table.out)[:2] == [
        "n,date,amount,principal,interest,fee,balance", "0,2026-03-10,-10000.00,,,,10000.00",
    ]  # fmt: skip
    assert table.err == ""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(table.out.encode())))
    rate = run("rate", "irr", "--csv", "-", "--json", code=0).data
    assert rate["xirr"] == run(*schedule, "--json").data["rate"]["xirr"]


def test_rates_of_typed_flows(run: Run) -> None:
    flows = ["--flow", "2026-01-01:-10000", "--flow", "2027-01-01:11200"]
    data = run("rate", "irr", *flows, "--json", code=0).data
    assert data == {
        "nominal_12": "0.113866", "effective": "0.120000", "xirr": "0.120000", "simple_annual": "0.120000",
    }  # fmt: skip
    assert run("rate", "irr", *flows, "--basis", "360", "--json", code=0).data["xirr"] < "0.119"


def test_rates_of_even_flows_and_unit_periods(run: Run) -> None:
    data = run("rate", "irr", "--periods-per-year", "12", "--cash", "-1000,340,340,340", "--json", code=0).data
    assert (data["period_rate"], data["xirr"]) == ("0.009967", None)
    dated = ["--flow", "1978-01-10:-5000", "--flow", "1978-03-25:5100", "--periods-per-year", "12"]
    assert run("rate", "irr", *dated, "--json", code=0).data["nominal"] == "0.095392"


@pytest.mark.parametrize(
    ("cash", "why"),
    [("100,200", "debt.rate_no_sign_change"), ("-100,150,-100", "debt.rate_no_solution"),
     ("-100,230,-132", "debt.rate_several")],
)  # fmt: skip
def test_what_cannot_be_computed_says_why(cash: str, why: str, run: Run) -> None:
    ran = run("rate", "irr", "--periods-per-year", "1", "--cash", cash, "--json", code=0)
    assert why in codes(ran)
    assert (ran.data["effective"] is None) == (why != "debt.rate_several")
    if why == "debt.rate_several":
        assert ran.data["every"] == ["0.100000", "0.200000"]


def test_a_csv_file_of_years(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "flows.csv"
    path.write_text("\ufefft,amount\n0,-6000\n1,6600\n", encoding="utf-8")
    assert run("rate", "irr", "--csv", str(path), "--json", code=0).data["effective"] == "0.100000"


def test_a_payment_before_the_payout_is_pointed_out(run: Run) -> None:
    flows = ["--flow", "2026-01-01:500", "--flow", "2026-02-01:-10000", "--flow", "2027-01-01:11000"]
    assert "rate.paid_before" in codes(run("rate", "irr", *flows, "--json", code=0))


def test_interest_between_two_days(run: Run) -> None:
    flags = ["--principal", "100000", "--rate", "12%/year", "--from", "2021-01-11", "--to", "2021-02-20"]
    court = run("rate", "accrue", *flags, "--penalty-factor", "1.5", "--basis", "act/360", "--json", code=0).data
    assert (court["days"], court["interest"], court["penalty"], court["total"]) == (40, "0.00", "2000.00", "2000.00")
    assert court["above_contract_rate"] == "666.67"
    plain = run("rate", "accrue", *flags, "--basis", "360", "--include-last", "--json", code=0).data
    assert (plain["days"], plain["interest"], plain["total"]) == (41, "1366.67", "1366.67")


def test_it_ends_today_unless_said(run: Run) -> None:
    flags = ["--principal", "100", "--rate", "1%/day", "--from", "2026-11-01", "--json"]
    assert run("rate", "accrue", *flags, code=0).data["days"] == 20
    assert run("rate", "accrue", *flags, "--as-of", "2026-11-11", code=0).data["days"] == 10


def test_days_to_come_are_fine(run: Run) -> None:
    flags = ["--principal", "100", "--rate", "1%/day", "--from", "2026-12-01", "--to", "2027-01-01", "--json"]
    assert run("rate", "accrue", *flags, code=0).data["days"] == 31
    flows = ["--flow", "2027-3-5:-100", "--flow", "2028年3月5日:120", "--json"]
    assert run("rate", "irr", *flows, code=0).data["xirr"][:5] == "0.199"
    data = run("rate", "schedule", *LOAN, "--rate", "1%/month", "--start", "明天", "--json", code=0).data
    assert data["rows"][0]["due"] == "2026-12-22"


def test_all_faults_at_once_each_with_its_flag(run: Run) -> None:
    ran = run(
        "rate", "schedule", "--principal", "-5", "--rate", "18%", "--fee", "-1%/month", "--due-day", "40", "--json"
    )
    found = [(one["code"], one["details"].get("where")) for one in ran.json["errors"]]
    assert ran.code == 2
    assert found == [
        ("missing_flags", None), ("negative_amount", "--principal"), ("bad_rate", "--rate"),
        ("below_least", "--fee"), ("bad_due_day", "--due-day"),
    ]  # fmt: skip


def test_faults_of_flows_and_days(run: Run, lang: str) -> None:
    ran = run("rate", "irr", "--flow", "x", "--flow", "2026-01-01:1e3", "--cash", "1")
    assert ran.code == 2 and len(ran.err.splitlines()) == 4  # and --cash beside --flow, and its missing periods
    days = run("rate", "accrue", "--principal", "5", "--rate", "12", "--from", "2026-03-02", "--to", "2026-03-01")
    assert days.code == 2 and len(days.err.splitlines()) == 2
    assert "--rate" in days.err and "--to" in days.err


def test_rows_of_a_table_are_named(run: Run, tmp_path: Path, lang: str) -> None:
    path = tmp_path / "flows.csv"
    path.write_text("date,amount\n2026-01-01,-100\n2026-02-01,x\n", encoding="utf-8")
    ran = run("rate", "irr", "--csv", str(path))
    assert ran.code == 2 and ("第 3 行" if lang == "zh" else "row 3") in ran.err
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    assert "date,amount" in run("rate", "irr", "--csv", str(path), code=2).err
    run("rate", "irr", "--csv", str(tmp_path / "no.csv"), code=3)


def test_contradictory_and_missing_sources(run: Run) -> None:
    assert [one["code"] for one in run("rate", "irr", "--json", code=2).json["errors"]] == ["missing_flags"]
    both = run("rate", "irr", "--cash", "-1,2", "--periods-per-year", "1", "--basis", "365", "--json", code=2)
    assert [one["code"] for one in both.json["errors"]] == ["contradictory_flags"]
    odd = run(
        "rate",
        "irr",
        "--flow",
        "2026-01-01:-1",
        "--flow",
        "2027-01-01:2",
        "--periods-per-year",
        "5",
        "--json",
        code=2,
    )
    assert odd.json["errors"][0]["details"]["where"] == "--periods-per-year"


def test_no_journal_is_read_or_made(run: Run, world: Path) -> None:
    for verb, flags in (
        ("schedule", [*LOAN, "--rate", "1%/month"]),
        ("irr", ["--periods-per-year", "1", "--cash", "-1,2"]),
        ("accrue", ["--principal", "1", "--rate", "1%/day", "--from", "2026-01-01"]),
    ):
        ran = run("rate", verb, *flags, code=0)
        assert ran.out and not world.exists()


def test_text_is_aligned_and_whole(run: Run, lang: str) -> None:
    lines = _lines(run("rate", "schedule", *LOAN, "--rate", "18%/year", "--start", "2026-03-10", code=0).out)
    assert sum("2026-" in one or "2027-" in one for one in lines) >= 12
    assert any("1.5000%" in one for one in lines)


def test_six_hundred_months_and_a_thousand_flows_take_no_second(run: Run, tmp_path: Path) -> None:
    began = time.perf_counter()
    run("rate", "schedule", "--principal", "1000000", "--months", "600", "--rate", "4.9%/year", "--json", code=0)
    path = tmp_path / "flows.csv"
    rows = [
        f"{2000 + n // 300}-{n // 25 % 12 + 1:02}-{n % 25 + 1:02},{Decimal(n * 7919 % 997) / 10}"
        for n in range(1, 1000)
    ]
    path.write_text("\n".join(["date,amount", "2000-01-01,-30000", *rows]), encoding="utf-8")
    run("rate", "irr", "--csv", str(path), "--json", code=0)
    assert time.perf_counter() - began < 2  # both together, on a busy machine


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(
    "words",
    [
        ("schedule", *LOAN, "--rate", "18%/year", "--start", "9999-12-15"),
        ("accrue", "--principal", "1", "--rate", "1%/year", "--from", "2026-01-01", "--to", "9999-12-31", "--include-last"),
        ("irr", "--flow", "9999-12-31:-100", "--flow", "2026-12-31:50"),
    ],
)  # fmt: skip
def test_the_ends_of_the_calendar_are_one_clear_fault(run: Run, words: tuple[str, ...], lang: str) -> None:
    ran = run("rate", *words, "--lang", lang, "--json", code=2)
    assert [one["code"] for one in ran.json["errors"]] == ["beyond_calendar"]
    assert "2199" in ran.json["errors"][0]["message"]


def test_no_interest_is_not_minus_nothing(run: Run) -> None:
    flags = ("rate", "schedule", "--principal", "1000", "--months", "7", "--rate", "0%/year")
    assert "-0.00" not in run(*flags, code=0).out + run(*flags, "--json", code=0).out


def test_what_is_missing_is_one_sentence(run: Run) -> None:
    (error,) = run("rate", "schedule", "--json", code=2).json["errors"]
    assert error["details"]["flags"] == "--principal --months --rate"


def test_both_faults_of_one_row(run: Run, here: Path) -> None:
    (here / "f.csv").write_text("date,amount\n2026-99-01,abc\n")
    errors = run("rate", "irr", "--csv", "f.csv", "--json", code=2).json["errors"]
    assert [one["code"] for one in errors] == ["bad_number", "no_such_day"]
