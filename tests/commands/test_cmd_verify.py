"""``verify``: claimed beside computed; the figures are held by the domain's tests, the answer's shape here."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from cli_world import Run
from command_world import codes, failed, one_line

KEYS = {"loan", "as_of", "components", "rate", "ceilings", "missing", "assumptions", "claims", "needs_action"}


@pytest.fixture
def claimed(gold: Run) -> Run:
    flags = ("--total", "21000", "--principal", "20000", "--interest", "1000", "--source", "app")
    gold("claim", "add", "L1", "--at", "2026-11-20", *flags, code=0)
    gold("pay", "L1", "1900", "--at", "2026-04-10", code=0)
    return gold


def test_the_shape(claimed: Run) -> None:
    ran = claimed("verify", "L1", "--as-of", "2026-11-20", "--json", code=1)
    data = ran.data
    assert ran.json["status"] == "findings" and set(data) >= KEYS  # more may be added
    assert (data["loan"], data["as_of"], data["needs_action"]) == ("L1", "2026-11-20", True)
    assert [one["name"] for one in data["components"]] == ["principal", "interest", "penalty", "fee", "total"]
    assert all(set(one) == {"name", "claimed", "computed", "difference"} for one in data["components"])
    assert [(one["n"], one["late_days"]) for one in data["overdue"]][:2] == [(2, 194), (3, 163)]
    assert all(set(one) == {"n", "due", "late_days", "amount", "unpaid"} for one in data["overdue"])
    by_name = {one["name"]: one for one in data["components"]}
    assert by_name["principal"] == {
        "name": "principal", "claimed": "20000.00", "computed": "18410.00", "difference": "1590.00",
    }  # fmt: skip
    assert by_name["penalty"] == {"name": "penalty", "claimed": None, "computed": None, "difference": None}
    assert set(data["rate"]) == {"nominal_12", "effective", "xirr"}
    assert all(re.fullmatch(r"0\.\d{6}", value) for value in data["rate"].values())
    ceilings = {"rule", "binds", "level", "checked", "limit", "value", "result", "reason", "measures"}
    assert all(set(one) == ceilings for one in data["ceilings"])
    assert {one["result"] for one in data["ceilings"]} <= {"within", "over", "cannot_tell"}
    assert {one["code"] for one in data["missing"]} >= {"debt.missing_contract", "debt.missing_overdue_terms"}
    for part in ("missing", "assumptions"):
        assert all(set(one) == {"code", "level", "text"} for one in data[part])


def test_the_words(claimed: Run, lang: str) -> None:
    ran = claimed("verify", "L1", "--as-of", "2026-11-20", code=1)
    head = ran.out.splitlines()[:8]
    if lang == "zh":
        assert head == [
            "L1 截至 2026-11-20",
            "",
            "项目           对方主张   按合同计算        差额",
            "------------------------------------------------",
            "本金          20,000.00    18,410.00   +1,590.00",
            "利息           1,000.00     2,061.92   -1,061.92",
            "罚息/违约金           -            -           -",
            "费用                  -         0.00           -",
        ]
    else:
        assert head[4].split() == ["principal", "20,000.00", "18,410.00", "+1,590.00"]
    assert ran.err.strip()


def test_exit_0_without_a_difference_and_without_a_claim(gold: Run) -> None:
    assert gold("verify", "L1", "--json", code=0).data["needs_action"] is False
    computed = gold("verify", "L1", "--json", code=0).data["components"][0]["computed"]
    gold("claim", "add", "L1", "--at", "2026-11-21", "--principal", computed, code=0)
    assert gold("verify", "L1", "--json", code=0).data["components"][0]["difference"] == "0.00"
    more = f"{float(computed) + 0.01:.2f}"
    gold("claim", "add", "L1", "--at", "2026-11-21", "--principal", more, code=0)
    assert gold("verify", "L1", "--json", code=1).data["components"][0]["difference"] == "0.01"


def test_a_private_loan_above_four_times_the_lpr_needs_action(run: Run) -> None:
    flags = (
        "--kind",
        "private",
        "--principal",
        "10000",
        "--rate",
        "36%/year",
        "--start",
        "2026-01-10",
        "--term",
        "12",
    )
    run("loan", "add", "--lender", "某人", *flags, "--due-day", "10", "--method", "equal-payment", code=0)
    data = run("verify", "L1", "--json", code=1).data
    over = [one for one in data["ceilings"] if one["result"] == "over"]
    assert len(over) == 1 and over[0]["limit"] == "0.120000"
    text = run("verify", "L1", "--lang", "zh", code=1).out
    assert "36.00%" in text or "42" in text


def test_the_ledger_day_by_day(claimed: Run) -> None:
    plain = claimed("verify", "L1", "--as-of", "2026-05-01", code=0).out
    ledger = claimed("verify", "L1", "--as-of", "2026-05-01", "--ledger", code=0).out
    assert ledger.startswith(plain.rpartition("\n\n")[0]) and len(ledger) > len(plain)
    assert "2026-04-10" in ledger and "1,900.00" in ledger


def test_what_is_not_there(gold: Run, world: Path, lang: str) -> None:
    assert failed(gold("verify", "L2", "--json", code=3)) == "not_found"
    assert failed(gold("verify", "Y1", "--json", code=2)) == "bad_id"
    one_line(gold("verify", "L1", "--as-of", "不是时间", code=2), lang)


def test_an_agreement_is_followed_once_it_is_in_writing(gold: Run, here: Path) -> None:
    gold("negotiate", "open", "L1", "--goal", "延长", code=0)
    gold("negotiate", "offer", "G1", "--months", "24", "--monthly", "900", "--first-due", "2026-12-10", code=0)
    gold("negotiate", "accept", "G1", "--offer", "1", "--oral", code=0)
    said = [one["code"] for one in gold("verify", "L1", "--json").data["assumptions"]]
    assert "debt.agreement_oral" in said
    gold("negotiate", "confirm", "G1", "--evidence", "合同.pdf", code=0)
    said = [one["code"] for one in gold("verify", "L1", "--json").data["assumptions"]]
    assert "debt.agreement_oral" not in said


def test_a_claimed_penalty_that_nothing_explains_is_no_all_clear(run: Run, lang: str) -> None:
    """The example of the README: exit 0, for no known part is too high, but questions are open."""
    run("loan", "add", "--lender", "甲", "--principal", "20000", "--rate", "0.05%/day", "--start", "2026-03-10",
        "--term", "12", "--due-day", "10", "--method", "equal-payment", code=0)  # fmt: skip
    run("claim", "add", "L1", "--at", "2026-11-20", "--total", "16480.55", "--principal", "14200", "--interest", "612",
        "--penalty", "1668.55", "--source", "sms", code=0)  # fmt: skip
    told = run("verify", "L1", "--as-of", "2026-11-20", code=0)
    assert "没有发现需要处理" not in told.out and "No difference" not in told.out
    assert ("还有问题没有答案" if lang == "zh" else "questions are open") in " ".join(told.out.split())
    ran = run("verify", "L1", "--as-of", "2026-11-20", "--json", "--explain", code=0)
    assert ran.data["open_questions"] is True and ran.data["needs_action"] is False
    assert {"debt.penalty_unexplained", "debt.principal_below"} <= set(codes(ran))
    assert ran.data["explanations"]  # the closest reading is named where none fits


def test_a_settled_debt_is_said_to_be_settled(claimed: Run, lang: str) -> None:
    claimed("loan", "close", "L1", "--at", "2026-11-21", code=0)
    ran = claimed("verify", "L1")
    assert ("2026-11-21 结清" if lang == "zh" else "settled on 2026-11-21") in " ".join(ran.out.split())
    assert "letter draft dispute" not in ran.out
    data = claimed("verify", "L1", "--json").data
    assert data["closed_on"] == "2026-11-21"
    assert data["components"] == claimed("verify", "L1", "--as-of", "2026-11-21", "--json").data["components"]
    before = claimed("verify", "L1", "--as-of", "2026-11-20", "--json").data
    assert before["closed_on"] is None and before["needs_action"] is True


def test_an_old_debt_is_told_of_the_period_and_a_young_one_is_not(run: Run, here: Path, lang: str) -> None:
    words = ("--lender", "甲", "--principal", "20000", "--rate", "0.05%/day", "--term", "12", "--due-day", "10")
    run("loan", "add", *words, "--start", "2019-12-10", code=0)
    run("loan", "add", *words, "--start", "2025-06-10", code=0)
    title, never = ("诉讼时效", "已过时效") if lang == "zh" else ("Limitation period", "has expired")
    ran = run("verify", "L1", "-o", "old.md", code=0)
    for text in (ran.out, (here / "old.md").read_text("utf-8")):
        assert title in text and never not in text
    told = run("verify", "L1", "--json", code=0).data["limitation"]
    assert told["code"] == "debt.limitation_past" and "2020-12-10" in told["text"]
    assert run("verify", "L2", "--json", code=0).data["limitation"] is None


def test_who_says_that_he_comes_for_another_makes_the_authority_a_missing_paper(gold: Run) -> None:
    def state() -> str:
        papers = gold("verify", "L1", "--json", code=0).data["papers"]
        return next(one["state"] for one in papers if one["paper"] == "authority")

    gold("log-call", "L1", "--at", "2026-11-20 10:00", "--said", "不还就发律师函")
    assert state() == "not_needed"
    gold("log-call", "L1", "--at", "2026-11-20 11:00", "--agent", "某某律所王律师", "--said", "我们受委托代A催收")
    assert state() == "missing"
