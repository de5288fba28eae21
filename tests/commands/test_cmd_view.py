"""Saved views: one name for a filter, in every command that takes one; and what the exports make of it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from cli_world import Run
from command_world import THREAT, failed, journal, one_line


@pytest.fixture
def some(gold: Run, here: Path) -> Run:
    gold("log-call", "L1", "--at", "2026-11-19 22:30", "--number", "95118", "--said", THREAT, code=0)
    gold("log-sms", "L1", "--at", "2026-11-18 10:00", "--number", "13812345678", "--text", "=1+1", code=0)
    gold(
        "log-letter",
        "L1",
        "--via",
        "sms",
        "--at",
        "2026-11-17 10:00",
        "--from",
        "10690001",
        "--text",
        "请还款",
        code=0,
    )
    return gold


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_a_view_is_called_by_its_name(some: Run, world: Path, lang: str) -> None:
    before = journal(world)
    made = some("view", "save", "夜间", "type:call", "finding:night", "--json", code=0).data
    assert made == {"name": "夜间", "filter": ["type:call", "finding:night"], "before": None}
    assert journal(world) == before  # no fact of the case
    assert some("contact", "list", "@夜间", "--json", code=0).data["filter"] == ["type:call", "finding:night"]
    assert {one["contact"] for one in some("check", "@夜间", "--json").data["findings"]} == {"C1"}
    assert [one["id"] for one in some("export", "json", "@夜间", "--json", code=0).data["contacts"]] == ["C1"]
    assert "@夜间" in some("view", "list", code=0).out
    some("config", "set", "--language", lang, code=0)  # other settings leave views alone
    assert some("view", "list", "--json", code=0).data["views"] == [
        {"name": "夜间", "filter": ["type:call", "finding:night"]}
    ]


def test_views_of_views_words_with_blanks_and_replacing(some: Run) -> None:
    some("view", "save", "a", "type:call,sms", code=0)
    some("view", "save", "b", "@a", "text:你 家", "-重复", code=0)
    assert some("view", "save", "a", "type:sms", "--json", code=0).data["before"] == ["type:call,sms"]
    found = {one["name"]: one["filter"] for one in some("view", "list", "--json", code=0).data["views"]}
    assert found == {"a": ["type:sms"], "b": ["type:call,sms", "text:你 家", "-重复"]}
    some("view", "drop", "@a", code=0)
    assert failed(some("contact", "list", "@a", "--json", code=3)) == "unknown_view"
    assert failed(some("view", "drop", "a", "--json", code=3)) == "unknown_view"


@pytest.mark.parametrize(
    ("words", "code", "exit_code"),
    [(("a b", "type:call"), "bad_view_name", 2), (("../x", "type:call"), "bad_view_name", 2), (("a",), "missing_flags", 2),
     (("", "type:call"), "bad_view_name", 2), (("a", "type:telex"), "bad_choice", 2), (("a", "@b"), "unknown_view", 3),
     (("x" * 41, "L1"), "bad_view_name", 2)],
)  # fmt: skip
def test_what_is_no_view(some: Run, zh: str, words: tuple[str, ...], code: str, exit_code: int) -> None:
    assert failed(some("view", "save", *words, "--json", code=exit_code)) == code
    one_line(some("view", "save", *words, code=exit_code), zh)
    assert some("view", "list", "--json", code=0).data == {"views": []}


def test_csv_for_a_pipe(some: Run, lang: str) -> None:
    found = rows(some("export", "csv", code=0).out)
    identity = "编号" if lang == "zh" else "Id"
    assert [one[identity] for one in found] == ["T1", "C2", "C1"]
    said = "对方原话" if lang == "zh" else "They said"
    assert found[1][said] == "'=1+1" and found[2][said] == THREAT
    assert "13812345678" not in some("export", "csv", code=0).out
    assert "13812345678" in some("export", "csv", "--reveal", code=0).out
    assert "approximate" not in found[0] and "" not in found[0]


def test_csv_for_a_spreadsheet(some: Run, here: Path) -> None:
    some("export", "csv", "type:call", "--findings", "-o", "calls.csv", code=0)
    raw = (here / "calls.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf") and raw.count(b"\r\n") == 2 and b"conduct.night" in raw
    some("export", "csv", "type:call", "-o", "plain.csv", "--no-bom", code=0)
    assert not (here / "plain.csv").read_bytes().startswith(b"\xef")
    assert failed(some("export", "csv", "-o", "calls.csv", "--json", code=2)) == "output_exists"
    assert (here / "calls.csv").read_bytes() == raw


def test_json_is_the_same_on_screen_and_in_a_file(some: Run, here: Path) -> None:
    printed = json.loads(some("export", "json", "--findings", code=0).out)
    some("export", "json", "--findings", "-o", "all.json", code=0)
    assert json.loads((here / "all.json").read_text(encoding="utf-8")) == printed
    assert printed["schema"] == "jdneg-contacts/1" and printed["count"] == 3 and printed["masked"] is True
    assert printed["contacts"][2]["findings"] and printed["contacts"][1]["number"] == "138****5678"


def test_filters_hold_in_every_form(some: Run) -> None:
    for words in (["type:call"], ["number:95118"], ["type:letter"], ["finding:any"], ["-L1"], ["after:2026-11-18"]):
        listed = [one["id"] for one in some("contact", "list", *words, "--json", code=0).data["contacts"]]
        assert [one["id"] for one in some("export", "json", *words, "--json", code=0).data["contacts"]] == listed
        assert [one[0] for one in some("export", "csv", *words, "--json", code=0).data["rows"]] == listed
        assert some("check", *words, "--json").data["checked"] in (len(listed), 3)  # with finding: all are looked at


def test_nothing_to_export(gold: Run) -> None:
    assert gold("export", "csv", "--json", code=0).data["rows"] == []
    assert gold("export", "json", "type:call", "--json", code=0).data["contacts"] == []
