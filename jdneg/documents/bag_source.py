"""What lies in a folder or a zip that says it is a bag. Nothing is ever unpacked, no link is followed."""

from __future__ import annotations

import os
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import field
from pathlib import Path
from typing import IO, Literal, Protocol

from jdneg.documents.bag_manifest import twice, unsafe
from jdneg.errors import FileMissing
from jdneg.values import dataclass

Kind = Literal["invalid", "altered", "missing", "extra", "unverifiable"]

# Far above any bundle; below what would keep a machine busy for hours.
MOST_FILES = 100_000
MOST_BYTES = 1 << 40
MOST_INFLATION = 200
SMALL_ENOUGH = 1 << 30


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong: ``code`` is the catalogue key ``bundle.fault_<code>``."""

    path: str
    kind: Kind
    code: str
    facts: tuple[tuple[str, str], ...] = ()


class Unreadable(Exception):
    """A file's bytes cannot be had. ``args`` holds the kind and the code of the fault."""

    def __init__(self, kind: Kind, code: str) -> None:
        super().__init__(kind, code)
        self.kind = kind
        self.code = code


class Source(Protocol):
    """The bag's files by path and size, and what was wrong with the container itself."""

    files: dict[str, int]
    faults: list[Fault]

    def open(self, path: str) -> IO[bytes]: ...

    def close(self) -> None: ...


def open_source(path: Path) -> Source:
    """The folder or zip at ``path``. Raises FileMissing; anything else wrong becomes a fault."""
    if path.is_dir():
        return Folder(path)
    if not path.exists():
        raise FileMissing(path=str(path))
    return Zip(path) if path.is_file() else NoFile(path)


@dataclass(slots=True)
class NoFile:
    """A pipe or a device: it would be waited for without end, so it is never opened."""

    path: Path
    files: dict[str, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.faults.append(Fault(self.path.name, "invalid", "special"))

    def open(self, path: str) -> IO[bytes]:  # noqa: ARG002 -- as every source is opened
        raise Unreadable("invalid", "special")

    def close(self) -> None:
        """Nothing was opened."""


@dataclass(slots=True)
class Folder:
    root: Path
    files: dict[str, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def __post_init__(self) -> None:
        waiting = [""]
        while waiting:
            below = waiting.pop()
            try:
                with os.scandir(self.root / below) as entries:
                    waiting += self._look(below, list(entries))
            except OSError:
                self.faults.append(Fault(below or ".", "unverifiable", "unreadable"))
            if len(self.files) > MOST_FILES:
                self.faults.append(Fault(".", "invalid", "too_many"))
                return

    def _look(self, below: str, entries: list[os.DirEntry[str]]) -> Iterator[str]:
        """Take in the files of one folder; yield the folders in it."""
        for entry in sorted(entries, key=lambda one: one.name):
            path = f"{below}/{entry.name}" if below else entry.name
            mode = entry.stat(follow_symlinks=False).st_mode
            if stat.S_ISDIR(mode):
                yield path
            elif stat.S_ISREG(mode):
                self.files[path] = entry.stat(follow_symlinks=False).st_size
            else:
                self.faults.append(Fault(path, "invalid", "link" if stat.S_ISLNK(mode) else "special"))

    def open(self, path: str) -> IO[bytes]:
        # O_NOFOLLOW: a file may have become a link since we looked.
        flags = os.O_RDONLY
        for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"):
            flags |= getattr(os, name, 0)
        return os.fdopen(os.open(self.root / path, flags), "rb")

    def close(self) -> None:
        """A folder holds nothing open."""


@dataclass(slots=True)
class Zip:
    path: Path
    files: dict[str, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    archive: zipfile.ZipFile | None = None
    top: str = ""

    def __post_init__(self) -> None:
        try:
            self.archive = zipfile.ZipFile(self.path)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
            self.faults.append(Fault(self.path.name, "invalid", "not_a_bag"))
            return
        entries = self.archive.infolist()
        names = [entry.orig_filename for entry in entries]
        self.faults += _refused(entries)
        self.faults += [Fault(name, "invalid", "zip_twice") for name in sorted(twice(names))]
        self.top = _top(names)
        for entry in entries:
            self._take(entry)

    def _take(self, entry: zipfile.ZipInfo) -> None:
        name = entry.orig_filename
        if unsafe(name.removesuffix("/")):
            self.faults.append(Fault(name, "invalid", "unsafe"))
        elif stat.S_ISLNK(entry.external_attr >> 16):
            self.faults.append(Fault(name, "invalid", "link"))
        elif name.endswith("/"):
            return
        elif name.startswith(self.top):
            self.files[name.removeprefix(self.top)] = entry.file_size
        else:
            self.faults.append(Fault(name, "extra", "outside"))

    def open(self, path: str) -> IO[bytes]:
        assert self.archive is not None
        return self.archive.open(self.top + path)

    def close(self) -> None:
        if self.archive is not None:
            self.archive.close()


def _refused(entries: list[zipfile.ZipInfo]) -> list[Fault]:
    """Archives made to exhaust whoever opens them."""
    size = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    bomb = size > MOST_BYTES or (size > SMALL_ENOUGH and size > packed * MOST_INFLATION)
    if len(entries) > MOST_FILES:
        return [Fault(".", "invalid", "too_many")]
    return [Fault(".", "invalid", "zip_bomb")] if bomb else []


def _top(names: list[str]) -> str:
    """The folder of the zip that holds the bag, with its slash; "" when the bag is the zip's root."""
    homes = sorted(name.removesuffix("bagit.txt") for name in names if name.split("/")[-1] == "bagit.txt")
    if homes:
        return min(homes, key=lambda home: (home.count("/"), home))
    tops = {name.split("/")[0] for name in names if "/" in name}
    return f"{tops.pop()}/" if len(tops) == 1 and all("/" in name for name in names) else ""


@contextmanager
def reading(source: Source, path: str) -> Iterator[IO[bytes]]:
    """An open file of the bag; whatever goes wrong while reading it becomes `Unreadable`."""
    try:
        with source.open(path) as stream:
            yield stream
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise Unreadable("altered", "damaged") from error
    except (RuntimeError, NotImplementedError) as error:
        raise Unreadable("unverifiable", "locked") from error
    except (OSError, ValueError) as error:
        raise Unreadable("unverifiable", "unreadable") from error
