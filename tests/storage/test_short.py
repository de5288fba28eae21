"""A journal cut short after its entries were reported as saved: seen, told, and nothing written over the gap."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from journal_world import a_loan, journal_file, log, open_store, said

from jdneg.domain import changes
from jdneg.errors import JournalBroken, JournalShort, NoHome
from jdneg.i18n import LANGUAGES, say
from jdneg.storage.store import Store


@pytest.fixture
def long(store: Store) -> Store:
    """Eight entries: the header, a loan, six contacts in three batches."""
    store.commit([changes.add("loan", a_loan())])
    for _ in range(3):
        log(store, "甲", "乙")
    return open_store(store.home)


def cut_to(store: Store, lines: int, more: bytes = b"") -> None:
    kept = journal_file(store).read_bytes().splitlines(keepends=True)[:lines]
    journal_file(store).write_bytes(b"".join(kept) + more)


def test_the_head_names_the_last_line(long: Store) -> None:
    last = json.loads(journal_file(long).read_bytes().splitlines()[-1])
    head = json.loads((long.home / "journal.head").read_bytes())
    assert head["seq"] == last["seq"] == 8
    assert (head["hash"], head["counters"]) == (last["hash"], last["counters"])
    assert head["length"] == journal_file(long).stat().st_size
    assert not (long.home / "journal.head.new").exists()


@pytest.mark.parametrize("more", [b"", b'{"seq":5,"batch"'])
def test_whole_batches_gone_are_counted_and_nothing_is_written(long: Store, more: bytes) -> None:
    cut_to(long, 4, more)
    before = journal_file(long).read_bytes()
    problem = next(one for one in long.doctor() if one.code == "integrity.journal_short")
    assert problem.level == "error"
    assert (problem.facts["count"], problem.facts["since"], problem.facts["ids"]) == (4, 5, "C3-C6")
    assert all("C3-C6" in say(problem, lang) for lang in LANGUAGES)
    assert long.doubts == ()  # the doctor has said it all
    for write in (lambda: log(long, "丙"), long.undo, lambda: long.commit([changes.withdraw("contact", "C1", "x")])):
        with pytest.raises(JournalShort):
            write()
    assert journal_file(long).read_bytes() == before
    assert sorted(path.name for path in long.home.glob("journal.torn-*")) == []


def test_a_reader_is_warned(long: Store) -> None:
    assert said(long) == ["甲", "乙"] * 3
    assert long.doubts == ()
    cut_to(long, 6)
    reader = open_store(long.home)
    assert said(reader) == ["甲", "乙"] * 2
    assert [(one.code, one.level) for one in reader.doubts] == [("integrity.journal_short", "warning")]


@pytest.mark.parametrize("spoil", [Path.unlink, lambda path: path.write_bytes(b"")])
def test_an_emptied_or_missing_journal_is_no_fresh_start(long: Store, spoil: Callable[[Path], None]) -> None:
    spoil(journal_file(long))
    for write in (long.exists if journal_file(long).exists() else long.head, lambda: log(long, "丙")):
        with pytest.raises(JournalShort):
            write()
    assert [one.code for one in long.doctor()] == ["integrity.journal_short"]
    long.accept_loss("UTC", "jdneg test", "认下")
    assert log(long, "丙") == ("C7",)
    assert [one.id for one in long.all("contact")] == ["C7"]
    assert long.doctor() == []


def test_another_last_line_is_a_gap_too(long: Store, tmp_path: Path) -> None:
    """The end was replaced: as many lines, another content."""
    cut_to(long, 6)
    (long.home / "journal.head").rename(tmp_path / "head")
    log(long, "丁", "戊")
    (tmp_path / "head").replace(long.home / "journal.head")
    with pytest.raises(JournalShort):
        log(long, "己")


def test_after_the_loss_is_accepted_no_id_is_given_twice(long: Store) -> None:
    cut_to(long, 4)
    assert long.accept_loss("UTC", "jdneg test", "缺 4 条") is not None
    assert log(long, "丙", "丁") == ("C7", "C8")
    assert [one.id for one in long.stream("contact")] == ["C1", "C2", "C7", "C8"]
    assert long.doctor() == []
    assert long.doubts == ()
    entry = long.history("J1")[-1]
    assert (entry.op, entry.step, entry.reason) == ("amend", True, "缺 4 条")
    assert long.undo().undone != entry.batch  # the journal's word about itself stays
    assert long.accept_loss("UTC", "jdneg test", "x") is None


def test_without_the_head_the_index_remembers(long: Store) -> None:
    long.get("C1")
    cut_to(long, 4)
    (long.home / "journal.head").unlink()
    problem = next(one for one in open_store(long.home).doctor() if one.code == "integrity.journal_short")
    assert (problem.facts["count"], problem.facts["ids"]) == (4, "C3-C6")


def test_a_head_that_lags_or_is_torn_says_nothing(long: Store) -> None:
    """A kill between journal and head leaves an older head; a power cut may leave half of one."""
    older = (long.home / "journal.head").read_bytes()
    log(long, "丙")
    for content in (older, b"", older[:20], b"[]", b'{"seq":"x"}'):
        (long.home / "journal.head").write_bytes(content)
        again = open_store(long.home)
        assert again.doctor() == []
        log(again, "丁")
        assert json.loads((long.home / "journal.head").read_bytes())["seq"] == again.history()[-1].seq


@pytest.mark.skipif(os.name != "posix", reason="no pipes with a name")
def test_a_pipe_is_no_journal(store: Store) -> None:
    journal_file(store).unlink()
    os.mkfifo(journal_file(store))
    with pytest.raises(JournalBroken):
        store.head()


@pytest.mark.skipif(os.name != "posix", reason="no limit to set")
def test_a_disk_that_is_full_from_the_start_leaves_no_empty_journal(tmp_path: Path) -> None:
    import subprocess
    import sys

    code = (
        "import resource, signal, sys\nfrom pathlib import Path\nfrom journal_world import new_store\n"
        "from jdneg.errors import DiskFailed\nresource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))\n"
        "try:\n    new_store(Path(sys.argv[1]))\nexcept DiskFailed:\n    print('refused')\n"
    )
    from test_processes import ENV

    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "home")], capture_output=True, text=True, env=ENV, check=False
    )
    assert done.stdout.strip() == "refused", done.stderr
    assert not (tmp_path / "home" / "journal.jsonl").exists()
    with pytest.raises(NoHome):
        open_store(tmp_path / "home").head()


def test_without_its_head_the_index_tells_before_it_forgets(long: Store) -> None:
    """First any read, which makes the index read anew; then the write that would have given C5 and C6 again."""
    assert long.get("C6").id == "C6"
    (long.home / "journal.head").unlink()
    cut_to(long, 6)
    again = open_store(long.home)
    assert again.get("L1").id == "L1"
    with pytest.raises(JournalShort) as caught:
        log(again, "丙")
    assert caught.value.facts["ids"] == "C5-C6"
    with pytest.raises(JournalShort):
        log(open_store(long.home), "丁")


def test_without_its_head_a_write_that_read_nothing_is_refused_too(long: Store) -> None:
    assert long.get("C6").id == "C6"
    (long.home / "journal.head").unlink()
    cut_to(long, 6)
    with pytest.raises(JournalShort):
        log(open_store(long.home), "丙")
