"""Private folders and files, written whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from jdneg.errors import DiskFailed

FOLDER_MODE = 0o700
FILE_MODE = 0o600
SETTLED = 50_000_000  # nanoseconds: coarser than the clock of any file system in use, but for FAT
_BINARY = getattr(os, "O_BINARY", 0)  # Windows alone would turn \n into \r\n


class NotAFile(OSError):
    """A folder, a pipe or a device where a file should be; a pipe would be waited for without end."""


def open_regular(path: Path, buffer: int = -1) -> BinaryIO:
    """A file to read, never anything else. Raises NotAFile and the system's own errors."""
    fd = os.open(path, os.O_RDONLY | _BINARY | getattr(os, "O_NONBLOCK", 0))
    try:
        if not stat.S_ISREG(os.fstat(fd).st_mode):
            raise NotAFile(errno.EINVAL, "not a file", str(path))
        return os.fdopen(fd, "rb", buffer)
    except BaseException:
        os.close(fd)
        raise


def state_of(file: BinaryIO) -> tuple[int, int, int, int]:
    """Another when the file is another, or longer, or was changed (but not within `SETTLED` of its last change)."""
    look = os.fstat(file.fileno())
    return look.st_dev, look.st_ino, look.st_size, look.st_mtime_ns


@contextmanager
def system_errors(path: Path) -> Iterator[None]:
    """What the system refuses (ENOSPC, EACCES, EROFS, …) becomes DiskFailed with the path."""
    try:
        yield
    except OSError as error:
        raise DiskFailed(path=str(path), reason=error.strerror or str(error)) from error


def private_folder(path: Path) -> None:
    """Make ``path`` with mode 0700. A folder that already holds something keeps its mode: it may not be ours."""
    with system_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            path.mkdir(FOLDER_MODE)
            sync_folder(path.parent)
        if not any(path.iterdir()):
            path.chmod(FOLDER_MODE)  # the umask may have taken more than we asked


def open_private(path: Path, flags: int, mode: int = FILE_MODE) -> int:
    """A descriptor of a file that, when it is made here, nobody else may read."""
    return os.open(path, flags | _BINARY, mode)


def write_all(fd: int, data: bytes) -> None:
    """All of it: a single write may stop short, on a full disk above all."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(fd, rest) :]


def temporary_name(folder: Path) -> Path:
    """A name nobody else uses. A left-over of a killed process is seen by `doctor`."""
    return folder / f".incoming-{os.getpid()}-{os.urandom(4).hex()}"


def put_in_place(temporary: Path, path: Path) -> None:
    """Rename over ``path`` and make the rename last."""
    temporary.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """A new name survives a power cut only when its folder was synced; Windows knows no such call."""
    if sys.platform != "win32":
        fd = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)


def atomic_write(path: Path, data: bytes, mode: int = FILE_MODE) -> None:
    """Replace ``path`` by ``data``, whole or not at all. Raises DiskFailed."""
    temporary = temporary_name(path.parent)
    with system_errors(path):
        try:
            fd = open_private(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
            try:
                write_all(fd, data)
                os.fsync(fd)
            finally:
                os.close(fd)
            put_in_place(temporary, path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
