"""Terms a loan has several of, and the readings behind a claim: ``loan add``, ``loan amend``, ``verify --explain``."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
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


BAD = ("--kind", "x", "--principal", "-5", "--received", "0", "--rate", "18", "--start", "2026-13-01", "--term", "0",
       "--due-day", "44", "--penalty-factor", "-1", "--penalty-rate", "5", "--payment", "abc", "--signed", "q",
       "--waiver", "2026=1", "--one-off-fee", "x=-3", "--secured", "maybe")  # fmt: skip


def test_every_fault_of_a_loan_names_its_flag(run: Run, world: Path, lang: str) -> None:
    """The kinds of wrong that people type, all at once: each is told with its flag, nothing is written."""
    before = journal(world)
    ran = run("loan", "add", "--lender", "甲", *BAD, "--json", code=2)
    assert {one["details"]["where"] for one in ran.json["errors"]} == {flag for flag in BAD if flag.startswith("--")}
    said = run("loan", "add", "--lender", "甲", *BAD, code=2).err.splitlines()
    assert all(any(f"{flag}{colon}" in line for line in said for colon in (":", "：")) for flag in BAD[::2])
    assert journal(world) == before


def test_a_table_and_a_rate_that_contradict_each_other(run: Run, here: Path, lang: str) -> None:
    """The contract's table is followed; the contradiction is said at entry and in each verification, and mended."""
    table = here / "table.csv"
    table.write_text(
        "date,amount,principal,interest\n2026-04-10,10400,10000,400\n2026-05-10,10200,10000,200\n", encoding="utf-8"
    )
    words = ("--principal", "20000", "--rate", "12%/year", "--start", "2026-03-10", "--schedule", str(table))
    ran = run("loan", "add", "--lender", "甲", *words, "--json", code=0)
    (told,) = [one for one in ran.data["warnings"] if one["code"] == "debt.schedule_rate_differs"]
    assert all(one in told["text"] for one in ("400.00", "200.00", "600.00", "300.00", "--schedule"))
    found = run("verify", "L1", "--as-of", "2026-04-20", "--json", code=0)
    assert "debt.schedule_rate_differs" in codes(found)
    assert "debt.schedule_rate_differs" in [one["code"] for one in found.data["assumptions"]]
    table.write_text(
        "date,amount,principal,interest\n2026-04-10,10200,10000,200\n2026-05-10,10100,10000,100\n", encoding="utf-8"
    )
    mended = run("loan", "amend", "L1", "--schedule", str(table), "--reason", "按合同", "--json", code=0)
    assert mended.data["record"]["schedule"][0]["amount"] == "10200.00"
    assert "debt.schedule_rate_differs" not in codes(run("verify", "L1", "--as-of", "2026-04-20", "--json", code=0))
    table.write_text("date,amount,principal\n2026-04-10,10000,10000\n2026-05-10,9000,9000\n", encoding="utf-8")
    refused = run("loan", "amend", "L1", "--schedule", str(table), "--reason", "x", "--json", code=2)
    assert failed(refused) == "bad_loan" and refused.json["errors"][0]["details"]["where"] == "--schedule"


def test_before_the_payout_nothing_is_owed(run: Run, lang: str) -> None:
    run(*GOLD, code=0)
    run("claim", "add", "L1", "--at", "2026-03-01", "--total", "100", code=0)
    found = run("verify", "L1", "--as-of", "2026-03-09", "--explain", "--json").data
    assert {one["computed"] for one in found["components"]} == {"0.00"}
    assert found["explanations"] == [] and found["overdue"] == []


def test_an_agreement_over_two_loans_is_shared_to_the_fen(run: Run, here: Path, lang: str) -> None:
    for principal in ("20000", "7000"):
        run(*[principal if one == "20000" else one for one in GOLD], "--secured", "no", code=0)
    proof = here / "协议.txt"
    proof.write_text("协议", encoding="utf-8")
    run("negotiate", "open", "L1,L2", "--goal", "延期", code=0)
    offer = ("--months", "10", "--monthly", "3000", "--first-due", "2026-09-10", "--at", "2026-08-20")
    run("negotiate", "offer", "G1", *offer, code=0)
    agreed = ("--offer", "1", "--at", "2026-08-20", "--starts", "2026-08-20", "--evidence", str(proof))
    run("negotiate", "accept", "G1", *agreed, code=0)
    both = [run("verify", one, "--as-of", "2026-09-15", "--json").data for one in ("L1", "L2")]
    assert sum(Decimal(one["overdue"][0]["amount"]) for one in both) == 3000
    assert all("debt.agreement_shared" in [note["code"] for note in one["assumptions"]] for one in both)
    paid = run("pay", "L1,L2", "3000", "--at", "2026-09-09", "--json", code=0).data
    assert [one["amount"] for one in paid["split"]] == [one["overdue"][0]["amount"] for one in both]
    assert [run("verify", one, "--as-of", "2026-09-15", "--json").data["overdue"] for one in ("L1", "L2")] == [[], []]
    run("loan", "add", "--lender", "乙", "--principal", "100", "--start", "2026-08-01", code=0)
    run("negotiate", "open", "L2,L3", "--goal", "延期", code=0)
    run("negotiate", "offer", "G2", *offer, code=0)
    later = [one if one != "2026-08-20" else "2026-09-01" for one in agreed]
    run("negotiate", "accept", "G2", *later, "--replace", code=0)
    notes = run("verify", "L2", "--as-of", "2026-09-15", "--json").data["assumptions"]
    assert "debt.agreement_not_shared" in [one["code"] for one in notes]


def test_security_decides_the_order_of_the_law(run: Run, lang: str) -> None:
    run(*GOLD, "--secured", "yes", code=0)
    run(*GOLD, code=0)
    asked = run("pay", "L1,L2", "100", "--at", "2026-05-20", "--json", code=0)
    assert "payment.security_unknown" in codes(asked)
    run("undo", code=0)
    run("loan", "amend", "L2", "--secured", "no", "--reason", "看合同", code=0)
    ran = run("pay", "L1,L2", "100", "--at", "2026-05-20", "--json", code=0)
    assert [(one["loan"], one["amount"]) for one in ran.data["split"]] == [("L2", "100.00"), ("L1", "0.00")]
    assert ran.data["split"][0]["why"]["code"] == "payment.why_unsecured" and "payment.security_unknown" not in codes(
        ran
    )


KNOWN_BEFORE = ("--rate-change", "2027-02-10=15%/year", "--one-off-fee", "年费=120@甲:2027-03-10")
A_YEAR = (
    "--lender", "甲银行", "--kind", "bank", "--principal", "12000", "--rate", "12%/year", "--start", "2026-10-10",
    "--term", "12", "--due-day", "10", "--method", "equal-payment",
)  # fmt: skip


def test_a_rate_and_a_fee_known_beforehand_are_planned(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Entered at once or later, they count from their day in `plan`, in `compare` and in `verify`."""
    run("loan", "add", *A_YEAR, *KNOWN_BEFORE, code=0)
    run("pay", "L1", "1066.19", "--at", "2026-11-10", code=0)
    plan = run("plan", "--budget", "1300", "--json", code=0).data
    fee = next(row for row in plan["rows"] if row["date"] == "2027-03-10")
    assert Decimal(fee["cost"]) > 120
    with monkeypatch.context() as later:
        later.setenv("JDNEG_NOW", f"{plan['ends']}T23:00:00+08:00")
        for row in plan["rows"]:
            run("pay", "L1", row["payment"], "--at", row["date"], code=0)
        left = {one["name"]: one["computed"] for one in run("verify", "L1", "--json").data["components"]}
        assert (left["principal"], left["interest"], left["fee"]) == ("0.00", "0.00", "0.00")


def test_amended_they_are_the_same_contract(run: Run) -> None:
    run("loan", "add", *A_YEAR, *KNOWN_BEFORE, code=0)
    run("loan", "add", *A_YEAR, code=0)
    run("loan", "amend", "L2", *KNOWN_BEFORE, "--reason", "合同第四条", code=0)
    first, second = (run("verify", one, "--as-of", "2027-03-20", "--json").data["components"] for one in ("L1", "L2"))
    assert first == second


@pytest.mark.parametrize(
    ("flag", "value", "code"),
    [("--waiver", "2027-02-20=15", "future_time"), ("--refund", "2027-02-20=15", "future_time"),
     ("--rate-change", "2027-02-30=15%/year", "no_such_day"),
     ("--one-off-fee", "服务费=300@甲:2027-02-30", "no_such_day")],
)  # fmt: skip
def test_what_happened_is_never_to_come(run: Run, flag: str, value: str, code: str) -> None:
    assert failed(run("loan", "add", *A_YEAR, flag, value, "--json", code=2)) == code
    run("loan", "add", *A_YEAR, code=0)
    assert failed(run("loan", "amend", "L1", flag, value, "--reason", "x", "--json", code=2)) == code


def test_a_payee_may_have_a_colon(run: Run) -> None:
    record = run("loan", "add", *A_YEAR, "--one-off-fee", "服务费=300@甲:乙", "--json", code=0).data["record"]
    assert record["charges"] == [{"name": "服务费", "amount": "300.00", "every": "once", "payee": "甲:乙"}]


@pytest.mark.parametrize(
    ("flags", "code"),
    [(("--refund", "2026-11-20=99999"), "debt.refund_over"), (("--waiver", "2026-11-20=99999@fee"), "debt.waiver_over"),
     (("--waiver", "2026-11-20=1@interest"), None)],
)  # fmt: skip
def test_more_let_go_than_there_was_is_told_at_entry(run: Run, flags: tuple[str, ...], code: str | None) -> None:
    def told(ran: Run) -> list[str]:
        return [one for one in codes(ran) if one in ("debt.refund_over", "debt.waiver_over")]

    expected = [] if code is None else [code]
    assert told(run("loan", "add", *A_YEAR, *flags, "--json", code=0)) == expected
    run("loan", "add", *A_YEAR, code=0)
    assert told(run("loan", "amend", "L2", *flags, "--reason", "短信", "--json", code=0)) == expected
    run("loan", "add", "--lender", "x", *flags, "--json", code=0)  # of an unknown size: nothing to hold it against
