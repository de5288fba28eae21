"""``history``, ``undo``, ``redo``, ``doctor`` and ``rules``: the journal itself and the rule book."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_world import Run
from command_world import failed, files_below, journal, one_line

ENTRY = {
    *(
        "seq",
        "batch",
        "op",
        "kind",
        "id",
        "recorded_at",
        "clock_set",
        "reason",
        "undoes",
        "redoes",
        "before",
        "after",
    ),
    "purged",
    "step",
}


def test_history_of_everything_and_of_one(gold: Run, lang: str) -> None:
    gold("pay", "L1", "5", "--at", "2026-04-10", code=0)
    entries = gold("history", "--json", code=0).data["entries"]
    assert all(set(one) == ENTRY for one in entries)
    assert [(one["id"], one["op"], one["batch"]) for one in entries] == [
        ("J1", "add", "B1"), ("L1", "add", "B2"), ("Y1", "add", "B3"),
    ]  # fmt: skip
    assert {one["clock_set"] for one in entries} == {True}
    assert {one["recorded_at"] for one in entries} == {"2026-11-21T10:00:00+08:00"}
    assert [one["id"] for one in gold("history", "y1", "--json", code=0).data["entries"]] == ["Y1"]
    assert [one["id"] for one in gold("history", "B2", "--json", code=0).data["entries"]] == ["L1"]
    text = gold("history", code=0).out.splitlines()
    assert text[0].split()[0] == ("时间" if lang == "zh" else "When") and len(text) == 5


def test_history_shows_undo_and_what_it_undid(gold: Run) -> None:
    gold("undo", code=0)
    gold("redo", code=0)
    ops = [
        (one["op"], one["undoes"], one["redoes"]) for one in gold("history", "L1", "--json", code=0).data["entries"]
    ]
    assert ops == [("add", None, None), ("withdraw", "B2", None), ("reinstate", None, "B2")]


def test_the_newest_of_many(gold: Run) -> None:
    for _ in range(4):
        gold("pay", "L1", "5", "--at", "2026-04-10", code=0)
    assert [one["id"] for one in gold("history", "--last", "2", "--json", code=0).data["entries"]] == ["Y3", "Y4"]
    assert failed(gold("history", "--last", "0", "--json", code=2)) == "bad_choice"


def test_undo_by_name_and_its_words(gold: Run, lang: str) -> None:
    gold("pay", "L1", "5", "--at", "2026-04-10", code=0)
    gold("budget", "set", "--income", "5", code=0)
    data = gold("undo", "b3", "--json", code=0).data
    assert data == {
        "batch": "B5", "undone": "B3", "lines": [{"id": "Y1", "kind": "payment", "op": "add"}], "undo": "jdneg redo",
    }  # fmt: skip
    out = gold("redo", code=0).out
    assert out.splitlines()[-1] == ("反过来：jdneg undo" if lang == "zh" else "To reverse: jdneg undo")
    assert gold("payment", "list", "--json", code=0).data["total"] == "5.00"


def test_undo_is_refused_where_later_records_cite_what_would_go(gold: Run, world: Path, lang: str) -> None:
    gold("pay", "L1", "5", "--at", "2026-04-10", code=0)
    gold("log-call", "L1", "--at", "昨天", code=0)
    before = journal(world)
    ran = gold("undo", "B2", "--json", code=2)
    assert failed(ran) == "undo_refused"
    assert ran.json["errors"][0]["details"] == {"batch": "B2", "dependants": ["C1", "Y1"]}
    one_line(gold("undo", "B2", code=2), lang)
    assert journal(world) == before


@pytest.mark.parametrize(
    ("words", "code", "exit_code"),
    [
        (("undo", "L1"), "bad_id", 2),
        (("undo", "last"), "bad_id", 2),
        (("undo", "B0"), "bad_id", 2),
        (("undo", "B99"), "not_found", 3),
        (("undo", "B1"), "nothing_to_undo", 2),
        (("redo",), "nothing_to_undo", 2),
        (("history", "C9"), "not_found", 3),
        (("history", "everything"), "bad_id", 2),
        (("rules", "show", "conduct.nothing"), "unknown_rule", 3),
        (("rules", "list", "--on", "some day"), "bad_time", 2),
    ],
)
def test_what_cannot_be(gold: Run, world: Path, zh: str, words: tuple[str, ...], code: str, exit_code: int) -> None:
    before = journal(world)
    assert failed(gold(*words, "--json", code=exit_code)) == code
    one_line(gold(*words, code=exit_code), zh)
    assert journal(world) == before


# A journal that is not whole


def test_doctor_of_a_healthy_home(gold: Run, world: Path, lang: str) -> None:
    ran = gold("doctor", code=0)
    assert str(world) in ran.out and ran.err == ""
    assert gold("doctor", "--json", code=0).data == {"home": str(world), "problems": []}


def test_a_changed_line_is_named_and_nothing_is_touched(gold: Run, world: Path, lang: str) -> None:
    gold("pay", "L1", "1900", "--at", "2026-04-10", code=0)
    path = world / "journal.jsonl"
    forged = path.read_bytes().replace(b"20000.00", b"10000.00")
    path.write_bytes(forged)
    files = files_below(world)
    for words in (("loan", "list"), ("pay", "L1", "5", "--at", "2026-04-10"), ("undo",), ("check",)):
        ran = gold(*words, "--json", code=4)
        assert failed(ran) == "journal_broken" and ran.json["errors"][0]["details"]["line"] == 2
        one_line(gold(*words, code=4), lang)
    ran = gold("doctor", "--json", code=4)
    assert ran.json["status"] == "error" and ran.data["problems"]
    assert path.read_bytes() == forged and files_below(world) == files


def test_a_later_format_is_refused_and_untouched(gold: Run, world: Path, lang: str) -> None:
    path = world / "journal.jsonl"
    first, _, rest = path.read_bytes().partition(b"\n")
    record = json.loads(first)
    name, version = next((key, value) for key, value in record["payload"]["record"].items() if isinstance(value, int))
    later = first.replace(f'"{name}":{version}'.encode(), f'"{name}":{version + 1}'.encode()) + b"\n" + rest
    path.write_bytes(later)
    for words in (("loan", "list"), ("pay", "L1", "5", "--at", "2026-04-10")):
        ran = gold(*words, "--json", code=4)
        assert failed(ran) in ("later_format", "journal_broken")
        one_line(gold(*words, code=4), lang)
    assert path.read_bytes() == later


def test_a_torn_last_line_is_set_aside_by_the_next_writer(gold: Run, world: Path) -> None:
    path = world / "journal.jsonl"
    whole = path.read_bytes()
    path.write_bytes(whole + b'{"seq":3,"batch":"B3","op":"ad')
    assert len(gold("loan", "list", "--json", code=0).data["loans"]) == 1  # a reader says nothing
    assert path.read_bytes() != whole
    gold("pay", "L1", "5", "--at", "2026-04-10", code=0)
    assert path.read_bytes().startswith(whole) and len(list(world.glob("journal.torn-*"))) == 1
    assert gold("payment", "list", "--json", code=0).data["total"] == "5.00"


# The rule book


def test_rules_on_a_day(run: Run, lang: str) -> None:
    data = run("rules", "list", "--json", code=0).data
    assert set(data) == {"on", "version", "rules"} and data["on"] == "2026-11-21" and len(data["rules"]) >= 15
    keys = {"rule", "title", "level", "binds", "checked", "in_force_from", "until", "numbers"}
    assert all(set(one) == keys for one in data["rules"])
    early = {
        one["rule"]: one["in_force_from"]
        for one in run("rules", "list", "--on", "2020-01-01", "--json", code=0).data["rules"]
    }
    late = {one["rule"]: one["in_force_from"] for one in data["rules"]}
    assert early["conduct.night.gbt45251"] is None and late["conduct.night.gbt45251"] == "2025-02-28"
    assert early == {
        one["rule"]: one["in_force_from"]
        for one in run("rules", "list", "--as-of", "2020-01-01", "--json", code=0).data["rules"]
    }


def test_every_rule_can_be_shown_with_its_source(run: Run) -> None:
    for one in run("rules", "list", "--json", code=0).data["rules"]:
        data = run("rules", "show", one["rule"], "--json", code=0).data
        assert data["says"] and data["clears_if"] and data["values"]
        for value in data["values"]:
            assert set(value) == {"from", "until", "references"} and value["references"]
            for reference in value["references"]:
                assert set(reference) == {"instrument", "article", "checked", "checked_on", "row", "url"}
        assert one["title"] in run("rules", "show", one["rule"], code=0).out
