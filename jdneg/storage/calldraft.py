"""The draft of a call, or of an entry being typed: one file each, every line on the disk before the next key is read.

A line that a killed process left half written is skipped when read, and the next one starts on a line of its own.
The lock on the file says that its call is still going on; it ends with its process.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from jdneg.storage.files import private_folder, sync_folder, system_errors, write_all
from jdneg.storage.lock import take

CALL = "call"  # else the kind of an entry that was being typed
_FOLDER = "drafts"
_FAR = 1 << 40  # beyond any byte that is written: some systems lock bytes, not files


class CallDraft:
    """An open draft, held against every other process until `close`."""

    def __init__(self, path: Path, fd: int) -> None:
        self.path = path
        self._fd = fd

    @classmethod
    def create(cls, home: Path, stamp: str, kind: str = CALL) -> CallDraft:
        """A new draft, mode 0600. Raises DiskFailed."""
        folder = home / _FOLDER
        private_folder(home)  # there may be no journal yet
        private_folder(folder)
        path = folder / f"{kind}-{stamp}-{os.getpid()}-{os.urandom(2).hex()}.jsonl"
        with system_errors(path):
            fd = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_EXCL, 0o600)
            sync_folder(folder)
        draft = cls(path, fd)
        draft._hold()
        return draft

    def _hold(self) -> bool:
        os.lseek(self._fd, _FAR, os.SEEK_SET)
        return take(self._fd)

    def keep(self, line: Mapping[str, Any]) -> None:
        """Add one line; it is on the disk when this returns. Raises DiskFailed."""
        text = json.dumps(line, ensure_ascii=False)
        with system_errors(self.path):
            start = b"" if self._ends_well() else b"\n"
            write_all(self._fd, start + text.encode("utf-8", "surrogatepass") + b"\n")
            os.fsync(self._fd)

    def _ends_well(self) -> bool:
        size = os.fstat(self._fd).st_size
        if not size:
            return True
        os.lseek(self._fd, size - 1, os.SEEK_SET)
        return os.read(self._fd, 1) == b"\n"

    def lines(self) -> list[Any]:
        """Every whole line so far."""
        with system_errors(self.path):
            return list(_whole(self.path.read_bytes()))

    def close(self) -> None:
        """Let go of it; the file stays."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1

    def remove(self) -> None:
        """The call is in the journal, or was thrown away."""
        self.close()
        with system_errors(self.path):
            self.path.unlink(missing_ok=True)


def _whole(raw: bytes) -> Iterator[Any]:
    for line in raw.split(b"\n"):
        try:
            yield json.loads(line.decode("utf-8", "surrogatepass"))
        except ValueError:
            continue


def left_drafts(home: Path, kind: str = CALL) -> list[CallDraft]:
    """The drafts no other process is writing, oldest first, each held from now on."""
    found = []
    for path in sorted((home / _FOLDER).glob(f"{kind}-*.jsonl")):
        if path.is_symlink() or not path.is_file():
            continue
        with system_errors(path):
            draft = CallDraft(path, os.open(path, os.O_RDWR | os.O_APPEND))
        if draft._hold():
            found.append(draft)
        else:
            draft.close()
    return found
