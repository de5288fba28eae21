"""``negotiate``: offers, acceptance, promises of both sides, and the gate while nothing is in writing."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from cli_world import Run
from command_world import OLD, WRITTEN, codes, failed, journal, one_line

SHOWN = {"id", "record", "state", "recorded_at", "playbook", "steps", "promises", "contacts", "next"}


@pytest.fixture
def opened(gold: Run) -> Run:
    gold("negotiate", "open", "L1", "--goal", "延长24期", "--problem", "payment", code=0)
    return gold


def test_open(gold: Run) -> None:
    data = gold("negotiate", "open", "L1", "--goal", "延长24期", "--problem", "payment", "--json", code=0).data
    assert set(data) == WRITTEN and data["id"] == "G1"
    assert data["record"] == {"loans": ["L1"], "goal": "延长24期", "opened_on": "2026-11-21", "problem": "payment"}


def test_offer_and_counter_offer(opened: Run) -> None:
    mine = opened("negotiate", "offer", "G1", "--months", "24", "--waive", "penalty,利息", "--json", code=0).data
    assert set(mine) == WRITTEN and mine["id"] == "G1"
    assert mine["record"]["offers"] == [
        {"number": 1, "by": "me", "at": "2026-11-21", "months": 24, "waive": ["penalty", "interest"]}
    ]
    flags = (
        "--months",
        "18",
        "--monthly",
        "1,050",
        "--valid-until",
        "11月30日",
        "--first-due",
        "12月10日",
        "--due-day",
        "10",
    )
    theirs = opened("negotiate", "counter", "G1", *flags, "--json", code=0).data["record"]["offers"][1]
    assert theirs == {
        "number": 2, "by": "lender", "at": "2026-11-21", "months": 18, "monthly": "1050.00", "first_due": "2026-12-10",
        "due_day": 10, "valid_until": "2026-11-30",
    }  # fmt: skip
    opened("undo", code=0)
    assert len(opened("negotiate", "show", "G1", "--json", code=0).data["record"]["offers"]) == 1


def test_acceptance_promises_and_the_gate(opened: Run, here: Path) -> None:
    terms = ("--by", "lender", "--months", "18", "--monthly", "1050", "--waive", "penalty")
    opened("negotiate", "offer", "G1", *terms, code=0)
    flags = [
        *("--offer", "1", "--at", "今天9点", "--oral", "--agent", "工号8812", "--first-due", "2026-12-10"),
        *("--promise", "lender:停止按原账单催收@2026-11-25", "--promise", "me：按时还款"),
    ]
    ran = opened("negotiate", "accept", "G1", *flags, "--json", code=0)
    agreement = ran.data["record"]["agreement"]
    assert agreement["oral"] is True and agreement["agreed_at"] == "2026-11-21T09:00:00+08:00"
    assert agreement["agent"] == "工号8812"
    assert agreement["instalments"][0] == {"due": "2026-12-10", "amount": "1050.00"}
    promises = [(one["by"], one["what"]) for one in ran.data["record"]["promises"]]
    assert promises[:2] == [("lender", "停止按原账单催收"), ("me", "按时还款")] and promises[2][0] == "me"
    assert "case.gate" in codes(ran) and "case.gate" in [one["code"] for one in ran.data["warnings"]]
    shown = opened("negotiate", "show", "G1", "--json", code=0)
    assert set(shown.data) == SHOWN and shown.data["state"] == "oral"
    assert codes(shown) == ["case.gate"]
    confirmed = opened("negotiate", "confirm", "G1", "--evidence", "合同.pdf", "--json", code=0)
    assert confirmed.data["record"]["agreement"]["proof"] == ["E1"]
    shown = opened("negotiate", "show", "G1", "--json", code=0)
    assert shown.data["state"] == "written" and codes(shown) == []
    opened("undo", code=0)
    assert opened("negotiate", "show", "G1", "--json", code=0).data["state"] == "oral"
    opened("redo", code=0)
    assert opened("negotiate", "show", "G1", "--json", code=0).data["state"] == "written"


def test_the_gate_in_words(opened: Run, lang: str) -> None:
    opened("negotiate", "offer", "G1", "--months", "24", code=0)
    err = opened("negotiate", "accept", "G1", "--offer", "1", "--oral", code=0).err
    assert ("还没有书面确认" if lang == "zh" else "no written confirmation yet") in err
    shown = opened("negotiate", "show", "G1", code=0)
    assert ("口头达成" if lang == "zh" else "oral agreement") in shown.out
    assert ("还没有书面确认" if lang == "zh" else "no written confirmation yet") in shown.err


def test_an_acceptance_with_its_proof_is_in_writing_at_once(opened: Run, here: Path) -> None:
    opened("negotiate", "offer", "G1", "--months", "24", code=0)
    ran = opened("negotiate", "accept", "G1", "--offer", "1", "--evidence", "合同.pdf", "--json", code=0)
    assert ran.data["record"]["agreement"]["proof"] == ["E1"] and "case.gate" not in codes(ran)


def test_list_and_close(opened: Run) -> None:
    row = opened("negotiate", "list", "--json", code=0).data["cases"][0]
    assert (row["id"], row["state"], row["goal"]) == ("G1", "open", "延长24期")
    record = opened("negotiate", "close", "G1", "--outcome", "对方不同意", "--json", code=0).data["record"]
    assert (record["closed_on"], record["outcome"]) == ("2026-11-21", "对方不同意")
    assert opened("negotiate", "list", "--json", code=0).data["cases"][0]["state"] == "closed"
    assert failed(opened("negotiate", "offer", "G1", "--months", "3", "--json", code=2)) == "bad_offer"


def test_no_cases_yet(gold: Run, lang: str) -> None:
    assert "jdneg negotiate open" in gold("negotiate", "list", code=0).out


@pytest.mark.parametrize(
    ("words", "code", "exit_code"),
    [
        (("open", "L9", "--goal", "x"), "not_found", 3),
        (("open", "G1", "--goal", "x"), "bad_id", 2),
        (("open", "L1", "--goal", "x", "--problem", "magic"), "bad_choice", 2),
        (("offer", "G9", "--months", "3"), "not_found", 3),
        (("offer", "G1"), "bad_offer", 2),
        (("offer", "G1", "--months", "0"), "bad_choice", 2),
        (("offer", "G1", "--months", "3", "--monthly", "-5"), "negative_amount", 2),
        (("offer", "G1", "--months", "3", "--waive", "everything"), "bad_choice", 2),
        (("offer", "G1", "--months", "3", "--due-day", "32"), "bad_due_day", 2),
        (("offer", "G1", "--months", "3", "--by", "judge"), "bad_choice", 2),
        (("offer", "G1", "--months", "3", "--at", "2026-11-22"), "future_time", 2),
        (("accept", "G1", "--offer", "1"), "unknown_offer", 2),
        (("accept", "G1", "--offer", "1", "--promise", "x"), "bad_choice", 2),
        (("accept", "G1", "--offer", "1", "--at", "明天"), "future_time", 2),
        (("accept", "G1", "--offer", "1", "--evidence", "no.pdf"), "file_missing", 3),
        (("confirm", "G1"), "missing_flags", 2),
        (("confirm", "G1", "--evidence", "合同.pdf"), "bad_offer", 2),
        (("counter", "G1", "--months", "3"), "bad_offer", 2),
        (("close", "G9"), "not_found", 3),
        (("show", "G9"), "not_found", 3),
    ],
)
def test_what_cannot_be(
    opened: Run, here: Path, world: Path, zh: str, words: tuple[str, ...], code: str, exit_code: int
) -> None:
    before = journal(world)
    assert failed(opened("negotiate", *words, "--json", code=exit_code)) == code
    one_line(opened("negotiate", *words, code=exit_code), zh)
    assert journal(world) == before


# The limitation period


@pytest.fixture
def old(run: Run) -> Run:
    run(*OLD, code=0)
    run("negotiate", "open", "L1", "--goal", "分期", code=0)
    return run


def test_the_warning_stands_before_an_offer_on_an_old_debt(old: Run, lang: str) -> None:
    assert codes(old("negotiate", "offer", "G1", "--months", "12", "--json", code=0))[0] == "debt.limitation_past"
    old("undo", code=0)
    err = old("negotiate", "offer", "G1", "--months", "12", code=0).err
    assert ("三年诉讼时效" if lang == "zh" else "three-year limitation period") in err.splitlines()[0]


def test_and_before_an_acceptance_of_theirs(old: Run) -> None:
    """Their offer is no act of mine: three silent years are still three silent years."""
    theirs = old("negotiate", "offer", "G1", "--by", "lender", "--months", "12", "--json", code=0)
    assert not any("limitation" in code for code in codes(theirs))
    ran = old("negotiate", "accept", "G1", "--offer", "1", "--oral", "--json", code=0)
    assert codes(ran)[0] == "debt.limitation_gap"
    assert "debt.limitation_gap" in [one["code"] for one in ran.data["warnings"]]


def test_and_after_an_offer_of_mine_too(old: Run) -> None:
    old("negotiate", "offer", "G1", "--months", "12", code=0)
    assert codes(old("negotiate", "accept", "G1", "--offer", "1", "--json", code=0))[0] == "debt.limitation_acted"


def test_and_before_a_proposal_by_letter(old: Run, lang: str) -> None:
    ran = old("letter", "draft", "proposal", "--loan", "L1", "--json", code=0)
    assert codes(ran)[0] == "debt.limitation_past"
    assert not any(
        "limitation" in code
        for code in codes(old("letter", "draft", "request-info", "--loan", "L1", "--json", code=0))
    )


def test_it_is_told_before_anything_is_written(old: Run, world: Path) -> None:
    """Even when the step then fails."""
    before = journal(world)
    lines = old("negotiate", "accept", "G1", "--offer", "7", code=2).err.splitlines()
    assert len(lines) == 2 and "limitation" in lines[0] and lines[1].startswith("Error: ")
    assert journal(world) == before


# A case beside its offers


def test_a_case_with_its_guide(gold: Run, lang: str) -> None:
    flags = (
        "--goal",
        "退款",
        "--problem",
        "payment",
        "--playbook",
        "not-credited",
        "--loss",
        "99.5",
        "--order",
        "A1,A2",
    )
    record = gold("negotiate", "open", "L1", *flags, "--json", code=0).data["record"]
    assert (record["playbook"], record["loss"], record["orders"]) == ("not-credited", "99.50", ["A1", "A2"])
    out = gold("negotiate", "show", "G1", code=0).out
    assert ("退款或还款没有入账" if lang == "zh" else "Refund or repayment not credited") in out
    assert ("订单号：A1, A2" if lang == "zh" else "Order numbers: A1, A2") in out
    data = gold("negotiate", "show", "G1", "--json", code=0).data
    assert [one["state"] for one in data["steps"]] == ["done", "now", "open", "open", "open"]
    assert data["next"] == "jdneg log-call L1 --case G1"
    gold("negotiate", "tick", "G1", "receipt，payee", code=0)
    assert gold("negotiate", "show", "G1", "--json", code=0).data["steps"][0]["done"] == ["receipt", "payee"]


def test_contacts_promises_and_refusals(opened: Run) -> None:
    call = (
        "--at",
        "今天9点",
        "--agent",
        "3301",
        "--wait",
        "12m",
        "--refusal",
        "compliance",
        "--they-promise",
        "回电@2026-11-24",
    )
    opened("log-call", "L1", *call, code=0)
    linked = opened(
        "negotiate", "contact", "G1", "--call", "C1", "--reply-by", "11月24日", "--ticket", "T7", "--json", code=0
    )
    record = linked.data["record"]
    assert (record["contacts"], record["ticket"], record["reply_by"]) == (["C1"], "T7", "2026-11-24")
    assert record["stuck"] == [{"at": "2026-11-21", "reason": "compliance", "contact": "C1"}]
    shown = opened("negotiate", "show", "G1", "--json", code=0).data
    assert shown["state"] == "stuck" and shown["contacts"][0]["wait_seconds"] == 720
    assert shown["promises"] == [
        {"number": 1, "by": "lender", "what": "回电", "due": "2026-11-24", "state": "unknown", "seen_on": None,
         "contact": "C1", "overdue": False}
    ]  # fmt: skip
    opened("negotiate", "promise", "G1", "--by", "我", "--what", "寄材料", "--due", "2026-12-01", code=0)
    for words in (("--set", "2", "kept"), ("--set", "2=已履行")):
        kept = opened("negotiate", "promise", "G1", *words, "--json", code=0).data["record"]["promises"][1]
        assert (kept["state"], kept["seen_on"]) == ("kept", "2026-11-21")
    opened("negotiate", "milestone", "G1", "--what", "转复核", code=0)
    assert "转复核" in opened("negotiate", "show", "G1", code=0).out


def test_stuck_says_what_to_ask_next(opened: Run, lang: str) -> None:
    out = opened("negotiate", "stuck", "G1", "--reason", "authority", code=0).out
    assert ("谁能决定，请转给主管" if lang == "zh" else "pass it to a supervisor") in out
    assert opened("negotiate", "list", "--json", code=0).data["cases"][0]["state"] == "stuck"
    named = opened("negotiate", "playbook", "hardship", "--json", code=0).data
    assert named["id"] == "hardship" and named["items"]
    assert len(opened("negotiate", "playbook", "--json", code=0).data["stuck"]) == 6


def test_renegotiation_keeps_the_old_agreement(opened: Run, lang: str) -> None:
    opened(
        "negotiate", "offer", "G1", "--by", "lender", "--months", "18", "--monthly", "820", "--due-day", "10", code=0
    )
    opened("negotiate", "accept", "G1", "--offer", "1", "--oral", code=0)
    opened("negotiate", "counter", "G1", "--months", "24", "--monthly", "650", "--due-day", "10", code=0)
    refused = opened("negotiate", "accept", "G1", "--offer", "2", code=2)
    assert "--replace" in refused.err
    record = opened("negotiate", "accept", "G1", "--offer", "2", "--replace", "--json", code=0).data["record"]
    assert (record["earlier"][0]["offer"], record["agreement"]["offer"]) == (1, 2)
    assert ("已被后来的协议取代" if lang == "zh" else "replaced by the one after it") in opened(
        "negotiate", "show", "G1", code=0
    ).out
    ended = opened("negotiate", "end", "G1", "--at", "今天", "--reason", "对方撤回", "--json", code=0).data["record"]
    assert ended["agreement"]["ended_on"] == "2026-11-21"
    assert opened("negotiate", "show", "G1", "--json", code=0).data["state"] == "ended"


def test_outcomes_over_time(opened: Run) -> None:
    opened("negotiate", "close", "G1", "--outcome", "对方不同意", "--rating", "2", code=0)
    (lender,) = opened("negotiate", "outcomes", "--json", code=0).data["lenders"]
    assert (lender["none"], lender["ratings"], lender["cases"][0]["outcome"]) == (1, [2], "对方不同意")
    assert "对方不同意" in opened("negotiate", "outcomes", code=0).out


def test_two_loans_in_one_case(gold: Run) -> None:
    gold(*OLD, code=0)
    assert gold("negotiate", "open", "L1,L2", "--goal", "x", "--json", code=0).data["record"]["loans"] == ["L1", "L2"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("contact", "G1"), ["missing_flags"]),
        (("contact", "G1", "--call", "C9"), ["not_found"]),
        (("contact", "G1", "--call", "C8,C9"), ["not_found", "not_found"]),
        (("promise", "G1"), ["missing_flags"]),
        (("promise", "G1", "--set", "1", "kept"), ["bad_choice"]),
        (("promise", "G1", "--set", "x", "y"), ["bad_choice", "bad_choice"]),
        (("promise", "G1", "--set", "1", "--what", "x"), ["contradictory_flags"]),
        (("promise", "G1", "--by", "judge", "--what", "x", "--due", "?"), ["bad_choice", "bad_time"]),
        (("stuck", "G1", "--reason", "spite"), ["bad_choice"]),
        (("stuck", "G1"), ["missing_flags"]),
        (("milestone", "G1", "--what", " "), ["empty_text"]),
        (("tick", "G1", "magic,x"), ["bad_choice", "bad_choice"]),
        (("end", "G1", "--at", "今天", "--reason", "x"), ["bad_offer"]),
        (("close", "G1", "--rating", "6", "--at", "?"), ["bad_time", "bad_choice"]),
        (("open", "L1", "--goal", "x", "--playbook", "magic", "--loss", "-5"), ["negative_amount", "bad_choice"]),
        (("offer", "G1", "--months", "3", "--waive", "x,penalty=200%"), ["bad_choice"]),
        (("offer", "G1", "--months", "3", "--waive", "principal=99999999"), ["bad_offer"]),
        (("playbook", "magic"), ["bad_choice"]),
    ],
)
def test_all_that_is_wrong_at_once(opened: Run, world: Path, words: tuple[str, ...], code: list[str]) -> None:
    before = journal(world)
    ran = opened("negotiate", *words, "--json")
    assert ran.code in (2, 3) and [one["code"] for one in ran.json["errors"]] == code
    assert journal(world) == before


def test_one_agreement_for_two_loans_shares_out_what_both_come_to(gold: Run) -> None:
    gold(*OLD, code=0)
    gold("negotiate", "open", "L1,L2", "--goal", "x", code=0)
    gold("negotiate", "offer", "G1", "--months", "10", "--first-due", "2026-12-10", code=0)
    agreed = gold("negotiate", "accept", "G1", "--offer", "1", "--json", code=0).data["record"]["agreement"]
    both = [gold("verify", loan, "--json").data["components"] for loan in ("L1", "L2")]
    owed = sum(
        Decimal(one["computed"]) for parts in both for one in parts if one["name"] in ("principal", "interest", "fee")
    )
    assert sum(Decimal(row["amount"]) for row in agreed["instalments"]) == owed


def test_a_waiver_in_part_is_what_verify_lets_go(gold: Run, here: Path) -> None:
    before = {
        one["name"]: Decimal(one["computed"])
        for one in gold("verify", "L1", "--json").data["components"]
        if one["computed"]
    }
    gold("negotiate", "open", "L1", "--goal", "x", code=0)
    gold("negotiate", "offer", "G1", "--months", "10", "--waive", "interest=80%", "--due-day", "10", code=0)
    gold("negotiate", "accept", "G1", "--offer", "1", "--evidence", "合同.pdf", code=0)
    after = {
        one["name"]: Decimal(one["computed"])
        for one in gold("verify", "L1", "--json").data["components"]
        if one["computed"]
    }
    assert after["principal"] == before["principal"]
    assert after["interest"] == before["interest"] - (before["interest"] * Decimal("0.8")).quantize(Decimal("0.01"))


def test_only_another_due_day(gold: Run, here: Path) -> None:
    """The amounts stay the contract's; the days move; what is late already is let go by nobody."""
    before = gold("verify", "L1", "--json").data
    late = sum(Decimal(one["unpaid"]) for one in before["overdue"])
    gold("negotiate", "open", "L1", "--goal", "x", code=0)
    gold("negotiate", "offer", "G1", "--due-day", "25", code=0)
    ran = gold("negotiate", "accept", "G1", "--offer", "1", "--evidence", "合同.pdf", "--json", code=0)
    first, *rows = ran.data["record"]["agreement"]["instalments"]
    assert first["due"] == "2026-11-21" and Decimal(first["amount"]) >= late
    assert [row["due"] for row in rows] == ["2026-12-25", "2027-01-25", "2027-02-25", "2027-03-25"]
    assert rows[0]["amount"] == "1836.91" and {"case.moved_interest", "case.moved_overdue"} <= set(codes(ran))
    after = gold("verify", "L1", "--json").data
    known = [one["name"] for one in before["components"] if one["name"] in ("principal", "interest")]
    sums = [
        sum(Decimal(one["computed"]) for one in found["components"] if one["name"] in known)
        for found in (before, after)
    ]
    assert abs(sums[1] - sums[0]) <= Decimal("0.02")


def test_a_loan_has_one_agreement_at_a_time(gold: Run) -> None:
    gold("negotiate", "open", "L1", "--goal", "x", code=0)
    gold("negotiate", "offer", "G1", "--lump-sum", "5000", "--first-due", "2026-12-10", code=0)
    gold("negotiate", "accept", "G1", "--offer", "1", code=0)
    gold("negotiate", "open", "L1", "--goal", "y", code=0)
    gold("negotiate", "offer", "G2", "--lump-sum", "4000", "--first-due", "2026-12-10", code=0)
    before = gold("plan", "track", "--json", code=0).data
    refused = gold("negotiate", "accept", "G2", "--offer", "1", "--json", code=2)
    assert failed(refused) == "bad_offer" and "G1" in refused.json["errors"][0]["message"]
    assert gold("plan", "track", "--json", code=0).data == before
    gold("negotiate", "accept", "G2", "--offer", "1", "--replace", code=0)
    (running,) = gold("plan", "track", "--json", code=0).data["agreements"]
    assert running["case"] == "G2"
    (ended,) = gold("plan", "track", "G1", "--json", code=0).data["agreements"]
    assert (ended["until"], ended["next"]) == ("2026-11-21", None)


def test_a_late_debt_gets_the_guide_about_paying(gold: Run) -> None:
    data = gold("negotiate", "open", "L1", "--goal", "延长24期", "--json", code=0).data
    assert data["record"]["playbook"] == "hardship" and "problem" not in data["record"]
    assert gold("negotiate", "show", "G1", "--json", code=0).data["playbook"] == "hardship"


@pytest.mark.parametrize("word", ["credit", "信贷", "Credit"])
def test_a_kind_of_problem_lists_its_guides(gold: Run, word: str) -> None:
    data = gold("negotiate", "playbook", word, "--json", code=0).data
    assert {one["problem"] for one in data["playbooks"]} == {"credit"} and len(data["playbooks"]) == 2


@pytest.mark.parametrize(("word", "code"), [("合规", "compliance"), ("风控", "risk"), ("排队", "cs-overload")])
def test_stuck_for_a_reason_in_chinese(opened: Run, word: str, code: str) -> None:
    made = opened("negotiate", "stuck", "G1", "--reason", word, "--json", code=0).data
    assert made["record"]["stuck"][0]["reason"] == code


def test_stuck_for_another_reason_is_in_words(opened: Run, lang: str) -> None:
    assert "--note" in opened("negotiate", "stuck", "G1", "--reason", "other", code=2).err
    made = opened("negotiate", "stuck", "G1", "--reason", "其他", "--note", "系统升级", "--json", code=0).data
    assert made["record"]["stuck"] == [{"at": "2026-11-21", "note": "系统升级"}]


def test_by_when_they_answer_in_days_from_now(opened: Run) -> None:
    made = opened("negotiate", "contact", "G1", "--reply-by", "+7d", "--json", code=0).data
    assert made["record"]["reply_by"] == "2026-11-28"


def test_a_case_closed_without_an_agreement_is_no_failure(opened: Run, lang: str) -> None:
    opened("negotiate", "close", "G1", "--outcome", "已退款399元", code=0)
    out = opened("negotiate", "outcomes", code=0).out
    assert "已退款399元" in out and "未达成" not in out
    assert ("无协议结束" if lang == "zh" else "closed, no agreement") in out
