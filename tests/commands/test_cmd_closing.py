"""``loan close`` and what comes after it, ``loan show`` of a settled loan, a later contact, ``loan precheck``."""

from __future__ import annotations

from pathlib import Path

from cli_world import Run
from command_world import WRITTEN, codes, failed, journal

STEPS = ["certificate", "receipts", "auto_debit", "credit", "contact_stop"]


def states(run: Run) -> dict[str, str]:
    return {one["step"]: one["state"] for one in run("loan", "show", "L1", "--json", code=0).data["closing"]}


def test_closing_shows_what_comes_next(gold: Run, lang: str) -> None:
    ran = gold("loan", "close", "L1", "--at", "2026-11-20", "--json", code=0)
    assert ran.data.keys() >= WRITTEN
    assert [one["step"] for one in ran.data["closing"]] == STEPS
    assert all(one["state"] == "open" and one["do_with"].startswith("jdneg ") for one in ran.data["closing"])
    credit = ran.data["closing"][3]
    assert "2031-11-20" in credit["detail"] and credit["rules"] == ["credit.kept", "credit.objection"]
    shown = gold("loan", "show", "L1", code=0).out
    assert "CRR.16" in shown and "CRR.25" in shown


def test_each_step_is_recorded_when_it_is_done(gold: Run, here: Path) -> None:
    (here / "证明.pdf").write_bytes(b"%PDF-1.4")
    gold("loan", "close", "L1", "--at", "2026-11-20", "--certificate", "证明.pdf", code=0)
    assert states(gold) == dict.fromkeys(STEPS, "open") | {"certificate": "done"}
    gold("loan", "close", "L1", "--auto-debit-off", "yes", "--credit-checked", "2026-11-21", code=0)
    assert gold("loan", "show", "L1", "--json").data["record"]["closing"] == {
        "auto_debit_off": "2026-11-21", "credit_checked": "2026-11-21",
    }  # fmt: skip
    gold("loan", "close", "L1", "--contact-stop", "2026-11-21", code=0)
    assert [name for name, state in states(gold).items() if state == "open"] == ["receipts"]
    assert gold("loan", "show", "L1", "--json").data["record"]["closed_on"] == "2026-11-20"
    gold("undo", code=0)
    assert states(gold)["contact_stop"] == "open"


def test_a_certificate_that_is_in_the_vault_already(gold: Run, here: Path) -> None:
    gold("evidence", "add", "合同.pdf", code=0)
    gold("loan", "close", "L1", "--at", "2026-11-20", "--certificate", "E1", code=0)
    assert states(gold)["certificate"] == "done"
    again = gold("loan", "close", "L1", "--certificate", "合同.pdf", "--json", code=0).data
    assert again["batch"] is None and [one["id"] for one in gold("evidence", "list", "--json").data["exhibits"]] == [
        "E1"
    ]


def test_closing_again_without_anything_new_only_shows(gold: Run, world: Path) -> None:
    gold("loan", "close", "L1", "--at", "2026-11-20", code=0)
    before = journal(world)
    ran = gold("loan", "close", "L1", "--json", code=0)
    assert [one["step"] for one in ran.data["closing"]] == STEPS and ran.data["batch"] is None
    assert journal(world) == before


def test_what_cannot_be(gold: Run, world: Path) -> None:
    before = journal(world)
    assert failed(gold("loan", "close", "L1", "--no-input", "--json", code=2)) == "missing_flags"
    assert failed(gold("loan", "close", "L1", "--at", "2026-12-01", "--json", code=2)) == "future_time"
    assert failed(gold("loan", "close", "L1", "--at", "2026-01-01", "--json", code=2)) == "bad_loan"
    gone = gold("loan", "close", "L1", "--at", "2026-11-20", "--certificate", "nowhere.pdf", "--json", code=3)
    assert failed(gone) == "file_missing"
    assert journal(world) == before


def test_payments_are_checked_against_what_was_owed(gold: Run) -> None:
    gold("pay", "L1", "21000", "--at", "2026-04-10", code=0)
    gold("loan", "close", "L1", "--at", "2026-04-10", code=0)
    receipts = gold("loan", "show", "L1", "--json").data["closing"][1]
    assert receipts["state"] == "open" and "Y1" in receipts["detail"] and "21000.00" in receipts["detail"]


def test_a_contact_after_the_end_raises_a_warning(gold: Run, lang: str) -> None:
    gold("loan", "close", "L1", "--at", "2026-11-19", code=0)
    late = gold("log-call", "L1", "--at", "2026-11-20 10:00", "--said", "请还款", "--no-input", "--json", code=0)
    assert "contact.loan_closed" in codes(late) and late.data["warnings"]
    early = gold("log-call", "L1", "--at", "2026-11-18 10:00", "--said", "请还款", "--no-input", "--json", code=0)
    mine = gold(
        "log-call", "L1", "--out", "--at", "2026-11-20 11:00", "--i-said", "已结清", "--no-input", "--json", code=0
    )
    assert "contact.loan_closed" not in codes(early) + codes(mine)


def test_the_letter_that_asks_for_the_certificate(gold: Run) -> None:
    asked = gold("letter", "draft", "request-info", "--loan", "L1", "--item", "settlement", code=0).out
    assert "结清证明" in asked and "放款凭证" not in asked
    assert "结清证明" not in gold("letter", "draft", "request-info", "--loan", "L1", code=0).out


def test_the_card_before_signing_needs_no_journal(run: Run, world: Path, lang: str) -> None:
    ran = run("loan", "precheck", "--json", code=0)
    ids = [one["id"] for one in ran.data["checks"]]
    assert ids == ["who", "all_in", "received", "schedule", "late", "form_terms", "data", "afford"]
    rows = {source["row"] for one in ran.data["checks"] for source in one["sources"]}
    assert {"CC.670", "PBOC2021-3", "SHOW2026"} <= rows
    assert run("loan", "precheck", code=0).out and not journal(world)


def test_the_card_knows_no_rule_before_its_day(run: Run) -> None:
    before = run("loan", "precheck", "--as-of", "2026-07-31", "--json", code=0).data["checks"]
    on = run("loan", "precheck", "--as-of", "2026-08-01", "--json", code=0).data["checks"]
    rows = [{source["row"] for one in card for source in one["sources"]} for card in (before, on)]
    assert rows[1] - rows[0] == {"SHOW2026"}


def test_nothing_more_is_asked_under_the_agreement_of_a_settled_debt(gold: Run, here: Path) -> None:
    gold("negotiate", "open", "L1", "--goal", "延期", code=0)
    gold("negotiate", "offer", "G1", "--at", "2026-09-01", "--months", "12", "--monthly", "2000")
    gold("negotiate", "accept", "G1", "--offer", "1", "--at", "2026-09-01", "--starts", "2026-09-05",
         "--first-due", "2026-10-05", "--due-day", "5")  # fmt: skip
    (here / "协议.txt").write_text("协议", encoding="utf-8")
    gold("negotiate", "confirm", "G1", "--evidence", "协议.txt")
    kinds = {one["kind"] for one in gold("today", "--json").data["items"]}
    assert kinds & {"instalment_behind", "instalment"}
    gold("loan", "close", "L1", "--at", "2026-11-21", code=0)
    kinds = {one["kind"] for one in gold("today", "--json").data["items"]}
    assert not kinds & {"instalment_behind", "instalment"}


def test_a_payment_after_the_end_is_kept_and_questioned(gold: Run, lang: str) -> None:
    gold("loan", "close", "L1", "--at", "2026-11-20", code=0)
    ran = gold("pay", "L1", "100", "--at", "2026-11-21", "--json", code=0)
    assert ran.data["id"] == "Y1" and "payment.after_closing" in [one["code"] for one in ran.data["warnings"]]
    assert "payment.after_closing" not in gold("pay", "L1", "100", "--at", "2026-11-19", "--json", code=0).out


def test_closed_with_money_unpaid_is_told_beside_the_checklist(gold: Run, lang: str) -> None:
    gold("negotiate", "open", "L1", "--goal", "结清", code=0)
    gold("negotiate", "offer", "G1", "--lump-sum", "12000", "--first-due", "2026-12-05", code=0)
    gold("negotiate", "accept", "G1", "--offer", "1", code=0)
    ran = gold("loan", "close", "L1", "--at", "2026-11-21", code=0)
    assert (
        "12000.00" in ran.err
        and "jdneg undo" in ran.err
        and ("没有还" if lang == "zh" else "still unpaid") in ran.err
    )
