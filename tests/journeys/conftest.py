"""The journeys run the real commands one after the other; `step` runs one as text and as JSON."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Any

import pytest
from cli_world import Run
from journey_world import ENVELOPE, On, Step


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder the borrower works in, with papers to attach."""
    folder = tmp_path / "desk"
    folder.mkdir()
    monkeypatch.chdir(folder)
    for name in ("合同.pdf", "账单短信.png", "回执.png", "确认短信.png", "聊天记录.html"):
        (folder / name).write_bytes(f"%PDF-1.4 {name}".encode())
    return folder


@pytest.fixture
def step(run: Run, desk: Path, lang: str) -> Step:
    """Run one line with ``--json`` and check the envelope; ``code`` is what it should exit with.

    A line that only reads is run in words first: something must be said, in the language of the test.
    """

    def take(line: str, *, code: int = 0, reads: bool = False) -> dict[str, Any]:
        words = shlex.split(line)
        if reads:
            shown = run(*words)
            assert shown.code == code, f"{line}\n{shown.out}\n{shown.err}"
            said = shown.out + shown.err
            assert said.strip() and "Traceback" not in said
            assert (lang == "en") or any("\u4e00" <= one <= "\u9fff" for one in said)
        ran = run(*words, "--json")
        assert ran.code == code, f"{line}\n{ran.out}\n{ran.err}"
        body = ran.json
        assert set(body) == ENVELOPE and body["exit_code"] == code
        assert body["status"] == ("findings" if code == 1 else "ok")
        return {**body["data"], "codes": [one["code"] for one in body["messages"]]}

    return take


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> On:
    """Move the clock: ``on("2026-12-10")``."""
    return lambda day: monkeypatch.setenv("JDNEG_NOW", f"{day}T12:00:00+08:00")
