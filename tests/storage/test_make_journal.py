from __future__ import annotations

import runpy
from pathlib import Path

from journal_world import log, open_store


def test_it_makes_a_sound_journal(tmp_path: Path) -> None:
    script = Path(__file__).parents[2] / "benchmarks" / "make_journal.py"
    path = runpy.run_path(str(script))["make_journal"](tmp_path / "home", 500)
    store = open_store(tmp_path / "home")
    assert store.doctor() == []
    assert sum(1 for _ in store.stream("contact")) == 500
    assert all(len(line) >= 500 for line in path.read_bytes().splitlines()[4:])
    assert log(store, "新") == ("C501",)
