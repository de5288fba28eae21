from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest
from journal_world import log, open_store, said

from jdneg.errors import LockTimeout
from jdneg.storage.lock import locked
from jdneg.storage.store import Store


def test_waiting_is_told_once_and_then_goes_on(store: Store) -> None:
    told: list[float] = []
    started = time.monotonic()
    waiting = open_store(store.home, on_wait=lambda: told.append(time.monotonic() - started))
    with locked(store.home / "journal.lock"):
        writer = threading.Thread(target=log, args=(waiting, "等到了"))
        writer.start()
        time.sleep(0.7)
        assert said(store) == []  # reading waits for nobody
    writer.join(10)
    assert said(store) == ["等到了"]
    assert len(told) == 1
    assert 0.45 < told[0] < 0.7


def test_a_lock_that_is_free_says_nothing(store: Store) -> None:
    told: list[int] = []
    log(open_store(store.home, on_wait=lambda: told.append(1)), "一")
    assert told == []


def test_it_gives_up(tmp_path: Path) -> None:
    path = tmp_path / "x.lock"
    with locked(path), pytest.raises(LockTimeout) as caught, locked(path, timeout=0.05):
        pass
    assert caught.value.facts["path"] == str(path)
    with locked(path, timeout=0.05):
        pass
