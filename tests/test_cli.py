"""The command line itself: one envelope, one set of exit codes, errors in the right form and language."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from cli_world import Ran, Run

from jdneg.commands.table import TABLE

ROOT = Path(__file__).resolve().parents[1]
ENVELOPE = {"schema", "command", "status", "exit_code", "data", "messages", "errors"}
LOAN = ("loan", "add", "--lender", "某银行", "--principal", "1000", "--start", "2026-01-10")


def process(*argv: str, **more: object) -> subprocess.CompletedProcess[bytes]:
    """The same command line in a process of its own."""
    options = {"cwd": ROOT, "stdin": subprocess.DEVNULL, "capture_output": True, "timeout": 60} | more
    return subprocess.run([sys.executable, "-m", "jdneg", *argv], check=False, **options)  # type: ignore[call-overload,no-any-return]


def code_of(ran: Ran) -> str:
    body = ran.json
    assert set(body) == ENVELOPE and body["status"] == "error" and body["exit_code"] == ran.code
    code: str = body["errors"][0]["code"]
    return code


# The envelope


@pytest.mark.parametrize(
    ("argv", "exit_code", "status"),
    [
        (("loan", "list"), 0, "ok"),
        (("check", "--text", "再不还就打电话到你单位，让同事都知道"), 1, "findings"),
        (("loan", "add"), 2, "error"),
        (("loan", "show", "L9"), 3, "error"),
        (("bundle", "verify", "."), 4, "error"),
    ],
)
def test_one_envelope_for_everything(run: Run, lang: str, argv: tuple[str, ...], exit_code: int, status: str) -> None:
    run("init", code=0)
    ran = run(*argv, "--json", code=exit_code)
    assert ran.err == ""
    assert set(ran.json) == ENVELOPE
    assert (ran.json["schema"], ran.json["status"], ran.json["exit_code"]) == ("jdneg/1", status, exit_code)
    assert ran.json["command"] == " ".join(
        word for word in argv[:2] if word in TABLE or word in TABLE[argv[0]].entries
    )


def test_the_envelope_has_sorted_keys_and_ends_with_a_line(run: Run) -> None:
    run(*LOAN, code=0)
    text = run("loan", "list", "--json", code=0).out
    assert text == json.dumps(json.loads(text), ensure_ascii=False, sort_keys=True, indent=2) + "\n"
    assert "某银行" in text


@pytest.mark.parametrize(
    ("argv", "error"),
    [
        (("--json",), "usage"),
        (("--json", "loan"), "usage"),
        (("loan", "--json"), "usage"),
        (("frobnicate", "--json"), "usage"),
        (("--json", "loan", "frob"), "usage"),
        (("loan", "add", "--nope", "--json"), "usage"),
        (("--json", "loan", "add", "--lender"), "usage"),
        (("--json", "pay", "L1", "5", "6", "7"), "usage"),
        (("--json", "pay"), "missing_flags"),
        (("--json", "pay", "L1", "-5"), "negative_amount"),
        (("--json", "--lang", "fr", "loan", "list"), "bad_choice"),
        (("loan", "list", "--color", "purple", "--json"), "bad_choice"),
        (("--json", "loan", "list", "--as-of", "someday"), "no_home"),
        (("--json", "--as-of", "2026-01-01", "budget", "set", "--income", "5"), "not_as_of"),
    ],
)
def test_also_before_a_command_ran(run: Run, lang: str, argv: tuple[str, ...], error: str) -> None:
    ran = run(*argv)
    assert code_of(ran) == error
    assert ran.code == (3 if error == "no_home" else 2)
    chinese = any("一" <= one <= "鿿" for one in ran.json["errors"][0]["message"])
    assert chinese == (lang == "zh")


def test_many_faults_of_one_line_are_told_together(run: Run) -> None:
    faulty = ["--principal", "1.234,56", "--start", "soon", "--due-day", "32", "--rate", "5", "--term", "0"]
    ran = run("loan", "add", "--lender", "x", *faulty, "--json", code=2)
    found = [one["code"] for one in ran.json["errors"]]
    assert found == ["bad_amount", "bad_rate", "bad_time", "bad_choice", "bad_due_day"]
    assert len(run("loan", "add", "--lender", "x", *faulty, code=2).err.splitlines()) == 5


def test_version_in_both_forms(run: Run) -> None:
    from jdneg import __version__

    assert run("--version", code=0).out == f"jdneg {__version__}\n"
    assert run("--json", "--version", code=0).data == {"version": __version__}


# Global options


@pytest.mark.parametrize("before", [True, False])
def test_global_options_stand_before_and_after(run: Run, tmp_path: Path, before: bool) -> None:
    home = tmp_path / "other"

    def line(*words: str, options: tuple[str, ...]) -> tuple[str, ...]:
        return (*options, *words) if before else (*words, *options)

    made = run(
        *line(*LOAN, options=("--home", str(home), "--lang", "zh", "--json", "--no-input", "--color", "never"))
    )
    assert made.code == 0 and made.data["id"] == "L1"
    assert made.json["messages"][0]["text"].startswith("已建立")
    assert (home / "journal.jsonl").exists()
    claimed = ("claim", "add", "L1", "--at", "2026-11-20", "--total", "5", "--home", str(home))
    run(*claimed, code=0)
    shown = run(*line("verify", "L1", options=("--home", str(home), "--as-of", "2026-02-01", "--json")), code=2)
    assert code_of(shown) == "no_rate"
    assert code_of(run(*line(*LOAN, options=("--as-of", "2026-02-01", "--json")), code=2)) == "not_as_of"


WRITING = [(name,) for name, entry in TABLE.items() if entry.writes]
WRITING += [(name, verb) for name, entry in TABLE.items() for verb, inner in entry.entries.items() if inner.writes]


@pytest.mark.parametrize("words", WRITING, ids=" ".join)
def test_every_writing_command_refuses_as_of(run: Run, world: Path, words: tuple[str, ...]) -> None:
    """Entries are stamped with the real time; the refusal comes before anything else is looked at."""
    enough = ((), ("L1",), ("L1", "2"))
    found = {code_of(run(*words, *more, "--as-of", "2026-01-01", "--json", code=2)) for more in enough}
    assert "not_as_of" in found and found <= {"not_as_of", "missing_flags", "usage"}
    assert not world.exists()


def test_between_group_and_verb_too_and_the_inner_one_wins(run: Run) -> None:
    run(*LOAN, code=0)
    assert run("--lang", "en", "loan", "--lang", "zh", "list", code=0).out.startswith("编号")
    assert run("--lang", "zh", "loan", "--lang", "en", "list", code=0).out.startswith("Id")


def test_a_value_that_is_a_commands_name_is_not_the_command(run: Run, tmp_path: Path) -> None:
    ran = run("--home", "check", "loan", "list", "--json", code=3)
    assert ran.json["command"] == "loan list"


def test_nothing_after_two_dashes_is_an_option(run: Run) -> None:
    run(*LOAN, code=0)
    ran = run("pay", "L1", "5", "--at", "2026-02-01", "--", "--json", code=2)
    assert ran.out == "" and "--json" in ran.err
    assert code_of(run("pay", "--at", "2026-02-01", "--json", "--", "L1", "-5", code=2)) == "negative_amount"
    assert "-5" in run("pay", "L1", "--at", "2026-02-01", "--", "-5", code=2).err
    assert "\n" not in run("--", "--json", code=2).err.strip()


@pytest.mark.parametrize("amount", ["-5", "-0.01", "-5.00"])
def test_a_negative_amount_is_no_unknown_option(run: Run, lang: str, amount: str) -> None:
    run(*LOAN, code=0)
    for words in (("pay", "L1", amount), ("claim", "add", "L1", "--at", "2026-11-20", "--total", amount)):
        assert code_of(run(*words, "--json", code=2)) == "negative_amount"


# Language


@pytest.mark.parametrize(
    ("env", "chinese"),
    [
        ({"JDNEG_LANG": "zh", "LANG": "en_US.UTF-8"}, True),
        ({"LC_ALL": "zh_CN.UTF-8", "LANG": "en_US.UTF-8"}, True),
        ({"LC_MESSAGES": "zh_TW.UTF-8", "LANG": "en_US.UTF-8"}, True),
        ({"LC_ALL": "en_GB.UTF-8", "LANG": "zh_CN.UTF-8"}, False),
        ({"LANG": "zh_CN.GB18030"}, True),
        ({"LANG": "de_DE.UTF-8"}, False),
    ],
)
def test_the_language_comes_from_the_environment(
    run: Run, monkeypatch: pytest.MonkeyPatch, env: dict[str, str], chinese: bool
) -> None:
    monkeypatch.delenv("JDNEG_LANG")
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    ran = run("frobnicate", code=2)
    assert ran.err.startswith("出错：" if chinese else "Error: ") and len(ran.err.splitlines()) == 1


def test_the_home_remembers_its_language(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    run("init", "--lang", "zh", code=0)
    run("init", "--lang", "zh", "--home", str(tmp_path / "zh"), code=0)
    monkeypatch.delenv("JDNEG_LANG")
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    assert run("frobnicate", code=2).err.startswith("出错：")
    assert run("frobnicate", "--home", str(tmp_path / "zh"), code=2).err.startswith("出错：")
    assert run("frobnicate", "--lang", "en", code=2).err.startswith("Error: ")
    assert run("frobnicate", f"--home={tmp_path / 'none'}", code=2).err.startswith("Error: ")


@pytest.mark.parametrize("locale", [None, "C", "POSIX", "C.UTF-8"])
def test_without_a_language_english_and_one_bilingual_hint(
    run: Run, monkeypatch: pytest.MonkeyPatch, locale: str | None
) -> None:
    monkeypatch.delenv("JDNEG_LANG")
    if locale:
        monkeypatch.setenv("LANG", locale)
    ran = run("config", "show", code=0)
    assert ran.err == "Hint: Language: use --lang zh for Chinese / 中文界面请加 --lang zh\n"
    assert run("config", "show", "--json", code=0).err == ""
    assert run("init", code=0).err.count("Hint: Language") == 1
    assert run("config", "show", code=0).err == ""  # the home knows its language now


# Help


def test_help_imports_no_command_and_lists_every_one(run: Run, lang: str) -> None:
    before = {name for name in sys.modules if name.startswith("jdneg.commands.")}
    out = run("--help", code=0).out
    assert {name for name in sys.modules if name.startswith("jdneg.commands.")} == before
    assert all(f"\n  {name} " in out for name in TABLE)
    assert ("用法：" in out) == (lang == "zh") and ("Usage: " in out) == (lang == "en")


def test_every_command_has_its_help_in_the_readers_language(run: Run, lang: str) -> None:
    lines = [(name,) for name, entry in TABLE.items() if entry.function]
    lines += [(name, verb) for name, entry in TABLE.items() for verb in entry.entries]
    for words in lines:
        out = run(*words, "--help", code=0).out
        assert f"jdneg {' '.join(words)}" in out
        for flag in ("--json", "--lang", "--home", "--as-of", "--no-input", "--color"):
            assert flag in out, words
        assert ("print JSON" in out) == (lang == "en"), words
        assert not any(english in out for english in ("Usage:", "Options:", "Show this")) or lang == "en", words


@pytest.mark.parametrize("name", [name for name, entry in TABLE.items() if entry.entries and not entry.function])
def test_a_group_alone_shows_its_help(run: Run, name: str) -> None:
    ran = run(name, code=2)
    assert ran.err == "" and all(f"\n  {verb} " in ran.out for verb in TABLE[name].entries)


# What goes wrong


def test_a_close_name_is_proposed(run: Run, lang: str) -> None:
    assert "log-call" in run("logcall", code=2).err
    assert "--principal" in run("loan", "add", "--princpal", "5", code=2).err


@pytest.mark.parametrize(
    ("argv", "flags"),
    [
        (("loan", "add"), "--lender"),
        (("pay", "L1"), "AMOUNT --at"),
        (("claim", "add", "L1"), "--at --total"),
        (("log-call",), "--at"),
        (("log-sms",), "--at --text"),
        (("log-visit",), "--at"),
        (("budget", "set"), "--income"),
        (("negotiate", "open", "L1"), "--goal"),
        (("negotiate", "accept", "G1"), "--offer"),
        (("letter", "sent", "T1"), "--at --via"),
        (("complain", "draft"), "--to"),
        (("complain", "filed", "K1"), "--at"),
        (("export", "bundle"), "--profile --output"),
    ],
)
@pytest.mark.parametrize("no_input", [(), ("--no-input",)])
def test_without_a_terminal_the_missing_flags_are_named(
    run: Run, lang: str, argv: tuple[str, ...], flags: str, no_input: tuple[str, ...]
) -> None:
    run(*LOAN, code=0)
    ran = run(*argv, *no_input, "--json", code=2)
    assert code_of(ran) == "missing_flags"
    assert ran.json["errors"][0]["details"] == {"flags": flags}
    assert flags in run(*argv, *no_input, code=2).err


def test_a_bug_is_told_without_values(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    import jdneg.views.loans

    def broken(_: object) -> None:
        raise ZeroDivisionError("身份证 110101199003070011")

    run(*LOAN, code=0)
    monkeypatch.setattr(jdneg.views.loans, "loan_list", broken)
    ran = run("loan", "list", code=70)
    assert "ZeroDivisionError" in ran.err and "test_cli.py" in ran.err and "110101" not in ran.err + ran.out
    assert code_of(run("loan", "list", "--json", code=70)) == "bug"
    monkeypatch.setenv("JDNEG_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        run("loan", "list")


def test_an_end_of_file_inside_a_command_is_no_ctrl_d(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Typer would say "aborted": a broken file must not look as if the user had stopped."""
    import jdneg.views.loans

    def broken(_: object) -> None:
        raise EOFError("Compressed file ended")

    run(*LOAN, code=0)
    monkeypatch.setattr(jdneg.views.loans, "loan_list", broken)
    ran = run("loan", "list", "--json", code=70)
    assert code_of(ran) == "bug" and ran.json["errors"][0]["details"]["kind"] == "EOFError"


def test_a_home_that_nobody_has_is_an_error_like_any_other(run: Run, lang: str) -> None:
    ran = run("--home", "~nobody-here/x", "loan", "list", "--json", code=3)
    assert code_of(ran) == "no_home"
    for words in (("evidence", "add", "~nobody-here/x"), ("bundle", "verify", "~nobody-here/x")):
        assert code_of(run(*words, "--json", code=3)) == "file_missing"


def test_a_clock_that_cannot_be_read_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run(*LOAN, code=0)
    monkeypatch.setenv("JDNEG_NOW", "yesterday")
    assert code_of(run("pay", "L1", "5", "--at", "2026-02-01", "--json", code=2)) == "bad_time"


# The process


def test_a_reader_that_goes_away_is_no_error(run: Run) -> None:
    for number in range(3):
        run(*LOAN[:3], f"银行{number}", *LOAN[4:], code=0)
    read, write = os.pipe()
    os.close(read)
    try:
        for words in (["loan", "list"], ["loan", "list", "--json"], ["--help"], ["loan"]):
            done = process(*words, stdout=write, stderr=subprocess.PIPE, capture_output=False)
            assert done.returncode in (0, 2) and done.stderr == b"", words
    finally:
        os.close(write)


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "gb18030", "utf-16-le"])
def test_an_encoding_without_chinese_never_crashes(run: Run, encoding: str) -> None:
    """What the encoding lacks becomes an escape; JSON stays JSON."""
    run(*LOAN, code=0)
    env = os.environ | {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0", "JDNEG_LANG": "zh"}
    done = process("loan", "list", env=env)
    assert done.returncode == 0 and done.stderr == b""
    shown = done.stdout.decode(encoding)
    assert ("某银行" in shown) == (encoding in ("gb18030", "utf-16-le"))
    assert "某银行" in shown or "\\u67d0\\u94f6\\u884c" in shown
    found = process("loan", "list", "--json", env=env)
    assert json.loads(found.stdout.decode(encoding))["data"]["loans"][0]["lender"] == "某银行"
    failed = process("frobnicate", env=env)
    assert failed.returncode == 2 and len(failed.stderr.decode(encoding).splitlines()) == 1


def test_words_that_are_no_text_are_refused_or_kept_but_never_crash(run: Run, world: Path) -> None:
    """Bytes of another encoding on the command line: the journal is UTF-8 and stays readable."""
    run(*LOAN, code=0)
    before = (world / "journal.jsonl").read_bytes()
    argv = [sys.executable, "-m", "jdneg", "log-call", "L1", "--at", "2026-11-20", "--said"]
    done = subprocess.run(
        [*argv, b"\xb2\xbb\xbb\xb9"], cwd=ROOT, capture_output=True, check=False, stdin=subprocess.DEVNULL
    )
    assert done.returncode == 2 and b"Traceback" not in done.stderr and len(done.stderr.splitlines()) == 1
    assert (world / "journal.jsonl").read_bytes() == before


def test_ctrl_c_is_130_and_writes_nothing(run: Run, world: Path) -> None:
    """While it waits for the words on standard input."""
    run(*LOAN, code=0)
    before = (world / "journal.jsonl").read_bytes()
    argv = [sys.executable, "-m", "jdneg", "log-sms", "L1", "--at", "2026-11-20", "--text-file", "-"]
    with subprocess.Popen(
        argv, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as child:
        assert child.stdin and child.stderr
        child.stdin.write(b"half of it")
        child.stdin.flush()
        _wait_until_it_reads(child.pid)
        child.send_signal(signal.SIGINT)
        assert child.wait(30) == 130
        assert child.stderr.read().decode().strip() == "Error: Stopped; nothing was written."
    assert (world / "journal.jsonl").read_bytes() == before


def _wait_until_it_reads(pid: int) -> None:
    """Until the process sleeps in a read of its pipe (Linux says so); elsewhere a moment."""
    import time

    state = Path(f"/proc/{pid}/wchan")
    for _ in range(200):
        time.sleep(0.02)
        if state.exists() and "pipe" in state.read_text():
            return
    time.sleep(0 if state.exists() else 1)


# How it ends


def leaving(stdout: object) -> subprocess.CompletedProcess[bytes]:
    code = "from jdneg.__main__ import leave; print('x', end=''); leave(3)"
    env = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"} | {
        "PYTHONPATH": str(ROOT)
    }
    return subprocess.run([sys.executable, "-c", code], env=env, stdout=stdout, check=False, timeout=60)  # type: ignore[call-overload,no-any-return]


def test_it_ends_at_once_with_all_that_was_said() -> None:
    ran = leaving(subprocess.PIPE)
    assert (ran.stdout, ran.returncode) == (b"x", 3)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_what_could_not_be_said_is_no_success() -> None:
    with Path("/dev/full").open("wb") as full:
        assert leaving(full).returncode not in (0, 3)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full disk to write to")
@pytest.mark.parametrize("words", [("--version",), ("rules", "list"), ("rules", "list", "--json")], ids=" ".join)
def test_a_full_disk_and_a_closed_output_are_no_crash(tmp_path: Path, words: tuple[str, ...]) -> None:
    env = os.environ | {"JDNEG_HOME": str(tmp_path / "home"), "JDNEG_LANG": "en"}
    command = [sys.executable, "-m", "jdneg", *words]
    with Path("/dev/full").open("w") as full:
        ran = subprocess.run(command, env=env, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert ran.returncode == 5 and "Traceback" not in ran.stderr
    closed = subprocess.run(
        ["sh", "-c", '"$@" >&-', "sh", *command], env=env, stderr=subprocess.PIPE, text=True, check=False
    )
    assert closed.returncode == 0 and "Traceback" not in closed.stderr
