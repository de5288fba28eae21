"""A journal with a loan in it, for the commands that need one."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_world import Run
from command_world import GOLD


@pytest.fixture
def gold(run: Run) -> Run:
    """``run`` in a home where L1 is a cash loan by daily rate."""
    run(*GOLD, code=0)
    return run


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder the user stands in, with a contract and a recording."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    (folder / "合同.pdf").write_bytes(b"%PDF-1.4\n/Type /Page\n%%EOF\n")
    (folder / "rec.m4a").write_bytes(b"\x00\x00\x00\x18ftypM4A rec")
    return folder


@pytest.fixture
def zh(monkeypatch: pytest.MonkeyPatch) -> str:
    """Chinese alone, where a test is dear and the other language was seen elsewhere."""
    monkeypatch.setenv("JDNEG_LANG", "zh")
    return "zh"
