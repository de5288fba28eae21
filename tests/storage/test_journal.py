"""Torn tails, damage, formats and batches, on real files."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from journal_world import a_contact, a_loan, journal_file, log, new_store, open_store, said

from jdneg.domain import changes
from jdneg.errors import HeadMoved, JournalBroken, LaterFormat, NoHome
from jdneg.storage.lines import NO_HASH
from jdneg.storage.store import Store


def test_the_first_entry_is_the_header(store: Store) -> None:
    (line,) = map(json.loads, journal_file(store).read_text("utf-8").splitlines())
    assert (line["seq"], line["batch"], line["op"], line["kind"], line["id"]) == (1, "B1", "add", "journal", "J1")
    assert line["prev"] == NO_HASH
    assert line["commit"] == 1
    assert line["payload"]["record"] == {"format": 1, "timezone": "Asia/Shanghai", "created_by": "jdneg test"}


def test_making_it_twice_changes_nothing(store: Store) -> None:
    before = journal_file(store).read_bytes()
    store.create("UTC", "another")
    assert journal_file(store).read_bytes() == before


def test_home_and_files_are_private(store: Store) -> None:
    log(store, "一")
    store.get("C1")
    for path in (store.home, *store.home.rglob("*")):
        assert path.stat().st_mode & 0o077 == 0, path


def test_every_line_names_the_one_before(store: Store) -> None:
    log(store, "一", "二")
    log(store, "三")
    lines = [json.loads(raw) for raw in journal_file(store).read_text("utf-8").splitlines()]
    assert [line["prev"] for line in lines] == [NO_HASH, *(line["hash"] for line in lines[:-1])]
    assert [line.get("commit") for line in lines] == [1, None, 2, 1]
    assert [line["seq"] for line in lines] == [1, 2, 3, 4]
    assert lines[-1]["counters"] == {"B": 4, "J": 2, "C": 4}


def test_a_set_clock_is_told(tmp_path: Path) -> None:
    store = new_store(tmp_path / "home", clock_set=True)
    log(store, "一")
    assert store.get("C1").clock_set
    assert '"clock":"set"' in journal_file(store).read_text("utf-8")


def test_no_journal_is_said_so(tmp_path: Path) -> None:
    store = open_store(tmp_path / "nowhere")
    assert not store.exists()
    for ask in (store.head, lambda: store.get("C1"), lambda: list(store.stream("contact")), lambda: log(store, "一")):
        with pytest.raises(NoHome):
            ask()
    assert not store.home.exists()


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, int]:
    """A journal of three batches, the last of two lines; where the last one starts."""
    store = new_store(tmp_path_factory.mktemp("three") / "home")
    log(store, "第一次")
    start = journal_file(store).stat().st_size
    log(store, "第二次", "第三次")
    return journal_file(store).read_bytes(), start


def with_journal(home: Path, content: bytes) -> Store:
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(0o700)
    (home / "journal.jsonl").write_bytes(content)
    return open_store(home)


def test_cut_anywhere_in_the_last_batch_it_is_as_if_it_never_was(three: tuple[bytes, int], tmp_path: Path) -> None:
    """At every byte: the reader sees the batches before and touches nothing; the writer sets the rest aside."""
    content, start = three
    for cut in range(start, len(content)):
        store = with_journal(tmp_path / "home", content[:cut])
        assert said(store) == ["第一次"], cut
        assert journal_file(store).read_bytes() == content[:cut]
        assert log(store, "新") == ("C2",), cut
        if cut % 50 == 0:  # the index sees the same
            assert [one.id for one in store.select("contact")] == ["C1", "C2"]
        torn = [path.read_bytes() for path in store.home.glob("journal.torn-*")]
        assert torn == ([content[start:cut]] if cut > start else []), cut


@pytest.mark.parametrize("rest", [b"\0" * 5000, b'{"seq":', b"x" * 100_000], ids=["zeros", "begun", "long"])
def test_a_torn_tail_of_any_kind_is_set_aside(store: Store, rest: bytes) -> None:
    log(store, "一")
    with journal_file(store).open("ab") as file:
        file.write(rest)
    assert said(store) == ["一"]
    log(store, "二")
    assert said(store) == ["一", "二"]
    (torn,) = store.home.glob("journal.torn-*")
    assert torn.read_bytes() == rest
    assert torn.stat().st_mode & 0o077 == 0


def test_a_torn_header_is_made_again(three: tuple[bytes, int], tmp_path: Path) -> None:
    header = three[0][: three[0].index(b"\n")]
    store = with_journal(tmp_path / "home", header[:-30])
    assert not store.exists()
    store.create("Asia/Shanghai", "again")
    assert store.exists()
    assert store.doctor() != []  # names what was set aside
    assert log(store, "一") == ("C1",)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_committed_byte_can_change_unseen(data: st.DataObject, three: tuple[bytes, int], tmp_path: Path) -> None:
    """Whatever bit flips, reading stops with the line's number, and neither reader nor writer touches the file."""
    content = bytearray(three[0])
    at = data.draw(st.integers(0, len(content) - 1))
    content[at] ^= 1 << data.draw(st.integers(0, 7))
    number = bytes(three[0][:at]).count(b"\n") + 1
    store = with_journal(tmp_path / "home", bytes(content))
    for ask in (lambda: said(store), lambda: store.all("loan"), lambda: store.history()):
        with pytest.raises((JournalBroken, LaterFormat)) as caught:
            ask()
        if isinstance(caught.value, JournalBroken):
            assert caught.value.facts["line"] == number
    assert journal_file(store).read_bytes() == content


def test_a_broken_last_line_stops_the_writer(three: tuple[bytes, int], tmp_path: Path) -> None:
    content = three[0].replace("第三次".encode(), "第五次".encode())
    store = with_journal(tmp_path / "home", content)
    with pytest.raises(JournalBroken) as caught:
        log(store, "新")
    assert caught.value.facts["line"] == 4
    assert journal_file(store).read_bytes() == content
    assert not list(store.home.glob("journal.torn-*"))


def test_a_changed_newline_at_the_end_is_damage_not_a_torn_write(three: tuple[bytes, int], tmp_path: Path) -> None:
    store = with_journal(tmp_path / "home", three[0][:-1] + b" ")
    with pytest.raises(JournalBroken):
        log(store, "新")


def test_a_line_taken_out_or_put_in_twice_breaks_the_chain(three: tuple[bytes, int], tmp_path: Path) -> None:
    lines = three[0].splitlines(keepends=True)
    for changed in ([*lines[:1], *lines[2:]], [*lines[:2], lines[1], *lines[2:]], [lines[0], lines[3]]):
        store = with_journal(tmp_path / "home", b"".join(changed))
        with pytest.raises(JournalBroken):
            said(store)


@pytest.mark.parametrize(
    "first",
    [
        b'{"seq":1,"kind":"journal","payload":{"record":{"format":2}}}\n',
        b'{"later":"shape","payload":{"record":{"format":17,"x":[1.5]}},"sign":"abc"}\n{"more":1}\nhalf',
    ],
)
def test_a_later_format_is_refused_and_untouched(first: bytes, tmp_path: Path) -> None:
    store = with_journal(tmp_path / "home", first)
    for ask in (
        store.exists, store.head, lambda: said(store), lambda: log(store, "一"), store.undo, lambda: store.get("C1"),
        lambda: store.create("UTC", "x"),
    ):  # fmt: skip
        with pytest.raises(LaterFormat):
            ask()
    assert journal_file(store).read_bytes() == first


def test_something_else_in_its_place_is_never_taken_for_empty(tmp_path: Path) -> None:
    store = with_journal(tmp_path / "home", b"my shopping list\n")
    for ask in (store.exists, lambda: store.create("UTC", "x"), lambda: log(store, "一")):
        with pytest.raises(JournalBroken):
            ask()
    assert journal_file(store).read_bytes() == b"my shopping list\n"


def test_a_batch_is_whole_or_not_at_all(store: Store) -> None:
    """The second change cannot be written, so the first is not either, and no number is used up."""
    before = journal_file(store).read_bytes()
    with pytest.raises(Exception, match="invalid_value"):
        store.commit([changes.add("contact", a_contact()), changes.add("loan", a_loan(kind="pawnshop"))])
    assert journal_file(store).read_bytes() == before
    assert store.commit([changes.add("loan", a_loan())]).batch == "B2"


def test_a_moved_head_is_told(store: Store) -> None:
    head = store.head()
    store.commit([changes.add("loan", a_loan())], head=head)
    assert store.head() != head
    with pytest.raises(HeadMoved):
        store.commit([changes.add("loan", a_loan())], head=head)


def test_a_long_line_is_found_from_the_end(store: Store) -> None:
    log(store, "长" * 400_000)
    assert log(store, "短") == ("C2",)
    assert [len(one or "") for one in said(store)] == [400_000, 1]
