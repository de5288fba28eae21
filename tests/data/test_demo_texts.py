"""The demo's texts agree with what the demo computes."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from decimal import Decimal
from pathlib import Path

from cli_world import Run

import jdneg
from jdneg.domain.debt.schedule import schedule_of
from jdneg.storage.store import Store

SCRIPT = tomllib.loads((Path(jdneg.__file__).parent / "data/demo/case.toml").read_text(encoding="utf-8"))
WORDS = [words for step in SCRIPT["step"] for words in step["run"]]


def test_the_reminder_names_the_instalment_that_is_due(run: Run, world: Path) -> None:
    for words in WORDS:
        if words[:2] == ["loan", "add"]:
            run(*words, code=0)
    (reminder,) = (words for words in WORDS if words[:2] == ["log-sms", "L2"])
    named = re.search(r"账单([\d.]+)元将于11月20日到期", reminder[reminder.index("--text") + 1])
    loan = Store(world, lambda: dt.datetime.now(dt.UTC)).get("L2")
    due = next(row for row in schedule_of(loan).rows if row.due == dt.date(2026, 11, 20))
    assert named is not None
    assert Decimal(named[1]) == due.principal + due.interest + due.fee
