"""An agreement that takes another's place: what of the old one is still said, and what is nothing new."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_world import Run

LUMP = ("--offer", "1", "--first-due")


@pytest.fixture
def settled(gold: Run) -> Run:
    """A settlement of 12,000 on 5 December, by word of mouth."""
    gold("negotiate", "open", "L1", "--goal", "结清", code=0)
    gold("negotiate", "offer", "G1", "--by", "lender", "--lump-sum", "12000", code=0)
    gold("negotiate", "accept", "G1", *LUMP, "2026-12-05", "--oral", code=0)
    return gold


def test_my_promise_goes_with_its_agreement(settled: Run, lang: str) -> None:
    settled("negotiate", "promise", "G1", "--by", "me", "--what", "寄收入证明", "--due", "2026-12-05", code=0)
    settled("negotiate", "accept", "G1", *LUMP, "2026-12-10", "--oral", "--replace", code=0)
    found = settled("negotiate", "show", "G1", "--json", code=0).data["record"]["promises"]
    assert [(one["due"], one.get("state", "unknown")) for one in found] == [
        ("2026-12-05", "replaced"), ("2026-12-05", "unknown"), ("2026-12-10", "unknown"),
    ]  # fmt: skip
    assert ("已被取代" if lang == "zh" else "replaced") in settled("negotiate", "show", "G1", code=0).out
    late = settled("today", "--as-of", "2026-12-06", "--json").data["items"]
    assert [one["text"] for one in late if "2026年12月5日" in one["text"]] == []


def test_in_another_case_too(settled: Run) -> None:
    settled("negotiate", "open", "L1", "--goal", "延期", code=0)
    settled("negotiate", "offer", "G2", "--by", "lender", "--months", "30", "--monthly", "800", code=0)
    settled("negotiate", "accept", "G2", "--offer", "1", "--oral", "--replace", code=0)
    [old] = settled("negotiate", "show", "G1", "--json", code=0).data["record"]["promises"]
    assert old["state"] == "replaced"


def test_the_same_again_replaces_nothing(settled: Run, here: Path, lang: str) -> None:
    for more in (("--oral",), ("--evidence", "合同.pdf")):
        refused = settled("negotiate", "accept", "G1", *LUMP, "2026-12-05", *more, "--replace", code=2)
        assert "jdneg negotiate confirm" in refused.err and "2026-11-21" in refused.err
    assert settled("negotiate", "show", "G1", "--json", code=0).data["record"].get("earlier", []) == []
    settled("negotiate", "accept", "G1", *LUMP, "2026-12-05", "--grace-days", "3", "--replace", code=0)


def test_replaced_on_the_day_it_was_made_it_never_ran(settled: Run, lang: str) -> None:
    settled("negotiate", "accept", "G1", *LUMP, "2026-12-10", "--oral", "--replace", code=0)
    shown = settled("plan", "track", "G1", code=0).out
    assert ("此前还没有开始执行" if lang == "zh" else "had not begun to run before") in shown


@pytest.fixture
def written(gold: Run, here: Path) -> Run:
    """18 instalments in writing from December, 12 others by word of mouth from January in their place."""
    gold("negotiate", "open", "L1", "--goal", "延期", code=0)
    gold("negotiate", "offer", "G1", "--months", "18", "--monthly", "820", "--first-due", "2026-12-10", code=0)
    gold("negotiate", "accept", "G1", "--offer", "1", "--evidence", "合同.pdf", code=0)
    return gold


def _named(run: Run, day: str) -> set[tuple[str, str]]:
    found = run("today", "--as-of", day, "--json", code=0).data["items"]
    return {(one["due"], one["amount"]) for one in found if one["kind"].startswith("instalment")}


@pytest.mark.parametrize("case", ["G1", "G2"])
def test_what_is_written_counts_until_a_proof_of_what_was_said(written: Run, case: str, lang: str) -> None:
    if case == "G2":
        written("negotiate", "open", "L1", "--goal", "延期", code=0)
    written("negotiate", "offer", case, "--months", "12", "--monthly", "1140", "--first-due", "2027-01-20", code=0)
    number = "2" if case == "G1" else "1"
    said = written("negotiate", "accept", case, "--offer", number, "--oral", "--replace", code=0).err
    if case == "G1":
        assert ("的书面协议" if lang == "zh" else "the written agreement of 2026-11-21") in said
    assert _named(written, "2027-01-12") >= {("2026-12-10", "1640.00"), ("2027-01-20", "1140.00")}
    track = written("plan", "track", "G1", "--as-of", "2027-01-12", "--json", code=0).data["agreements"][-1]
    assert (track["until"], track["short"]) == (None, "1640.00")
    end = written("negotiate", "end", case, "--at", "2026-11-21", "--reason", "不认", code=0)
    if case == "G1":
        assert ("一直算数" if lang == "zh" else "as it did all along") in end.err
        assert written("negotiate", "show", "G1", "--json", code=0).data["state"] == "written"
    assert _named(written, "2027-01-12") == {("2026-12-10", "1640.00"), ("2027-02-10", "820.00")}


@pytest.mark.parametrize("case", ["G1", "G2"])
def test_its_proof_takes_the_place_of_what_was_written(written: Run, here: Path, case: str) -> None:
    if case == "G2":
        written("negotiate", "open", "L1", "--goal", "延期", code=0)
    written("negotiate", "offer", case, "--months", "12", "--monthly", "1140", "--first-due", "2027-01-20", code=0)
    number = "2" if case == "G1" else "1"
    written("negotiate", "accept", case, "--offer", number, "--oral", "--replace", code=0)
    (here / "确认.txt").write_text("同意", encoding="utf-8")
    written("negotiate", "confirm", case, "--evidence", "确认.txt", code=0)
    assert _named(written, "2027-01-12") == {("2027-01-20", "1140.00")}


def test_the_one_in_writing_can_be_ended_after_it(written: Run) -> None:
    written("negotiate", "offer", "G1", "--months", "12", "--monthly", "1140", "--first-due", "2027-01-20", code=0)
    written("negotiate", "accept", "G1", "--offer", "2", "--oral", "--replace", code=0)
    for _ in range(2):
        written("negotiate", "end", "G1", "--at", "2026-11-21", "--reason", "不认", code=0)
    assert _named(written, "2027-01-12") == set()
    written("negotiate", "end", "G1", "--at", "2026-11-21", "--reason", "不认", code=2)
