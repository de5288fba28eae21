"""One writer at a time: an exclusive lock on a file beside the journal, held from look to fsync.

The operating system lets go of it when its holder dies, so a lock is never stale and the file is never removed.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from jdneg.errors import LockTimeout
from jdneg.storage.files import FILE_MODE, system_errors

SAY_AFTER = 0.5
GIVE_UP_AFTER = 60.0
_PAUSE = 0.01

if sys.platform == "win32":
    import msvcrt

    def take(fd: int) -> bool:
        """Take the lock of an open file, or say that somebody else has it."""
        try:
            msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def take(fd: int) -> bool:
        """Take the lock of an open file, or say that somebody else has it."""
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


@contextmanager
def locked(path: Path, on_wait: Callable[[], None] | None = None, timeout: float = GIVE_UP_AFTER) -> Iterator[None]:
    """Hold the lock at ``path``. ``on_wait`` is called once when it takes longer than half a second.

    Raises LockTimeout after ``timeout`` seconds, DiskFailed where the file cannot be made.
    """
    with system_errors(path):
        fd = os.open(path, os.O_RDWR | os.O_CREAT, FILE_MODE)
    try:
        with system_errors(path):
            _wait(fd, path, on_wait, timeout)
        yield
    finally:
        os.close(fd)  # closing lets go of the lock


def _wait(fd: int, path: Path, on_wait: Callable[[], None] | None, timeout: float) -> None:
    started = time.monotonic()
    while not take(fd):
        waited = time.monotonic() - started
        if waited >= timeout:
            raise LockTimeout(path=str(path), seconds=int(timeout))
        if on_wait is not None and waited >= SAY_AFTER:
            on_wait()
            on_wait = None
        time.sleep(_PAUSE)
