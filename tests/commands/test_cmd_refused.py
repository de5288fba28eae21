"""What the system refuses: a full disk, a home that cannot be written. One line, exit 5, nothing half written."""

from __future__ import annotations

import ctypes
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cli_world import Run
from command_world import GOLD, failed, files_below, journal, one_line

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(os.name != "posix", reason="limits and users of POSIX")

LIMITED = """
import resource, sys
sys.dont_write_bytecode = True  # a cut-off .pyc would break every later run
resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))
from jdneg.cli import main
sys.exit(main(sys.argv[1:]))
"""
PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 24, 1, 2


def process(script: str, *argv: str, before: Callable[[], None] | None = None) -> subprocess.CompletedProcess[str]:
    """Without byte code: Python itself leaves half of a ``.pyc`` where files may not grow."""
    return subprocess.run(
        [sys.executable, "-B", "-c", script, *argv], cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True,
        encoding="utf-8", check=False, timeout=60, preexec_fn=before,
    )  # fmt: skip


def refused(done: subprocess.CompletedProcess[str], lang: str, reason: str) -> None:
    assert done.returncode == 5, done.stdout + done.stderr
    (line,) = done.stderr.splitlines()
    assert done.stdout == "" and line.startswith("出错：" if lang == "zh" else "Error: ") and reason in line


# A full disk: no file may grow beyond a limit


WRITES = [
    ("pay", "L1", "5", "--at", "2026-04-10", "--note", "很" * 3000),
    ("log-call", "L1", "--at", "昨天9点", "--said", "字" * 5000),
    ("loan", "amend", "L1", "--set", f"note={'x' * 9000}", "--reason", "y"),
    ("negotiate", "open", "L1", "--goal", "很" * 3000),
    ("import", "sms", "sms.xml", "--all", "--commit"),
]


@pytest.mark.parametrize("words", WRITES, ids=lambda words: "-".join(words[:2]))
def test_a_full_disk_leaves_the_journal_as_it_was(
    gold: Run, here: Path, world: Path, zh: str, words: tuple[str, ...]
) -> None:
    body = '<sms address="95118" date="1794449520000" type="1" body="{}" />'.format("字" * 3000)
    (here / "sms.xml").write_text(f"<smses count='1'>{body}</smses>", encoding="utf-8")
    full = [str(here / word) if word == "sms.xml" else word for word in words]
    before = journal(world)
    script = LIMITED.format(size=len(before) + 4000)
    refused(process(script, *full), zh, "文件超过允许的大小")
    assert journal(world) == before
    told = process(script, *full, "--json")
    assert json.loads(told.stdout)["errors"][0]["code"] == "disk_failed" and told.stderr == ""
    assert journal(world) == before
    gold("doctor", code=0)
    gold("pay", "L1", "5", "--at", "2026-04-10", code=0)  # the next command works, and takes the next id
    assert gold("payment", "list", "--json", code=0).data["payments"][0]["id"] == "Y1"


def test_a_full_disk_leaves_no_half_of_an_exhibit(gold: Run, here: Path, world: Path, zh: str) -> None:
    (here / "long.m4a").write_bytes(os.urandom(300_000))
    before, files = journal(world), files_below(world)
    script = LIMITED.format(size=200_000)
    for words in (("evidence", "add"), ("log-call", "L1", "--at", "昨天9点", "--recording")):
        refused(process(script, *words, str(here / "long.m4a")), zh, "")
        assert journal(world) == before and files_below(world) == files
    gold("doctor", code=0)


def test_a_full_disk_leaves_no_half_of_a_letter_or_a_bundle(gold: Run, here: Path, world: Path, zh: str) -> None:
    (here / "long.m4a").write_bytes(os.urandom(300_000))
    gold("evidence", "add", "long.m4a", "--for", "L1", code=0)
    before, mine = journal(world), set(here.rglob("*"))
    words = ("letter", "draft", "dispute", "--loan", "L1", "-o", str(here / "x.docx"))
    refused(process(LIMITED.format(size=8_000), *words), zh, "")
    assert journal(world) == before and set(here.rglob("*")) == mine
    for more in ((), ("--zip",)):
        words = ("export", "bundle", "--profile", "lawyer", "-o", str(here / "out"), *more)
        refused(process(LIMITED.format(size=200_000), *words), zh, "")
        assert not [path for path in here.rglob("*") if path.is_file() and path not in mine]
    assert journal(world) == before


def test_a_full_disk_at_the_very_first_write(run: Run, world: Path, lang: str) -> None:
    refused(process(LIMITED.format(size=100), *GOLD), lang, "")
    assert journal(world) == b""
    run(*GOLD, code=0)
    assert run("loan", "list", "--json", code=0).data["loans"][0]["id"] == "L1"


# A home that cannot be written


@pytest.fixture
def foreign(gold: Run, world: Path) -> Iterator[Path]:
    """A home that may be read but not written."""
    gold("check", code=0)
    for path in [world, *world.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    yield world
    for path in [world, *world.rglob("*")]:
        path.chmod(0o700)


def modes_count() -> None:
    """Root obeys modes too once the capabilities that override them are out of reach (Linux)."""
    libc = ctypes.CDLL(None, use_errno=True)
    for capability in (CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH):
        if libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0):
            raise OSError(ctypes.get_errno(), "cannot drop a capability")


def plainly(*argv: str) -> subprocess.CompletedProcess[str]:
    """The command as a user for whom modes count."""
    if os.geteuid() != 0:
        return process("import sys\nfrom jdneg.cli import main\nsys.exit(main(sys.argv[1:]))", *argv)
    try:
        return process(
            "import sys\nfrom jdneg.cli import main\nsys.exit(main(sys.argv[1:]))", *argv, before=modes_count
        )
    except subprocess.SubprocessError:
        pytest.skip("root's capabilities cannot be dropped here")


@pytest.mark.parametrize(
    "words",
    [
        ("pay", "L1", "5", "--at", "2026-04-10"), ("log-call", "L1", "--at", "昨天9点"), ("undo",),
        ("loan", "amend", "L1", "--set", "term=24", "--reason", "x"), ("config", "set", "--language", "en"),
        ("evidence", "add", str(ROOT / "LICENSE"), "--for", "L1"), ("letter", "draft", "dispute", "--loan", "L1"),
        ("complain", "draft", "--to", "platform", "--loan", "L1"), ("negotiate", "open", "L1", "--goal", "x"),
    ],
    ids=lambda words: "-".join(words[:2]),
)  # fmt: skip
def test_a_read_only_home_refuses_every_write(foreign: Path, zh: str, words: tuple[str, ...]) -> None:
    before, files = journal(foreign), files_below(foreign)
    refused(plainly(*words), zh, "没有权限")
    assert journal(foreign) == before and files_below(foreign) == files


@pytest.mark.parametrize(
    "words", [("loan", "list"), ("check",), ("verify", "L1"), ("history",), ("plan", "--budget", "5")]
)
def test_a_read_only_home_can_be_read(foreign: Path, words: tuple[str, ...]) -> None:
    done = plainly(*words, "--json")
    assert done.returncode == 0, done.stdout
    assert json.loads(done.stdout)["status"] == "ok"


def test_an_unreadable_home_and_file(foreign: Path, lang: str) -> None:
    (foreign / "journal.jsonl").chmod(0)
    refused(plainly("loan", "list"), lang, "没有权限" if lang == "zh" else "no permission")
    secret = foreign.parent / "secret.pdf"
    secret.write_bytes(b"x")
    secret.chmod(0)
    refused(plainly("check", "--text-file", str(secret)), lang, "没有权限" if lang == "zh" else "no permission")


def test_a_file_where_the_home_should_be(run: Run, world: Path, lang: str) -> None:
    world.write_text("not a folder")
    for words in (("init",), GOLD, ("loan", "list"), ("doctor",)):
        ran = run(*words, "--json")
        assert failed(ran) in ("disk_failed", "no_home") and ran.code in (3, 5)
        one_line(run(*words), lang)
    assert world.read_text() == "not a folder"


def test_a_home_that_cannot_be_made(run: Run, tmp_path: Path, lang: str) -> None:
    (tmp_path / "file").write_text("x")
    ran = run("init", "--home", str(tmp_path / "file" / "deep" / "home"), "--json", code=5)
    assert failed(ran) == "disk_failed"
    one_line(run("init", "--home", str(tmp_path / "file" / "deep" / "home"), code=5), lang)


def test_a_lost_config_is_no_loss(gold: Run, world: Path) -> None:
    (world / "config.json").write_bytes(b"\xff\x00{")
    gold("loan", "list", code=0)
    (world / "config.json").unlink()
    (world / "config.json").mkdir()
    gold("loan", "list", code=0)


def test_a_name_is_one_line_however_it_is_typed(run: Run) -> None:
    hostile = "某银行\nL9   假银行\x1b[2J\u202e"
    words = ("--principal", "1000", "--start", "2026-01-10", "--contract-no", "A\n1", "--note", "一\n二")
    record = run("loan", "add", "--lender", hostile, *words, "--json", code=0).data["record"]
    assert (record["lender"], record["contract_no"], record["note"]) == ("某银行 L9 假银行", "A 1", "一\n二")
    amended = run("loan", "amend", "L1", "--set", "product=金\n条", "--reason", "x", "--json", code=0)
    assert amended.data["record"]["product"] == "金 条"
    said = ("log-call", "--at", "2026-11-20 09:30", "--number", "1\n2", "--said", "一\n二", "+a\nb", "--json")
    logged = run(*said, code=None).data["record"]
    assert (logged["number"], logged["said"]) == ("1 2", "一\n二")
