"""``check``: silent when there is nothing; each finding in its fixed shape."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_world import Run
from command_world import FINDING, THREAT, failed, one_line

REMINDER = "【某消费金融】您本期账单336.60元将于11月20日到期，请按时还款。如已还款请忽略。"


def test_silence_in_text_an_envelope_in_json(gold: Run, lang: str) -> None:
    gold("log-sms", "L1", "--at", "2026-11-18 10:05", "--text", REMINDER, code=0)
    ran = gold("check", code=0)
    assert (ran.out, ran.err) == ("", "")
    body = gold("check", "--json", code=0).json
    assert body["data"] == {"findings": [], "checked": 1} and body["status"] == "ok"


def test_findings_in_their_shape(gold: Run, lang: str) -> None:
    gold("log-call", "L1", "--at", "昨晚22点17分", "--said", THREAT, "--answered", "yes", code=0)
    body = gold("check", "--json", code=1).json
    assert body["status"] == "findings" and body["data"]["checked"] == 1
    found = body["data"]["findings"]
    assert found and all(set(one) == FINDING for one in found)
    assert {one["result"] for one in found} <= {"breach", "review", "cannot_tell"}
    assert {one["confidence"] for one in found} <= {"high", "medium", "low"}
    assert all(one["quote"] is None or one["quote"] in THREAT for one in found)
    assert {one["contact"] for one in found} == {"C1"}
    text = gold("check", code=1).out
    assert text.splitlines()[-1].startswith("检查了 1 条" if lang == "zh" else "1 contact")


def test_the_same_findings_at_logging_and_at_checking(gold: Run) -> None:
    logged = gold("log-call", "L1", "--at", "昨晚22点17分", "--said", THREAT, "--json", code=0).data["findings"]
    assert gold("check", "--json", code=1).data["findings"] == logged


def test_by_loan_and_by_day(gold: Run) -> None:
    gold("loan", "add", "--lender", "另一家", "--principal", "5", "--start", "2026-01-01", code=0)
    gold("log-call", "L1", "--at", "2026-11-20 23:00", "--said", THREAT, code=0)
    gold("log-call", "L2", "--at", "2026-11-18 10:00", "--said", "您好，提醒您还款", code=0)
    assert gold("check", "--loan", "L2", "--json", code=0).data == {"findings": [], "checked": 1}
    assert gold("check", "--loan", "l1", "--json", code=1).data["checked"] == 1
    assert gold("check", "--as-of", "2026-11-19", "--json", code=0).data["checked"] == 1
    assert failed(gold("check", "--loan", "L9", "--json", code=3)) == "not_found"


def test_one_message_without_a_journal(run: Run, world: Path, here: Path, lang: str) -> None:
    ran = run("check", "--text", THREAT, "--kind", "microlender", "--json", code=1)
    assert {one["contact"] for one in ran.data["findings"]} == {None} and ran.data["checked"] == 1
    (here / "t.txt").write_text(THREAT, encoding="utf-16")
    assert run("check", "--text-file", "t.txt", "--kind", "小贷", "--json", code=1).data == ran.data
    assert run("check", "--text", REMINDER, "--json", code=0).data == {"findings": [], "checked": 1}
    assert run("check", "--text", REMINDER, code=0).out == ""
    assert not world.exists()


@pytest.mark.parametrize(
    ("flags", "code", "exit_code"),
    [
        (("--text", ""), "empty_text", 2),
        (("--text", " \n"), "empty_text", 2),
        (("--text-file", "no.txt"), "file_missing", 3),
        (("--text-file", "."), "bad_foreign_file", 2),
        (("--text", "x", "--kind", "shark"), "bad_choice", 2),
    ],
)
def test_what_cannot_be(run: Run, here: Path, zh: str, flags: tuple[str, ...], code: str, exit_code: int) -> None:
    assert failed(run("check", *flags, "--json", code=exit_code)) == code
    one_line(run("check", *flags, code=exit_code), zh)


def test_a_demand_on_the_old_schedule_after_an_agreement(gold: Run, here: Path) -> None:
    gold("negotiate", "open", "L1", "--goal", "延长", code=0)
    gold(
        "negotiate",
        "offer",
        "G1",
        "--months",
        "24",
        "--monthly",
        "900",
        "--first-due",
        "2026-12-10",
        "--at",
        "2026-11-01",
        code=0,
    )
    gold("negotiate", "accept", "G1", "--offer", "1", "--at", "2026-11-02", "--evidence", "合同.pdf", code=0)
    flags = ("--demand", "14631.24", "--whole-balance", "yes", "--demand-due", "今天")
    ran = gold(
        "log-call",
        "L1",
        "--at",
        "昨天10:00",
        "--answered",
        "yes",
        "--said",
        "今天必须全部还清",
        *flags,
        "--json",
        code=0,
    )
    assert [one["rule"] for one in ran.data["findings"] if "agreement" in one["rule"]]
    assert "breach" in {one["result"] for one in ran.data["findings"]}
