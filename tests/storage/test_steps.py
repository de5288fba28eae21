"""A step is no correction, and a record cites only what is there."""

from __future__ import annotations

import json

import pytest
from journal_world import a_contact, a_loan, journal_file, log, open_store

from jdneg.domain import changes
from jdneg.errors import NotFound
from jdneg.storage.store import Store


def amended(store: Store) -> tuple[bool, bool, bool]:
    """By the index, by the whole journal, by TinyDB: all must say the same."""
    fresh = open_store(store.home)
    found = (
        fresh.get("C1").amended,
        next(iter(fresh.stream("contact"))).amended,
        fresh.all("contact")[0].amended,
    )
    assert len(set(found)) == 1
    return found


def test_only_a_correction_is_one(store: Store) -> None:
    log(store, "一")
    store.commit([changes.step("contact", "C1", a_contact("二"), "又来电")])
    assert amended(store) == (False,) * 3
    store.commit([changes.amend("contact", "C1", a_contact("三"), "听错")])
    assert amended(store) == (True,) * 3
    store.commit([changes.step("contact", "C1", a_contact("四"), "又来电")])
    assert amended(store) == (True,) * 3
    assert [one.step for one in store.history("C1")] == [False, True, False, True]


def test_what_is_undone_was_not_corrected(store: Store) -> None:
    log(store, "一")
    store.commit([changes.step("contact", "C1", a_contact("二"), "又来电")])
    store.commit([changes.amend("contact", "C1", a_contact("三"), "听错")])
    store.undo()
    assert amended(store) == (False,) * 3
    store.undo()
    assert amended(store) == (False,) * 3
    assert store.get("C1").record.said == "一"
    store.redo()
    assert amended(store) == (False,) * 3
    store.redo()
    assert amended(store) == (True,) * 3


def test_the_step_stands_in_the_payload_and_the_header_is_as_ever(store: Store) -> None:
    log(store, "一")
    store.commit([changes.step("contact", "C1", a_contact('{"step":true,'), "x")])
    line = json.loads(journal_file(store).read_bytes().splitlines()[-1])
    assert list(line) == [
        *("seq", "batch", "op", "kind", "id", "recorded_at", "payload_sha256", "prev", "commit", "counters", "hash"),
        "payload",
    ]
    assert line["op"] == "amend"
    assert list(line["payload"]) == ["step", "record", "reason"]


@pytest.mark.parametrize("fields", [{"loan": "L99"}, {"exhibits": ("E9",)}, {"case": "G99"}, {"loan": "nonsense"}])
def test_what_is_not_there_cannot_be_cited(store: Store, fields: dict[str, object]) -> None:
    store.commit([changes.add("loan", a_loan())])
    log(store, "一", loan="L1")
    before = journal_file(store).read_bytes()
    for change in (
        changes.add("contact", a_contact("二", **fields)),
        changes.amend("contact", "C1", a_contact("二", **fields), "x"),
    ):
        with pytest.raises(NotFound) as caught:
            store.commit([change])
        assert caught.value.facts["id"] in ("L99", "E9", "G99", "nonsense")
    assert journal_file(store).read_bytes() == before


def test_what_was_cited_before_it_went_may_stay_cited(store: Store) -> None:
    store.commit([changes.add("loan", a_loan())])
    log(store, "一", loan="L1")
    store.commit([changes.withdraw("loan", "L1", "错")])
    store.commit([changes.amend("contact", "C1", a_contact("二", loan="L1"), "听错")])
    with pytest.raises(NotFound):
        log(store, "三", loan="L1")
