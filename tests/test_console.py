"""Text from outside is shown, never obeyed; tables align by cells; JSON is only ever JSON."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import subprocess
import sys
import unicodedata
from decimal import Decimal
from pathlib import Path

import pytest
from cli_world import Run
from hypothesis import given, strategies as st

from jdneg.blocks import Bullets, Facts, Heading, Paragraph, Preformatted, Table
from jdneg.console.envelope import plain
from jdneg.console.voice import Console
from jdneg.console.words import cells, sentence, visible
from jdneg.domain.messages import Message, hint, warning
from jdneg.errors import BadAmount, DiskFailed, ManyErrors
from jdneg.result import Result

ROOT = Path(__file__).resolve().parents[1]
HOSTILE = (
    "\x1b[31m红\x1b[0m \x1b]0;title\x07 \x1b[2J [bold]粗[/bold] [link=http://x]a[/link] :smile: "
    "\u202e反\u202c \u2066i\u2069 \u200b \ufeff \x9b31m \r覆盖 \x08\x00 {0} {name} %s $(id) \ud800"
)
SAFE = "\\x1b[31m红\\x1b[0m \\x1b]0;title\\x07 \\x1b[2J [bold]粗[/bold] [link=http://x]a[/link] :smile: "


# What is shown


def test_hidden_characters_are_made_visible() -> None:
    assert visible("a\x1b[31mb") == "a\\x1b[31mb"
    assert visible("\u202e反") == "\\u202e反"
    assert visible("\U000e0041") == "\\U000e0041"
    assert visible("a\tb\nc") == "a\tb\nc"
    assert visible("普通文字 plain — 「引号」 😊") == "普通文字 plain — 「引号」 😊"


@given(st.text())
def test_nothing_hidden_is_left_and_nothing_else_is_touched(text: str) -> None:
    shown = visible(text)
    assert not any(unicodedata.category(one) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for one in shown if one not in "\n\t")
    assert visible(shown) == shown
    kept = [one for one in text if unicodedata.category(one) not in {"Cc", "Cf", "Cs", "Zl", "Zp"}]
    assert [one for one in shown if one in kept][: len(kept)] or not kept
    shown.encode()


def test_cells() -> None:
    assert [cells(text) for text in ("", "abc", "重庆", "金条 L1", "ａ", "e\u0301", "—")] == [0, 3, 4, 7, 2, 1, 1]


ESCAPES = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069\ufeff]")


def test_blocks_show_hostile_text_literally(capfd: pytest.CaptureFixture[str]) -> None:
    blocks = (
        Heading(HOSTILE), Paragraph(HOSTILE, strong=True), Bullets((HOSTILE,)), Bullets((HOSTILE,), numbered=True),
        Facts(((HOSTILE, HOSTILE),)), Table((HOSTILE,), ((HOSTILE,),), title=HOSTILE), Preformatted(HOSTILE),
    )  # fmt: skip
    console = Console(json=False, color="never")
    console.show("x", Result({}, blocks, (Message("app.unchanged", {"id": HOSTILE}, "warning"),)))
    console.fail("x", BadAmount(value=HOSTILE))
    console.echo(HOSTILE)
    out, err = capfd.readouterr()
    assert not ESCAPES.search(out + err)
    assert out.count(SAFE) == 11 and err.count(SAFE) == 2  # nothing was read as markup, emoji or template
    assert "{0} {name} %s $(id) \\ud800" in out


def test_an_error_is_one_line_whatever_was_typed(capfd: pytest.CaptureFixture[str]) -> None:
    Console(json=False).fail("x", BadAmount(value="1\n2\r\n3\u20284"))
    err = capfd.readouterr().err
    assert err.count("\n") == 1 and "1\\n2" in err


def test_hostile_words_from_an_sms_to_the_screen(run: Run, lang: str) -> None:
    """Through the whole program: logged, listed, shown, checked, corrected, in history."""
    words = HOSTILE.replace("\x00", "").replace("\ud800", "")
    sms = ("log-sms", "--at", "2026-11-20", "--number", "1069\x1b[5m", "--text", words, "--agent", "[red]\x1b[31m")
    outputs = [run(*sms, code=0), run("contact", "list", code=0), run("contact", "list", "--reveal", code=0)]
    outputs += [run("contact", "show", "C1", code=0), run("check", "--text", words)]
    outputs += [run("contact", "amend", "C1", "--set", f"note={words}", "--reason", words, code=0)]
    outputs += [run("history", code=0), run("history", "C1", code=0)]
    for ran in outputs:
        assert not ESCAPES.search(ran.out + ran.err)
    assert SAFE in outputs[3].out and "[red]" in outputs[1].out  # a name is made one line without signs that act
    raw = run("contact", "show", "C1", "--json", code=0)
    assert raw.data["record"]["said"] == words  # the record is what came
    assert not ESCAPES.search(raw.out)


# Tables


def test_columns_align_by_cells_not_by_characters(capfd: pytest.CaptureFixture[str]) -> None:
    rows = (("L1", "重庆京东盛际小额贷款", "20,000.00"), ("L2", "abc", "5.00"), ("L10", "e\u0301ｂ", "1,234.50"))
    Console(json=False).show("x", Result({}, (Table(("编号", "出借人", "本金"), rows, right=(2,)),)))
    head, rule, *lines = capfd.readouterr().out.splitlines()
    assert rule == "-" * cells(rule) and cells(head) == cells(rule)
    assert {cells(line) for line in lines} == {cells(rule)}  # the last column ends flush right
    starts = [cells(line[: line.index(row[1])]) for line, row in zip(lines, rows, strict=True)]
    assert set(starts) == {cells(head[: head.index("出借人")])}


def test_a_pipe_gets_whole_rows_and_no_trailing_blanks(capfd: pytest.CaptureFixture[str]) -> None:
    long = "很长的说明" * 60
    Console(json=False).show("x", Result({}, (Table(("a", "b"), ((long, "x"), ("y", "z"))),)))
    lines = capfd.readouterr().out.splitlines()
    assert len(lines) == 4 and any(long in line for line in lines)
    assert all(line == line.rstrip() for line in lines)


def test_labels_and_values_align_by_cells(capfd: pytest.CaptureFixture[str]) -> None:
    Console(json=False).show("x", Result({}, (Facts((("年化", "1"), ("SHA-256", "2"), ("原件存放处", "3"))),)))
    lines = capfd.readouterr().out.splitlines()
    assert lines == ["年化        1", "SHA-256     2", "原件存放处  3"]


# Colour


def test_colour_only_where_asked_for_and_never_in_json(run: Run) -> None:
    loan = ("loan", "add", "--lender", "某银行", "--principal", "1000", "--start", "2026-01-10")
    run(*loan, code=0)
    assert "\x1b[" not in run("loan", "list", code=0).out
    assert "\x1b[" not in run("loan", "list", "--color", "auto", code=0).out
    assert "\x1b[" not in run("loan", "list", "--color", "never", code=0).out
    assert "\x1b[1m" in run("loan", "list", "--color", "always", code=0).out
    for words in (("loan", "list"), ("loan", "show", "L1"), ("verify", "L1"), ("loan", "show", "L9"), (*loan,)):
        ran = run(*words, "--color", "always", "--json")
        assert "\x1b" not in ran.out and json.loads(ran.out)


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are not there")
@pytest.mark.parametrize(
    ("env", "options", "coloured"),
    [
        ({"TERM": "xterm-256color"}, (), True),
        ({"TERM": "xterm-256color", "NO_COLOR": "1"}, (), False),
        ({"TERM": "dumb"}, (), False),
        ({"TERM": "xterm-256color"}, ("--color", "never"), False),
        ({"TERM": "xterm-256color"}, ("--json",), False),
    ],
)
def test_on_a_terminal(run: Run, env: dict[str, str], options: tuple[str, ...], coloured: bool) -> None:
    pexpect = pytest.importorskip("pexpect")
    run("loan", "add", "--lender", "某银行" * 20, "--principal", "1000", "--start", "2026-01-10", code=0)
    kept = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "COLUMNS", "TERM")}
    argv = ["-m", "jdneg", "loan", "list", *options]
    out, status = pexpect.run(
        " ".join([sys.executable, *argv]), env=kept | env, cwd=str(ROOT), withexitstatus=True, timeout=30
    )
    text = out.decode()
    assert status == 0 and ("\x1b[" in text) == coloured
    if not options or options[0] == "--color":
        plain_text = re.sub(r"\x1b\[[0-9;]*m", "", text)
        assert max(cells(line) for line in plain_text.splitlines()) <= 80  # folded to the terminal's width


# JSON values


def test_every_value_has_its_plain_form() -> None:
    zone = dt.timezone(dt.timedelta(hours=8))
    assert plain(Decimal("1E+3")) == "1000" and plain(Decimal("0.10")) == "0.10"
    assert plain(dt.datetime(2026, 11, 20, 21, 30, tzinfo=zone)) == "2026-11-20T21:30:00+08:00"
    assert plain({"a": (dt.date(2026, 11, 20), None, True, 1)}) == {"a": ["2026-11-20", None, True, 1]}
    said = plain(warning("app.unchanged", id="C1"))
    assert set(said) == {"code", "level", "text"} and said["level"] == "warning"


def test_a_message_is_told_once(capfd: pytest.CaptureFixture[str]) -> None:
    """Said before the write, it is not said again after it; JSON has it in its envelope."""
    console = Console(json=False)
    console.tell(hint("app.masked"))
    console.show("x", Result({}, (), (hint("app.masked"), hint("app.privacy"))))
    assert capfd.readouterr().err.count("\n") == 2
    silent = Console(json=True)
    silent.tell(hint("app.masked"))
    silent.show("x", Result({}, (), (hint("app.masked"),)))
    out, err = capfd.readouterr()
    assert err == "" and [one["code"] for one in json.loads(out)["messages"]] == ["app.masked"]


def test_many_errors_end_with_the_gravest_code(capfd: pytest.CaptureFixture[str]) -> None:
    both = ManyErrors([BadAmount(value="x"), DiskFailed(path="/x", reason="y")])
    assert Console(json=False).fail("x", both) == 5
    assert len(capfd.readouterr().err.splitlines()) == 2


def test_the_systems_own_words_are_translated(monkeypatch: pytest.MonkeyPatch) -> None:
    from jdneg import i18n

    i18n.use("zh")
    assert "磁盘已满" in sentence(DiskFailed(path="/x", reason=os.strerror(28)))
    assert "something else" in sentence(DiskFailed(path="/x", reason="something else"))


def test_unreadable_bytes_on_standard_input_are_no_bug(run: Run) -> None:
    run("init", code=0)
    argv = [sys.executable, "-m", "jdneg", "check", "--text-file", "-"]
    done = subprocess.run(argv, cwd=ROOT, input=b"\xff\xfe\xff", capture_output=True, check=False)
    assert done.returncode in (0, 2) and b"Traceback" not in done.stderr
