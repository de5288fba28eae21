"""``import sms``: a preview first; written once, undone at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_world import Run
from command_world import SAMPLES, codes, failed, files_below, journal, one_line

KEYS = {"recognised_as", "rows", "new", "duplicate", "changed", "skipped", "errors", "batch"}
HOSTILE = "[bold]惊喜[/bold] &#27;[31m {x} &#8238;反"


def sms(body: str, date: object, kind: object = 1, address: str = "106900000001") -> str:
    return f'<sms protocol="0" address="{address}" date="{date}" type="{kind}" body="{body}" read="1" />'


def backup(*messages: str) -> str:
    head = "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n"
    return head + f'<smses count="{len(messages)}">\n' + "\n".join(messages) + "\n</smses>\n"


@pytest.fixture
def phone(gold: Run, here: Path) -> Run:
    messages = [
        sms("【某小贷】请还款", 1794449520000),
        sms("再不还钱我们将联系你的家人和单位 &#55357;&#56860;", 1794667200000),
        sms("请书面发给我", 1794704580000, 2),
        sms("[bold]惊喜[/bold]", 1794965400000),
    ]
    (here / "sms.xml").write_text(backup(*messages), encoding="utf-8")
    return gold


def test_a_preview_writes_nothing(phone: Run, world: Path, lang: str) -> None:
    before = journal(world)
    data = phone("import", "sms", "sms.xml", "--all", "--json", code=0).data
    assert set(data) == KEYS
    assert data == {
        "recognised_as": "sms-backup-restore", "rows": 4, "new": 4, "duplicate": 0, "changed": 0, "skipped": 0,
        "errors": [], "batch": None,
    }  # fmt: skip
    assert ("--commit" in phone("import", "sms", "sms.xml", "--all", code=0).out) and journal(world) == before


def test_written_once_and_undone_at_once(phone: Run) -> None:
    first = phone("import", "sms", "sms.xml", "--all", "--loan", "L1", "--commit", "--json", code=0).data
    assert (first["new"], first["batch"]) == (4, "B3")
    rows = phone("contact", "list", "--json", code=0).data["contacts"]
    assert [one.get("said") or one.get("i_said") for one in rows] == [
        "【某小贷】请还款", "再不还钱我们将联系你的家人和单位 😜", "请书面发给我", "[bold]惊喜[/bold]",
    ]  # fmt: skip
    assert {one["loan"] for one in rows} == {"L1"} and {one["channel"] for one in rows} == {"sms"}
    assert rows[2]["direction"] == "out"
    again = phone("import", "sms", "sms.xml", "--all", "--loan", "L1", "--commit", "--json", code=0).data
    assert (again["new"], again["duplicate"], again["batch"]) == (0, 4, None)
    assert phone("check", "--json", code=1).data["checked"] == 4
    assert len(phone("undo", "--json", code=0).data["lines"]) == 4
    assert phone("contact", "list", "--json", code=0).data["contacts"] == []
    phone("redo", code=0)
    assert len(phone("contact", "list", "--json", code=0).data["contacts"]) == 4


def test_only_known_numbers_unless_all(phone: Run) -> None:
    assert phone("import", "sms", "sms.xml", "--json", code=0).data["skipped"] == 4
    phone("log-sms", "L1", "--at", "2026-11-01", "--number", "106900000001", "--text", "x", code=0)
    assert phone("import", "sms", "sms.xml", "--json", code=0).data["new"] == 4


def test_the_words(phone: Run) -> None:
    assert phone("import", "sms", "sms.xml", "--all", "--commit", "--lang", "zh", code=0).out == (
        "识别为  SMS Backup & Restore 短信备份\n行数    4\n新增    4\n已有    0\n有变化  0\n跳过    0\n"
        "已写入 4 条，作为一批。撤销：jdneg undo B3\n"
    )


def test_markup_and_control_characters_are_shown_literally(gold: Run, here: Path) -> None:
    (here / "sms.xml").write_text(backup(sms(HOSTILE, 1794449520000)), encoding="utf-8")
    ran = gold("import", "sms", "sms.xml", "--all", "--commit", "--json")
    if ran.code == 0:
        out = gold("contact", "show", "C1", code=0).out + gold("contact", "list", code=0).out
        assert "[bold]惊喜[/bold]" in out and "\x1b" not in out and "\u202e" not in out


@pytest.mark.parametrize("name", ["malformed.xml", "edge_cases.xml", "mixed.xml", "minimal_mms.xml"])
def test_real_samples_never_crash(gold: Run, name: str, lang: str) -> None:
    sample = SAMPLES / "sms_calls" / "shruggietech" / name
    if not sample.exists():
        pytest.skip("the samples folder is not beside the project")
    ran = gold("import", "sms", str(sample), "--all", "--commit", "--json")
    assert ran.code in (0, 1, 2) and (set(ran.data) == KEYS or ran.json["errors"])
    if ran.code == 1:
        assert ran.json["status"] == "findings" and ran.data["errors"]


@pytest.mark.parametrize(
    ("name", "content", "code", "exit_code"),
    [
        ("no.xml", None, "file_missing", 3),
        ("empty.xml", b"", "bad_foreign_file", 2),
        ("not.xml", b"hello", "bad_foreign_file", 2),
        ("html.xml", b"<html/>", "bad_foreign_file", 2),
        ("dtd.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><smses count="0"></smses>', "bad_foreign_file", 2),
        (".", None, "bad_foreign_file", 2),
    ],
)
def test_what_is_no_backup(
    gold: Run, here: Path, world: Path, zh: str, name: str, content: bytes | None, code: str, exit_code: int
) -> None:
    if content is not None:
        (here / name).write_bytes(content)
    before, files = journal(world), files_below(world)
    words = ("import", "sms", name, "--all", "--commit")
    assert failed(gold(*words, "--json", code=exit_code)) == code
    one_line(gold(*words, code=exit_code), zh)
    assert journal(world) == before and files_below(world) == files


def test_the_good_rows_stand_when_others_are_refused(gold: Run, here: Path) -> None:
    (here / "sms.xml").write_text(
        backup(sms("好", 1794449520000), sms("坏", "yesterday"), sms("好二", 1794449530000))
    )
    ran = gold("import", "sms", "sms.xml", "--all", "--commit", "--json", code=1)
    assert ran.data["new"] == 2 and [one["row"] for one in ran.data["errors"]] == [2] and ran.data["batch"] == "B3"
    assert len(gold("contact", "list", "--json", code=0).data["contacts"]) == 2
    assert "importing.missing_proves_nothing" in codes(ran)


def test_a_loan_that_is_not_there(phone: Run) -> None:
    assert failed(phone("import", "sms", "sms.xml", "--loan", "L9", "--json", code=3)) == "not_found"
