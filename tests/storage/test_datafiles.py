"""Rules and wording from TOML: strict, every fault at once, kept parsed while no file changes."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from jdneg.domain.conduct.lexicon import Signal
from jdneg.domain.conduct.wording import Reader
from jdneg.errors import ManyErrors, RuleBookBroken
from jdneg.storage.datafiles import DATA, rule_book, wording
from jdneg.storage.datajson import Lines, dumps, lexicon_from_text, lexicon_to_text
from jdneg.storage.files import SETTLED
from jdneg.storage.wordlookup import Told, Writing, lexicon_of

GOOD = """
id = "limit"
title = { zh = "上限", en = "Limit" }
says = { zh = "说", en = "says" }
check = "info"
level = "law"
binds = ["any"]
clears_if = { zh = "无", en = "nothing" }
[[value]]
from = 2024-01-01
until = 2025-01-01
numbers = { rate = 0.240, on = 2024-05-01, names = ["a"] }
[[value.reference]]
row = "CC.1"
instrument = { zh = "法", en = "Act" }
checked = "read"
checked_on = 2026-11-22
[[value]]
from = 2025-01-01
[[value.reference]]
row = "CC.2"
instrument = { zh = "法", en = "Act" }
checked = "reported"
checked_on = 2026-11-22
"""


def folder(tmp_path: Path, **files: str) -> Path:
    for name, content in files.items():
        path = tmp_path / "rules" / f"{name}.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return tmp_path


def reason(tmp_path: Path, content: str) -> str:
    with pytest.raises(RuleBookBroken) as raised:
        rule_book(data=folder(tmp_path, limit=content))
    assert raised.value.facts["path"] == "rules/limit.toml"
    return str(raised.value.facts["reason"])


def test_a_fault_names_its_line(tmp_path: Path) -> None:
    lines = GOOD.splitlines()
    level = next(n for n, line in enumerate(lines, 1) if line.startswith("level"))
    said = reason(tmp_path, GOOD.replace('level = "law"', 'level = "x"\nlevl = "law"'))
    assert f"line {level}: level: 'x'" in said and f"line {level + 1}: unknown key levl" in said


def test_a_good_file_reads_exactly(tmp_path: Path) -> None:
    rule = rule_book(data=folder(tmp_path, limit=GOOD)).get("limit")
    assert rule.values[0].numbers == {"rate": Decimal("0.240"), "on": dt.date(2024, 5, 1), "names": ("a",)}
    assert [rule.on(dt.date(2024, 12, 31)), rule.on(dt.date(2025, 1, 1))] == list(rule.values)
    assert rule.on(dt.date(2023, 12, 31)) is None


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('id = "limit"', 'id = "other"', "its place says 'limit'"),
        ('check = "info"', 'check = "info"\ncolour = 1', "unknown key colour"),
        ('level = "law"', 'level = "custom"', "'custom' is not one of"),
        ('binds = ["any"]', 'binds = ["any", "bank"]', "any alone"),
        ('binds = ["any"]', 'binds = ["shop"]', "must be of"),
        ('binds = ["any"]', "binds = []", "a list of words is needed"),
        ("from = 2025-01-01", 'from = "2025-01-01"', "from: expected date, found str"),
        ("from = 2025-01-01", "from = 2025-02-30", "line"),
        ("from = 2025-01-01", "from = 2024-12-31", "must end by 2024-12-31"),
        ("from = 2025-01-01", "from = 2024-01-01", "must come after 2024-01-01"),
        ("until = 2025-01-01", "until = 2023-01-01", "is not after it"),
        ("until = 2025-01-01\n", "", "must end by 2025-01-01"),
        ('en = "says"', 'en = " "', "says: needs zh and en"),
        ('row = "CC.2"', "", "row is missing"),
        ('checked = "reported"', 'checked = "sure"', "'sure' is not one of"),
        ("checked_on = 2026-11-22", "checked_on = 2026-11-22T10:00:00", "expected date, found datetime"),
    ],
)
def test_each_fault_is_named(tmp_path: Path, old: str, new: str, fault: str) -> None:
    assert old in GOOD
    assert fault in reason(tmp_path, GOOD.replace(old, new))


def test_all_faults_of_a_file_come_at_once(tmp_path: Path) -> None:
    both = reason(tmp_path, GOOD.replace('id = "limit"', "id = 1").replace('level = "law"', 'level = "x"'))
    assert "id: expected str" in both and "level" in both


def test_all_faulty_files_come_at_once(tmp_path: Path) -> None:
    with pytest.raises(ManyErrors) as raised:
        rule_book(data=folder(tmp_path, limit="x = ", other="", fine=GOOD.replace('"limit"', '"fine"')))
    assert [error.facts["path"] for error in raised.value.errors] == ["rules/limit.toml", "rules/other.toml"]


def test_the_cache_gives_the_same_book(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    first, second = rule_book(cache), rule_book(cache)
    assert (cache / "rules.cache").exists()
    assert first == second == rule_book()
    assert wording(cache) == wording(cache) == wording()
    assert [path.name for path in cache.iterdir() if path.suffix == ".tmp"] == []


def test_a_pattern_of_two_lines_is_one_line_of_the_cache() -> None:
    made = lexicon_of(Writing([Told(Signal("threat.x", "threat"), ("甲\n乙",))], {}, {}), "v")
    head, lines = lexicon_to_text(made)
    back = lexicon_from_text(json.loads(dumps(head)), Lines("\n".join(lines).encode().split(b"\n")), "v")
    assert back == made
    assert Reader(back)("丙甲\n乙丁").hits[0].quote == "甲\n乙"


@pytest.mark.parametrize("damage", [b"", b"nonsense", b"\xff\xfe", None])
def test_a_damaged_cache_is_read_past_and_written_anew(tmp_path: Path, damage: bytes | None) -> None:
    path = tmp_path / "rules.cache"
    good = rule_book(tmp_path)
    whole = path.read_bytes()
    path.write_bytes(whole[:-9] if damage is None else damage)
    assert rule_book(tmp_path).version == good.version
    assert path.read_bytes() == whole


@pytest.fixture
def kept(tmp_path: Path) -> tuple[Path, Path]:
    """A data folder, and a cache of it."""
    data, cache = folder(tmp_path / "data", limit=GOOD), tmp_path / "cache"
    time.sleep(2 * SETTLED / 1e9)
    rule_book(cache, data=data)
    assert (cache / "rules.cache").exists()
    return data, cache


def rate_of(data: Path, cache: Path) -> Decimal:
    return rule_book(cache, data=data).get("limit").values[0].numbers["rate"]


def change(path: Path, content: bytes) -> None:
    """In place, with the time it had, as unpacking an archive leaves it."""
    stat = path.stat()
    path.write_bytes(content)
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))


def put_anew(path: Path, content: bytes) -> None:
    """As an installation does, which may give every file one and the same time."""
    stat, beside = path.stat(), path.with_suffix(".new")
    beside.write_bytes(content)
    os.utime(beside, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    beside.replace(path)


@pytest.mark.parametrize("how", [change, put_anew])
def test_files_of_the_same_size_and_time_are_read_again(kept: tuple[Path, Path], how: Any) -> None:
    data, cache = kept
    old, path = rule_book(cache, data=data), data / "rules" / "limit.toml"
    how(path, path.read_bytes().replace(b"0.240", b"0.200"))
    time.sleep(2 * SETTLED / 1e9)
    assert rate_of(data, cache) == Decimal("0.200") == rate_of(data, cache)
    assert rule_book(cache, data=data).version != old.version


def test_a_file_gone_or_added_is_noticed(kept: tuple[Path, Path]) -> None:
    data, cache = kept
    folder(data, other=GOOD.replace('"limit"', '"other"'))
    assert set(rule_book(cache, data=data).rules) == {"limit", "other"}
    (data / "rules" / "limit.toml").unlink()
    assert set(rule_book(cache, data=data).rules) == {"other"}


def test_what_changed_a_moment_ago_is_not_kept(tmp_path: Path) -> None:
    """Another change in the same tick of the disk's clock could not be told."""
    data, cache = folder(tmp_path / "data", limit=GOOD), tmp_path / "cache"
    rule_book(cache, data=data)
    assert not (cache / "rules.cache").exists()


def test_a_mistake_is_told_whatever_is_kept(kept: tuple[Path, Path]) -> None:
    data, cache = kept
    folder(data, limit=GOOD.replace('level = "law"', 'level = "x"'))
    with pytest.raises(RuleBookBroken, match="level"):
        rule_book(cache, data=data)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_we_may_not_write_is_no_error(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert rule_book(tmp_path / "cache").rules


def test_a_cache_that_cannot_be_a_folder_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file")
    assert rule_book(tmp_path / "cache").rules


def test_the_hot_path_parses_no_toml(tmp_path: Path) -> None:
    rule_book(tmp_path), wording(tmp_path)
    script = (
        "import sys; from pathlib import Path; from jdneg.storage.datafiles import rule_book, wording;"
        f"where = Path({str(tmp_path)!r}); rule_book(where); wording(where);"
        "print([name for name in ('tomllib', 'pydantic', 'jdneg.storage.rulefiles') if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("name", "old", "new", "fault"),
    [
        ("insult", 'class = "insult"', 'class = "rude"', "'rude' is not one of"),
        ("insult", 'id = "insult.abuse"', 'id = "abuse"', "must begin with insult."),
        ("insult", '"死全家"', '"(死全家"', "pattern"),
        ("insult", '"死全家"', '"死*"', "matches nothing at all"),
        ("insult", "plain = true", "plain = 1", "plain: expected bool"),
        ("context", "whole = [", "wholly = [", "unknown key wholly"),
        ("traditional", 'pairs = """', 'pairs = """一', "two characters each"),
    ],
)
def test_wording_is_read_strictly(tmp_path: Path, name: str, old: str, new: str, fault: str) -> None:
    shutil.copytree(DATA / "wording", tmp_path / "wording")
    path = tmp_path / "wording" / f"{name}.toml"
    content = path.read_text(encoding="utf-8")
    assert old in content
    path.write_text(content.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(RuleBookBroken) as raised:
        wording(data=tmp_path)
    assert fault in str(raised.value.facts["reason"])
