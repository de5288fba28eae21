from __future__ import annotations

import json
from pathlib import Path

import pytest
from journal_world import journal_file, log, open_store

from jdneg.domain import changes
from jdneg.domain.records.exhibit import Exhibit
from jdneg.i18n import LANGUAGES, area, say
from jdneg.storage.store import Store


@pytest.fixture
def kept(store: Store, tmp_path: Path) -> Store:
    """A journal with one exhibit."""
    (tmp_path / "合同.pdf").write_bytes(b"%PDF")
    file = store.vault.add(tmp_path / "合同.pdf")
    store.commit([changes.add("exhibit", Exhibit(sha256=file.sha256, name=file.name, size=file.size))])
    store.get("E1")
    return store


def codes(store: Store) -> list[str]:
    found = store.doctor()
    for one in found:  # every problem can be said, in both languages
        assert all(say(one, lang) for lang in LANGUAGES)
    return [one.code.removeprefix("integrity.") for one in found]


def test_a_sound_home_has_no_problems(kept: Store) -> None:
    assert codes(kept) == []
    kept.commit([changes.withdraw("exhibit", "E1", "x")])
    assert codes(kept) == []  # a withdrawn exhibit still explains its file


def test_vault_damage(kept: Store) -> None:
    path = kept.vault.path(next(kept.vault.digests()))
    path.chmod(0o600)
    path.write_bytes(b"%PDG")
    (problem,) = kept.doctor()
    assert (problem.code, problem.level, problem.facts["id"]) == ("integrity.vault_broken", "error", "E1")
    path.unlink()
    assert codes(kept) == ["vault_broken"]


def test_left_over_files_and_open_modes(kept: Store, tmp_path: Path) -> None:
    (tmp_path / "other").write_bytes(b"x")
    kept.vault.add(tmp_path / "other")
    (kept.vault.folder / ".incoming-1-ab").touch(0o600)
    with journal_file(kept).open("ab") as file:
        file.write(b"half")
    assert codes(kept) == ["vault_unnamed", "half_copied", "torn_tail"]
    log(kept, "一")
    assert codes(kept) == ["vault_unnamed", "torn_kept", "half_copied"]
    kept.home.chmod(0o755)
    assert "open_to_others" in codes(kept)


def test_a_broken_chain_is_named_with_its_line(kept: Store) -> None:
    log(kept, "一")
    content = journal_file(kept).read_bytes()
    journal_file(kept).write_bytes(content.replace("合同".encode(), "何同".encode()))
    (problem,) = kept.doctor()
    assert (problem.code, problem.level, problem.facts["line"]) == ("integrity.journal_broken", "error", 2)
    assert "第 2 行" in say(problem, "zh")
    assert journal_file(kept).read_bytes() == content.replace("合同".encode(), "何同".encode())


def test_an_index_that_lies_is_found(kept: Store) -> None:
    import sqlite3

    with sqlite3.connect(kept.home / "cache" / "index.sqlite") as db:
        db.execute("UPDATE record SET live = 0")
    db.close()
    assert codes(open_store(kept.home)) == ["index_rebuilt"]
    assert codes(open_store(kept.home)) == []
    assert [one.id for one in open_store(kept.home).select("exhibit")] == ["E1"]


def test_both_languages_have_the_same_sentences() -> None:
    assert area("zh", "integrity").keys() == area("en", "integrity").keys()
    assert json.dumps(area("en", "integrity")).isascii()
