"""Terms a loan has several of, and the readings behind a claim: ``loan add``, ``loan amend``, ``verify --explain``."""

from __future__ import annotations

from pathlib import Path

from cli_world import Run
from command_world import codes, failed, journal

GOLD = [
    *("loan", "add", "--lender", "重庆京东盛际小额贷款有限公司", "--kind", "microlender", "--product", "金条"),
    *("--principal", "20000", "--rate", "0.05%/day", "--start", "2026-03-10", "--term", "12", "--due-day", "10"),
    *("--method", "equal-payment", "--penalty-factor", "1.5", "--penalty-base", "overdue_instalment"),
]
TERMS = [
    *("--rate-change", "2026-06-10=0.04%/day", "--one-off-fee", "服务费=300@甲担保公司"),
    *("--one-off-fee", "咨询费=50@乙公司:2026-03-10", "--monthly-fee", "会员费=30"),
    *("--count-first", "yes", "--count-last", "no", "--compound-every", "按季", "--penalty-beside"),
    *("--allocation", "罚息,利息,费用,本金", "--accelerated", "2026-10-01"),
    *("--waiver", "2026-08-01=100@罚息", "--refund", "2026-08-02=20"),
]


def test_terms_as_a_borrower_reads_them_off_a_contract(run: Run) -> None:
    record = run(*GOLD, *TERMS, "--json", code=0).data["record"]
    assert record["rate_changes"] == [{"since": "2026-06-10", "rate": "0.04%/day"}]
    assert record["charges"] == [
        {"name": "服务费", "amount": "300.00", "every": "once", "payee": "甲担保公司"},
        {"name": "咨询费", "amount": "50.00", "every": "once", "payee": "乙公司", "due": "2026-03-10"},
        {"name": "会员费", "amount": "30.00", "every": "month"},
    ]
    assert record["overdue"] == {
        "factor": "1.5", "base": "overdue_instalment", "beside": True, "compound": True, "compound_every": "quarter",
    }  # fmt: skip
    assert (record["count_first"], record["count_last"]) == (True, False)
    assert record["allocation"] == ["penalty", "interest", "fee", "principal"]
    assert record["accelerated_on"] == "2026-10-01"
    assert record["adjustments"] == [
        {"kind": "waiver", "at": "2026-08-01", "amount": "100.00", "part": "penalty"},
        {"kind": "refund", "at": "2026-08-02", "amount": "20.00"},
    ]
    assert run("verify", "L1", "--json").data["assumptions"]


def test_amending_adds_to_what_is_there(run: Run) -> None:
    run(*GOLD, "--waiver", "2026-05-01=10@penalty", code=0)
    more = ("--waiver", "2026-06-01=20", "--set", "term=24", "--reason", "短信通知减免")
    record = run("loan", "amend", "L1", *more, "--json", code=0).data["record"]
    assert [one["amount"] for one in record["adjustments"]] == ["10.00", "20.00"] and record["term"] == 24
    run("undo", code=0)
    assert len(run("loan", "show", "L1", "--json", code=0).data["record"]["adjustments"]) == 1


def test_faults_of_one_command_line_come_together(run: Run, world: Path, lang: str) -> None:
    run(*GOLD, code=0)
    before = journal(world)
    bad = ("--rate-change", "0.04%/day", "--monthly-fee", "会员费", "--waiver", "2026-05-01=-3", "--allocation", "x")
    ran = run("loan", "amend", "L1", *bad, "--reason", "x", "--json", code=2)
    assert [one["code"] for one in ran.json["errors"]] == [
        "bad_choice",
        "bad_choice",
        "negative_amount",
        "bad_choice",
    ]
    early = ("--rate-change", "2026-01-01=1%/year", "--accelerated", "2026-01-01", "--allocation", "fee,fee")
    ran = run("loan", "amend", "L1", *early, "--reason", "x", "--json", code=2)
    assert [one["code"] for one in ran.json["errors"]] == ["bad_loan"] * 3
    assert journal(world) == before


def test_a_payment_before_the_payout_stops_the_comparison(run: Run) -> None:
    run(*GOLD, code=0)
    run("pay", "L1", "100", "--at", "2026-03-01", code=0)
    assert failed(run("verify", "L1", "--json", code=2)) == "bad_loan"
    assert "jdneg payment amend Y1" in run("verify", "L1", code=2).err


def test_explain_names_the_reading_behind_their_figure(run: Run, lang: str) -> None:
    run(*GOLD, code=0)
    run("loan", "amend", "L1", "--set", "overdue.base=balance", "--reason", "试算", code=0)
    rows = run("verify", "L1", "--as-of", "2026-11-20", "--json").data["components"]
    theirs = {one["name"]: one["computed"] for one in rows}
    run("undo", code=0)
    figures = [word for name, value in theirs.items() for word in (f"--{name}", value)]
    run("claim", "add", "L1", "--at", "2026-11-20", *figures, code=0)
    ran = run("verify", "L1", "--explain", "--as-of", "2026-11-20", "--json", code=1)
    best = ran.data["explanations"][0]
    assert [one["code"] for one in best["readings"]] == ["balance_for_instalment"]
    assert (best["exact"], best["distance"], best["components"]) == (True, "0.00", theirs)
    assert ran.data["readings_tried"] > 1
    text = run("verify", "L1", "--explain", "--as-of", "2026-11-20", code=1).out
    said = {"zh": "罚息按全部未还本金计，而不是按逾期的那几期应还额",
            "en": "penalty on the whole unpaid principal instead of the overdue instalments"}  # fmt: skip
    assert said[lang] in text and {"zh": "不能证明", "en": "does not prove"}[lang] in text


def test_without_a_claim_or_the_flag_nothing_is_searched(run: Run) -> None:
    run(*GOLD, code=0)
    for flags in ((), ("--explain",)):
        ran = run("verify", "L1", *flags, "--json")
        assert "explanations" not in ran.data and "debt.no_claim" in codes(ran)
