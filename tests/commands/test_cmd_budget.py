"""``budget``: income, necessary spending, what is left."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_world import Run
from command_world import WRITTEN, codes, failed, journal, one_line


def test_set_and_show(run: Run, lang: str) -> None:
    run("init", code=0)
    flags = ("--income", "6200", "--rent", "1800", "--food", "1,500", "--spend", "药费=200.5", "--note", "11月")
    data = run("budget", "set", *flags, "--json", code=0).data
    assert set(data) == WRITTEN and data["id"] == "M1"
    assert data["record"]["spending"] == [
        {"name": "rent", "amount": "1800.00"}, {"name": "food", "amount": "1500.00"}, {"name": "药费", "amount": "200.50"},
    ]  # fmt: skip
    shown = run("budget", "show", "--json", code=0).data
    assert set(shown) == {"id", "budget", "income", "spending", "available", "earlier"}
    assert (shown["income"], shown["spending"], shown["available"]) == ("6200.00", "3500.50", "2699.50")
    text = run("budget", "show", code=0).out
    if lang == "zh":
        assert text == (
            "每月                元\n"
            "----------------------\n"
            "收入          6,200.00\n"
            "− 房租/房贷   1,800.00\n"
            "− 吃饭        1,500.00\n"
            "− 药费          200.50\n"
            "剩余          2,699.50\n"
        )
    else:
        assert text.splitlines()[-1].split()[-1] == "2,699.50"


def test_the_latest_counts_and_undo_brings_back(run: Run) -> None:
    run("budget", "set", "--income", "6000", code=0)
    run("budget", "set", "--income", "5000", "--rent", "1000", code=0)
    assert run("budget", "show", "--json", code=0).data["available"] == "4000.00"
    run("undo", code=0)
    assert run("budget", "show", "--json", code=0).data["available"] == "6000.00"
    run("redo", code=0)
    assert run("budget", "show", "--json", code=0).data["available"] == "4000.00"


def test_no_budget_yet(run: Run, lang: str) -> None:
    run("init", code=0)
    assert "jdneg budget set" in run("budget", "show", code=0).out
    shown = run("budget", "show", "--json", code=0).data
    assert shown == {"id": None, "budget": None, "income": None, "spending": None, "available": None, "earlier": []}


def test_a_deficit_is_said(run: Run) -> None:
    ran = run("budget", "set", "--income", "3000", "--rent", "3500", "--json", code=0)
    assert ran.data["warnings"] and codes(ran)[-1] == ran.data["warnings"][-1]["code"]


@pytest.mark.parametrize(
    ("flags", "code"),
    [
        (("--income", "-5"), "negative_amount"),
        (("--income", "1.234,56"), "bad_amount"),
        (("--income", "5", "--rent", "-1"), "negative_amount"),
        (("--income", "5", "--spend", "药费"), "bad_choice"),
        (("--income", "5", "--spend", "=5"), "bad_choice"),
        (("--income", "5", "--spend", "药费=x"), "bad_amount"),
        (("--rent", "5"), "missing_flags"),
        (("--income", "5", "--rent", "1", "--spend", "房租=2"), "line_twice"),
        (("--income", "5", "--spend", "药费=1", "--spend", "药费=2"), "line_twice"),
    ],
)
def test_what_cannot_be(run: Run, world: Path, zh: str, flags: tuple[str, ...], code: str) -> None:
    run("init", code=0)
    before = journal(world)
    assert failed(run("budget", "set", *flags, "--json", code=2)) == code
    one_line(run("budget", "set", *flags, code=2), zh)
    assert journal(world) == before


OUT_OF_WORK = [
    ("--income", "0"),
    ("--irregular", "0", "--irregular", "3000"),
    ("--expected", "2027-03-01:4000"),
]


@pytest.mark.parametrize("words", OUT_OF_WORK)
def test_who_is_out_of_work_gets_budget_statement_and_letter(
    gold: Run, lang: str, words: tuple[str, ...], here: Path
) -> None:
    ran = gold("budget", "set", *words, "--rent", "800", "--json", code=0)
    assert "plan.deficit" in codes(ran) and ran.data["record"]["income"] == "0.00"
    shown = gold("budget", "statement", "--for", "L1", "--json", code=0).data
    assert (shown["income"], shown["short"], shown["share"]) == ("0.00", "800.00", "0.00")
    gold("letter", "draft", "proposal", "--loan", "L1", "-o", "信.md", code=0)
    letter = (here / "信.md").read_text("utf-8")
    assert "待填：期数" not in letter and "暂停" in letter
    assert gold("plan", "--json", code=0).data["budget"]["available"] == "0.00"


def test_a_plan_without_the_sum_expected(gold: Run) -> None:
    gold("budget", "set", "--income", "3000", "--rent", "2000", "--expected", "2027-02-10:3000", code=0)
    paid = [gold("plan", *words, "--json", code=0).data["totals"] for words in ((), ("--what-if", "expected=0"))]
    assert paid[0] != paid[1]
    assert failed(gold("plan", "--what-if", "expected=500", "--json", code=2)) == "bad_what_if"
    gold("budget", "set", "--income", "3000", code=0)
    assert failed(gold("plan", "--what-if", "expected=0", "--json", code=2)) == "bad_choice"


def test_all_a_budget_may_say(run: Run) -> None:
    run("init", code=0)
    flags = (
        *("--income", "3000", "--payday", "15", "--weekly", "500", "--weekday", "5", "--irregular", "900"),
        *("--irregular", "600", "--expected", "2027-02-10:3000", "--rent", "1000", "--because", "rent=合同到六月"),
        *("--dependants", "2", "--one-off", "学费=1200@2027-02-20", "--reserve", "200", "--hand", "800"),
    )
    ran = run("budget", "set", *flags, "--json", code=0)
    record = ran.data["record"]
    assert record["income"] == "5766.67"  # 3,000 + 500 x 52 / 12 + the weaker of the two months
    assert [one["every"] for one in record["incomes"]] == ["month", "week", "irregular", "once"]
    assert record["spending"][0]["note"] == "合同到六月" and record["one_off"][0]["on"] == "2027-02-20"
    assert run("budget", "show", "--json", code=0).data["available"] == "4566.67"
    assert {"budget.lowest_counted", "budget.expected"} <= set(codes(ran))


def test_a_month_of_weekly_or_irregular_pay_names_what_it_rests_on(gold: Run, lang: str) -> None:
    """An officer holds the figure against slips: no week brings it."""
    gold("budget", "set", "--weekly", "1500", "--weekday", "5", "--rent", "2000", code=0)
    week = {"en": "each week 1,500.00 (Friday): 52 weeks / 12", "zh": "每周 1,500.00（周五）：52 周 ÷ 12"}[lang]
    for words in (("budget", "show"), ("budget", "statement", "--for", "L1")):
        assert week in gold(*words, code=0).out
    gold("budget", "set", "--irregular", "4200", "--irregular", "3500", "--rent", "2000", code=0)
    seen = {"en": "lowest of 4,200.00, 3,500.00", "zh": "4,200.00、3,500.00 中最低的"}[lang]
    assert seen in gold("budget", "statement", "--for", "L1", code=0).out


def test_what_one_says_of_hardship_stands_in_statement_and_letter(gold: Run, here: Path, lang: str) -> None:
    ran = gold(
        *("budget", "set", "--income", "0", "--rent", "800", "--cause", "八月被裁员", "--dependants", "2"),
        *("--income-from", "2027-03-01:4500", "--expected", "2027-02-10:800", "--json"),
        code=0,
    )
    assert ran.data["record"]["cause"] == "八月被裁员" and "budget.from_uncounted" in codes(ran)
    assert gold("plan", "--json", code=0).data["rows"] == []  # a job to come pays nothing yet
    gold("letter", "draft", "proposal", "--loan", "L1", "-o", "信.md", code=0)
    gold("budget", "statement", "--for", "L1", "-o", "说明.md", code=0)
    letter, page = ((here / name).read_text("utf-8") for name in ("信.md", "说明.md"))
    for text in (letter, page):
        assert "八月被裁员" in text and "4,500.00" in text and "800.00" in text
    assert "2人" in letter and "2027年3月1日起" in letter
    assert failed(gold("budget", "set", "--income", "0", "--income-from", "4500", "--json", code=2)) == "bad_choice"


def test_papers_for_the_loan_are_named_where_none_is_attached(gold: Run, here: Path) -> None:
    gold("budget", "set", "--income", "5200", "--rent", "1000", code=0)
    gold("evidence", "add", "合同.pdf", "--for", "L1", code=0)
    bare = gold("budget", "statement", "--for", "L1", "--json", code=0)
    assert bare.data["materials"] == [] and "budget.materials_there" in codes(bare)
    full = gold("budget", "statement", "--for", "L1", "--materials", "E1", "--json", code=0)
    assert full.data["materials"] == ["E1"] and "budget.materials_there" not in codes(full)


def test_earlier_budgets_stay_readable(run: Run) -> None:
    run("budget", "set", "--income", "6000", code=0)
    run("budget", "set", "--income", "5000", "--rent", "1000", code=0)
    shown = run("budget", "show", "--json", code=0).data
    assert [(one["id"], one["available"]) for one in shown["earlier"]] == [("M1", "6000.00")]
    assert run("budget", "show", "M1", "--json", code=0).data["available"] == "6000.00"


def test_an_officer_asks_what_is_in_other(run: Run) -> None:
    bare = run("budget", "set", "--income", "5000", "--other", "600", "--json", code=0)
    told = run(
        "budget", "set", "--income", "5000", "--other", "600", "--because", "other=助听器电池", "--json", code=0
    )
    assert "budget.officer_asks" in codes(bare) and "budget.officer_asks" not in codes(told)


@pytest.mark.parametrize("ending", ["md", "docx", "html"])
def test_a_statement_lists_only_what_is_in_the_vault(gold: Run, here: Path, lang: str, ending: str) -> None:
    gold("budget", "set", "--income", "5200", "--rent", "1000", "--dependants", "2", code=0)
    gold("evidence", "add", "合同.pdf", "--for", "M1", "--proves", "收入", code=0)
    data = gold("budget", "statement", "--for", "L1", "-o", f"说明.{ending}", "--json", code=0).data
    assert (data["materials"], data["available"], data["debts"]) == (["E1"], "4200.00", 1)
    assert data["share"] == "4200.00" and (here / f"说明.{ending}").stat().st_size > 200
    if ending != "docx":  # the lender reads Chinese, whatever the terminal speaks
        assert "收支情况说明" in (here / f"说明.{ending}").read_text("utf-8")
    for invented in ("收入证明", "E9", "../x.pdf"):
        ran = gold("budget", "statement", "--for", "L1", "--materials", invented, "--json", code=3)
        assert failed(ran) == "not_in_vault"


def test_the_same_figures_for_every_creditor(gold: Run) -> None:
    gold("budget", "set", "--income", "5200", "--rent", "1000", code=0)
    gold(*("loan", "add", "--lender", "某银行", "--kind", "bank", "--principal", "6000", "--rate", "18%/year"),
         *("--start", "2026-06-05", "--term", "12", "--due-day", "25", "--method", "equal-payment"), code=0)  # fmt: skip
    one, two = (gold("budget", "statement", "--for", loan, "--json", code=0).data for loan in ("L1", "L2"))
    same = ("income", "spending", "available", "owed", "debts")
    assert [one[key] for key in same] == [two[key] for key in same]
    assert float(one["share"]) + float(two["share"]) <= 4200.01


def test_a_statement_of_a_deficit_says_so_and_needs_a_budget(gold: Run, lang: str) -> None:
    assert failed(gold("budget", "statement", "--for", "L1", "--json", code=2)) == "no_budget"
    assert failed(gold("budget", "statement", "--json", code=2)) == "missing_flags"
    gold("budget", "set", "--income", "2000", "--rent", "2500", code=0)
    text = gold("budget", "statement", "--for", "L1", code=0).out
    assert "500.00" in text and "-500" not in text


@pytest.mark.parametrize(
    ("flags", "code"),
    [
        (("--income", "NaN"), "bad_amount"),
        (("--income", "1e9"), "bad_amount"),
        (("--income", "5000", "--payday", "32"), "bad_due_day"),
        (("--income", "5000", "--weekly", "5", "--weekday", "8"), "bad_choice"),
        (("--income", "5000", "--expected", "3000"), "bad_choice"),
        (("--income", "5000", "--one-off", "学费"), "bad_choice"),
        (("--income", "5000", "--expected", "2020-02-01:3000"), "day_is_over"),
        (("--income", "5000", "--one-off", "学费=300@2020-02-01"), "day_is_over"),
        (("--income", "5000", "--because", "rent=x"), "bad_choice"),
        (("--income", "5000", "--reserve", "-1"), "negative_amount"),
        (("--income", "5000", "--dependants", "-1"), "below_least"),
    ],
)
def test_what_a_budget_cannot_say(run: Run, world: Path, zh: str, flags: tuple[str, ...], code: str) -> None:
    run("init", code=0)
    before = journal(world)
    assert failed(run("budget", "set", *flags, "--json", code=2)) == code
    one_line(run("budget", "set", *flags, code=2), zh)
    assert journal(world) == before


def test_the_latest_by_its_day_counts_not_the_last_recorded(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run("init", code=0)
    run("budget", "set", "--income", "3000", "--rent", "1000", code=0)
    with monkeypatch.context() as earlier:
        earlier.setenv("JDNEG_NOW", "2026-10-01T10:00:00+08:00")
        run("budget", "set", "--income", "9000", "--rent", "1000", code=0)
    assert run("budget", "show", "--json", code=0).data["budget"]["income"] == "3000.00"
    assert run("--as-of", "2026-10-05", "budget", "show", "--json", code=0).data["budget"]["income"] == "9000.00"


def test_what_only_a_lender_says_is_not_stated_as_owed(run: Run, here: Path, lang: str) -> None:
    """A demand for 3,000 and a loan of my own records: to both it is said which is which; no id of ours stands in it."""
    run("loan", "add", "--lender", "某公司", code=0)
    run("claim", "add", "L1", "--at", "2026-11-20", "--total", "3000", code=0)
    run("budget", "set", "--income", "5000", "--rent", "1000", "--hand", "700", code=0)
    data = run("budget", "statement", "--for", "L1", "--json", code=0).data
    assert (data["owed"], data["claimed"]) == ("3000.00", "3000.00")
    run("budget", "statement", "--for", "L1", "-o", "表.md", code=0)
    page = (here / "表.md").read_text(encoding="utf-8")
    assert "贵方主张、本人尚未核实" in page and "其中对方主张、尚未核实" in page and "贵方余额" not in page
    assert "L1" not in page and "700.00" in page and "会及时告知" not in page


def test_a_line_may_be_called_as_it_is_shown(run: Run) -> None:
    run("budget", "set", "--income", "5000", "--rent", "1000", "--because", "房租=住在厂边", code=0)
    assert run("budget", "show", "--json", code=0).data["budget"]["spending"][0]["note"] == "住在厂边"


def test_what_if_does_not_begin_years_ago(run: Run) -> None:
    run("budget", "set", "--income", "5000", "--rent", "1000", code=0)
    assert failed(run("plan", "--what-if", "income=-20% from=2020-03", "--json", code=2)) == "day_is_over"
    run("plan", "--what-if", "income=-20% from=2026-11", code=0)
