"""One pass that checks and reads: the same records as the stream, and never a wrong one."""

from __future__ import annotations

from pathlib import Path

import pytest
from journal_world import a_contact, a_loan, journal_file, log, open_store

from jdneg.domain import changes
from jdneg.errors import HeadMoved, JournalBroken
from jdneg.storage.store import Store


def afresh(store: Store) -> Store:
    """As another process sees it: nothing learnt yet."""
    return open_store(store.home)


def test_it_reads_what_the_stream_reads(store: Store) -> None:
    store.commit([changes.add("loan", a_loan())])
    log(store, "一", "二", "三")
    assert list(afresh(store).sweep("contact")) == list(afresh(store).stream("contact"))
    assert [one.id for one in afresh(store).sweep("loan")] == ["L1"]


@pytest.mark.parametrize("what", ["amend", "withdraw", "undo", "other"])
def test_after_a_correction_as_well(store: Store, what: str) -> None:
    store.commit([changes.add("loan", a_loan())])
    log(store, "一")
    log(store, "二")
    if what == "amend":
        store.commit([changes.amend("contact", "C1", a_contact("改"), "听错")])
    elif what == "withdraw":
        store.commit([changes.withdraw("contact", "C1", "记错")])
    elif what == "undo":
        store.undo()
    else:
        store.commit([changes.amend("loan", "L1", a_loan("乙"), "写错")])
    assert list(afresh(store).sweep("contact")) == list(afresh(store).stream("contact"))


def test_it_remembers_that_all_was_checked(store: Store) -> None:
    log(store, "一", "二")
    other = afresh(store)
    list(other.sweep("contact"))
    assert [one.id for one in other.stream("contact")] == ["C1", "C2"]
    log(other, "三")
    assert [one.id for one in other.sweep("contact")] == ["C1", "C2", "C3"]


def test_a_correction_meanwhile_is_told(store: Store) -> None:
    """Between the question and the reading somebody corrects one: what was read must be read anew."""
    log(store, "一")
    log(store, "二")
    other = afresh(store)
    reading = other.sweep("contact")
    store.commit([changes.amend("contact", "C1", a_contact("改"), "听错")])
    with pytest.raises(HeadMoved):
        list(reading)
    assert [one.record.said for one in other.sweep("contact")] == ["改", "二"]


@pytest.mark.parametrize("where", ["hash", "payload", "prev"])
def test_a_broken_line_is_met_before_the_end(store: Store, where: str) -> None:
    for words in ("一", "二", "三"):
        log(store, words)
    path: Path = journal_file(store)
    open_store(store.home).select("contact")  # the index knows nothing of what comes
    lines = path.read_bytes().splitlines(keepends=True)
    mark = {"hash": b'"hash":"', "payload": "二".encode(), "prev": b'"prev":"'}[where]
    at = lines[2].index(mark) + len(mark) - (1 if where == "payload" else 0)
    lines[2] = lines[2][:at] + (b"\x8d" if where == "payload" else b"x") + lines[2][at + 1 :]
    path.write_bytes(b"".join(lines))
    with pytest.raises(JournalBroken):
        list(afresh(store).sweep("contact"))
