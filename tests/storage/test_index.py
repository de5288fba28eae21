"""The index is derived: whatever happens to it, the answers are the journal's."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from journal_world import DAY, a_contact, a_loan, journal_file, log, open_store

from jdneg.domain import changes
from jdneg.errors import JournalBroken
from jdneg.storage.store import Store


def index_file(store: Store) -> Path:
    return store.home / "cache" / "index.sqlite"


@pytest.fixture
def filled(store: Store) -> Store:
    """A journal with an index that has read all of it: C1 amended, C2 withdrawn, C3 as it was."""
    store.commit([changes.add("loan", a_loan())])
    log(store, "一", "二", "三", loan="L1")
    store.commit([changes.amend("contact", "C1", a_contact("改", loan="L1"), "x")])
    store.commit([changes.withdraw("contact", "C2", "x")])
    store.get("L1")
    return open_store(store.home)


def answers(store: Store) -> list[tuple[str, str | None]]:
    return [(one.id, one.record.said) for one in store.near(DAY, "L1")]


EXPECTED = [("C1", "改"), ("C3", "三")]


def _zero(path: Path) -> None:
    path.write_bytes(b"")


def _garbage(path: Path) -> None:
    path.write_bytes(b"this is not a database" * 500)


def _torn(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def _other_tables(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE state (x)")
    db.close()


def _wrong_places(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute("UPDATE record SET first = first + 1, now = now + 7")
    db.close()


def _wrong_head(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute("UPDATE state SET head = 'x'")
        db.execute("DELETE FROM record")
    db.close()


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    "spoil", [Path.unlink, _zero, _garbage, _torn, _other_tables, _wrong_places, _wrong_head, _folder]
)
def test_a_spoilt_index_is_made_again_in_silence(filled: Store, spoil: Callable[[Path], None]) -> None:
    assert answers(filled) == EXPECTED
    spoil(index_file(filled))
    assert answers(open_store(filled.home)) == EXPECTED
    log(filled, "四", loan="L1")
    assert answers(open_store(filled.home)) == [*EXPECTED, ("C4", "四")]


def test_an_index_ahead_of_a_cut_journal_is_made_again(filled: Store) -> None:
    lines = journal_file(filled).read_bytes().splitlines(keepends=True)
    with journal_file(filled).open("r+b") as file:
        file.truncate(len(b"".join(lines[:5])))
    (filled.home / "journal.head").unlink()  # the index is the only witness left
    assert answers(filled) == [("C1", "一"), ("C2", "二"), ("C3", "三")]
    assert filled.accept_loss("Asia/Shanghai", "a test", "cut on purpose") is not None
    log(filled, "另", loan="L1")  # grows to where the index had been, with other lines
    log(filled, "外", loan="L1")
    log(filled, "还", loan="L1")
    assert [one for _, one in answers(open_store(filled.home))] == ["一", "二", "三", "另", "外", "还"]


def test_an_index_of_another_journal_is_made_again(filled: Store, tmp_path: Path) -> None:
    content = journal_file(filled).read_bytes()
    (tmp_path / "copy").write_bytes(content[: content.rindex(b'{"seq"')])
    (tmp_path / "copy").replace(journal_file(filled))
    assert answers(open_store(filled.home)) == [("C1", "改"), ("C2", "二"), ("C3", "三")]


def test_a_line_that_changed_is_damage_however_good_the_index(filled: Store) -> None:
    content = journal_file(filled).read_bytes()
    journal_file(filled).write_bytes(content.replace("三".encode(), "四".encode()))
    with pytest.raises(JournalBroken) as caught:
        answers(filled)
    assert caught.value.facts["line"] == 5


def test_it_catches_up_and_shares_with_others(filled: Store) -> None:
    other = open_store(filled.home)
    for number in range(5):
        log(filled, str(number), loan="L1")
        assert len(answers(other)) == 3 + number
        assert len(answers(filled)) == 3 + number


def test_without_a_place_for_it_answers_come_from_memory(store: Store) -> None:
    (store.home / "cache").write_text("a file where the folder should be")
    store.commit([changes.add("loan", a_loan())])
    log(store, "一", loan="L1")
    assert answers(store) == [("C1", "一")]
    log(store, "二", loan="L1")
    assert answers(store) == [("C1", "一"), ("C2", "二")]
