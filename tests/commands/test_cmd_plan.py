"""``plan``: what can be paid when, and what each way costs."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
from cli_world import Run
from command_world import codes, failed, one_line

PLAN = {"as_of", "budget", "strategy", "debts", "rows", "totals", "ends", "grows_by", "best", "supposed"}
COMPARE = {"as_of", "budget", "debts", "strategies", "best", "supposed"}
CARD = [
    *("loan", "add", "--lender", "某银行", "--kind", "bank", "--principal", "6000", "--rate", "18%/year"),
    *("--start", "2026-06-05", "--term", "12", "--due-day", "25", "--method", "equal-payment"),
]


@pytest.fixture
def two(gold: Run) -> Run:
    gold(*CARD, code=0)
    gold("budget", "set", "--income", "6200", "--rent", "1800", "--food", "1500", code=0)
    return gold


def test_the_shape(two: Run) -> None:
    data = two("plan", "--json", code=0).data
    assert set(data) == PLAN and data["as_of"] == "2026-11-21" and data["strategy"] == "min-first"
    assert data["budget"] == {"income": "6200.00", "spending": "3300.00", "available": "2900.00"}
    assert [one["loan"] for one in data["debts"]] == ["L1", "L2"]
    assert all({"loan", "balance", "basis", "disputed", "minimum"} <= set(one) for one in data["debts"])
    assert {one["basis"] for one in data["debts"]} == {"contract"}
    assert all(set(row) == {"date", "loan", "payment", "interest", "principal", "balance"} for row in data["rows"])
    assert set(data["totals"]) == {"paid", "interest", "months", "penalty", "fees", "lowest"}
    paid = sum(Decimal(row["payment"]) for row in data["rows"])
    assert f"{paid:.2f}" == data["totals"]["paid"] and data["ends"] == data["rows"][-1]["date"]
    assert data["grows_by"] is None


def test_real_due_dates_and_never_more_than_is_left(two: Run) -> None:
    rows = two("plan", "--json", code=0).data["rows"]
    for row in rows:
        day = dt.date.fromisoformat(row["date"])
        assert day.day == {"L1": 10, "L2": 25}[row["loan"]] and day > dt.date(2026, 11, 21)
    months: dict[str, Decimal] = {}
    for row in rows:
        months[row["date"][:7]] = months.get(row["date"][:7], Decimal(0)) + Decimal(row["payment"])
    assert max(months.values()) <= Decimal("2900")
    assert rows[-1]["balance"] == "0.00"


@pytest.mark.parametrize("strategy", ["min-first", "avalanche", "snowball", "pro-rata"])
def test_each_strategy(two: Run, lang: str, strategy: str) -> None:
    assert two("plan", "--strategy", strategy, "--json", code=0).data["strategy"] == strategy
    out = two("plan", "--strategy", strategy, "--rows", "2", code=0).out
    assert "2,900.00" in out and out.count("2026-") + out.count("2027-") >= 2


def test_compare(two: Run, lang: str) -> None:
    data = two("plan", "compare", "--json", code=0).data
    assert set(data) == COMPARE
    names = [one["strategy"] for one in data["strategies"]]
    assert names == ["nothing", "minimums", "min-first", "avalanche", "snowball", "pro-rata", "best"]
    keys = {
        "strategy", "kind", "by", "first_payment", "months", "ends", "interest", "penalty", "fees", "cost", "paid",
        "after_year", "lowest", "grows_by", "keeps_minimums", "breaks", "dearer",
    }  # fmt: skip
    assert all(set(one) == keys for one in data["strategies"])
    for name in names[2:]:
        totals = two("plan", "--strategy", name, "--json", code=0).data["totals"]
        compared = next(one for one in data["strategies"] if one["strategy"] == name)
        assert (compared["paid"], compared["cost"]) == (totals["paid"], totals["interest"])
    text = two("plan", "compare", code=0).out
    assert ("先还利率高的" in text) == (lang == "zh")


def test_a_payment_below_the_interest_never_ends(run: Run, lang: str) -> None:
    run("init", code=0)
    flags = (
        "--principal",
        "10000",
        "--rate",
        "24%/year",
        "--start",
        "2026-10-10",
        "--due-day",
        "10",
        "--minimum",
        "100",
    )
    run("loan", "add", "--lender", "x", *flags, "--method", "daily", code=0)
    data = run("plan", "--budget", "100", "--json", code=0).data
    assert data["ends"] is None and Decimal(data["grows_by"]) > 0
    text = run("plan", "--budget", "100", code=0).out
    assert ("还不清" if lang == "zh" else "never") in text


def test_a_deficit_is_said_plainly(two: Run) -> None:
    two("budget", "set", "--income", "2000", "--rent", "2500", code=0)
    ran = two("plan", "--json", code=0)
    assert ran.data["budget"] == {"income": "2000.00", "spending": "2500.00", "available": "0.00"}
    assert "plan.deficit" in codes(ran) and "500.00" in ran.json["messages"][0]["text"]
    assert ran.data["rows"] == [] and ran.data["ends"] is None


def test_what_is_left_may_be_said_directly(two: Run) -> None:
    data = two("plan", "--budget", "3,000", "--json", code=0).data
    assert data["budget"] == {"income": None, "spending": None, "available": "3000.00"}


def test_the_disputed_part_stands_apart_unless_asked(two: Run) -> None:
    two("claim", "add", "L2", "--at", "2026-11-20", "--principal", "9000", code=0)
    apart = two("plan", "--json", code=0).data["debts"][1]
    assert Decimal(apart["disputed"]) > 0
    whole = two("plan", "--include-disputed", "--json", code=0).data["debts"][1]
    assert Decimal(whole["balance"]) == Decimal(apart["balance"]) + Decimal(apart["disputed"])


def test_no_loans(run: Run, lang: str) -> None:
    run("budget", "set", "--income", "5000", code=0)
    assert "jdneg loan add" in run("plan", code=0).out and "jdneg loan add" in run("plan", "compare", code=0).out
    data = run("plan", "--json", code=0).data
    assert set(data) == PLAN and data["debts"] == data["rows"] == []
    assert set(run("plan", "compare", "--json", code=0).data) == COMPARE


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("plan", "--strategy", "luck"), "bad_choice"),
        (("plan", "--rows", "0"), "bad_choice"),
        (("plan", "--budget", "-5"), "negative_amount"),
        (("plan", "--budget", "1.234,56"), "bad_amount"),
        (("plan", "compare", "--budget", "-5"), "negative_amount"),
        (("plan", "--as-of", "someday"), "bad_time"),
    ],
)
def test_what_cannot_be(two: Run, zh: str, words: tuple[str, ...], code: str) -> None:
    assert failed(two(*words, "--json", code=2)) == code
    one_line(two(*words, code=2), zh)


def test_without_a_budget_the_flag_is_named(gold: Run) -> None:
    ran = gold("plan", "--json", code=2)
    assert failed(ran) == "missing_flags" and "--budget" in ran.json["errors"][0]["details"]["flags"]


def test_a_written_agreement_is_what_is_planned(two: Run, here: Path) -> None:
    two("negotiate", "open", "L1", "--goal", "延长", code=0)
    two(
        "negotiate",
        "offer",
        "G1",
        "--months",
        "24",
        "--monthly",
        "900",
        "--first-due",
        "2026-12-15",
        "--due-day",
        "15",
        code=0,
    )
    two("negotiate", "accept", "G1", "--offer", "1", "--evidence", "合同.pdf", code=0)
    ran = two("plan", "--json", code=0)
    assert ran.data["debts"][0]["minimum"] == "900.00"
    assert {row["date"][-2:] for row in ran.data["rows"] if row["loan"] == "L1"} == {"15"}
