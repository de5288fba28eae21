"""``init``, ``config`` and ``profile``: the private home, its settings, the user's own details."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from cli_world import Run
from command_world import GOLD, WRITTEN, codes, failed, journal, one_line


def test_init_makes_a_private_home_and_says_where(run: Run, world: Path, lang: str) -> None:
    ran = run("init", "--no-input", code=0)
    assert str(world) in ran.out and "Asia/Shanghai" in ran.out and ran.err == ""
    assert ("未加密的明文" in ran.out) == (lang == "zh") and ("--said-file -" in ran.out)
    assert json.loads((world / "config.json").read_text()) == {"lang": lang, "timezone": "Asia/Shanghai"}


@pytest.mark.skipif(os.name != "posix", reason="modes of POSIX")
def test_everything_in_the_home_is_private_whatever_the_umask(run: Run, world: Path, here: Path) -> None:
    before = os.umask(0)
    try:
        run("init", code=0)
        run(*GOLD, code=0)
        run("evidence", "add", "合同.pdf", "--for", "L1", code=0)
        run("log-call", "L1", "--at", "昨晚9点半", "--said", "还钱", code=0)
        run("check")
    finally:
        os.umask(before)
    assert world.stat().st_mode & 0o777 == 0o700
    for path in world.rglob("*"):
        assert path.stat().st_mode & 0o077 == 0, path
    run("doctor", code=0)


def test_init_as_json_and_a_second_time(run: Run, world: Path, lang: str) -> None:
    made = run("init", "--tz", "Asia/Urumqi", "--name", "李某", "--json", code=0)
    assert made.data == {"home": str(world), "language": lang, "timezone": "Asia/Urumqi", "created": True}
    before = journal(world)
    again = run("init", "--lang", "en", "--json", code=0)
    assert again.data["created"] is False and again.data["timezone"] == "Asia/Urumqi"
    assert journal(world) == before
    assert run("profile", "show", "--json", code=0).data["profile"] == {"name": "李某"}


def test_a_zone_nobody_knows_makes_nothing(run: Run, world: Path, lang: str) -> None:
    one_line(run("init", "--tz", "Mars/Base", code=2), lang)
    assert failed(run("init", "--tz", "../../etc/passwd", "--json", code=2)) == "bad_choice"
    assert not world.exists()


def test_the_first_write_of_any_command_makes_the_home_with_the_same_note(run: Run, world: Path) -> None:
    ran = run(*GOLD, "--json", code=0)
    assert codes(ran)[:2] == ["app.home_made", "app.privacy"] and (world / "README.txt").exists()
    assert codes(run("budget", "set", "--income", "1", "--json", code=0)) == []


@pytest.mark.parametrize(
    "words",
    [
        ("loan", "list"), ("loan", "show", "L1"), ("loan", "amend", "L1", "--set", "note=x", "--reason", "y"),
        ("claim", "list"), ("payment", "list"), ("verify", "L1"), ("check",), ("contact", "list"), ("plan",),
        ("negotiate", "list"), ("letter", "list"), ("complain", "list"), ("evidence", "list"), ("history",),
        ("undo",), ("redo",), ("doctor",), ("pay", "L1", "5", "--at", "2026-11-01"), ("budget", "show"),
        ("export", "bundle", "--profile", "lawyer", "-o", "out"), ("profile", "show"),
        ("log-call", "L1", "--at", "昨晚9点"), ("letter", "draft", "dispute", "--loan", "L1"),
    ],
)  # fmt: skip
def test_without_a_journal_nothing_is_made(run: Run, world: Path, here: Path, words: tuple[str, ...]) -> None:
    assert failed(run(*words, "--json", code=3)) == "no_home"
    assert not world.exists() and not (here / "out").exists()


def test_config(run: Run, world: Path) -> None:
    run("init", code=0)
    assert run("config", "show", "--json", code=0).data == {
        "home": str(world),
        "lang": "en",
        "timezone": "Asia/Shanghai",
    }
    assert run("config", "set", "--language", "zh", "--tz", "UTC", "--json", code=0).data["timezone"] == "UTC"
    assert json.loads((world / "config.json").read_text()) == {"lang": "zh", "timezone": "UTC"}
    assert failed(run("config", "set", "--language", "fr", "--json", code=2)) == "bad_choice"
    assert failed(run("config", "set", "--json", code=2)) == "missing_flags"
    assert json.loads((world / "config.json").read_text()) == {"lang": "zh", "timezone": "UTC"}


def test_profile_is_kept_and_changed_field_by_field(run: Run) -> None:
    run("init", code=0)
    assert run("profile", "show", "--json", code=0).data == {"profile": None}
    made = run("profile", "set", "--name", "李某", "--phone", "13800000000", "--json", code=0)
    assert set(made.data) == WRITTEN
    run("profile", "set", "--phone", "13900000000", code=0)
    assert run("profile", "show", "--json", code=0).data["profile"] == {"name": "李某", "phone": "13900000000"}
    run("undo", code=0)
    assert run("profile", "show", "--json", code=0).data["profile"]["phone"] == "13800000000"
