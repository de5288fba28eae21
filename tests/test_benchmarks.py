"""The benchmark's own arithmetic: pairs, limits, and the page that tells them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # benchmarks is not part of the package

from benchmarks.measure import Measure  # noqa: E402
from benchmarks.messages import message_measures  # noqa: E402
from benchmarks.page import line, page  # noqa: E402
from benchmarks.timing import Runner  # noqa: E402

SLOW = (sys.executable, "-S", "-c", "sum(range(3_000_000)); b'x' * 50_000_000")
FAST = (sys.executable, "-S", "-c", "pass")


def measure(ratio: float) -> Measure:
    return Measure("log-call", "import typer", ratio, 1.5, 1.7, 2.0, "told")


def test_limits() -> None:
    assert [measure(ratio).failed(quick=False) for ratio in (1.5, 1.7, 1.71)] == [False, False, True]
    assert [measure(ratio).failed(quick=True) for ratio in (1.9, 2.01)] == [False, True]


def test_the_page_says_what_is_over() -> None:
    machine = {"date": "2026-11-22", "python": "CPython 3.11", "machine": "two cores"}
    text = page([measure(1.4), measure(1.6), measure(1.8)], machine)
    assert [row.split(" | ")[4] for row in text.splitlines() if row.startswith("| log-call")] == [
        "ok", "over the goal, within the gate", "over",
    ]  # fmt: skip
    assert "2026-11-22" in text and "CPython 3.11" in text
    assert "1.40 x" in line(measure(1.4))


def test_messages_are_read_within_a_wide_limit() -> None:
    found = list(message_measures(quick=True))
    assert [one.name for one in found] == ["wording check, short messages", "wording check, 10,000 characters"]
    assert not any(one.failed(quick=True) for one in found), found


def test_processes_are_timed_in_turn(tmp_path: Path) -> None:
    found = Runner(dict(os.environ), tmp_path).pairs(SLOW, FAST, 3)
    assert found.ratio > 1 and found.ours > found.floor > 0


def test_memory_is_the_most_held(tmp_path: Path) -> None:
    runner = Runner(dict(os.environ), tmp_path)
    assert 48e6 < runner.memory(SLOW) - runner.memory(FAST) < 60e6


def test_a_failure_is_no_figure(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="exit 3"):
        Runner(dict(os.environ), tmp_path).run((sys.executable, "-c", "raise SystemExit(3)"))


def test_it_refuses_an_environment_without_jdneg_in_it(tmp_path: Path) -> None:
    """A checkout on the path is not an installed package: its start-up is another."""
    home = tmp_path / "bare"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(home)], check=True)
    python = home / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    asked = [str(python), "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r}); from benchmarks import machine\n"
             "import pathlib; print(machine.objections(pathlib.Path('.')))"]  # fmt: skip
    ran = subprocess.run(asked, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "jdneg cannot be imported outside the checkout" in ran.stdout
