"""A debt known by its demand alone: neither the sum that was lent nor its day is known, and nothing is guessed."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_world import Run
from command_world import codes, failed, one_line


@pytest.fixture
def unknown(run: Run, here: Path) -> Run:
    run("loan", "add", "--lender", "某公司", "--kind", "unknown", code=0)
    run("claim", "add", "L1", "--at", "2026-11-20", "--total", "4000", "--source", "sms", code=0)
    return run


def test_a_lender_alone_is_enough(run: Run, lang: str) -> None:
    ran = run("loan", "add", "--lender", "某公司", "--json", code=0)
    assert ran.data["record"] == {"lender": "某公司", "kind": "unknown"}
    told = {one["code"]: one["text"] for one in ran.data["warnings"]}
    assert "loan.no_rate" not in told
    named = "本金, 放款日, 利率或费率" if lang == "zh" else "principal, day of the payout, rate or fee"
    assert named in told["loan.not_computable"]
    assert "loan amend L1 --set principal=" in told["loan.not_computable"]
    assert failed(run("loan", "add", "--kind", "bank", "--json", code=2)) == "missing_flags"


def test_only_what_is_missing_is_asked_for(run: Run) -> None:
    run("loan", "add", "--lender", "x", "--principal", "3000", "--rate", "12%/year", code=0)
    said = run("verify", "L1", code=0).err
    assert "--set start=DATE" in said and "principal=" not in said and "rate=" not in said


@pytest.mark.parametrize(
    "words",
    [("verify", "L1", "-o", "a.md"), ("verify", "L1", "--explain")],
)
def test_what_needs_the_figures_says_how_to_fill_them(unknown: Run, lang: str, words: tuple[str, ...]) -> None:
    assert failed(unknown(*words, "--json", code=2)) == "no_payout"
    ran = unknown(*words, code=2)
    one_line(ran, lang)
    said = ran.err
    assert "jdneg letter draft request-info --loan L1" in said and "--set principal=AMOUNT --set start=DATE" in said


def test_verify_shows_what_they_ask_and_what_is_missing(unknown: Run, lang: str) -> None:
    unknown("claim", "add", "L1", "--at", "2026-11-21", "--total", "4500", "--principal", "3000", code=0)
    ran = unknown("verify", "L1", "--json", code=0)
    full = unknown("loan", "add", "--lender", "x", "--principal", "1", "--start", "2026-01-10", "--rate", "1%/year",
                   "--json", code=0)  # fmt: skip
    assert set(ran.data) == set(
        unknown("verify", full.data["id"], "--json", code=0).data
    )  # the shape that it promises
    figures = {one["name"]: (one["claimed"], one["computed"], one["difference"]) for one in ran.data["components"]}
    assert figures["total"] == ("4500.00", None, None) and figures["principal"] == ("3000.00", None, None)
    assert ran.data["open_questions"] and not ran.data["needs_action"] and len(ran.data["claims"]) == 2
    assert {one["state"] for one in ran.data["papers"]} >= {"missing"} and "loan.not_computable" in codes(ran)
    said = unknown("verify", "L1", code=0).out
    assert ("还没有可以比对的数" if lang == "zh" else "Nothing can be compared yet") in said
    assert unknown("verify", "L1", "--as-of", "2026-11-19", "--json", code=0).data["claims"] == []


def test_everything_else_goes_on(unknown: Run) -> None:
    unknown("budget", "set", "--income", "5000", "--rent", "1500", "--food", "1200", code=0)
    (debt,) = unknown("plan", "--json", code=0).data["debts"]
    assert (debt["balance"], debt["basis"]) == ("4000.00", "claimed")
    compared = unknown("plan", "compare", "--json", code=0)
    assert {"plan.not_plannable", "plan.nothing_to_plan"} <= set(codes(compared))
    assert "plan.best_proved" not in codes(compared)  # nothing planned, nothing cheapest
    paid = unknown("pay", "L1", "100", "--at", "2026-11-20", "--json", code=0)
    assert "debt.limitation_unknown" in codes(paid) and "payment.before_start" not in codes(paid)
    assert [one["kind"] for one in unknown("today", "--json", code=0).data["items"]] == ["claim"]
    for words in (("loan", "list"), ("loan", "show", "L1"), ("claim", "list"), ("report", "summary"),
                  ("report", "timeline"), ("check",), ("export", "bundle", "--profile", "lawyer", "-o", "out"),
                  ("complain", "draft", "--to", "platform", "--loan", "L1", "-o", "k.md")):  # fmt: skip
        unknown(*words, code=0)


@pytest.mark.parametrize("kind", ["request-info", "dispute", "proposal"])
def test_a_letter_leaves_out_what_is_unknown(unknown: Run, here: Path, kind: str) -> None:
    unknown("letter", "draft", kind, "--loan", "L1", "-o", "l.md", code=0)
    text = (here / "l.md").read_text(encoding="utf-8")
    assert "借款日期" not in text and "借款本金" not in text and "某公司" in text


def test_an_agreement_on_it_is_planned_and_tracked(unknown: Run) -> None:
    unknown("negotiate", "open", "L1", "--goal", "减免", code=0)
    unknown("negotiate", "offer", "G1", "--lump-sum", "2000", code=0)
    unknown("negotiate", "accept", "G1", "--offer", "1", "--oral", "--first-due", "2026-12-10", code=0)
    unknown("budget", "set", "--income", "5000", "--rent", "1500", "--food", "1200", code=0)
    plan = unknown("plan", "--json", code=0).data
    assert [(one["date"], one["payment"]) for one in plan["rows"]] == [("2026-12-10", "2000.00")]
    assert "2026-12-10: 2,000.00" in unknown("plan", "track", "G1", code=0).out


def test_it_is_filled_in_later(unknown: Run) -> None:
    sets = ("--set", "principal=3500", "--set", "start=2026-01-10", "--set", "rate=18%/year", "--set", "term=12")
    unknown("loan", "amend", "L1", *sets, "--reason", "合同", code=0)
    found = unknown("verify", "L1", "--as-of", "2026-11-20", "--json", code=0).data
    assert next(one["computed"] for one in found["components"] if one["name"] == "principal") == "3500.00"
    unknown("loan", "amend", "L1", "--set", "principal=", "--reason", "记错", code=0)
    assert failed(unknown("verify", "L1", "--explain", "--json", code=2)) == "no_payout"


def test_what_was_paid_after_the_claim_is_not_owed_again(unknown: Run) -> None:
    def balance() -> str | None:
        found: str | None = unknown("plan", "--budget", "500", "--json", code=0).data["debts"][0]["balance"]
        return found

    unknown(
        "pay", "L1", "100", "--at", "2026-11-20", code=0
    )  # whether the claim of that day knew of it, nobody can tell
    assert balance() == "4000.00"
    unknown("pay", "L1", "1000", "--at", "2026-11-21", code=0)
    assert balance() == "3000.00"
    unknown("claim", "add", "L1", "--at", "2026-11-21", "--total", "3100", "--source", "sms", code=0)
    assert balance() == "3100.00"
    assert (
        unknown("plan", "--budget", "500", "--as-of", "2026-11-20", "--json", code=0).data["debts"][0]["balance"]
        == "4000.00"
    )
