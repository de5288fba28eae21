"""What is said of a case in words of its own: days, counts, what to do next."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_world import Run
from command_world import codes

CALL = ("log-call", "L1", "--at", "2026-11-20T10:00", "--said", "可以一次还9000")


@pytest.fixture
def talks(gold: Run) -> Run:
    gold("negotiate", "open", "L1", "--goal", "结清", code=0)
    return gold


def test_an_offer_takes_the_day_of_its_contact(talks: Run) -> None:
    talks(*CALL, code=0)
    said = ("negotiate", "offer", "G1", "--by", "lender", "--lump-sum", "9000", "--contact", "C1")
    made = talks(*said, "--json", code=0).data["record"]["offers"]
    assert made[0]["at"] == "2026-11-20"
    named = talks(*said, "--at", "2026-11-21", "--json", code=0).data["record"]["offers"]
    assert named[1]["at"] == "2026-11-21"
    accept = ("negotiate", "accept", "G1", "--offer", "1", "--oral", "--first-due", "2026-12-01", "--at")
    early = talks(*accept, "2026-11-19", code=2).err
    assert "--at 2026-11-20" in early and "jdneg negotiate offer" in early
    talks(*accept, "2026-11-20", code=0)


def test_one_is_one(talks: Run, lang: str) -> None:
    talks("negotiate", "offer", "G1", "--lump-sum", "9000", "--valid-until", "2026-11-22", code=0)
    talks("negotiate", "accept", "G1", "--offer", "1", "--oral", "--first-due", "2026-11-22", code=0)
    shown = talks("negotiate", "show", "G1", code=0).out
    due = talks("today", code=0).out
    if lang == "en":
        assert "one payment of 9,000.00, on 2026-11-22" in shown and "in 1 day " in due
        assert "1 instalments" not in shown and "1 days" not in shown + due
    else:
        assert "一次付清 9,000.00，2026-11-22" in shown


def test_a_written_agreement_that_counts_for_no_day_is_told(talks: Run, here: Path) -> None:
    def accept(offer: str, *more: str) -> list[str]:
        words = ("negotiate", "accept", "G1", "--offer", offer, "--evidence", "合同.pdf", "--first-due", "2026-12-10")
        return codes(talks(*words, *more, "--json", code=0))

    talks("negotiate", "offer", "G1", "--months", "12", "--waive", "penalty", code=0)
    talks("negotiate", "offer", "G1", "--months", "24", "--waive", "penalty", code=0)
    assert "case.never_counted" not in accept("1")
    assert "case.never_counted" not in accept("2", "--replace", "--starts", "2026-11-22")
    talks("undo", code=0)
    assert "case.never_counted" in accept("2", "--replace")
    talks("undo", code=0)
    talks("undo", code=0)
    accept("1", "--oral")  # what is only oral counted for nothing anyway
    assert "case.never_counted" not in accept("2", "--replace")
