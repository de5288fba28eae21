"""The data of fraud signals and of the directory: whole, sourced, and free of the source pages' own contacts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from jdneg.errors import RuleBookBroken
from jdneg.storage.cards import directory
from jdneg.storage.datafiles import DATA, scams
from jdneg.storage.scamfiles import pattern_faults, read_scams

FILES = {f"{path.parent.name}/{path.name}": path.read_bytes() for path in DATA.glob("scam/*.toml")}
WORDING = {f"{path.parent.name}/{path.name}": path.read_bytes() for path in DATA.glob("wording/*.toml")}


def test_every_pattern_compiles_and_needs_words() -> None:
    book = scams()
    assert pattern_faults(book) == []
    assert [one.id for one in book.signals.values() if one.patterns and book.pattern(one.patterns).search("")] == []
    assert not [one.id for one in book.signals.values() if any(word != word.lower() for word in one.hints)]


def test_a_mistake_is_named() -> None:
    broken = FILES | {"scam/money.toml": FILES["scam/money.toml"].replace(b"{secret}", b"{sekret}")}
    with pytest.raises(RuleBookBroken, match="sekret"):
        read_scams(broken, WORDING)
    with pytest.raises(RuleBookBroken, match=r"words\.toml"):
        read_scams({name: raw for name, raw in FILES.items() if "words" not in name}, WORDING)


def test_nothing_ships_as_confirmed() -> None:
    found = directory()
    assert all(not one.confirmed and one.row and one.checked in ("reported", "unconfirmed") for one in found.entries)
    assert len({one.id for one in found.entries}) == len(found.entries)


def test_the_source_pages_own_contacts_are_nowhere() -> None:
    """Their take-down phone ends in 9527, their mail is a QQ address; and §14 bars a second hotline."""
    texts = [path.read_text(encoding="utf-8") for path in Path(DATA).rglob("*.toml")]
    assert not [one for one in texts if re.search(r"\d{4,}9527|@qq\.com|400-?678-?9555", one)]
    assert [one.value for one in directory().entries if "京东" in one.name["zh"]] == ["95118"]
