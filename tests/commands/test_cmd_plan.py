"""``plan``: what can be paid when, and what each way costs."""

from __future__ import annotations

import datetime as dt
import shlex
from decimal import Decimal
from pathlib import Path

import pytest
from cli_world import Run
from command_world import codes, failed, one_line

PLAN = {
    "as_of",
    "budget",
    "strategy",
    "debts",
    "rows",
    "totals",
    "ends",
    "grows_by",
    "best",
    "supposed",
    "available_from",
}
COMPARE = {"as_of", "budget", "debts", "strategies", "best", "supposed", "available_from"}
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
    row_keys = {"date", "loan", "payment", "cost", "interest", "principal", "balance"}
    assert all(set(row) == row_keys for row in data["rows"])
    assert set(data["totals"]) == {"paid", "cost", "interest", "penalty", "fees", "months", "lowest"}
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
        for one in ("paid", "cost", "interest", "penalty", "fees"):
            assert compared[one] == totals[one]
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


# --- the cheapest, the own order, money by date, what if


def test_the_cheapest_is_shown_beside_the_others(two: Run, lang: str) -> None:
    data = two("plan", "--strategy", "best", "--budget", "26000", "--json", code=0).data
    assert data["strategy"] == "best" and data["best"]["proved"] and data["best"]["gap"] == "0.00"
    rows = {
        one["strategy"]: one
        for one in two("plan", "compare", "--budget", "26000", "--json", code=0).data["strategies"]
    }
    assert rows["best"]["dearer"] == "0.00"
    assert all(Decimal(one["dearer"]) >= 0 for one in rows.values() if one["dearer"] is not None)
    text = two("plan", "compare", "--budget", "26000", code=0).out
    assert ("比最低多付" if lang == "zh" else "Above cheapest") in text


def test_an_order_of_ones_own(two: Run) -> None:
    data = two("plan", "--order", "l2,L1", "--budget", "9000", "--json", code=0).data
    assert data["strategy"] == "custom"
    first = next(row for row in data["rows"] if row["loan"] == "L2")
    assert first["balance"] == "0.00"
    names = [one["strategy"] for one in two("plan", "compare", "--order", "L2", "--json", code=0).data["strategies"]]
    assert "custom" in names


def test_extra_money_shortens(two: Run) -> None:
    plain = two("plan", "--json", code=0).data
    extra = two("plan", "--extra", "2027-01-05:5000", "--extra", "2027-02-05:2000", "--json", code=0).data
    assert extra["ends"] < plain["ends"]
    assert Decimal(extra["totals"]["interest"]) < Decimal(plain["totals"]["interest"])


def test_what_if_costs_more_and_stores_nothing(two: Run, world: Path) -> None:
    before = (world / "journal.jsonl").read_bytes()
    plain = two("plan", "--json", code=0).data
    less = two("plan", "--what-if", "income=-20% from=2027-01", "--what-if", "rent=+300", "--json", code=0)
    assert less.data["ends"] > plain["ends"] and less.data["supposed"] == ["income=-20% from=2027-01", "rent=+300"]
    assert Decimal(less.data["totals"]["interest"]) > Decimal(plain["totals"]["interest"])
    assert two("plan", "--what-if", "收入=-20% from=2027-01", "--json", code=0).data["ends"] > plain["ends"]
    none = two("plan", "--what-if", "income=0", "--json", code=0).data
    assert {row["payment"] for row in none["rows"] if row["date"] > "2026-11-30"} <= {"0.00"}
    paused = two("plan", "--budget", "2900", "--what-if", "pause=3 from=2026-12", "--json", code=0).data
    paid = [row["date"][:7] for row in paused["rows"] if Decimal(row["payment"]) > 0]
    assert not {"2026-12", "2027-01", "2027-02"} & set(paid)
    assert (world / "journal.jsonl").read_bytes() == before


def test_the_head_shows_what_is_supposed_to_be_there(two: Run, lang: str) -> None:
    changes = ("--what-if", "rent=-1800", "--what-if", "income=-20% from=2027-03 to=2027-06")
    for words in (("plan",), ("plan", "compare")):
        data = two(*words, *changes, "--json", code=0).data
        assert data["budget"]["available"] == "2900.00"
        assert [(one["from"], one["available"]) for one in data["available_from"]] == [
            ("2026-11-21", "4700.00"), ("2027-03-01", "3460.00"), ("2027-06-01", "4700.00"),
        ]  # fmt: skip
        shown = two(*words, *changes, code=0).out.split("\n\n")[0]
        assert all(text in shown for text in ("2,900.00", "2026-11-21", "4,700.00", "2027-03-01", "3,460.00"))


def test_a_pause_says_whose_it_is(two: Run, lang: str) -> None:
    assert "plan.supposed_pause" in codes(two("plan", "--what-if", "pause=2 from=2027-01", "--json", code=0))
    assert "plan.supposed_pause" not in codes(two("plan", "--what-if", "rent=+5", "--json", code=0))
    assert "plan.supposed_pause" not in codes(two("plan", "--begin", "2027-01-01", "--json", code=0))


def test_income_on_its_day_pays_what_is_due_after_it(two: Run) -> None:
    two("budget", "set", "--income", "6200", "--payday", "15", "--rent", "3000", "--hand", "600", code=0)
    rows = two("plan", "--json", code=0).data["rows"]
    pot, at = (
        Decimal(600),
        {"2026-12-15", *(f"{year}-{month:02}-15" for year in (2027, 2028) for month in range(1, 13))},
    )
    for row in rows:
        pot += sum((Decimal(3200) for day in sorted(at) if day <= row["date"]), Decimal(0))
        at = {day for day in at if day > row["date"]}
        pot -= Decimal(row["payment"])
        assert pot >= 0, row


def test_the_page_holds_pictures_and_tables_and_nothing_from_elsewhere(two: Run, here: Path, lang: str) -> None:
    two("negotiate", "open", "L1", "--goal", "延长", code=0)
    two("negotiate", "offer", "G1", "--months", "24", "--monthly", "700", "--waive", "interest", code=0)
    ran = two("plan", "compare", "-o", "比较.html", "--json", code=0)
    assert ran.data["path"] == "比较.html"
    assert [one["by"] for one in ran.data["strategies"] if one["kind"] == "offer"] == ["me"]
    text = (here / "比较.html").read_text("utf-8")
    assert text.count("<svg") == 2 and text.count("<table") == 4
    assert "http://www.w3.org/2000/svg" in text and "<script" not in text and "https://" not in text
    assert failed(two("plan", "compare", "-o", "比较.html", "--json", code=2)) == "output_exists"
    assert failed(two("plan", "compare", "-o", "x.docx", "--json", code=2)) == "unknown_format"


def test_the_charts_on_the_terminal_are_ascii_and_aligned(two: Run, zh: str) -> None:
    from jdneg.domain.cells import cells

    lines = two("plan", "compare", code=0).out.split("\n")
    bars = [line for line in lines if "===" in line]
    assert len(bars) >= 6 and len({cells(line[: line.index("=")]) for line in bars}) == 1
    assert len({cells(line) for line in bars}) == 1


# --- offers


def test_offers_with_the_command_that_makes_them(two: Run, lang: str) -> None:
    data = two("plan", "propose", "L1", "--months", "24", "--json", code=0).data
    assert {one["form"] for one in data["proposals"]} >= {"extension", "no_interest"}
    for one in data["proposals"]:
        amounts = [Decimal(row["amount"]) for row in one["rows"]]
        assert len(amounts) == 24 and len(set(amounts[:-1])) == 1
        assert f"{sum(amounts):.2f}" == one["total"]
    whole = next(one for one in data["proposals"] if one["form"] == "no_interest")
    assert Decimal(whole["total"]) + Decimal(whole["let_go"]) == Decimal(data["owed"])
    two(*shlex.split(data["open_case"])[1:], code=0)
    two(*shlex.split(whole["command"])[1:], code=0)
    assert two("plan", "propose", "L1", "--monthly", "900", "--json", code=0).data["case"] == "G1"


def test_the_term_from_the_payment_is_the_shortest_that_fits(two: Run) -> None:
    def terms(monthly: str) -> dict[str, int]:
        found = two("plan", "propose", "L1", "--monthly", monthly, "--json", code=0).data["proposals"]
        assert all(Decimal(row["amount"]) <= Decimal(monthly) for one in found for row in one["rows"])
        return {one["form"]: one["months"] for one in found}

    assert terms("900")["extension"] > terms("1800")["extension"]
    assert terms("900")["no_interest"] <= terms("900")["extension"]


def test_a_remission_a_lump_a_pause_and_another_day(two: Run) -> None:
    both = two("plan", "propose", "L1", "--months", "6", "--monthly", "1000", "--json", code=0).data
    gone = next(one for one in both["proposals"] if one["form"] == "remission")
    assert Decimal(gone["let_go"]) == Decimal(both["owed"]) - 6000
    lump = two("plan", "propose", "L1", "--lump-sum", "5000", "--json", code=0).data["proposals"][0]
    assert (lump["form"], lump["total"]) == ("lump", "5000.00")
    pause = two("plan", "propose", "L1", "--months", "12", "--pause", "3", "--json", code=0).data["proposals"][0]
    assert pause["first_due"] == "2027-03-10" and "--pause 3" in pause["command"]
    found = two("plan", "propose", "L1", "--due-day", "20", "--json", code=0).data["proposals"]
    moved = next(one for one in found if one["form"] == "due_day")
    assert moved["last_due"].endswith("-20") and moved["command"].endswith("--due-day 20")


OWN_DAY = [
    *("loan", "add", "--lender", "乙小贷", "--kind", "microlender", "--principal", "9000", "--rate", "24%/year"),
    *("--start", "2026-05-31", "--term", "12", "--due-day", "31", "--method", "equal-payment"),
]
ASKS = [
    ("--months", "5"), ("--months", "12", "--pause", "3"), ("--monthly", "700"), ("--monthly", "700", "--due-day", "30"),
    ("--months", "7", "--due-day", "31"), ("--due-day", "28"), ("--lump-sum", "4000"), ("--pause", "2"),
    ("--months", "6", "--monthly", "300"), ("--monthly", "5"),
]  # fmt: skip


@pytest.mark.parametrize("words", ASKS, ids=" ".join)
@pytest.mark.parametrize("loan", ["L1", "L3"])
def test_the_schedule_proposed_is_the_one_that_comes_into_force(two: Run, loan: str, words: tuple[str, ...]) -> None:
    """To the fen and to the day, with arrears and without, through offer and accept."""
    two(*OWN_DAY, code=0)
    data = two("plan", "propose", loan, *words, "--json", code=0).data
    assert data["proposals"]
    for n, one in enumerate(data["proposals"], 1):
        two(*shlex.split(data["open_case"])[1:], code=0)
        command = [f"G{n}" if word == "G1" else word for word in shlex.split(one["command"])[1:]]
        two(*command, code=0)
        record = two("negotiate", "accept", f"G{n}", "--offer", "1", "--json", code=0).data["record"]
        agreed = [(row["due"], row["amount"]) for row in record["agreement"]["instalments"]]
        assert agreed == [(row["due"], row["amount"]) for row in one["rows"]], one["command"]
        two("undo", code=0)
        two("negotiate", "close", f"G{n}", code=0)


def test_moving_the_due_day_waives_nothing_of_what_is_late(two: Run) -> None:
    two(*OWN_DAY, code=0)
    data = two("plan", "propose", "L3", "--due-day", "28", "--json", code=0)
    assert codes(data).count("plan.moved_overdue") == 1
    moved = next(one for one in data.data["proposals"] if one["form"] == "due_day")
    assert moved["let_go"] == "0.00" and moved["rows"][0]["due"] == "2026-11-21"
    assert sum(Decimal(row["amount"]) for row in moved["rows"]) >= Decimal(data.data["owed"])


def test_fits_is_what_the_budget_leaves_whatever_is_named(two: Run) -> None:
    two("budget", "set", "--income", "2000", "--rent", "2500", code=0)
    for words in (("--months", "24"), ("--lump-sum", "2000"), ("--pause", "3", "--monthly", "300")):
        found = two("plan", "propose", "L2", *words, "--json", code=0).data["proposals"]
        assert found and all(one["fits"] is False for one in found)
    two("budget", "set", "--income", "9000", "--rent", "2500", code=0)
    assert two("plan", "propose", "L2", "--months", "24", "--json", code=0).data["proposals"][0]["fits"] is True
    lump = two("plan", "propose", "L2", "--lump-sum", "5500", "--budget", "3000", "--json", code=0).data["proposals"]
    assert lump[0]["fits"] is False


def test_without_a_budget_nobody_can_tell_what_fits(gold: Run, lang: str) -> None:
    ran = gold("plan", "propose", "L1", "--months", "24", "--json", code=0)
    assert {one["fits"] for one in ran.data["proposals"]} == {None} and "plan.room_unknown" in codes(ran)
    word = {"en": "cannot tell", "zh": "无法判断"}[lang]
    assert word in gold("plan", "propose", "L1", "--months", "24", code=0).out


def test_an_offer_above_the_budget_is_told_before_it_is_promised(two: Run, zh: str) -> None:
    two("negotiate", "open", "L1", "--goal", "x", code=0)
    offer = two("negotiate", "offer", "G1", "--months", "12", "--monthly", "5000", "--json", code=0)
    assert "plan.offer_above_budget" in codes(offer)
    assert "plan.offer_above_budget" in codes(two("negotiate", "accept", "G1", "--offer", "1", "--json", code=0))
    small = two("negotiate", "offer", "G1", "--months", "60", "--monthly", "100", "--json", code=0)
    assert "plan.offer_above_budget" not in codes(small)


def test_a_due_day_before_payday_is_told_where_nothing_fits_for_it(two: Run) -> None:
    two("budget", "set", "--income", "6200", "--payday", "27", "--rent", "4200", code=0)
    ran = two("plan", "propose", "L2", "--months", "24", "--json", code=0)
    assert not any(one["fits"] for one in ran.data["proposals"]) and "plan.due_before_payday" in codes(ran)
    moved = two("plan", "propose", "L2", "--months", "24", "--due-day", "28", "--json", code=0)
    assert any(one["fits"] for one in moved.data["proposals"])


def test_the_command_names_the_case_that_will_be_opened(two: Run) -> None:
    two("negotiate", "open", "L1", "--goal", "x", code=0)
    data = two("plan", "propose", "L2", "--monthly", "700", "--json", code=0).data
    assert data["case"] is None and all(" G2 " in one["command"] for one in data["proposals"])
    assert "negotiate offer G2" in two("plan", "propose", "L2", "--monthly", "700", code=0).out


def test_an_agreement_that_runs_is_said_and_bears_no_interest(two: Run) -> None:
    two("negotiate", "open", "L1", "--goal", "x", code=0)
    two("negotiate", "offer", "G1", "--months", "18", "--monthly", "820", "--waive", "interest,penalty", code=0)
    two("negotiate", "accept", "G1", "--offer", "1", code=0)
    ran = two("plan", "propose", "L1", "--months", "24", "--json", code=0)
    assert "plan.agreement_runs" in codes(ran)
    assert all(Decimal(one["total"]) <= Decimal(ran.data["owed"]) for one in ran.data["proposals"])


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("plan", "--order", "L1,L1"), "bad_order"),
        (("plan", "--order", "L9"), "not_in_plan"),
        (("plan", "--strategy", "best", "--order", "L1,L2"), "contradictory_flags"),
        (("plan", "--extra", "2020-01-01:100"), "day_is_over"),
        (("plan", "--what-if", "pause=3 from=2020-01"), "day_is_over"),
        (("plan", "--strategy", "custom"), "bad_choice"),
        (("plan", "--what-if", "income"), "bad_what_if"),
        (("plan", "--what-if", "income=NaN"), "bad_what_if"),
        (("plan", "--what-if", "income=-20% from=2027-13"), "bad_what_if"),
        (("plan", "--what-if", "luck=+5"), "bad_choice"),
        (("plan", "--what-if", "rent=-5000"), "what_if_below_zero"),
        (("plan", "--what-if", "transport=-1"), "what_if_below_zero"),
        (("plan", "compare", "--what-if", "income=-9000 from=2027-01"), "what_if_below_zero"),
        (("plan", "--what-if", "income=-200%"), "bad_what_if"),
        (("plan", "--budget", "100", "--what-if", "rent=+5"), "bad_what_if"),
        (("plan", "--extra", "2027-02-10"), "bad_choice"),
        (("plan", "--extra", "2027-02-10:-5"), "negative_amount"),
        (("plan", "--budget", "NaN"), "bad_amount"),
        (("plan", "propose", "L1", "--lump-sum", "999999"), "bad_offer"),
        (("plan", "propose", "L1", "--months", "0"), "bad_choice"),
        (("plan", "propose", "L1", "--due-day", "32"), "bad_due_day"),
    ],
)
def test_what_cannot_be_planned(two: Run, zh: str, words: tuple[str, ...], code: str) -> None:
    assert failed(two(*words, "--json", code=2)) == code
    one_line(two(*words, code=2), zh)


def test_a_deficit_leads_to_help_and_never_to_a_plan(two: Run, lang: str) -> None:
    two("budget", "set", "--income", "2000", "--rent", "2500", code=0)
    ran = two("plan", "--json", code=0)
    assert {"plan.deficit", "plan.token_or_pause", "plan.free_help"} <= set(codes(ran)) and ran.data["rows"] == []
    offers = two("plan", "propose", "L1", "--json", code=0)
    assert "plan.free_help" in codes(offers) and "plan.standstill" in codes(offers)
    [pause] = offers.data["proposals"]  # a pause, and no plan with a command that cannot be kept
    assert (pause["form"], pause["months"], pause["fits"], pause["command"]) == ("standstill", 3, True, None)


def test_a_deficit_lives_on_what_is_in_hand(two: Run) -> None:
    two(
        "budget",
        "set",
        "--income",
        "2000",
        "--rent",
        "2500",
        "--hand",
        "3000",
        "--expected",
        "2027-01-05:900",
        code=0,
    )
    ran = two("plan", "--json", code=0)
    assert "budget.deficit_keeps" in codes(ran) and ran.data["rows"] == []
    propose = two("plan", "propose", "L2", "--lump-sum", "500", "--json", code=0).data["proposals"]
    assert [one["fits"] for one in propose] == [False]


def test_a_supposed_deficit_is_said(two: Run, lang: str) -> None:
    ran = two("plan", "--what-if", "income=-60% from=2027-03", "--json", code=0)
    assert "plan.supposed_deficit" in codes(ran)
    assert "820" in two("plan", "--what-if", "income=-60% from=2027-03", code=0).err
    assert "plan.supposed_deficit" not in codes(two("plan", "--what-if", "income=-10%", "--json", code=0))


# --- journey 1, steps 8 and 9, with both branches


def test_the_first_overdue_month_ends_in_a_plan(gold: Run, lang: str) -> None:
    for month in range(4, 11):
        gold("pay", "L1", "1900", "--at", f"2026-{month:02}-10", code=0)
    gold(*CARD, code=0)
    for month in range(7, 11):
        gold("pay", "L2", "550.08", "--at", f"2026-{month:02}-25", code=0)
    gold("budget", "set", "--income", "6200", "--rent", "1800", "--food", "1500", "--other", "300", code=0)
    data = gold("plan", "--strategy", "min-first", "--json", code=0).data
    assert data["budget"]["available"] == "2600.00" and data["ends"] is not None
    first = [row for row in data["rows"] if row["date"] < "2026-12-31"]
    assert [row["loan"] for row in first] == ["L2", "L1", "L2"]
    said = codes(gold("plan", "--json", code=0))
    assert {"plan.minimum_on_time", "plan.no_new_debt"} <= set(said)
    rows = gold("plan", "compare", "--json", code=0).data["strategies"]
    assert {"min-first", "avalanche", "snowball", "pro-rata"} <= {one["strategy"] for one in rows}
    below = gold("plan", "--budget", "500", "--json", code=0)
    assert {"plan.minimums_above", "plan.token_or_pause", "plan.propose"} <= set(codes(below))
    assert all(Decimal(row["payment"]) >= 0 for row in below.data["rows"])
    assert gold("plan", "propose", "L1", "--budget", "500", "--json", code=0).data["proposals"]


def test_money_in_hand_pays_what_is_overdue_today(gold: Run) -> None:
    gold("budget", "set", "--income", "3000", "--payday", "5", "--hand", "2000", code=0)
    rows = gold("plan", "--json", code=0).data["rows"]
    assert (rows[0]["date"], rows[0]["payment"]) == ("2026-11-21", "2000.00")


def test_weekly_income_is_paid_on_its_days_and_nothing_on_others(gold: Run) -> None:
    gold("budget", "set", "--weekly", "400", "--weekday", "5", "--rent", "500", code=0)
    rows = gold("plan", "--json", code=0).data["rows"]
    behind = [row for row in rows if not row["date"].endswith("-10")]
    assert behind and all(dt.date.fromisoformat(row["date"]).isoweekday() == 5 for row in behind)
    assert all(Decimal(row["payment"]) > 0 for row in behind)


def test_a_plan_that_begins_later_pays_nothing_before_and_ends_at_zero(
    gold: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = gold("plan", "--budget", "2500", "--json", code=0).data
    found = gold("plan", "--budget", "2500", "--begin", "2027-03-01", "--json", code=0)
    paid = [row for row in found.data["rows"] if Decimal(row["payment"])]
    assert paid[0]["date"] >= "2027-03-01" and found.data["ends"] > plain["ends"]
    assert "begin=2027-03-01" in gold("plan", "--budget", "2500", "--begin", "2027-03-01", code=0).err
    with monkeypatch.context() as later:
        later.setenv("JDNEG_NOW", f"{found.data['ends']}T23:00:00+08:00")
        for row in paid:
            gold("pay", "L1", row["payment"], "--at", row["date"], code=0)
        left = {one["name"]: one["computed"] for one in gold("verify", "L1", "--json").data["components"]}
        assert (left["principal"], left["interest"], left["fee"]) == ("0.00", "0.00", "0.00")
    past = gold("plan", "--budget", "2500", "--begin", "2020-01-01", "--json", code=2)
    assert failed(past) == "day_is_over"


def test_every_fault_of_a_plan_is_told_at_once(gold: Run) -> None:
    told = gold(
        "plan", "--budget", "x", "--extra", "2026-12-01:abc", "--order", "L1", "--strategy", "best", "--json", code=2
    )
    assert {one["code"] for one in told.json["errors"]} == {"bad_amount", "contradictory_flags"}
    assert len(told.json["errors"]) == 3


# --- what grows, and by how much


def test_nothing_paid_grows_by_one_figure_that_verify_has_too(
    run: Run, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same nothing under every name, on one basis: today's balance, and what is owed a year later."""
    run(*CARD, "--penalty-factor", "1.5", "--penalty-base", "overdue_principal", code=0)
    run("budget", "set", "--income", "2000", "--rent", "2500", code=0)
    data = run("plan", "compare", "--json", code=0).data
    (grows,) = {one["grows_by"] for one in data["strategies"]}
    (later,) = {one["after_year"] for one in data["strategies"]}
    assert run("plan", "--json", code=0).data["grows_by"] == grows
    today = Decimal(data["debts"][0]["balance"])
    assert abs((Decimal(later) - today) / 12 - Decimal(grows)) <= Decimal("0.005")
    monkeypatch.setenv("JDNEG_NOW", "2027-11-21T10:00:00+08:00")
    parts = run("verify", "L1", "--json").data["components"]
    owed = next(Decimal(one["computed"]) for one in parts if one["name"] == "total")
    assert abs(owed - Decimal(later)) <= Decimal("0.01")


def test_interest_is_interest_and_the_sum_is_the_cost(two: Run, lang: str) -> None:
    """A plan with arrears and fees: adding up the parts counts nothing twice."""
    two(*CARD, "--penalty-factor", "1.5", "--penalty-base", "overdue_principal", code=0)
    data = two("plan", "--json", code=0).data
    at = {name: Decimal(data["totals"][name]) for name in ("cost", "interest", "penalty", "fees")}
    assert at["penalty"] > 0 and at["cost"] == at["interest"] + at["penalty"] + at["fees"]
    for name in ("cost", "interest"):
        assert at[name] == sum(Decimal(row[name]) for row in data["rows"])
    shown = two("plan", code=0).out
    assert f"{at['cost']:,.2f}" in shown and {"en": "Cost", "zh": "成本"}[lang] in shown


def test_at_eighty_columns_the_ways_stand_side_by_side(two: Run, lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    two("negotiate", "open", "L1", "--goal", "x", code=0)
    two("negotiate", "offer", "G1", "--by", "lender", "--months", "24", "--monthly", "700", code=0)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    lines = two("plan", "compare", "--color", "never", code=0).out.split("\n")
    ways = [line for line in lines if line.startswith(("offer G1/1", "方案 G1/1")) and "=" not in line]
    assert len(ways) == 4  # what it comes to, what makes it up, how it goes on, over time
    assert "2028" in ways[0] and ways[0].split()[-1] in ("yes", "no", "是", "否")
    monkeypatch.setenv("COLUMNS", "40")
    rows = two("plan", "--rows", "3", "--color", "never", code=0).out.split("\n")
    parts = [line for line in rows if line.startswith("2026-12-10")]
    assert len(parts) > 1 and all(line.startswith("2026-12-10   L1") for line in parts)


def test_every_valid_offer_stands_beside_the_others(two: Run, lang: str) -> None:
    two("negotiate", "open", "L1", "--goal", "x", code=0)
    two("negotiate", "offer", "G1", "--months", "24", "--waive", "interest", "--valid-until", "2026-12-31", code=0)
    two("negotiate", "offer", "G1", "--months", "36", "--waive", "interest", code=0)
    two("negotiate", "offer", "G1", "--by", "lender", "--months", "12", "--valid-until", "2026-11-21", code=0)
    found = two("plan", "compare", "--json", code=0).data["strategies"]
    assert [one["strategy"] for one in found if one["kind"] == "offer"] == ["G1/1", "G1/2", "G1/3"]
    later = two("plan", "compare", "--as-of", "2026-11-22", "--json", code=0).data["strategies"]
    assert [one["strategy"] for one in later if one["kind"] == "offer"] == ["G1/1", "G1/2"]


def test_an_offer_about_several_loans_stands_beside_the_other_ways(two: Run, lang: str) -> None:
    """Its rows are those that accepting it brings: both end, and pay, alike."""
    two("negotiate", "open", "L1,L2", "--goal", "x", code=0)
    two("negotiate", "offer", "G1", "--months", "24", "--waive", "penalty", code=0)
    ran = two("plan", "compare", "--json", code=0)
    assert "plan.offer_left_out" not in [one["code"] for one in ran.json["messages"]]
    (offer,) = [one for one in ran.data["strategies"] if one["kind"] == "offer"]
    two("negotiate", "accept", "G1", "--offer", "1", "--oral", code=0)
    plan = two("plan", "--json", code=0).data
    assert (offer["paid"], offer["ends"]) == (plan["totals"]["paid"], plan["ends"])
    assert {row["loan"] for row in plan["rows"]} == {"L1,L2"}


def test_an_offer_that_only_moves_the_instalments_lets_go_of_none_that_is_late(run: Run) -> None:
    """It was shown without them, as the cheapest way there is; accepted, they stay due at once."""
    run(*CARD, code=0)
    run("budget", "set", "--income", "30000", "--rent", "1800", code=0)
    run("negotiate", "open", "L1", "--goal", "延期", code=0)
    run("negotiate", "offer", "G1", "--pause", "2", code=0)
    [offered] = [row for row in run("plan", "compare", "--json", code=0).data["strategies"] if row["kind"] == "offer"]
    made = run("negotiate", "accept", "G1", "--offer", "1", "--json", code=0).data["record"]["agreement"]
    assert made["instalments"][0]["due"] == "2026-11-21"  # what is late
    assert Decimal(offered["paid"]) == sum(Decimal(one["amount"]) for one in made["instalments"])


LATE = (
    "loan", "add", "--lender", "A", "--kind", "bank", "--principal", "6000", "--rate", "12%/year", "--start", "2026-06-10",
    "--term", "12", "--due-day", "10", "--method", "equal-payment", "--penalty-factor", "1.5",
)  # fmt: skip


def test_what_is_paid_today_is_not_owed_in_a_year(run: Run) -> None:
    """Money in hand pays what is overdue on the first day; every way that is over by then owes nothing."""
    run(*LATE, code=0)
    run("budget", "set", "--income", "2000", "--payday", "5", "--rent", "1000", "--hand", "1000", code=0)
    found = run("plan", "compare", "--json", code=0).data["strategies"]
    over = [one for one in found if one["ends"] and one["ends"] < "2027-11-21"]
    assert over and {one["after_year"] for one in over} == {"0.00"}


def test_what_an_offer_is_made_up_of_is_not_said(run: Run) -> None:
    """13 instalments with interest in them: its cost is known, how it is made up is not."""
    run(*LATE, code=0)
    run("budget", "set", "--income", "9000", "--rent", "1000", code=0)
    run("negotiate", "open", "L1", "--goal", "x", code=0)
    run("negotiate", "offer", "G1", "--months", "13", "--monthly", "525.27", code=0)
    found = run("plan", "compare", "--json", code=0).data["strategies"]
    [offer] = [one for one in found if one["kind"] == "offer"]
    assert offer["cost"] and (offer["interest"], offer["penalty"], offer["fees"]) == (None, None, None)
    for one in found:
        if one["kind"] == "strategy":
            parts = sum(Decimal(one[part]) for part in ("interest", "penalty", "fees"))
            assert parts == Decimal(one["cost"])


def test_sums_to_come_on_a_loan_that_is_paid_are_called_that(
    run: Run, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(
        "loan", "add", "--lender", "A", "--kind", "bank", "--principal", "2345.67", "--rate", "36%/year", "--start",
        "2026-11-01", "--term", "6", "--due-day", "28", "--method", "bullet", "--monthly-fee", "服务费=12@平台", code=0,
    )  # fmt: skip
    monkeypatch.setenv("JDNEG_NOW", "2026-11-28T10:00:00+08:00")
    owed = run("verify", "L1", "--json").data["components"][-1]["computed"]
    run("pay", "L1", owed, "--at", "2026-11-28", code=0)
    run("budget", "set", "--income", "3000", "--rent", "1000", code=0)
    told = [one["code"] for one in run("plan", "--json", code=0).json["messages"]]
    assert "plan.only_to_come" in told and "plan.very_long" not in told


def test_a_plan_without_an_end_has_no_totals(gold: Run, lang: str) -> None:
    gold("budget", "set", "--income", "1850", "--rent", "1800", code=0)
    ran = gold("plan", code=0)
    out = " ".join(f"{ran.out} {ran.err}".split())
    assert ("总还款 - 成本 - 月数 -" if lang == "zh" else "Paid - Cost - Months -") in out
    assert ("没有总还款" if lang == "zh" else "no total") in out
    assert ("“最低”是" if lang == "zh" else '"Minimum" of') in out
