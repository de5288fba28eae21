"""Files given as evidence: copied byte for byte under their SHA-256, read-only, the user's own file never touched."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator
from pathlib import Path, PurePath
from typing import BinaryIO

from jdneg.domain.messages import Message
from jdneg.errors import BadForeignFile, FileMissing, VaultBroken
from jdneg.storage.files import (
    NotAFile,
    open_private,
    open_regular,
    private_folder,
    put_in_place,
    system_errors,
    temporary_name,
    write_all,
)  # fmt: skip
from jdneg.values import dataclass

Step = Callable[[int, int], None]

READ_ONLY = 0o400
_BLOCK = 1 << 20

# Ours, because the table of Python's mimetypes differs from machine to machine.
_MEDIA_TYPES = {
    ".pdf": "application/pdf", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".gif": "image/gif",
    ".webp": "image/webp", ".heic": "image/heic", ".bmp": "image/bmp", ".tif": "image/tiff", ".tiff": "image/tiff",
    ".m4a": "audio/mp4", ".mp3": "audio/mpeg", ".wav": "audio/wav", ".amr": "audio/amr", ".aac": "audio/aac",
    ".ogg": "audio/ogg", ".mp4": "video/mp4", ".mov": "video/quicktime", ".3gp": "video/3gpp", ".txt": "text/plain",
    ".md": "text/markdown", ".html": "text/html", ".htm": "text/html", ".csv": "text/csv", ".xml": "application/xml",
    ".json": "application/json", ".eml": "message/rfc822", ".zip": "application/zip", ".doc": "application/msword",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xls": "application/vnd.ms-excel",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class VaultFile:
    """What is known of a file taken in. ``size`` in bytes; ``modified_at`` in UTC; the type is told by its ending."""

    sha256: str
    size: int
    name: str
    modified_at: dt.datetime
    media_type: str | None


class Vault:
    def __init__(self, home: Path) -> None:
        self.folder = home / "vault"

    def path(self, digest: str) -> Path:
        """Where the file with this SHA-256 stands, whether it is there or not."""
        return self.folder / digest[:2] / digest

    def add(self, path: Path | str, step: Step | None = None) -> VaultFile:
        """Take a copy. The same bytes twice are one file. ``step`` is told how many bytes are copied, of how many.

        Raises FileMissing, BadForeignFile for what is no file, VaultBroken when the copy we have is damaged,
        DiskFailed.
        """
        source = Path(path)
        with system_errors(source):
            try:
                stat = source.stat()
                file = open_regular(source)
            except (FileNotFoundError, NotADirectoryError) as error:
                raise FileMissing(path=str(source)) from error
            except NotAFile as error:
                raise BadForeignFile(path=str(source), reason=Message("integrity.not_a_file")) from error
            with file:
                digest, size = self._take(file, (lambda done: step(done, stat.st_size)) if step else None)
        name = os.fsencode(source.name).decode("utf-8", "replace")
        return VaultFile(digest, size, name, _moment(stat.st_mtime_ns), media_type_of(name))

    def _take(self, file: BinaryIO, seen: Callable[[int], None] | None) -> tuple[str, int]:
        with system_errors(self.folder):
            private_folder(self.folder)
            temporary = temporary_name(self.folder)
            try:
                digest, size = _copy(file, temporary, seen)
                self._place(temporary, digest)
            finally:
                temporary.unlink(missing_ok=True)
        return digest, size

    def _place(self, temporary: Path, digest: str) -> None:
        path = self.path(digest)
        if path.exists():
            self.verify(digest)
            return
        private_folder(path.parent)
        put_in_place(temporary, path)

    def open(self, digest: str) -> BinaryIO:
        """The file's bytes, unchecked. Raises VaultBroken when it is gone."""
        path = self.path(digest)
        with system_errors(path):
            try:
                return open_regular(path)
            except FileNotFoundError as error:
                raise _broken(path, "vault_missing") from error
            except NotAFile as error:
                raise _broken(path, "not_a_file") from error

    def verify(self, digest: str) -> None:
        """Read the whole file and compare. Raises VaultBroken when it is gone or not what it was."""
        from hashlib import sha256

        with self.open(digest) as file, system_errors(self.path(digest)):
            found = sha256()
            while block := file.read(_BLOCK):
                found.update(block)
        if found.hexdigest() != digest:
            raise _broken(self.path(digest), "vault_changed")

    def digests(self) -> Iterator[str]:
        """Of all files that are there, in order."""
        with system_errors(self.folder):
            for path in sorted(self.folder.glob("??/*")):
                yield path.name


def _copy(file: BinaryIO, temporary: Path, seen: Callable[[int], None] | None) -> tuple[str, int]:
    from hashlib import sha256

    found, size = sha256(), 0
    fd = open_private(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
    try:
        while block := file.read(_BLOCK):
            found.update(block)
            size += len(block)
            write_all(fd, block)
            if seen is not None:
                seen(size)
        os.fsync(fd)
    finally:
        os.close(fd)
    temporary.chmod(READ_ONLY)
    return found.hexdigest(), size


def _broken(path: Path, what: str) -> VaultBroken:
    return VaultBroken(path=str(path), reason=Message(f"integrity.{what}"))


def _moment(nanoseconds: int) -> dt.datetime:
    seconds, rest = divmod(nanoseconds, 1_000_000_000)
    return dt.datetime.fromtimestamp(seconds, dt.UTC).replace(microsecond=rest // 1000)


def media_type_of(name: str) -> str | None:
    return _MEDIA_TYPES.get(PurePath(name).suffix.lower())
