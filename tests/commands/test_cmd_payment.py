"""``pay`` and ``payment``: money the borrower paid, and the warning before it on an old debt."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_world import Run
from command_world import OLD, WRITTEN, codes, failed, journal, one_line


def test_a_payment(gold: Run, lang: str) -> None:
    ran = gold("pay", "L1", "1,900", "--at", "2026-04-10", "--via", "App", "--to", "对公账户", "--json", code=0)
    assert set(ran.data) == WRITTEN and ran.data["id"] == "Y1"
    record = {"loan": "L1", "amount": "1900.00", "at": "2026-04-10", "via": "App", "to": "对公账户"}
    assert ran.data["record"] == record and ran.data["warnings"] == []
    assert gold("payment", "show", "Y1", "--json", code=0).data["record"] == record
    said = gold("pay", "L1", "5", "--at", "昨晚9点半", code=0)
    zh = "已记下还款 Y2：L1 5.00 元，2026-11-20 21:30 +08:00\n撤销：jdneg undo B4\n"
    en = "Payment Y2 recorded: 5.00 yuan on L1, 2026-11-20 21:30 +08:00\nUndo: jdneg undo B4\n"
    assert said.out == (zh if lang == "zh" else en) and said.err == ""
    listed = gold("payment", "list", "--json", code=0).data
    assert [row["id"] for row in listed["payments"]] == ["Y1", "Y2"] and listed["total"] == "1905.00"


def test_its_proof_is_one_exhibit_however_often_given(gold: Run, here: Path) -> None:
    first = gold(
        "pay", "L1", "5", "--at", "2026-04-10", "--evidence", "合同.pdf", "--evidence", "合同.pdf", "--json", code=0
    )
    assert first.data["ids"] == ["Y1", "E1"] and first.data["record"]["exhibits"] == ["E1"]
    second = gold("pay", "L1", "5", "--at", "2026-05-10", "--evidence", "合同.pdf", "--json", code=0)
    third = gold("pay", "L1", "5", "--at", "2026-06-10", "--evidence", "E1", "--json", code=0)
    assert second.data["record"]["exhibits"] == third.data["record"]["exhibits"] == ["E1"]
    exhibits = gold("evidence", "list", "--json", code=0).data["exhibits"]
    assert [one["supports"] for one in exhibits] == [["Y1", "Y2", "Y3"]]


def test_amend_withdraw_undo_redo(gold: Run) -> None:
    gold("pay", "L1", "1900", "--at", "2026-04-10", code=0)
    gold("payment", "amend", "Y1", "--set", "amount=1,836.91", "--reason", "看错", code=0)
    assert gold("payment", "list", "--json", code=0).data["total"] == "1836.91"
    gold("payment", "withdraw", "Y1", "--reason", "记重了", code=0)
    assert gold("payment", "list", "--json", code=0).data["payments"] == []
    assert failed(gold("payment", "show", "Y1", "--json", code=3)) == "not_found"
    entries = gold("history", "Y1", "--json", code=0).data["entries"]
    assert [(one["op"], one["reason"]) for one in entries] == [
        ("add", None),
        ("amend", "看错"),
        ("withdraw", "记重了"),
    ]
    gold("undo", code=0)
    gold("undo", code=0)
    assert gold("payment", "list", "--json", code=0).data["total"] == "1900.00"
    gold("redo", code=0)
    assert gold("payment", "list", "--json", code=0).data["total"] == "1836.91"


@pytest.mark.parametrize(
    ("words", "code", "exit_code"),
    [
        (("L1", "-5", "--at", "2026-04-10"), "negative_amount", 2),
        (("L1", "0", "--at", "2026-04-10"), "negative_amount", 2),
        (("L1", "1.234,56", "--at", "2026-04-10"), "bad_amount", 2),
        (("L1", "5.001", "--at", "2026-04-10"), "bad_amount", 2),
        (("L1", "NaN", "--at", "2026-04-10"), "bad_amount", 2),
        (("L1", "5", "--at", "2026-11-22"), "future_time", 2),
        (("L1", "5", "--at", "明天"), "future_time", 2),
        (("L9", "5", "--at", "2026-04-10"), "not_found", 3),
        (("1", "5", "--at", "2026-04-10"), "bad_id", 2),
        (("L01", "5", "--at", "2026-04-10"), "bad_id", 2),
        (("L1", "5", "--at", "2026-04-10", "--evidence", "."), "bad_foreign_file", 2),
    ],
)
def test_what_cannot_be(
    gold: Run, here: Path, world: Path, zh: str, words: tuple[str, ...], code: str, exit_code: int
) -> None:
    before = journal(world)
    assert failed(gold("pay", *words, "--json", code=exit_code)) == code
    one_line(gold("pay", *words, code=exit_code), zh)
    assert journal(world) == before


def test_a_payment_may_not_be_moved_to_what_is_not_there(gold: Run, world: Path) -> None:
    gold("pay", "L1", "1900", "--at", "2026-04-10", code=0)
    before = journal(world)
    for setting, code, exit_code in (
        ("loan=L9", "not_found", 3), ("loan=x", "bad_id", 2), ("loan=C1", "bad_id", 2), ("amount=0", "negative_amount", 2),
        ("exhibits=E4", "not_found", 3), ("at=2027-01-01", "future_time", 2),
    ):  # fmt: skip
        ran = gold("payment", "amend", "Y1", "--set", setting, "--reason", "x", "--json", code=exit_code)
        assert failed(ran) == code
    assert journal(world) == before


# The limitation period


def test_the_warning_stands_before_a_payment_on_an_old_debt(run: Run, lang: str) -> None:
    run("init", code=0)
    run(*OLD, code=0)
    ran = run("pay", "L1", "100", "--at", "今天", "--json", code=0)
    assert codes(ran) == ["debt.limitation_past"] and [one["code"] for one in ran.data["warnings"]] == codes(ran)
    run("undo", code=0)
    said = run("pay", "L1", "100", "--at", "今天", code=0).err
    assert said.count("\n") == 1 and ("先问律师" in said if lang == "zh" else "Ask a lawyer" in said)


def test_it_is_told_even_when_the_payment_cannot_be_recorded(run: Run) -> None:
    """First the warning, then the rest: nobody should learn of it from a success."""
    run(*OLD, code=0)
    lines = run("pay", "L1", "-5", "--at", "今天").err.splitlines()
    assert lines[-1].startswith("Error: ")
    lines = run("pay", "L1", "--at", "今天", code=2).err.splitlines()
    assert len(lines) == 2 and "limitation" in lines[0] and "AMOUNT" in lines[1]


def test_a_call_after_years_of_silence_does_not_quiet_it(run: Run) -> None:
    run(*OLD, code=0)
    run("log-call", "L1", "--at", "昨天", "--said", "还钱", code=0)
    assert codes(run("pay", "L1", "100", "--at", "今天", "--json", code=0)) == ["debt.limitation_gap"]
    # paid: the defence may be given up by that, or not
    assert codes(run("pay", "L1", "101", "--at", "今天", "--json", code=0)) == ["debt.limitation_acted"]


def test_a_young_debt_says_nothing(gold: Run) -> None:
    assert codes(gold("pay", "L1", "100", "--at", "今天", "--json", code=0)) == []


@pytest.mark.parametrize("payee", ["个人账户", "张经理微信", "王某个人银行卡", "personal account"])
def test_a_private_payee_is_told_calmly(gold: Run, lang: str, payee: str) -> None:
    said = gold("pay", "L1", "5", "--at", "2026-04-10", "--to", payee, code=0).err
    assert ("看起来像私人账户" if lang == "zh" else "reads like a private account") in said
    assert codes(gold("pay", "L1", "6", "--at", "2026-04-10", "--to", payee, "--json")) == ["payment.private_payee"]


@pytest.mark.parametrize("payee", ["招商银行", "工行", "对公账户", "京东APP", "支付宝", "甲银行还款账户"])
def test_an_official_payee_is_not(gold: Run, payee: str) -> None:
    assert codes(gold("pay", "L1", "5", "--at", "2026-04-10", "--to", payee, "--json", code=0)) == []


def test_a_private_lender_is_paid_at_a_private_account(run: Run) -> None:
    run("loan", "add", "--lender", "张三", "--kind", "private", "--principal", "1000", "--rate", "10%/year",
        "--start", "2026-01-10", code=0)  # fmt: skip
    assert codes(run("pay", "L1", "5", "--at", "2026-04-10", "--to", "个人账户", "--json", code=0)) == []


def test_what_is_missing_and_what_is_wrong_are_told_together(gold: Run) -> None:
    told = gold("pay", "L1", "1e3", "--json", code=2).json["errors"]
    assert [one["code"] for one in told] == ["missing_flags", "bad_amount"]
    told = gold("loan", "add", "--principal", "x", "--start", "2026-02-30", "--json", code=2).json["errors"]
    assert [one["code"] for one in told] == ["missing_flags", "bad_amount", "no_such_day"]


def test_a_proof_that_is_not_there_is_told_with_the_rest(gold: Run, world: Path) -> None:
    before = journal(world)
    told = gold("pay", "L1", "0", "--at", "2026-02-30", "--evidence", "无.pdf", "--evidence", "E9", "--json", code=3)
    assert [one["code"] for one in told.json["errors"]] == [
        "negative_amount",
        "no_such_day",
        "file_missing",
        "not_found",
    ]
    assert failed(gold("pay", "L1", "5", "--at", "昨天", "--evidence", "无.pdf", "--json", code=3)) == "file_missing"
    assert journal(world) == before


def test_the_same_sum_on_the_same_day_is_asked_about(gold: Run, lang: str) -> None:
    assert "payment.twice" not in codes(gold("pay", "L1", "1800", "--at", "2026-11-20", "--json", code=0))
    again = gold("pay", "L1", "1800", "--at", "2026-11-20 15:00", "--json", code=0)
    assert codes(again).count("payment.twice") == 1 and again.data["id"] == "Y2"
    assert "payment.twice" not in codes(gold("pay", "L1", "1800", "--at", "2026-11-21", "--json", code=0))
