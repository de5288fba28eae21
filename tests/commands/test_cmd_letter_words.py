"""What the letters that leave the house say in the borrower's name, from real journals."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_world import Run
from command_world import OLD, codes

LATE = [
    *("loan", "add", "--lender", "某小贷", "--kind", "microlender", "--principal", "20000", "--rate", "0.05%/day"),
    *("--start", "2026-03-10", "--term", "12", "--due-day", "10", "--method", "equal-payment"),
    *("--penalty-rate", "0.15%/day", "--penalty-base", "overdue_principal"),
]


def text(run: Run, *words: str) -> str:
    found: str = run("letter", "draft", *words, "--json", code=0).data["record"]["text"]
    return found


def test_a_dispute_of_an_old_debt_is_warned_of_and_guarded(run: Run) -> None:
    run(*OLD, code=0)
    run("log-call", "L1", "--at", "昨天9点", "--said", "还钱", code=0)
    run("claim", "add", "L1", "--at", "2026-11-20", "--total", "9000", "--principal", "3000", code=0)
    ran = run("letter", "draft", "dispute", "--loan", "L1", "--json", code=0)
    assert codes(ran)[0] == "debt.limitation_gap"
    assert "愿" not in ran.data["record"]["text"] and "不是对债务的重新确认" in ran.data["record"]["text"]


def test_a_dispute_is_computed_to_the_claims_own_day(gold: Run) -> None:
    """Interest that ran after the claim's day was not claimed: it must not eat up the difference."""
    claim = ("--total", "20700", "--principal", "20000", "--interest", "700")
    gold("claim", "add", "L1", "--at", "2026-05-10", *claim, code=0)
    said = text(gold, "dispute", "--loan", "L1")
    assert "核算截止日为2026年5月10日" in said
    assert "利息：贵方主张¥700.00，本人核算为¥610.00，相差¥90.00" in said  # 61 days at 0.05 % a day


def test_a_claim_that_is_not_too_high_gets_a_hint_instead_of_a_figure(gold: Run, lang: str) -> None:
    gold("claim", "add", "L1", "--at", "2026-11-20", "--principal", "100", "--interest", "1", code=0)
    ran = gold("letter", "draft", "dispute", "--loan", "L1", "--json", code=0)
    assert "letter.no_difference" in codes(ran)
    said = next(one["text"] for one in ran.json["messages"] if one["code"] == "letter.no_difference")
    assert "request-info" in said and "没有异议" not in ran.data["record"]["text"]
    assert "本人核算为" not in ran.data["record"]["text"] and "核算截止日" not in ran.data["record"]["text"]


def test_a_rate_after_default_above_the_line_is_raised(run: Run) -> None:
    run(*LATE, code=0)
    run(
        "claim",
        "add",
        "L1",
        "--at",
        "2026-11-20",
        "--total",
        "26000",
        "--principal",
        "20000",
        "--penalty",
        "100",
        code=0,
    )
    said = text(run, "dispute", "--loan", "L1")
    assert "由法院裁量" in said and "54" in said and "年24%" in said
    assert "罚息（违约金）¥100.00。以上仅为核对情况" not in said


@pytest.mark.parametrize("paper", ["confirm"])
def test_a_promise_stands_in_chinese_whatever_the_interface(gold: Run, paper: str) -> None:
    gold("negotiate", "open", "L1", "--goal", "延长", "--lang", "en", code=0)
    gold(
        "negotiate",
        "offer",
        "G1",
        "--months",
        "2",
        "--monthly",
        "1150",
        "--first-due",
        "2026-12-10",
        "--lang",
        "en",
        code=0,
    )
    gold("negotiate", "accept", "G1", "--offer", "1", "--oral", "--agent", "8812", "--lang", "en", code=0)
    said = text(gold, paper, "--case", "G1", "--lang", "en")
    assert "本人承诺：从2026年12月10日到2027年1月10日分2期还款，每期¥1,150.00，最后一期¥1,150.00" in said
    assert "instalments" not in said and "2026-12-10" not in said


def test_a_proposal_does_not_take_over_their_sum(gold: Run, here: Path) -> None:
    gold("claim", "add", "L1", "--at", "2026-11-20", "--total", "99999", code=0)
    said = text(gold, "proposal", "--loan", "L1")
    assert "贵方主张截至2026年11月20日应还合计¥99,999.00" in said and "不表示承认" in said


def test_a_draft_with_blanks_does_not_pass_for_the_letter_sent(gold: Run, lang: str) -> None:
    gold("letter", "draft", "request-info", "--loan", "L1", code=0)
    sent = ("letter", "sent", "T1", "--at", "今天9点", "--via", "EMS")
    ran = gold(*sent, "--json", code=0)
    assert codes(ran) == ["paper.kept_as_drafted"] == [one["code"] for one in ran.data["warnings"]]
    assert "final" not in ran.data["record"]
    gold("undo", code=0)
    assert "--file" in gold(*sent, code=0).err


def test_the_file_that_was_sent_is_kept_with_the_letter(gold: Run, here: Path) -> None:
    (here / "已签.pdf").write_bytes(b"%PDF-1.4 signed\n%%EOF\n")
    gold("letter", "draft", "request-info", "--loan", "L1", code=0)
    sent = ("letter", "sent", "T1", "--at", "今天9点", "--via", "EMS", "--file")
    ran = gold(*sent, "已签.pdf", "--json", code=0)
    assert ran.data["ids"] == ["T1", "E1"] and ran.data["record"]["final"] == "E1" and codes(ran) == []
    exhibit = gold("evidence", "show", "E1", "--json", code=0).data["record"]
    assert exhibit["name"] == "已签.pdf" and exhibit["supports"] == ["T1"]
    gold("undo", code=0)
    assert "sent_at" not in gold("letter", "show", "T1", "--json", code=0).data["record"]
    assert gold(*sent, "没有.pdf", code=3).out == ""


def test_a_call_at_a_time_i_asked_for_is_no_finding(gold: Run) -> None:
    late = ("log-call", "L1", "--at", "2026-11-20 22:30", "--number", "95118")
    assert [one["result"] for one in gold(*late, "--json").data["findings"]] == ["breach"]
    agreed = gold(*late, "--agreed", "yes", "--json", code=0).data
    assert agreed["record"]["agreed_time"] is True and agreed["findings"] == []
    gold("contact", "amend", "C1", "--set", "agreed_time=yes", "--reason", "是我约的", code=0)
    assert gold("check", "--json", code=0).data["findings"] == []


def test_the_confirmation_holds_what_the_linked_call_promised_and_its_time(gold: Run, here: Path, lang: str) -> None:
    gold("negotiate", "open", "L1", "--goal", "分期", code=0)
    heard = ("--number", "95118", "--they-promise", "停止按原账单催收@2026-11-25")
    gold("log-call", "L1", "--case", "G1", "--at", "2026-11-21 09:00", *heard, code=0)
    gold("negotiate", "offer", "G1", "--by", "lender", "--months", "18", "--monthly", "820", "--first-due", "2026-12-10",
         "--contact", "C1", code=0)  # fmt: skip
    gold("negotiate", "accept", "G1", "--offer", "1", "--oral", "--contact", "C1", code=0)
    gold("letter", "draft", "confirm", "--case", "G1", "-o", "c.md", code=0)
    text = Path("c.md").read_text(encoding="utf-8")
    assert text.count("贵方承诺：停止按原账单催收（2026年11月25日前）") == 1
    assert "2026年11月21日09:00" in text and "本人承诺：" in text
    shown = gold("negotiate", "show", "G1", code=0).out
    assert ("分18期还款" in shown) is (lang == "zh")  # my promise in the reader's words, theirs as typed
    assert "停止按原账单催收" in shown
