"""What an importer makes of a foreign file, row by row.

Good rows survive bad ones. Nothing is written here: candidates go to `jdneg.importers.plan`, a dry run first.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NoReturn

from jdneg.domain.messages import Message
from jdneg.domain.records.contact import Contact, Source
from jdneg.errors import BadForeignFile, DiskFailed, FileMissing
from jdneg.values import dataclass


@dataclass(frozen=True, slots=True)
class Candidate:
    """A contact as the file tells it. ``slot`` names the message whatever its words, ``key`` with its words."""

    record: Contact
    slot: str
    attachments: int = 0

    @property
    def source(self) -> Source:
        assert self.record.source is not None
        return self.record.source

    @property
    def key(self) -> str:
        return self.source.key


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that is readable and rightly not imported: a draft, a stranger's message."""

    row: int
    reason: Message


@dataclass(frozen=True, slots=True)
class RowError:
    """A row that cannot be used. ``row`` counts records from 1; ``column`` is the field at fault.

    ``breaks_off``: nothing after it could be read.
    """

    row: int
    column: str | None
    reason: Message
    breaks_off: bool = False


@dataclass(frozen=True, slots=True)
class Announced:
    """How many messages the file says it holds, where it holds fewer."""

    count: int


Row = Candidate | Skipped | RowError | Announced


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """The file for reading bytes; FileMissing or DiskFailed instead of OSError, BadForeignFile for what is no file.

    A pipe is not waited for.
    """
    try:
        fd = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(fd, "rb", closefd=True) if _is_file(fd) else _no_file(fd, path) as file:
            yield file
    except FileNotFoundError:
        raise FileMissing(path=str(path)) from None
    except OSError as error:
        raise DiskFailed(path=str(path), reason=error.strerror or type(error).__name__) from error


def _is_file(fd: int) -> bool:
    return stat.S_ISREG(os.fstat(fd).st_mode)


def _no_file(fd: int, path: Path) -> NoReturn:
    os.close(fd)
    raise BadForeignFile(path=str(path), reason=Message("integrity.not_a_file"))
