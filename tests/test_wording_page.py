"""The page of wording figures says what is measured; the hard gate; the aims on lines of our own making."""

from __future__ import annotations

from pathlib import Path

from benchmarks import words

PAGE = Path(__file__).resolve().parents[1] / "docs" / "wording.md"
MEASURED = tuple(words.measures())


def test_the_page_says_what_is_measured() -> None:
    told = PAGE.read_text(encoding="utf-8").splitlines()
    measured = [*map(words.row, MEASURED), *words.letter_rows(), *words.unseen_rows()]
    missing = [one for one in measured if one not in told]
    assert not missing, "python -m benchmarks.words --write docs/wording.md"


def test_nothing_harmless_is_called_a_breach() -> None:
    count, broken = words.gate()
    assert count >= 180 and not broken


def test_the_aims_on_all_lines_of_our_own() -> None:
    assert len(words.own_wording()) >= 200 and len(words.own_scam()) >= 200
    found = words.measure(
        "abusive", "own", words.own_wording(), lambda one: one.label == "abusive",
        lambda one: words.answer(one.text) in ("breach", "review"),
    )  # fmt: skip
    assert found.precision.k / found.precision.n >= 0.95 and found.recall.k / found.recall.n >= 0.90
    fraud = words.measure(
        "fraud", "own", words.own_scam(), lambda one: one.label == "scam",
        lambda one: words.verdict(one.text) != "no_signal",
    )  # fmt: skip
    assert fraud.precision.k / fraud.precision.n >= 0.97 and fraud.recall.k / fraud.recall.n >= 0.95


def test_no_real_notice_is_likely_fraud() -> None:
    lines = [one for one in words.own_scam() if one.label == "real"]
    lines += [one for one in words.own_wording() if one.label not in ("abusive", "marketing")]
    assert [one.id for one in lines if words.verdict(one.text) == "scam_likely"] == []


def test_a_third_is_held_out_by_the_ids_alone() -> None:
    every = (*words.own_wording(), *words.own_scam())
    assert len({one.id for one in every}) == len(every)
    lines = [one for one in every if one.id[0] not in "VRAC"]
    assert 0.25 < sum(map(words.held_out, lines)) / len(lines) < 0.42


def test_wilson() -> None:
    low, high = words.Share(45, 50).interval
    assert (round(low, 4), round(high, 4)) == (0.7864, 0.9565)
