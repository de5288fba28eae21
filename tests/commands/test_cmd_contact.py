"""``contact``: the log, read, corrected, withdrawn."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_world import Run
from command_world import WRITTEN, failed, journal, one_line


@pytest.fixture
def three(gold: Run) -> Run:
    gold("log-call", "L1", "--at", "2026-11-20 21:30", "--number", "95118", "--said", "请还款", code=0)
    gold("log-sms", "--at", "2026-11-18", "--number", "13812345678", "--text", "我是王五，电话13812345678", code=0)
    gold("log-visit", "L1", "--at", "2026-11-19 15:00", "--third-party", "张三", "--summary", "张三在场", code=0)
    return gold


def test_in_the_order_they_happened(three: Run) -> None:
    data = three("contact", "list", "--json", code=0).data
    assert [one["id"] for one in data["contacts"]] == ["C2", "C3", "C1"] and data["count"] == 3
    assert [one["id"] for one in three("contact", "list", "--last", "1", "--json", code=0).data["contacts"]] == ["C1"]
    mine = three("contact", "list", "--loan", "l1", "--json", code=0).data
    assert [one["id"] for one in mine["contacts"]] == ["C3", "C1"]


def test_private_people_are_masked_unless_asked_for(three: Run, lang: str) -> None:
    masked, open_ = three("contact", "list", code=0), three("contact", "list", "--reveal", code=0)
    assert "13812345678" not in masked.out and "138****5678" in masked.out and "95118" in masked.out
    assert "--reveal" in masked.err and "13812345678" in open_.out and open_.err == ""
    assert "13812345678" not in three("contact", "list", "--json", code=0).out


def test_the_table(gold: Run) -> None:
    gold(
        "log-call",
        "L1",
        "--at",
        "2026-11-20 21:30",
        "--number",
        "95118",
        "--agent",
        "工号1",
        "--said",
        "请还款",
        "--result",
        "挂断",
        code=0,
    )
    assert gold("contact", "list", "--lang", "zh", code=0).out == (
        "编号   时间               借款   方式   号码    对方人员   对方原话   结果   标记\n"
        "------------------------------------------------------------------------------------\n"
        "C1     2026-11-20 21:30   L1     电话   95118   工号1      请还款     挂断   隔1天记\n"
    )


def test_nothing_yet(run: Run, lang: str) -> None:
    run("init", code=0)
    assert "jdneg log-call" in run("contact", "list", code=0).out
    assert run("contact", "list", "--json", code=0).data == {"contacts": []}


def test_a_correction_with_its_reason_and_history(three: Run) -> None:
    flags = ("--set", "happened_at=2026-11-20 22:30", "--set", "said=马上还款", "--set", "tags=夜间，重复")
    ran = three("contact", "amend", "C1", *flags, "--reason", "看了通话记录", "--json", code=0)
    assert set(ran.data) == WRITTEN
    assert ran.data["record"]["happened_at"] == "2026-11-20T22:30:00+08:00"
    assert ran.data["record"]["tags"] == ["夜间", "重复"]
    assert any("night" in one["rule"] for one in three("check", "--json").data["findings"])
    first, second = three("history", "C1", "--json", code=0).data["entries"]
    assert (first["op"], second["op"], second["reason"]) == ("add", "amend", "看了通话记录")
    assert (second["before"]["said"], second["after"]["said"]) == ("请还款", "马上还款")
    assert "请还款 → 马上还款" in three("history", "C1", code=0).out
    three("contact", "amend", "C1", "--set", "tags=", "--reason", "不要", code=0)
    assert "tags" not in three("contact", "show", "C1", "--json", code=0).data["record"]


def test_withdrawn_is_gone_from_the_lists_but_not_from_the_history(three: Run, lang: str) -> None:
    ran = three("contact", "withdraw", "C1", "--reason", "记错人", "--json", code=0)
    assert set(ran.data) == WRITTEN
    assert [one["id"] for one in three("contact", "list", "--json", code=0).data["contacts"]] == ["C2", "C3"]
    assert failed(three("contact", "show", "C1", "--json", code=3)) == "not_found"
    one_line(three("contact", "withdraw", "C1", "--reason", "x", code=3), lang)
    assert three("history", "C1", "--json", code=0).data["entries"][1]["op"] == "withdraw"
    three("undo", code=0)
    assert three("contact", "show", "C1", "--json", code=0).data["record"]["said"] == "请还款"


@pytest.mark.parametrize(
    ("words", "code", "exit_code"),
    [
        (("show", "C9"), "not_found", 3),
        (("show", "C"), "bad_id", 2),
        (("show", "L1"), "bad_id", 2),
        (("list", "--last", "0"), "bad_choice", 2),
        (("list", "--last", "-1"), "below_least", 2),
        (("list", "--loan", "C1"), "bad_id", 2),
        (("amend", "C1", "--set", "said=x"), "reason_needed", 2),
        (("amend", "C1", "--set", "exhibits=E9", "--reason", "x"), "not_found", 3),
        (("amend", "C1", "--set", "exhibits=a.pdf", "--reason", "x"), "bad_id", 2),
        (("amend", "C1", "--set", "happened_at=2027-01-01", "--reason", "x"), "future_time", 2),
        (("amend", "C1", "--set", "channel=telex", "--reason", "x"), "bad_choice", 2),
        (("amend", "C1", "--set", "visit.people=many", "--reason", "x"), "invalid_value", 2),
        (("withdraw", "C1"), "reason_needed", 2),
    ],
)
def test_what_cannot_be(three: Run, world: Path, zh: str, words: tuple[str, ...], code: str, exit_code: int) -> None:
    before = journal(world)
    assert failed(three("contact", *words, "--json", code=exit_code)) == code
    one_line(three("contact", *words, code=exit_code), zh)
    assert journal(world) == before


def test_c1_is_never_c17(gold: Run) -> None:
    for number in range(1, 18):
        gold("log-call", "L1", "--at", "昨天", "--note", str(number), code=0)
    assert gold("contact", "show", "c1", "--json", code=0).data["record"]["note"] == "1"
    assert gold("contact", "show", "C17", "--json", code=0).data["record"]["note"] == "17"
    gold("contact", "withdraw", "C1", "--reason", "x", code=0)
    assert failed(gold("contact", "show", "C1", "--json", code=3)) == "not_found"
