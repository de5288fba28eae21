"""Small payments that settle nothing, and then talk again: proposed, offered, put in writing, agreed, kept."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from cli_world import Ran, Run
from command_world import codes, failed

TOKEN = ("--months", "6", "--monthly", "50", "--then-talk")


@pytest.fixture
def poor(run: Run, here: Path) -> Run:
    """More is spent than earned, and a loan is in arrears."""
    (here / "conf.txt").write_text("ok", "utf-8")
    run(
        *("loan", "add", "--lender", "甲银行", "--kind", "bank", "--principal", "20000", "--rate", "12%/year"),
        *("--start", "2026-02-28", "--term", "12", "--due-day", "28", "--method", "equal-payment"),
        *("--penalty-factor", "1.5", "--penalty-base", "overdue_principal"),
        code=0,
    )
    run("budget", "set", "--income", "2000", "--rent", "1500", "--food", "1200", code=0)
    run("negotiate", "open", "L1", "--goal", "x", code=0)
    return run


def agree(poor: Run, *more: str) -> Ran:
    poor("negotiate", "offer", "G1", *TOKEN, *more, code=0)
    return poor("negotiate", "accept", "G1", "--offer", "1", "--evidence", "conf.txt", "--json", code=0)


def total(poor: Run) -> str:
    found = poor("verify", "L1", "--json").data["components"]
    return next(str(one["computed"]) for one in found if one["name"] == "total")


def test_the_advice_in_a_deficit_leads_to_one(poor: Run, lang: str) -> None:
    said = poor("plan", code=0).err
    assert "jdneg plan propose L1 --monthly 50 --months 6 --then-talk" in said
    found = poor("plan", "propose", "L1", "--monthly", "50", "--months", "8", "--then-talk", "--json", code=0)
    (one,) = found.data["proposals"]
    assert (one["form"], one["months"], one["total"], one["let_go"]) == ("token", 8, "400.00", "0.00")
    poor(*shlex.split(one["command"])[1:], code=0)
    record = poor("negotiate", "accept", "G1", "--offer", "1", "--json", code=0).data["record"]
    assert record["agreement"]["then_talk"] and len(record["agreement"]["instalments"]) == 8
    assert failed(poor("plan", "propose", "L1", "--then-talk", "--json", code=2)) == "bad_offer"


def test_a_sum_alone_in_a_deficit_is_offered_as_one_too(poor: Run) -> None:
    found = poor("plan", "propose", "L1", "--monthly", "50", "--json", code=0).data["proposals"]
    assert found[-1]["form"] == "token" and "--then-talk" in found[-1]["command"]


def test_nothing_is_settled_and_nothing_let_go(poor: Run, lang: str) -> None:
    before = total(poor)
    ran = agree(poor)
    assert "case.then_talk_agreed" in codes(ran) and "case.agreed_sum" not in codes(ran)
    assert total(poor) == before
    plan = poor("plan", "--json", code=0)
    assert plan.data["debts"][0]["balance"] == before and "plan.meanwhile" in codes(plan)
    assert plan.data["ends"] is None


def test_a_waived_penalty_runs_no_more(poor: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    agree(poor, "--waive", "penalty")

    def penalty() -> str:
        found = poor("verify", "L1", "--json").data["components"]
        return next(str(one["computed"]) for one in found if one["name"] == "penalty")

    assert penalty() == "0.00"
    monkeypatch.setenv("JDNEG_NOW", "2027-03-01T10:00:00+08:00")
    assert penalty() == "0.00" and float(total(poor)) > 21203


def test_it_is_kept_and_the_rest_is_talked_about(poor: Run, lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    agree(poor)
    for day in ("2026-11-28", "2026-12-28", "2027-01-28", "2027-02-28", "2027-03-28"):
        monkeypatch.setenv("JDNEG_NOW", f"{day}T10:00:00+08:00")
        poor("pay", "L1", "50", "--at", day, code=0)
    monkeypatch.setenv("JDNEG_NOW", "2027-04-20T10:00:00+08:00")
    assert poor("plan", "track", "G1", "--json", code=0).data["agreements"][0]["standing"] == "up_to_date"
    items = poor("today", "--json", code=0).data["items"]
    again = next(one for one in items if one["kind"] == "talk_again")
    assert again["due"] == "2027-04-28"
    text = poor("plan", "track", "G1", code=0).out
    assert ("settle nothing" in text) or ("不是结清" in text)


def test_missing_one_lets_nothing_lapse(poor: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    agree(poor)
    monkeypatch.setenv("JDNEG_NOW", "2027-01-05T10:00:00+08:00")
    one = poor("plan", "track", "G1", "--json", code=0).data["agreements"][0]
    assert one["standing"] == "behind" and one["late_cost"] is None and one["let_go"] is None


def test_the_letters_say_that_it_settles_nothing(poor: Run, here: Path) -> None:
    poor("negotiate", "offer", "G1", *TOKEN, code=0)
    poor("letter", "draft", "proposal", "--case", "G1", "--lang", "zh", "-o", "方案.md", code=0)
    text = (here / "方案.md").read_text("utf-8")
    assert "不是结清" in text and "每期还款：¥50.00" in text and "期数：6期" in text
    poor("negotiate", "accept", "G1", "--offer", "1", code=0)
    poor("letter", "draft", "confirm", "--case", "G1", "--lang", "zh", "-o", "确认.md", code=0)
    text = (here / "确认.md").read_text("utf-8")
    assert "不是结清" in text and "全部结清" not in text


def test_an_open_one_has_no_total_beside_other_ways(poor: Run, lang: str) -> None:
    poor("negotiate", "offer", "G1", *TOKEN, code=0)
    ran = poor("plan", "compare", "--json", code=0)
    assert all(one["kind"] != "offer" for one in ran.data["strategies"])
    assert "plan.offer_left_out" in codes(ran)


@pytest.mark.parametrize(
    "words", [("--months", "6"), ("--monthly", "50"), ("--months", "6", "--monthly", "50", "--waive", "interest")]
)
def test_what_makes_no_sense_is_said(poor: Run, lang: str, words: tuple[str, ...]) -> None:
    assert failed(poor("negotiate", "offer", "G1", *words, "--then-talk", "--json", code=2)) == "bad_offer"


def test_a_sum_at_once_is_no_small_payment(poor: Run) -> None:
    words = ("--monthly", "50", "--lump-sum", "900", "--then-talk", "--json")
    assert failed(poor("plan", "propose", "L1", *words, code=2)) == "contradictory_flags"


def test_no_table_is_spoken_of_where_none_is_shown(poor: Run, lang: str) -> None:
    assert "plan.first_year" not in codes(poor("plan", "--json", code=0))
    assert "plan.first_year" in codes(poor("plan", "--budget", "100", "--json", code=0))
