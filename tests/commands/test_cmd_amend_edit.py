"""``amend --edit``: nothing typed is lost, nothing is written that does not hold, whatever the editor does."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_world import Ran, Run
from command_world import THREAT, failed, journal

Editor = Callable[..., None]


@pytest.fixture
def one(gold: Run) -> Run:
    gold("log-call", "L1", "+夜间", "--at", "2026-11-20 21:30", "--number", "95118", "--said", f"{THREAT}\n第二行",
         "--they-promise", "回电@2026-11-25", "--wait", "12m", code=0)  # fmt: skip
    return gold


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Editor:
    """An editor that runs Python on ``text``, one step each time it is opened; ``path`` is the file."""

    def make(*steps: str) -> None:
        script, count = tmp_path / "editor.py", tmp_path / "count"
        body = "\n".join(f"steps.append({step!r})" for step in steps)
        script.write_text(
            "import os, pathlib, sys\nsteps = []\n" + body + "\npath = pathlib.Path(sys.argv[1])\n"
            f"count = pathlib.Path({str(count)!r})\n"
            "number = int(count.read_text()) if count.exists() else 0\ncount.write_text(str(number + 1))\n"
            "text = path.read_text(encoding='utf-8')\nfacts = {'text': text, 'path': path, 'os': os}\n"
            "exec(steps[min(number, len(steps) - 1)], facts)\n"
            "if path.exists() and facts['text'] != text:\n    path.write_text(facts['text'], encoding='utf-8')\n",
            encoding="utf-8",
        )
        monkeypatch.setenv("VISUAL", f"{sys.executable} {script}")

    return make


def edit(run: Run, *words: str, code: int = 0) -> Ran:
    return run("contact", "amend", "C1", "--edit", *words, code=code)


def record(run: Run) -> dict[str, object]:
    found: dict[str, object] = run("contact", "show", "C1", "--json", code=0).data["record"]
    return found


def left(home: Path) -> list[Path]:
    return sorted((home / "drafts").glob("*")) if (home / "drafts").exists() else []


def words(lang: str, zh: str, en: str) -> str:
    return zh if lang == "zh" else en


def test_a_field_changed(one: Run, editor: Editor, world: Path, lang: str) -> None:
    number, reason, who = (
        words(lang, *pair) for pair in (("号码", "Number"), ("原因", "Reason"), ("联系对象", "To whom"))
    )
    editor(
        f"text = text.replace('{number}: 95118', '{number}: 95178').replace('{reason}:', '{reason}: 听错了')"
        f".replace('{who}:', '{who}: 家人').replace('  第二行', '  第二行改了').replace('12m', '3m12s')"
    )
    before = record(one)
    edit(one)
    after = record(one)
    assert after == before | {
        "number": "95178",
        "said": f"{THREAT}\n第二行改了",
        "wait_seconds": 192,
        "to_whom": "family",
    }
    assert one("history", "C1", "--json", code=0).data["entries"][1]["reason"] == "听错了"
    assert left(world) == []


def test_no_change_writes_nothing(one: Run, editor: Editor, world: Path) -> None:
    """jrnl#351: an edit that changes nothing must not delete."""
    before = journal(world)
    for step in ("pass", "text = text + '\\n\\n'", "text = '# ' + text", "text = text.replace('\\n', '\\r\\n')"):
        editor(step)
        assert "C1" in edit(one).err
        assert journal(world) == before and left(world) == []


def test_a_reason_alone_changes_nothing(one: Run, editor: Editor, world: Path) -> None:
    before = journal(world)
    editor("text = text.replace('Reason:', 'Reason: because')")
    edit(one)
    assert journal(world) == before and left(world) == []


def test_an_editor_nobody_sits_at_is_not_opened_for_ever(one: Run, editor: Editor, world: Path) -> None:
    before = journal(world)
    editor(*["text = text + '\\n[[[bad'"] * 9)
    ran = one("contact", "amend", "C1", "--edit", "--json", code=2)
    assert ran.json["errors"][0]["code"] == "edit_stopped"
    assert journal(world) == before and len(left(world)) == 1


def test_an_invalid_edit_is_opened_again_with_why_and_with_the_text(
    one: Run, editor: Editor, world: Path, zh: str
) -> None:
    editor(
        "text = text.replace('时间: 2026-11-20 21:30 +08:00', '时间: 改天').replace('号码: 95118', '号码: 95178')",
        "assert text.count('#! ') == 3 and '原因' in text and '昨晚9点半' in text and '95178' in text, text\n"
        "assert '时间：' in text.splitlines()[1], text\ntext = text.replace('改天', '昨晚10点')",
        "assert text.count('#! ') == 2 and '原因' in text, text\ntext = text.replace('原因:', '原因: 看了记录')",
    )
    edit(one)
    assert (record(one)["happened_at"], record(one)["number"]) == ("2026-11-20T22:00:00+08:00", "95178")
    assert left(world) == []


def test_giving_up_keeps_the_text_and_names_the_file(one: Run, editor: Editor, world: Path, lang: str) -> None:
    before, number = journal(world), words(lang, "号码", "Number")
    editor(f"text = text.replace('{number}: 95118', '{number}: 95178')", "pass")  # no reason, and then no will
    ran = edit(one, code=2)
    (file,) = left(world)
    assert str(file) in ran.err and "95178" in file.read_text(encoding="utf-8") and journal(world) == before
    assert file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("end", ["os._exit(1)", "os.kill(os.getpid(), 9)", "path.write_text('')", "path.unlink()"])
def test_whatever_the_editor_does_at_its_end(one: Run, editor: Editor, world: Path, end: str) -> None:
    """jrnl#284: what was typed before is not lost."""
    before = journal(world)
    editor("text = text.replace('Number: 95118', 'Number: 95178')", end)
    ran = edit(one, code=2)
    (file,) = left(world)
    assert str(file) in ran.err and "95178" in file.read_text(encoding="utf-8") and journal(world) == before


@pytest.mark.parametrize("end", ["path.write_text('')", "path.unlink()"])
def test_an_emptied_or_deleted_file_at_once_is_no_change(one: Run, editor: Editor, world: Path, end: str) -> None:
    before = journal(world)
    editor(end)
    edit(one)
    assert journal(world) == before and left(world) == [] and record(one)["number"] == "95118"


def test_a_crash_at_once_says_so(one: Run, editor: Editor, world: Path) -> None:
    before = journal(world)
    editor("os.kill(os.getpid(), 11)")
    assert failed(edit(one, "--json", code=2)) == "editor_failed"
    assert journal(world) == before and left(world) == []


def test_a_crash_after_typing_keeps_the_text(one: Run, editor: Editor, world: Path) -> None:
    editor("path.write_text(text.replace('95118', '95178'), encoding='utf-8'); os._exit(3)")
    edit(one, code=2)
    assert "95178" in left(world)[0].read_text(encoding="utf-8") and record(one)["number"] == "95118"


def test_an_editor_that_writes_gbk(one: Run, editor: Editor, zh: str) -> None:
    editor(
        "path.write_bytes(text.replace('第二行', '第三行').replace('原因:', '原因: 更正').encode('gb18030')); text = path.read_text('utf-8', 'replace') if 0 else text"
    )
    edit(one)
    assert str(record(one)["said"]).endswith("第三行")


@pytest.mark.parametrize("name", ["nosuch-editor", "nosuch-editor --wait"])
def test_no_such_editor(one: Run, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("VISUAL", name)
    assert failed(edit(one, "--json", code=2)) == "no_editor"


def test_visual_goes_before_editor(one: Run, editor: Editor, monkeypatch: pytest.MonkeyPatch) -> None:
    editor("pass")
    monkeypatch.setenv("EDITOR", "false")
    edit(one)


def test_lines_that_are_no_fields(one: Run, editor: Editor, world: Path) -> None:
    editor(
        "text = text + 'nonsense\\nNumber: 1\\nColour: red\\n'",
        "assert text.count('#! ') == 4 and 'Colour' in text.splitlines()[2], text\npass",
    )
    edit(one, code=2)
    assert len(left(world)) == 1


def test_not_both_and_not_without_asking(one: Run, editor: Editor) -> None:
    editor("pass")
    assert failed(edit(one, "--set", "note=x", "--json", code=2)) == "contradictory_flags"
    assert failed(edit(one, "--no-input", "--json", code=2)) == "missing_flags"
    assert failed(one("contact", "amend", "C1", "--json", code=2)) == "missing_flags"
    assert failed(one("contact", "amend", "C9", "--edit", "--json", code=3)) == "not_found"


def test_the_answer_is_json_though_the_editor_prints(one: Run, editor: Editor) -> None:
    editor("print('drawing'); text = text.replace('Number: 95118', 'Number: 95178')")
    assert edit(one, "--reason", "x", "--json").data["record"]["number"] == "95178"


def test_a_letter_a_loan_and_a_payment(one: Run, editor: Editor) -> None:
    one("log-letter", "L1", "--via", "sms", "--at", "昨天9点", "--from", "10690001", "--text", "请还款", code=0)
    one("pay", "L1", "100", "--at", "2026-11-01", code=0)
    editor("text = text.replace('Number: 10690001', 'Number: 10690002').replace('Text: 请还款', 'Text: 请尽快还款')")
    one("letter", "amend", "T1", "--edit", "--reason", "x", code=0)
    letter = one("letter", "show", "T1", "--json", code=0).data["record"]
    assert letter["received"]["number"] == "10690002" and letter["text"] == "请尽快还款"
    editor("text = text.replace('Due day: 10', 'Due day: 12')")
    one("loan", "amend", "L1", "--edit", "--reason", "x", code=0)
    assert one("loan", "show", "L1", "--json", code=0).data["record"]["due_day"] == 12
    editor("text = text.replace('100.00', '101')")
    one("payment", "amend", "Y1", "--edit", "--reason", "x", code=0)
    assert one("payment", "show", "Y1", "--json", code=0).data["record"]["amount"] == "101.00"
