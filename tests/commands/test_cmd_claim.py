"""``claim``: what the other side says, kept as stated."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_world import Run
from command_world import WRITTEN, codes, failed, journal, one_line

FLAGS = (
    "--total",
    "16480.55",
    "--principal",
    "14200",
    "--interest",
    "612",
    "--penalty",
    "1668.55",
    "--source",
    "sms",
)


def test_a_claim_in_parts(gold: Run, lang: str) -> None:
    ran = gold("claim", "add", "L1", "--at", "2026-11-20", *FLAGS, "--json", code=0)
    assert set(ran.data) == WRITTEN and ran.data["id"] == "D1"
    assert ran.data["record"] == {
        "loan": "L1", "at": "2026-11-20", "total": "16480.55", "principal": "14200.00", "interest": "612.00",
        "penalty": "1668.55", "source": "sms",
    }  # fmt: skip
    said = gold("claim", "add", "l1", "--at", "昨天", "--total", "5", code=0).out
    zh = "已记下对方主张 D2（L1）。它不会被覆盖；核对：jdneg verify L1\n撤销：jdneg undo B4\n"
    en = "Claim D2 on L1 recorded. It is never overwritten; compare: jdneg verify L1\nUndo: jdneg undo B4\n"
    assert said == (zh if lang == "zh" else en)


def test_parts_that_do_not_add_up_are_kept_with_a_message(gold: Run) -> None:
    flags = ("--total", "100", "--principal", "80", "--interest", "5.5")
    ran = gold("claim", "add", "L1", "--at", "2026-11-20", *flags, "--json", code=0)
    assert codes(ran) == ["claim.does_not_add_up"] and "14.50" in ran.json["messages"][0]["text"]
    assert ran.data["record"]["total"] == "100.00"


def test_each_claim_stands_the_latest_is_compared(gold: Run) -> None:
    gold("claim", "add", "L1", "--at", "2026-11-20", "--principal", "25000", code=0)
    gold("claim", "add", "L1", "--at", "2026-11-01", "--principal", "1", code=0)
    rows = gold("claim", "list", "--json", code=0).data["claims"]
    assert [(row["id"], row["at"], row["principal"]) for row in rows] == [
        ("D1", "2026-11-20", "25000.00"), ("D2", "2026-11-01", "1.00"),
    ]  # fmt: skip
    found = gold("verify", "L1", "--json", code=1).data
    assert found["components"][0]["claimed"] == "25000.00" and len(found["claims"]) == 2
    before = gold("verify", "L1", "--as-of", "2026-11-10", "--json", code=0).data
    assert before["components"][0]["claimed"] == "1.00"


def test_the_contact_and_the_proof_it_came_with(gold: Run, here: Path) -> None:
    gold("log-sms", "L1", "--at", "2026-11-20", "--text", "尚欠16480.55元", code=0)
    flags = ("--total", "5", "--contact", "c1", "--evidence", "合同.pdf")
    ran = gold("claim", "add", "L1", "--at", "2026-11-20", *flags, "--json", code=0)
    assert ran.data["ids"] == ["D1", "E1"]
    assert ran.data["record"]["contact"] == "C1" and ran.data["record"]["exhibits"] == ["E1"]
    assert gold("evidence", "show", "E1", "--json", code=0).data["record"]["supports"] == ["D1"]
    assert gold("claim", "show", "D1", "--json", code=0).data["record"] == ran.data["record"]
    gold("undo", code=0)
    assert gold("claim", "list", "--json", code=0).data["claims"] == []
    assert gold("evidence", "list", "--json", code=0).data["exhibits"] == []


@pytest.mark.parametrize(
    ("words", "code", "exit_code"),
    [
        (("L1", "--at", "2026-11-20", "--total", "-5"), "negative_amount", 2),
        (("L1", "--at", "2026-11-20", "--total", "1.234,56"), "bad_amount", 2),
        (("L1", "--at", "2026-11-22", "--total", "5"), "future_time", 2),
        (("L1", "--at", "32.13.2026", "--total", "5"), "bad_time", 2),
        (("L1", "--at", "2026-11-20", "--total", "5", "--source", "rumour"), "bad_choice", 2),
        (("L9", "--at", "2026-11-20", "--total", "5"), "not_found", 3),
        (("D1", "--at", "2026-11-20", "--total", "5"), "bad_id", 2),
        (("L1", "--at", "2026-11-20", "--total", "5", "--contact", "C1"), "not_found", 3),
        (("L1", "--at", "2026-11-20", "--total", "5", "--evidence", "no.pdf"), "file_missing", 3),
    ],
)
def test_what_cannot_be(
    gold: Run, here: Path, world: Path, zh: str, words: tuple[str, ...], code: str, exit_code: int
) -> None:
    before = journal(world)
    assert failed(gold("claim", "add", *words, "--json", code=exit_code)) == code
    one_line(gold("claim", "add", *words, code=exit_code), zh)
    assert journal(world) == before and not (world / "vault").exists()


def test_parts_alone_are_a_claim(gold: Run) -> None:
    """Messages often name interest and penalty and no sum."""
    ran = gold("claim", "add", "L1", "--at", "2026-11-20", "--interest", "540", "--penalty", "1143", "--json", code=0)
    assert (ran.data["record"]["interest"], ran.data["record"]["penalty"]) == ("540.00", "1143.00")
    gold("claim", "add", "L1", "--at", "2026-11-20", code=2)
