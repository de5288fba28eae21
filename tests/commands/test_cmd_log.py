"""``log-call`` and its siblings: a contact in one line, echoed with its time, findings and undo."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from cli_world import Run
from command_world import FINDING, THREAT, WRITTEN, codes, failed, files_below, journal, one_line

CALL = [
    *("log-call", "L1", "--at", "昨晚9点半", "--number", "95118", "--agent", "工号8812", "--said", THREAT),
    *("--i-said", "请书面发我明细", "--result", "挂断", "--next", "周二14:00", "--recording", "rec.m4a"),
]


def test_one_line_does_it_all(gold: Run, here: Path) -> None:
    data = gold(*CALL, "--json", code=0).data
    assert set(data) == WRITTEN and (data["id"], data["ids"], data["batch"]) == ("C1", ["C1", "E1"], "B3")
    assert data["record"] == {
        "channel": "call", "happened_at": "2026-11-20T21:30:00+08:00", "at_text": "昨晚9点半", "direction": "in",
        "loan": "L1", "number": "95118", "agent": "工号8812", "said": THREAT, "i_said": "请书面发我明细",
        "result": "挂断", "next_at": "2026-11-24T14:00:00+08:00", "next_text": "周二14:00", "exhibits": ["E1"],
    }  # fmt: skip
    assert data["findings"] and all(set(one) == FINDING for one in data["findings"])
    assert {one["contact"] for one in data["findings"]} == {"C1"}


def test_the_words_of_the_answer(gold: Run, here: Path, lang: str) -> None:
    ran = gold(*CALL, code=0)
    first, *findings, last = ran.out.splitlines()
    if lang == "zh":
        assert first == "已记下电话 C1：昨晚9点半 → 2026-11-20 21:30 +08:00" and last == "撤销：jdneg undo B3"
    else:
        assert first == "call C1 logged: 昨晚9点半 → 2026-11-20 21:30 +08:00" and last == "Undo: jdneg undo B3"
    assert findings and all(line.startswith("- ") for line in findings)
    (appointment,) = ran.err.splitlines()  # the time of the next one is echoed too
    assert "周二14:00 → 2026-11-24 14:00 +08:00" in appointment


def test_what_was_taken_in_at_once_goes_at_once(gold: Run, here: Path) -> None:
    gold(*CALL, code=0)
    assert gold("undo", "--json", code=0).data["lines"] == [
        {"id": "C1", "kind": "contact", "op": "add"}, {"id": "E1", "kind": "exhibit", "op": "add"},
    ]  # fmt: skip
    assert gold("contact", "list", "--json", code=0).data["contacts"] == []
    assert gold("evidence", "list", "--json", code=0).data["exhibits"] == []
    gold("redo", code=0)
    assert gold("contact", "show", "C1", "--json", code=0).data["record"]["exhibits"] == ["E1"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("2026-11-20 21:30", "2026-11-20T21:30:00+08:00"),
        ("2026-11-20T13:30:00Z", "2026-11-20T21:30:00+08:00"),
        ("2026年11月20日 21:30", "2026-11-20T21:30:00+08:00"),
        ("昨晚9点半", "2026-11-20T21:30:00+08:00"),
        ("前天下午三点", "2026-11-19T15:00:00+08:00"),
        ("周二14:00", "2026-11-17T14:00:00+08:00"),
        ("yesterday 9pm", "2026-11-20T21:00:00+08:00"),
        ("3 days ago", "2026-11-18"),
        ("3天前", "2026-11-18"),
        ("昨晚1点", "2026-11-21T01:00:00+08:00"),
        ("昨晚12点", "2026-11-21T00:00:00+08:00"),
        ("2026-11-20", "2026-11-20"),
    ],
)
def test_times_lie_in_the_past(gold: Run, typed: str, found: str) -> None:
    assert gold("log-call", "L1", "--at", typed, "--json", code=0).data["record"]["happened_at"] == found


def test_the_small_hours_name_their_weekday(gold: Run, lang: str) -> None:
    out = gold("log-call", "L1", "--at", "昨晚1点", code=0).out
    assert "2026-11-21 01:00 +08:00" in out and ("周六" in out or "Saturday" in out)


def test_about_and_without_a_time_of_day(gold: Run) -> None:
    assert (
        gold("log-call", "L1", "--at", "昨晚9点", "--approx", "--json", code=0).data["record"]["approximate"] is True
    )
    assert gold("log-call", "L1", "--at", "大概昨晚9点", "--json", code=0).data["record"]["approximate"] is True
    assert "contact.no_time_of_day" in codes(gold("log-call", "L1", "--at", "昨天", "--json", code=0))


@pytest.mark.parametrize("typed", ["明天9点", "2026-11-21 10:03", "2026年12月1日", "tomorrow 9pm"])
def test_a_future_call(gold: Run, world: Path, zh: str, typed: str) -> None:
    before = journal(world)
    assert failed(gold("log-call", "L1", "--at", typed, "--json", code=2)) == "future_time"
    one_line(gold("log-call", "L1", "--at", typed, code=2), zh)
    assert journal(world) == before


@pytest.mark.parametrize("typed", ["2026-02-30", "2026-02-30 21:30", "2月30日"])
def test_a_day_that_does_not_exist_is_called_that(gold: Run, world: Path, typed: str) -> None:
    before = journal(world)
    assert failed(gold("log-call", "L1", "--at", typed, "--json", code=2)) == "no_such_day"
    assert journal(world) == before


@pytest.mark.parametrize("typed", ["", " ", "改天", "25:00", "20/11/2026", "昨晚25点", "0", "{now}"])
def test_an_unreadable_time_shows_what_is_accepted(gold: Run, world: Path, typed: str) -> None:
    before = journal(world)
    assert failed(gold("log-call", "L1", "--at", typed, "--json", code=2)) == "bad_time"
    err = gold("log-call", "L1", "--at", typed, code=2).err
    assert "昨晚9点半" in err and "yesterday 9pm" in err and "2026-11-20 21:30" in err
    assert journal(world) == before


def test_a_late_call_is_found_by_the_clock(gold: Run) -> None:
    late = gold("log-call", "L1", "--at", "2026-11-19 22:00", "--answered", "yes", "--json", code=0).data["findings"]
    assert any("night" in one["rule"] for one in late)
    morning = gold("log-call", "L1", "--at", "2026-11-18 08:00", "--answered", "yes", "--json", code=0).data[
        "findings"
    ]
    assert not any("night" in one["rule"] for one in morning)


def test_everything_a_call_may_hold(gold: Run, here: Path) -> None:
    flags = [
        *("--agency", "某公司", "--role", "法务", "--identity", "no", "--to-whom", "单位", "--third-party", "王经理"),
        *("--disclosed", "金额，姓名", "--told-by", "王经理", "--demand", "16,480.55", "--demand-due", "周一"),
        *(
            "--whole-balance",
            "yes",
            "--impact",
            "影响工作",
            "--witness",
            "李四",
            "--attach",
            "合同.pdf",
            "--tag",
            "夜间,威胁",
        ),
        *("--note", "第二次", "--summary", "要求还款", "--until", "昨晚9点33分", "--duration", "3m12s"),
        *("--inconvenient", "yes", "--answered", "是", "--robot", "unknown"),
    ]
    record = gold(*CALL, *flags, "--json", code=0).data["record"]
    assert record["to_whom"] == "employer" and record["disclosed"] == ["金额", "姓名"]
    assert record["demand"] == {"amount": "16480.55", "due": "2026-11-23", "whole_balance": True}
    assert record["duration_seconds"] == 192 and record["ended_at"] == "2026-11-20T21:33:00+08:00"
    assert (record["answered"], "robot" in record, record["tags"]) == (True, False, ["夜间", "威胁"])
    assert record["exhibits"] == ["E1", "E2"]


def test_an_outgoing_call_is_mine(gold: Run) -> None:
    assert gold("log-call", "L1", "--at", "昨天9点", "--out", "--json", code=0).data["record"]["direction"] == "out"


def test_without_a_loan(run: Run) -> None:
    assert "contact.no_loan" in codes(run("log-call", "--at", "昨晚9点半", "--number", "95118", "--json", code=0))


def test_sms_chat_and_email_are_kept_word_for_word(gold: Run, here: Path) -> None:
    (here / "sms.txt").write_bytes("【某小贷】您已逾期。\r\n请还款".encode("gb18030"))
    made = gold(
        "log-sms", "L1", "--at", "2026-11-20", "--number", "106900001", "--text-file", "sms.txt", "--json", code=0
    )
    assert made.data["record"]["said"] == "【某小贷】您已逾期。\r\n请还款" and made.data["record"]["channel"] == "sms"
    chat = gold("log-chat", "L1", "--at", "昨天10:00", "--text", "在吗", "--out", "--json", code=0).data["record"]
    assert (chat["channel"], chat["i_said"], "said" in chat) == ("chat", "在吗", False)
    mail = gold("log-email", "L1", "--at", "昨天10:00", "--text", "催收函", "--json", code=0).data["record"]
    assert (mail["channel"], mail["said"]) == ("email", "催收函")


def test_a_visit_yes_no_or_unknown(gold: Run, here: Path) -> None:
    flags = [
        *("--people", "3", "--consent", "no", "--notice", "否", "--id-shown", "unknown", "--authorisation", "no"),
        *(
            "--touched",
            "no",
            "--asked-to-leave",
            "yes",
            "--left-after",
            "25m",
            "--police",
            "yes",
            "--purpose",
            "核实",
        ),
    ]
    data = gold(
        "log-visit", "L1", "--at", "昨天15:20", *flags, "--photos", "合同.pdf", "--said", "开门", "--json", code=0
    ).data
    assert data["record"]["visit"] == {
        "people": 3, "consent": False, "notice": False, "purpose": "核实", "authorisation": False, "touched": False,
        "asked_to_leave": True, "left_after_minutes": 25, "police_called": True,
    }  # fmt: skip
    assert data["record"]["exhibits"] == ["E1"]


def test_words_from_standard_input_stay_out_of_the_shells_history(gold: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("你好\n".encode()), encoding="utf-8"))
    record = gold("log-call", "L1", "--at", "昨天9点", "--said-file", "-", "--json", code=0).data["record"]
    assert record["said"] == "你好"


@pytest.mark.parametrize(
    ("flags", "code", "exit_code"),
    [
        (("--recording", "no.m4a"), "file_missing", 3),
        (("--recording", "."), "bad_foreign_file", 2),
        (("--recording", "rec.m4a", "--attach", "no.pdf"), "file_missing", 3),
        (("--recording", "E7"), "not_found", 3),
        (("--said-file", "no.txt"), "file_missing", 3),
        (("--said-file", "empty.txt"), "empty_text", 2),
        (("--said-file", "binary.txt"), "unreadable_text", 2),
        (("--to-whom", "neighbour"), "bad_choice", 2),
        (("--answered", "perhaps"), "bad_choice", 2),
        (("--duration", "long"), "bad_duration", 2),
        (("--demand", "-5"), "negative_amount", 2),
        (("--demand-due", "some day"), "bad_time", 2),
    ],
)
def test_what_cannot_be(
    gold: Run, here: Path, world: Path, zh: str, flags: tuple[str, ...], code: str, exit_code: int
) -> None:
    (here / "empty.txt").write_bytes(b" \n")
    (here / "binary.txt").write_bytes(b"\x81\x00\xff\xfe\x80")
    before, files = journal(world), files_below(world)
    words = ("log-call", "L1", "--at", "昨天9点", *flags)
    assert failed(gold(*words, "--json", code=exit_code)) == code
    one_line(gold(*words, code=exit_code), zh)
    assert journal(world) == before and files_below(world) == files


def test_a_loan_that_is_not_there(gold: Run, world: Path, lang: str) -> None:
    before = journal(world)
    assert failed(gold("log-call", "L9", "--at", "昨天", "--json", code=3)) == "not_found"
    assert failed(gold("log-call", "昨天", "--at", "昨天", "--json", code=2)) == "bad_id"
    one_line(gold("log-sms", "L9", "--at", "昨天", "--text", "x", code=3), lang)
    assert journal(world) == before


def test_an_empty_message_is_none(gold: Run) -> None:
    assert failed(gold("log-sms", "L1", "--at", "昨天", "--text", "", "--json", code=2)) == "missing_flags"
