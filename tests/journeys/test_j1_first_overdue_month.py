"""J1: the first overdue month: know what is owed, then plan; at its end a calendar."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from icalendar import Calendar
from journey_world import Step, begin


def test_the_journey(step: Step, desk: Path) -> None:
    begin(step)
    verified = step("verify L1 --as-of 2026-11-20", code=1, reads=True)
    total = next(one for one in verified["components"] if one["name"] == "total")
    assert total["claimed"] == "16480.55" and verified["missing"]
    step("letter draft dispute --loan L1 -o 异议函.docx")
    assert (desk / "异议函.docx").read_bytes()[:2] == b"PK"
    step("budget set --income 6200 --rent 1800 --food 1500")
    plan = step("plan --budget 1150 --strategy min-first", reads=True)
    assert plan["strategy"] == "min-first" and plan["budget"]["available"] == "1150.00"
    step("plan compare --budget 1150", reads=True)
    today = step("today", reads=True)
    kinds = [one["kind"] for one in today["items"]]
    assert "contract_behind" in kinds and "claim" in kinds and today["next"].startswith("jdneg ")
    assert Decimal(next(one["amount"] for one in today["items"] if one["kind"] == "contract_behind")) > 0
    written = step("export ics --what due,promises -o due.ics")
    events = Calendar.from_ical((desk / "due.ics").read_bytes()).walk("VEVENT")
    assert len(events) == written["events"] + written["cancelled"] and written["counts"]["due"] > 0


def test_a_deficit_never_becomes_a_negative_plan(step: Step) -> None:
    begin(step)
    step("budget set --income 3000 --rent 1800 --food 1500")
    plan = step("plan", reads=True)
    assert Decimal(plan["budget"]["available"]) <= 0
    assert all(Decimal(row["payment"]) >= 0 for row in plan["rows"])
