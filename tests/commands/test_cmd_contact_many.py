"""A long log: the newest few without the others, columns by cells, what is left out is told."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest
from cli_world import Run


@pytest.fixture
def long(world: Path) -> Path:
    script = Path(__file__).parents[2] / "benchmarks" / "make_journal.py"
    runpy.run_path(str(script))["make_journal"](world, 3000)
    return world


def test_the_newest_few(long: Path, run: Run, lang: str) -> None:
    every = run("contact", "list", "--json", code=0).data
    few = run("contact", "list", "--last", "3", "--json", code=0).data
    assert few["contacts"] == every["contacts"][-3:] and few["count"] == every["count"] == 3000
    ran = run("contact", "list", "--last", "3", code=0)
    assert len(ran.out.splitlines()) == 5 and "2997" in ran.err
    assert "2997" not in run("contact", "list", code=0).err


def test_last_goes_by_the_filter(long: Path, run: Run) -> None:
    found = run("contact", "list", "L1", "--last", "5", "--json", code=0).data
    assert len(found["contacts"]) == 5 and {one["loan"] for one in found["contacts"]} == {"L1"}
    assert found["contacts"] == run("contact", "list", "L1", "--json", code=0).data["contacts"][-5:]
