from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from journal_world import DAY, START, ZONE, a_contact, a_loan, journal_file, log, open_store

from jdneg.domain import changes
from jdneg.domain.changes import Change
from jdneg.domain.ids import LocalRef
from jdneg.domain.records.exhibit import Exhibit
from jdneg.errors import BadState, InvalidValue, JournalBroken, NotFound, ReasonNeeded
from jdneg.storage.lines import Header, build_line
from jdneg.storage.store import Store


def test_what_is_written_is_read_back(store: Store) -> None:
    record = a_contact("[红包] 说\n\u2028\x1b[31m{x}", tags=("a", "b"), next_at=dt.date(2026, 12, 1))
    receipt = store.commit([changes.add("contact", record)])
    stored = store.get("C1")
    assert receipt.ids == ("C1",)
    assert receipt.batch == "B2"
    assert receipt.head == store.head()
    assert stored.record == record
    assert stored.recorded_at == receipt.recorded_at
    assert (stored.amended, stored.clock_set) == (False, False)
    assert stored.payload_sha256 in journal_file(store).read_text("utf-8")


def test_references_within_a_batch_become_ids(store: Store) -> None:
    exhibit = Exhibit(sha256="0" * 64, name="rec.m4a", size=1, supports=(LocalRef(0), LocalRef(2)))
    contact = a_contact(loan=LocalRef(2), exhibits=(LocalRef(1),))
    receipt = store.commit(
        [changes.add("contact", contact), changes.add("exhibit", exhibit), changes.add("loan", a_loan())]
    )
    assert receipt.ids == ("C1", "E1", "L1")
    assert store.get("C1").record == replace(contact, loan="L1", exhibits=("E1",))
    assert store.get("E1").record.supports == ("C1", "L1")


def test_a_change_may_name_a_record_of_its_own_batch(store: Store) -> None:
    later = Change("amend", "contact", a_contact("改"), LocalRef(0), "同一批")
    assert store.commit([changes.add("contact", a_contact("原")), later]).ids == ("C1", "C1")
    assert store.get("C1").record.said == "改"
    store.undo()
    with pytest.raises(NotFound):
        store.get("C1")
    store.redo()
    assert store.get("C1").record.said == "改"


def test_an_amendment_keeps_when_it_was_first_recorded(store: Store) -> None:
    first = store.commit([changes.add("contact", a_contact("原"))])
    store.commit([changes.amend("contact", "C1", a_contact("改"), "听错了")])
    stored = store.get("C1")
    assert stored.record.said == "改"
    assert stored.amended
    assert stored.recorded_at == first.recorded_at
    assert [one.reason for one in store.history("C1")] == [None, "听错了"]
    assert store.history("C1")[1].before == store.history("C1")[0].after
    assert "原" in journal_file(store).read_text("utf-8")


def test_withdrawn_is_gone_from_every_view_but_history(store: Store) -> None:
    log(store, "一", "二")
    store.commit([changes.withdraw("contact", "C1", "记错了")])
    with pytest.raises(NotFound):
        store.get("C1")
    assert store.get_any("C1").record.said == "一"
    for view in (store.all("contact"), store.stream("contact"), store.select("contact"), store.near(DAY, None)):
        assert [one.id for one in view] == ["C2"]
    assert list(store.by_id(["C1", "C2", "C9"])) == ["C2"]
    assert [one.op for one in store.history("C1")] == ["add", "withdraw"]
    store.commit([Change("reinstate", "contact", None, "C1", "还是对的")])
    assert [one.id for one in store.all("contact")] == ["C1", "C2"]


@pytest.mark.parametrize(
    ("change", "error"),
    [
        (changes.amend("contact", "C9", a_contact(), "x"), NotFound),
        (changes.withdraw("contact", "C9", "x"), NotFound),
        (changes.amend("contact", "C1", a_contact(), ""), ReasonNeeded),
        (changes.withdraw("contact", "C1", ""), ReasonNeeded),
        (changes.withdraw("contact", "C2", "x"), NotFound),
        (Change("reinstate", "contact", None, "C1", "x"), BadState),
        (Change("reinstate", "contact", None, "C9", "x"), NotFound),
    ],
)
def test_a_correction_needs_something_to_correct_and_a_reason(
    store: Store, change: Change, error: type[Exception]
) -> None:
    log(store, "一", "二")
    store.commit([changes.withdraw("contact", "C2", "x")])
    before = journal_file(store).read_bytes()
    with pytest.raises(error):
        store.commit([change])
    assert journal_file(store).read_bytes() == before


def test_an_empty_batch_is_refused(store: Store) -> None:
    with pytest.raises(InvalidValue):
        store.commit([])


def test_what_would_not_read_back_is_never_written(store: Store) -> None:
    before = journal_file(store).read_bytes()
    for record in (
        a_contact(happened_at=dt.datetime(2026, 11, 20, 9, 0)), a_contact(channel="fax"), a_contact("\udcff"),
    ):  # fmt: skip
        with pytest.raises(InvalidValue):
            store.commit([changes.add("contact", record)])
    assert journal_file(store).read_bytes() == before


def test_ids_are_in_order_and_never_used_again(store: Store) -> None:
    log(store, *map(str, range(11)))
    store.commit([changes.withdraw("contact", "C11", "x")])
    store.undo()
    store.undo()
    assert store.all("contact") == ()
    assert log(store, "新") == ("C12",)
    (store.home / "cache" / "index.sqlite").unlink()
    assert log(open_store(store.home), "更新") == ("C13",)
    assert [one.id for one in store.all("contact")] == ["C12", "C13"]


def test_near_is_the_shanghai_day_and_the_lender(store: Store) -> None:
    store.commit([changes.add("loan", a_loan(lender)) for lender in ("甲", "甲", "乙")])
    utc = dt.UTC
    for loan, happened in (
        ("L1", DAY),
        ("L2", dt.datetime(2026, 11, 19, 16, 0, tzinfo=utc)),  # 00:00 in Shanghai
        ("L2", dt.datetime(2026, 11, 19, 15, 59, 59, tzinfo=utc)),
        ("L3", dt.datetime(2026, 11, 20, 12, 0, tzinfo=ZONE)),
        (None, dt.datetime(2026, 11, 20, 23, 59, tzinfo=ZONE)),
        ("L1", dt.datetime(2026, 11, 20, 23, 0, tzinfo=utc)),
    ):
        store.commit([changes.add("contact", a_contact(loan=loan, happened_at=happened))])
    assert [one.id for one in store.near(DAY, "L1")] == ["C1", "C2"]
    assert [one.id for one in store.near(DAY, "L3")] == ["C4"]
    assert [one.id for one in store.near(DAY, None)] == ["C1", "C2", "C4", "C5"]
    assert store.near(dt.date(2020, 1, 1), "L1") == []
    store.commit([changes.amend("contact", "C3", a_contact(loan="L1", happened_at=DAY), "日期")])
    assert [one.id for one in store.near(DAY, "L2")] == ["C1", "C2", "C3"]


def test_select_by_loan_is_what_cites_it(store: Store) -> None:
    store.commit([changes.add("loan", a_loan()), changes.add("loan", a_loan("乙"))])
    for loan in ("L1", "L2", None):
        store.commit([changes.add("contact", a_contact(loan=loan))])
    exhibit = Exhibit(sha256="0" * 64, name="a", size=1, supports=("L2",))
    store.commit([changes.add("exhibit", exhibit)])
    assert [one.id for one in store.select("loan")] == ["L1", "L2"]
    assert [one.id for one in store.select("contact", loan="L2")] == ["C2"]
    assert [one.id for one in store.select("exhibit", loan="L2")] == ["E1"]
    assert store.select("exhibit", loan="L1") == []
    assert [one.id for one in store.select("loan", loan="L1")] == ["L1"]


def test_history_of_a_batch_of_all_and_of_the_newest(store: Store) -> None:
    log(store, "一", "二")
    log(store, "三")
    assert [one.id for one in store.history("B2")] == ["C1", "C2"]
    assert [one.id for one in store.history()] == ["J1", "C1", "C2", "C3"]
    assert [one.id for one in store.history(last=2)] == ["C2", "C3"]
    assert store.history("C3")[0].recorded_at > START
    for unknown in ("C9", "B9"):
        with pytest.raises(NotFound):
            store.history(unknown)


def test_a_valid_line_with_a_record_we_do_not_know_is_damage(store: Store) -> None:
    header = Header(
        seq=2, batch="B2", op="add", kind="contact", id="C1", recorded_at="2026-11-22T10:00:00+08:00",
        clock_set=False, prev=store.head(), commit=1, counters={"B": 3, "J": 2, "C": 2},
    )  # fmt: skip
    with journal_file(store).open("ab") as file:
        file.write(build_line(header, b'{"record":{"channel":"call","happened_at":12}}')[0])
    for ask in (lambda: store.get("C1"), lambda: store.all("contact"), lambda: list(store.stream("contact"))):
        with pytest.raises(JournalBroken):
            ask()


def test_a_purged_payload_leaves_a_hole_that_reads_around(store: Store, tmp_path: Path) -> None:
    """The one rewrite there will be: until its command exists, reading what it leaves must work."""
    log(store, "一", "二")
    lines = journal_file(store).read_bytes().splitlines(keepends=True)
    hole = lines[1][: lines[1].index(b'"payload":')] + b'"payload":null}\n'
    journal_file(store).write_bytes(lines[0] + hole + lines[2])
    with pytest.raises(JournalBroken):  # nobody has said why
        store.all("contact")
    header = Header(
        seq=4, batch="B3", op="purge", kind="contact", id="C1", recorded_at="2026-11-22T10:00:00+08:00",
        clock_set=False, prev=store.head(), commit=1, counters={"B": 4, "J": 2, "C": 3},
    )  # fmt: skip
    line, _ = build_line(header, '{"reason":"私人短信"}'.encode())
    (tmp_path / "new").write_bytes(lines[0] + hole + lines[2] + line)
    (tmp_path / "new").replace(journal_file(store))
    assert [one.id for one in store.all("contact")] == ["C2"]
    assert store.get("C2").record.said == "二"
    with pytest.raises(NotFound):
        store.get_any("C1")
    assert [(one.purged, one.reason) for one in store.history("C1")] == [(True, None), (False, "私人短信")]
    assert log(store, "三") == ("C3",)


def test_the_hot_path_imports_nothing_heavy(store: Store) -> None:
    import subprocess
    import sys

    code = (
        "import sys; sys.path.insert(0, sys.argv[2]); from pathlib import Path; from journal_world import *\n"
        "s = open_store(Path(sys.argv[1])); log(s, 'x'); s.near(DAY, None); s.get('C1'); s.select('loan')\n"
        "print(sorted({'tinydb', 'pydantic', 'rich', 'tempfile'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(store.home), str(Path(__file__).parent)],
        capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert done.stdout.strip() == "[]"
