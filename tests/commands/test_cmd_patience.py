"""How far a long reading is: on a terminal alone, gone when it is done; and what is too much is refused plainly."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from cli_world import Run
from command_world import failed

from jdneg.commands.shared import patience
from jdneg.console.voice import Console
from jdneg.domain.messages import hint
from jdneg.importers import plan

SMS = '<sms address="1069{n:04}" date="{at}" type="1" body="您的账单已出，第{n}条" />'


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True

    def reconfigure(self, **_: Any) -> None:
        """As a real stream has it."""


def backup(path: Path, count: int) -> str:
    rows = "".join(SMS.format(n=n, at=1700000000000 + n * 1000) for n in range(count))
    path.write_text(f'<smses count="{count}">{rows}</smses>', encoding="utf-8")
    return str(path)


def test_a_line_to_wait_by_is_gone_before_anything_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    out, err = Terminal(), Terminal()
    monkeypatch.setattr("sys.stdout", out)
    monkeypatch.setattr("sys.stderr", err)
    monkeypatch.setenv("TERM", "xterm")
    console = Console(json=False)
    for done in (1, 2):
        console.wait(hint("view.reading_so_far", done=done, most=0))
    console.tell(hint("app.masked"))
    lines = err.getvalue().split("\r\x1b[K")
    assert len(lines) == 3 and "1" in lines[0] and "2" in lines[1] and "\n" not in lines[0] + lines[1]
    console.tell(hint("contact.older", count=7, page=2))
    assert err.getvalue().count("\r") == 2 and out.getvalue() == ""


@pytest.mark.parametrize(
    ("json", "term", "tty"), [(True, "xterm", True), (False, "dumb", True), (False, "xterm", False)]
)
def test_nobody_waits(monkeypatch: pytest.MonkeyPatch, json: bool, term: str, tty: bool) -> None:
    err = Terminal() if tty else io.StringIO()
    monkeypatch.setattr("sys.stderr", err)
    monkeypatch.setenv("TERM", term)
    console = Console(json=json)
    assert not console.patient()
    console.wait(hint("view.reading_so_far", done=1, most=0))
    assert err.getvalue() == ""


def test_piped_an_import_says_nothing_of_its_progress(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "_PATIENCE", 0.0)
    run("init", "--no-input", code=0)
    ran = run("import", "sms", backup(tmp_path / "sms.xml", 600), "--all", code=0)
    assert "\r" not in ran.err and "256" not in ran.err


def test_more_than_one_import_holds_is_refused(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    """Strangers' messages do not count: they are only looked at."""
    monkeypatch.setattr(plan, "LIMIT", 50)
    run("init", "--no-input", code=0)
    file = backup(tmp_path / "sms.xml", 60)
    assert failed(run("import", "sms", file, "--all", "--commit", "--json", code=2)) == "too_many_rows"
    assert run("import", "sms", file, "--commit", "--json", code=0).data["skipped"] == 60
    assert run("contact", "list", "--json", code=0).data["contacts"] == []
