"""One filter for list and check: the same contacts in both, and counts of a day stay whole."""

from __future__ import annotations

import pytest
from cli_world import Run
from command_world import THREAT, failed, one_line

CALLS = [
    *([f"2026-11-18 {hour}:00", "95118"] for hour in range(9, 18)),  # nine calls of one day
    ["2026-11-19 22:30", "95178"],
]


@pytest.fixture
def many(gold: Run) -> Run:
    for at, number in CALLS:
        gold("log-call", "L1", "--at", at, "--number", number, "--answered", "yes", code=0)
    gold("log-sms", "--at", "2026-11-17 10:00", "--number", "10690001", "--text", THREAT, "--tag", "威胁", code=0)
    return gold


def ids(run: Run, *words: str) -> list[str]:
    return [one["id"] for one in run("contact", "list", *words, "--json", code=0).data["contacts"]]


def test_the_list_goes_by_the_filter(many: Run) -> None:
    assert ids(many, "type:sms") == ["C11"] and ids(many, "+威胁") == ["C11"] and len(ids(many, "-威胁")) == 10
    assert ids(many, "number:95178", "after:-3d") == ["C10"] and ids(many, "L1", "on:2026-11-19") == ["C10"]
    assert ids(many, "--last", "2", "type:call") == ["C9", "C10"]
    assert ids(many, "--loan", "L1", "number:95178") == ["C10"] and ids(many, "lender:京东", "finding:night") == [
        "C10"
    ]
    data = many("contact", "list", "type:sms", "--json", code=0).data
    assert (data["count"], data["filter"]) == (1, ["type:sms"])


def test_check_takes_the_same_filter(many: Run) -> None:
    night = many("check", "finding:night", "--json", code=1).data
    assert {one["contact"] for one in night["findings"]} == {"C10"}
    assert all("night" in one["rule"] for one in night["findings"])
    words = many("check", "type:sms", "--json").data
    assert words["checked"] == 1 and {one["contact"] for one in words["findings"]} == {"C11"}
    assert many("check", "number:10086", "--json", code=0).data == {"checked": 0, "findings": []}


def test_a_day_is_counted_whole_and_told_of_any_of_its_contacts(many: Run) -> None:
    every = [one for one in many("check", "--json").data["findings"] if one["contact"] == "C9"]
    assert every  # nine connected calls on one day
    assert all("frequen" in one["rule"] for one in every)
    for words in (["C3"], ["on:2026-11-18"], ["number:95118"], ["--loan", "L1"]):
        assert [one for one in many("check", *words, "--json").data["findings"] if one["contact"] == "C9"] == every
    assert not [one for one in many("check", "C10", "--json").data["findings"] if one["contact"] == "C9"]


def test_a_misspelt_finding_is_refused(many: Run) -> None:
    for command in (("check",), ("contact", "list"), ("report", "pattern")):
        assert "bad_choice" in failed(many(*command, "finding:hours", "--json", code=2))


def test_list_and_check_agree(many: Run) -> None:
    for words in (["type:call"], ["after:2026-11-18"], ["-L1"], []):
        assert len(ids(many, *words)) == many("check", *words, "--json").data["checked"]


def test_nothing_matches(many: Run, lang: str) -> None:
    ran = many("contact", "list", "type:visit", code=0)
    assert "type:visit" in ran.out and "jdneg contact list" in ran.out
    assert many("contact", "list", "type:visit", "--json", code=0).data == {
        "contacts": [], "count": 0, "filter": ["type:visit"]
    }  # fmt: skip


@pytest.mark.parametrize("command", [("contact", "list"), ("check",)])
@pytest.mark.parametrize(
    ("word", "code"),
    [("colour:red", "bad_filter"), ("type:telex", "bad_choice"), ("after:soon", "bad_time"), ("--lsat", "usage"),
     ("\x1b[31m", "bad_filter"), ("", "bad_filter")],
)  # fmt: skip
def test_what_is_no_filter(many: Run, zh: str, command: tuple[str, ...], word: str, code: str) -> None:
    assert failed(many(*command, word, "--json", code=2)) == code
    ran = many(*command, word, code=2)
    one_line(ran, zh)
    assert "\x1b" not in ran.err
