"""``card``: on the screen, as JSON, and on one printed page."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from cli_world import Run

CARDS = ("visit", "call", "scam", "police")


@pytest.mark.parametrize("name", CARDS)
def test_a_card_in_both_languages(run: Run, lang: str, name: str) -> None:
    ran = run("card", name, code=0)
    data = run("card", name, "--json", code=0).data
    assert data["title"] in ran.out and data["card"] == name
    cited = {number for part in data["parts"] for item in part["items"] for number in item["sources"]}
    assert cited == {one["number"] for one in data["sources"]}
    assert all(one["row"] and one["level"] and one["checked"] for one in data["sources"])
    assert sum(len(part["items"]) for part in data["parts"]) <= 18, "it is a card"


def test_a_rule_is_cited_as_it_stood_on_the_day(run: Run) -> None:
    def articles(day: str) -> set[str]:
        return {one["article"] for one in run("card", "visit", "--json", "--as-of", day).data["sources"]}

    assert "40(三)" in articles("2025-06-01") and "47(三)" not in articles("2025-06-01")
    assert "47(三)" in articles("2026-06-01") and "40(三)" not in articles("2026-06-01")


@pytest.mark.parametrize("name", CARDS)
@pytest.mark.parametrize("ending", ["html", "md", "docx"])
def test_a_card_is_written_to_a_file(run: Run, here: Path, name: str, ending: str) -> None:
    path = here / f"卡片.{ending}"
    ran = run("card", name, "-o", str(path), "--json", code=0)
    assert ran.data["path"] == str(path) and path.stat().st_size > 1000
    if ending == "docx":
        assert zipfile.is_zipfile(path)
    assert run("card", name, "-o", str(path)).code == 2, "nothing is overwritten"


def test_no_card_prints_a_number_nobody_confirmed(run: Run) -> None:
    """The number is the one inside the official app: 110 and 96110 are the only ones."""
    import re

    for name in CARDS:
        data = run("card", name, "--json", "--lang", "zh").data
        texts = " ".join(item["text"] for part in data["parts"] for item in part["items"]) + data["lead"]
        assert set(re.findall(r"(?<![\d:])\d{3,}(?![\d:])", texts)) <= {"110", "96110"}, name
