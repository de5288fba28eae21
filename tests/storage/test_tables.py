from __future__ import annotations

import pytest
from journal_world import a_contact, a_loan, journal_file, log
from tinydb import where

from jdneg.domain import changes
from jdneg.storage.store import Store


@pytest.fixture
def filled(store: Store) -> Store:
    store.commit([changes.add("loan", a_loan()), changes.add("loan", a_loan("乙"))])
    log(store, "一", "二", loan="L1")
    log(store, "三", loan="L2")
    store.commit([changes.amend("contact", "C3", a_contact("改", loan="L2"), "x")])
    store.commit([changes.withdraw("contact", "C1", "x")])
    return store


def test_a_query_answers_as_replay_does(filled: Store) -> None:
    found = filled.tables().table("contact").search(where("record")["loan"] == "L2")
    expected = [one for one in filled.stream("contact") if one.record.loan == "L2"]
    assert [(one["id"], one["record"]["said"], one["amended"]) for one in found] == [("C3", "改", True)]
    assert [one["payload_sha256"] for one in found] == [one.payload_sha256 for one in expected]


@pytest.mark.parametrize("kind", ["journal", "loan", "contact", "letter"])
def test_all_stream_and_select_agree(filled: Store, kind: str) -> None:
    assert filled.all(kind) == tuple(filled.stream(kind)) == tuple(filled.select(kind))


def test_one_table_a_kind(filled: Store) -> None:
    tables = filled.tables()
    assert {"loan", "contact", "exhibit", "journal"} <= tables.tables()
    assert len(tables.table("contact")) == 2
    assert tables.table("contact").get(doc_id=3)["record"]["said"] == "改"
    assert tables.table("contact").get(doc_id=1) is None
    assert tables.table("contact").contains(where("id") == "C2")


def test_a_repeated_query_sees_what_was_written_between(filled: Store) -> None:
    table, query = filled.tables().table("contact"), where("record")["loan"] == "L1"
    assert table.count(query) == 1
    log(filled, "新", loan="L1")
    assert table.count(query) == 2


def test_nothing_is_written_through_it(filled: Store) -> None:
    before = journal_file(filled).read_bytes()
    table = filled.tables().table("contact")
    for write in (
        lambda: table.insert({"said": "x"}), lambda: table.update({"said": "x"}), lambda: table.remove(doc_ids=[2]),
        table.truncate, filled.tables().drop_tables, lambda: filled.tables().insert({"x": 1}),
    ):  # fmt: skip
        with pytest.raises(NotImplementedError):
            write()
    assert journal_file(filled).read_bytes() == before
