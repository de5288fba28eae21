"""``assist call`` as a user has it: in a terminal, killed, hung up on, by a pipe; what was typed is never lost nor doubled."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from cli_world import Run
from command_world import failed

pexpect = pytest.importorskip("pexpect")
pytest.importorskip("textual")

ROOT = Path(__file__).resolve().parents[2]
SAID = "再不还就打电话到你单位"


def drafts(home: Path) -> list[Path]:
    return sorted((home / "drafts").glob("*"))


def terminal(*words: str, rows: int = 24, columns: int = 80) -> pexpect.spawn:  # type: ignore[valid-type]
    """The program in a terminal of its own, its clock running."""
    env = {name: value for name, value in os.environ.items() if name not in ("JDNEG_NOW", "NO_COLOR")}
    env |= {"TERM": "xterm-256color", "PYTHONPATH": str(ROOT)}
    return pexpect.spawn(
        sys.executable, ["-m", "jdneg", "assist", "call", *words], env=env, encoding="utf-8",
        dimensions=(rows, columns), timeout=15,
    )  # fmt: skip


def kept(home: Path, words: str, within: float = 10) -> None:
    """Wait until the words are on the disk."""
    end = time.monotonic() + within
    while time.monotonic() < end:
        if any(words in path.read_text(encoding="utf-8") for path in drafts(home)):
            return
        time.sleep(0.05)
    raise AssertionError(f"{words} was not kept")


def gone(pid: int, within: float = 4) -> bool:
    """Whether the process ends by itself; it is ended in any case."""
    end = time.monotonic() + within
    while time.monotonic() < end:
        if os.waitpid(pid, os.WNOHANG)[0]:
            return True
        time.sleep(0.05)
    os.kill(pid, signal.SIGKILL)
    return False


def ready(screen: pexpect.spawn) -> None:  # type: ignore[valid-type]
    screen.expect("they>")  # type: ignore[attr-defined]


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGHUP, signal.SIGTERM], ids=lambda one: one.name)
def test_a_killed_call_is_gone_on_with_and_logged_once(gold: Run, world: Path, end: signal.Signals) -> None:
    screen = terminal("L1")
    ready(screen)
    screen.send(SAID + "\r")
    kept(world, SAID)
    screen.send("\x1bt")  # Alt+t: a threat
    kept(world, "threat")
    screen.kill(end)
    screen.expect(pexpect.EOF)
    screen.close(force=True)
    again = terminal("--resume")
    ready(again)
    again.send("请书面发来\r")
    kept(world, "请书面发来")
    again.send("\x04")
    again.expect("not logged yet")
    again.send("\x13")
    again.expect(pexpect.EOF)
    assert "C1" in again.before
    again.close()
    assert drafts(world) == []
    (contact,) = gold("contact", "list", "--json").data["contacts"]
    assert contact["loan"] == "L1" and contact["tags"] == ["threat"]
    record = gold("contact", "show", "C1", "--json").data["record"]
    assert (
        record["said"] == f"{SAID}\n请书面发来" and not {"answered", "ended_at", "duration_seconds"} & record.keys()
    )
    assert not {"agent", "result", "identity_stated", "demand"} & record.keys(), "unknown stays unknown"


def test_a_closed_terminal_keeps_what_was_half_typed(gold: Run, world: Path) -> None:
    screen = terminal("L1")
    ready(screen)
    screen.send("第一句\r")
    kept(world, "第一句")
    screen.send("说到一半")
    kept(world, "说到一半")
    time.sleep(1.5)  # the clock ticks on
    os.close(screen.child_fd)
    assert gone(screen.pid), "nobody is left behind, waiting for a terminal that is no more"
    (left,) = drafts(world)
    assert "第一句" in left.read_text(encoding="utf-8") and "说到一半" in left.read_text(encoding="utf-8")


def test_ctrl_c_keeps_the_draft_and_says_so(gold: Run, world: Path) -> None:
    screen = terminal("L1")
    ready(screen)
    screen.send(SAID + "\r")
    kept(world, SAID)
    screen.send("\x03")
    screen.expect("--resume")
    screen.expect(pexpect.EOF)
    screen.close()
    assert screen.exitstatus == 0 and len(drafts(world)) == 1


def test_a_left_call_stands_in_today_with_the_command_to_go_on(gold: Run, world: Path, lang: str) -> None:
    assert "left_call" not in {one["kind"] for one in gold("today", "--json", code=0).data["items"]}
    line_by_line(world, "L1", given="再不还就找你单位\n")
    (item,) = [one for one in gold("today", "--json", code=0).data["items"] if one["kind"] == "left_call"]
    assert (item["id"], item["command"], item["due"]) == ("L1", "jdneg assist call --resume", None)
    assert len(drafts(world)) == 1
    line_by_line(world, "--resume", given="/log\n")
    assert "left_call" not in {one["kind"] for one in gold("today", "--json", code=0).data["items"]}


def test_the_next_call_offers_the_draft(gold: Run, world: Path) -> None:
    first = terminal("L1")
    ready(first)
    first.send(SAID + "\r")
    kept(world, SAID)
    first.kill(signal.SIGKILL)
    first.close(force=True)
    second = terminal("L1")
    second.expect("Go on with it")
    second.send("n\r")
    ready(second)
    second.send("\x03")
    second.expect(pexpect.EOF)
    second.close()
    assert len(drafts(world)) == 1, "the first draft stays, the empty one goes"


def test_a_draft_that_was_logged_already_is_not_logged_again(gold: Run, world: Path) -> None:
    """Killed between the journal's write and the draft's removal."""
    ran = line_by_line(world, "L1", given=f"{SAID}\n/keep\n")
    (draft,) = drafts(world)
    before = draft.read_bytes()
    line_by_line(world, "--resume", given="/log\n")
    assert drafts(world) == []
    draft.write_bytes(before + b'{"at": "2026-11-21T10:00:00+08:00", "kind": "saving"}\n')
    ran = line_by_line(world, "--resume", given="/log\n")
    assert "C1" in ran.stderr
    assert gold("contact", "list", "--json").data["count"] == 1 and drafts(world) == []


def test_without_textual_it_goes_line_by_line(gold: Run, world: Path, tmp_path: Path) -> None:
    (tmp_path / "textual").mkdir()
    (tmp_path / "textual" / "__init__.py").write_text("raise ImportError")
    env = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    env |= {"TERM": "xterm-256color", "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"}
    screen = pexpect.spawn(
        sys.executable, ["-m", "jdneg", "assist", "call", "L1"], env=env, encoding="utf-8", timeout=15
    )
    screen.expect("textual is not installed")
    screen.expect("/discard throws it away")
    screen.sendline(SAID)
    kept(world, SAID)
    screen.sendline("/log")
    screen.expect("C1")
    screen.expect(pexpect.EOF)
    screen.close()
    assert screen.exitstatus == 0


# Line by line


def line_by_line(world: Path, *words: str, given: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "jdneg", "assist", "call", *words], env=os.environ | {"PYTHONPATH": str(ROOT)},
        input=given, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip


def test_a_pipe_goes_line_by_line(gold: Run, world: Path) -> None:
    given = f"{SAID}\n/t\n< 请书面发来\n/1 工号8812\n/5 16480.55\n/8 周二14:00\n/b\n/nonsense\n/end\n/log\n"
    ran = line_by_line(world, "L1", "--plain", given=given)
    assert ran.returncode == 0, ran.stderr
    record = gold("contact", "show", "C1", "--json").data["record"]
    assert (record["said"], record["i_said"], record["agent"]) == (SAID, "请书面发来", "工号8812")
    assert record["demand"]["amount"] == "16480.55" and record["next_text"] == "周二14:00"
    assert record["borrowing_pressed"] is True and "fee_pressed" not in record
    assert record["tags"] == ["threat", "pressed to borrow"] and ("breach" in ran.stdout or "review" in ran.stdout)


def test_the_end_of_a_pipe_keeps_the_draft(gold: Run, world: Path) -> None:
    ran = line_by_line(world, "L1", given=f"{SAID}\n")
    assert ran.returncode == 0 and "--resume" in ran.stderr
    assert len(drafts(world)) == 1 and gold("contact", "list", "--json").data["contacts"] == []


def test_a_pipe_that_finds_a_draft_must_say_which(gold: Run, world: Path) -> None:
    line_by_line(world, "L1", given=f"{SAID}\n")
    ran = line_by_line(world, "L1", given="x\n")
    assert ran.returncode == 2 and "--resume" in ran.stderr and "--new" in ran.stderr
    line_by_line(world, "L1", "--new", given="另一次\n")
    assert len(drafts(world)) == 2


def test_a_value_that_cannot_be_read_keeps_the_draft(gold: Run, world: Path) -> None:
    line_by_line(world, "L9", given="x\n")
    assert drafts(world) == []
    line_by_line(world, "L1", given=f"{SAID}\n")
    (draft,) = drafts(world)
    with draft.open("ab") as file:
        file.write(
            '{"at": "2026-11-21T10:00:00+08:00", "kind": "field", "name": "demand", "text": "很多"}\n'.encode()
        )
    ran = line_by_line(world, "--resume", given="/log\n")
    assert ran.returncode == 2 and "--resume" in ran.stderr and drafts(world) == [draft]


def test_a_draft_whose_beginning_is_damaged_is_left_where_it_is(gold: Run, world: Path) -> None:
    line_by_line(world, "L1", given=f"{SAID}\n")
    (draft,) = drafts(world)
    draft.write_bytes(b"\0" * 40 + draft.read_bytes()[40:])
    line_by_line(world, "L1", given="x\n/log\n")
    assert draft.exists() and SAID in draft.read_text(encoding="utf-8", errors="replace")


def test_nothing_to_resume(gold: Run) -> None:
    import io

    sys.stdin = io.StringIO("")
    ran = gold("assist", "call", "--resume", code=3)
    assert "assist call" in ran.err


# The script alone


def test_the_script_without_anybody_to_type(gold: Run, world: Path, lang: str) -> None:
    gold("claim", "add", "L1", "--at", "2026-11-20", "--total", "16480.55", code=0)
    ran = gold("assist", "call", "L1", "--no-input", code=0)
    assert "16,480.55" in ran.out and re.search("192", ran.out)
    assert drafts(world) == []


def test_the_script_as_json(gold: Run) -> None:
    data = gold("assist", "call", "--json", code=0).data
    assert set(data) == {"facts", "questions", "limits", "tags"} and data["facts"] == []
    assert len(data["questions"]) == 8 and {one["key"] for one in data["tags"]} >= {"t", "i", "r"}
    assert failed(gold("assist", "call", "L7", "--json")) == "not_found"


def test_as_of_is_refused(gold: Run) -> None:
    assert failed(gold("assist", "call", "--json", "--as-of", "2026-11-01")) == "not_as_of"


def test_the_facts_of_the_loan_are_found_without_reading_every_line(
    gold: Run, world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jdneg.storage.store import Store

    gold("claim", "add", "L1", "--at", "2026-11-20", "--total", "16480.55", code=0)
    gold("pay", "L1", "1900", "--at", "2026-04-10", code=0)

    def slow(*_: object, **__: object) -> None:
        raise AssertionError("the whole journal was read")

    monkeypatch.setattr(Store, "all", slow)
    monkeypatch.setattr(Store, "stream", slow)
    assert "16,480.55" in gold("assist", "call", "L1", "--no-input", code=0).out
