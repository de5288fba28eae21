"""Many writers, kills at any moment, a full disk, a home one may only read: with real processes."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from journal_world import journal_file, log, new_store, open_store, said

from jdneg.errors import DiskFailed, JdnegError
from jdneg.storage.store import Store

ROOT = Path(__file__).parents[2]
CHILD = Path(__file__).with_name("journal_world.py")
ENV = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), str(CHILD.parent)))}


def child(store: Store, times: int, size: int = 10) -> subprocess.Popen[str]:
    command = [sys.executable, str(CHILD), str(store.home), str(times), str(size)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=ENV)


def test_eight_processes_at_once_all_succeed(store: Store) -> None:
    children = [child(store, 25) for _ in range(8)]
    outputs = [one.communicate(timeout=60)[0] for one in children]
    assert [one.returncode for one in children] == [0] * 8
    given = [record for output in outputs for record in output.split()]
    assert len(given) == len(set(given)) == 8 * 25 * 3
    assert sorted(given) == sorted(one.id for one in store.stream("contact"))
    assert sorted(given) == sorted(one.id for one in store.select("contact"))
    batches = [line.split() for output in outputs for line in output.splitlines()]
    for batch in batches:  # nobody's batch is mixed with another's
        numbers = [int(one[1:]) for one in batch]
        assert numbers == list(range(numbers[0], numbers[0] + 3))


def kill_at_random(store: Store, times: int, seed: int) -> None:
    """What was acknowledged before the kill is there, whole, and the next command works."""
    moments = random.Random(seed)
    acknowledged: list[str] = []
    for number in range(times):
        process = child(store, 10_000, moments.choice((10, 3000, 100_000)))
        assert process.stdout is not None
        acknowledged += process.stdout.readline().split()
        time.sleep(moments.random() * 0.03)
        process.kill()
        rest, _ = process.communicate(timeout=30)
        acknowledged += [
            record for line in rest.splitlines(keepends=True) if line.endswith("\n") for record in line.split()
        ]
        acknowledged += log(open_store(store.home), f"第{number}次之后")
    live = [one.id for one in store.stream("contact")]
    assert len(live) == len(set(live))
    assert set(acknowledged) <= set(live)
    assert live == [one.id for one in store.select("contact")]


def test_sigkill_loses_nothing_acknowledged(store: Store) -> None:
    kill_at_random(store, 20, seed=1)


@pytest.mark.slow
def test_sigkill_two_hundred_times(tmp_path: Path) -> None:
    for part in range(10):  # a journal each, for a long one makes the last look long
        kill_at_random(new_store(tmp_path / f"home{part}"), 20, seed=part + 2)


LIMITED = """
import resource, signal, sys
sys.dont_write_bytecode = True  # a cut-off .pyc would break every later run
from pathlib import Path
from journal_world import log, open_store
from jdneg.errors import DiskFailed
store = open_store(Path(sys.argv[1]))
limit = store.home.joinpath("journal.jsonl").stat().st_size + int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
try:
    log(store, "长" * 5000, "二")
except DiskFailed as failed:
    print(failed.facts["path"])
else:
    print("written")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no file size limit to set")
@pytest.mark.parametrize("room", [0, 1, 700, 15_500])
def test_a_full_disk_leaves_nothing_half_written(store: Store, room: int) -> None:
    """The system really refuses to let the file grow, at several places of the batch."""
    log(store, "一")
    before = journal_file(store).read_bytes()
    done = run(LIMITED, str(store.home), str(room))
    assert done.stdout.strip() == str(journal_file(store))
    assert journal_file(store).read_bytes() == before
    assert log(store, "二") == ("C2",)


@pytest.mark.skipif(sys.platform == "win32", reason="no file size limit to set")
def test_room_enough_is_room_enough(store: Store) -> None:
    assert run(LIMITED, str(store.home), "100000").stdout.strip() == "written"


READ_ONLY = """
import os, sys
import tinydb
from pathlib import Path
from journal_world import DAY, log, open_store, said
import jdneg.storage.tables, jdneg.storage.history, jdneg.storage.doctor, jdneg.storage.undo
from jdneg.domain.records import RECORD_KINDS, class_of
from jdneg.errors import DiskFailed
for kind in RECORD_KINDS:
    class_of(kind)
if os.geteuid() == 0:
    os.setuid(65534)
store = open_store(Path(sys.argv[1]))
print(said(store) == ["一", "二"], [one.id for one in store.near(DAY, None)], store.get("C2").record.said,
      len(store.all("contact")), len(store.history()))
for write in (lambda: log(store, "三"), store.undo, lambda: store.vault.add(Path(sys.argv[2])),
              lambda: store.create("UTC", "x")):
    try:
        print(write())
    except DiskFailed:
        print("refused")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="modes do not bind there")
@pytest.mark.parametrize("indexed", [True, False])
def test_a_read_only_home_can_be_read(indexed: bool, tmp_path_factory: pytest.TempPathFactory) -> None:
    import shutil
    import tempfile

    base = Path(tempfile.mkdtemp())  # pytest's own folders are closed to other users, and root is bound by no mode
    try:
        store = new_store(base / "home")
        log(store, "一", "二")
        if indexed:
            store.get("C1")
        before = journal_file(store).read_bytes()
        evidence = base / "evidence.txt"
        evidence.write_text("x")
        for path in (*store.home.rglob("*"), store.home, base):
            path.chmod(0o555 if path.is_dir() else 0o444)
        done = run(READ_ONLY, str(store.home), str(evidence))
        lines = done.stdout.splitlines()
        assert lines[0] == "True ['C1', 'C2'] 二 2 3"
        assert lines[1:] == ["refused"] * 4
        assert journal_file(store).read_bytes() == before
    finally:
        for path in (base, base / "home", base / "home" / "cache"):
            if path.exists():
                path.chmod(0o700)
        shutil.rmtree(base)


def run(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, env=ENV, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return done


def test_a_failed_fsync_is_a_failed_write(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The one failure no file system here gives on demand, so the call itself is made to fail."""
    log(store, "一")
    before = journal_file(store).read_bytes()

    def refuse(fd: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("jdneg.storage.journal.os.fsync", refuse)
    with pytest.raises(DiskFailed) as caught:
        log(store, "二")
    monkeypatch.undo()
    assert isinstance(caught.value, JdnegError)
    assert caught.value.facts["reason"] == "Input/output error"
    assert journal_file(store).read_bytes() == before
    assert said(store) == ["一"]
