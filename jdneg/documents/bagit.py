"""A BagIt 1.0 bag (RFC 8493) written to a folder or a zip, streamed, the same bytes for the same input.

`write_bag` takes the payload first and hands the hash of its manifest to whoever makes the tag files, so that
a readme at the bag's root can print it. Names are NFC with ``/``; in manifests ``%``, CR and LF are
percent-encoded. Two names that a Windows or macOS disk would take for one are refused.
"""

from __future__ import annotations

import hashlib
import os
import stat
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import IO, Protocol

from jdneg.errors import UnsafeName
from jdneg.values import dataclass

CHUNK = 1 << 20
MANIFEST = "manifest-sha256.txt"
TAGMANIFEST = "tagmanifest-sha256.txt"
REQUIRED_TAGMANIFEST = ("Jdneg-Tagmanifest", "required")

# The earliest time a zip can hold: the day a bag was made stands in bag-info.txt, not in its entries.
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_ENCODED = {"%": "%25", "\r": "%0D", "\n": "%0A"}


@dataclass(frozen=True, slots=True)
class BagFile:
    """``path`` from the bag's root, ``data/…`` for payload; ``open`` gives the bytes when they are needed.

    ``sha256``, when known beforehand, must be what was read, else `HashMoved` is raised by the writer.
    """

    path: str
    open: Callable[[], IO[bytes]]
    sha256: str | None = None


class HashMoved(Exception):
    """What was read is not what the caller said it would be. ``args`` holds the path."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a bag came to: its two manifests' hashes, the number of files and of payload bytes."""

    manifest_sha256: str
    tagmanifest_sha256: str
    files: int
    payload_bytes: int


class Sink(Protocol):
    """Takes files one after another."""

    def put(self, path: str, chunks: Iterable[bytes]) -> None: ...


def from_bytes(path: str, content: bytes) -> BagFile:
    """A file of a bag whose content is at hand."""
    return BagFile(path, lambda: BytesIO(content))


def encode_path(path: str) -> str:
    """A name as a manifest holds it."""
    return "".join(_ENCODED.get(char, char) for char in path)


def write_bag(
    sink: Sink,
    payload: Iterable[BagFile],
    tags: Callable[[str], Iterable[BagFile]],
    info: Iterable[tuple[str, str]],
) -> Written:
    """Write a whole bag. ``tags`` gets the payload manifest's hash and returns the root files beside it.

    Raises UnsafeName for names that leave the bag or clash, HashMoved when a source changed.
    """
    names = _Names()
    rows = [_put(sink, one, names.payload(one.path)) for one in payload]
    manifest = _manifest(rows)
    manifest_hash = hashlib.sha256(manifest).hexdigest()
    octets = sum(size for _, _, size in rows)
    fixed = (
        from_bytes("bagit.txt", b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"),
        from_bytes("bag-info.txt", _bag_info(info, octets, len(rows))),
        from_bytes(MANIFEST, manifest),
    )
    root = [_put(sink, one, names.tag(one.path)) for one in (*fixed, *tags(manifest_hash))]
    tagmanifest = _manifest(root)
    _put(sink, from_bytes(TAGMANIFEST, tagmanifest), names.tag(TAGMANIFEST))
    return Written(manifest_hash, hashlib.sha256(tagmanifest).hexdigest(), len(rows) + len(root) + 1, octets)


def _put(sink: Sink, one: BagFile, path: str) -> tuple[str, str, int]:
    """The row of one file in its manifest, and its size."""
    digest, size = hashlib.sha256(), 0

    def chunks() -> Iterator[bytes]:
        nonlocal size
        with one.open() as stream:
            while chunk := stream.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
                yield chunk

    sink.put(path, chunks())
    if one.sha256 is not None and digest.hexdigest() != one.sha256:
        raise HashMoved(path)
    return path, digest.hexdigest(), size


def _manifest(rows: Iterable[tuple[str, str, int]]) -> bytes:
    return "".join(f"{digest}  {encode_path(path)}\n" for path, digest, _ in sorted(rows)).encode("utf-8")


def _bag_info(info: Iterable[tuple[str, str]], octets: int, count: int) -> bytes:
    lines = [*info, ("Payload-Oxum", f"{octets}.{count}"), REQUIRED_TAGMANIFEST]
    return "".join(f"{label}: {' '.join(value.split())}\n" for label, value in lines).encode("utf-8")


class _Names:
    """Checks each name, and that no two are one to a disk that folds case or normalisation."""

    def __init__(self) -> None:
        self.seen: set[str] = set()

    def payload(self, path: str) -> str:
        if not path.startswith("data/"):
            raise UnsafeName(value=path)
        return self._check(path)

    def tag(self, path: str) -> str:
        if path.casefold().split("/")[0] == "data":
            raise UnsafeName(value=path)
        return self._check(path)

    def _check(self, path: str) -> str:
        name = unicodedata.normalize("NFC", path)
        parts = name.split("/")
        key = unicodedata.normalize("NFC", name.casefold())
        if "\\" in name or "\0" in name or any(part in ("", ".", "..") for part in parts) or key in self.seen:
            raise UnsafeName(value=path)
        self.seen.add(key)
        return name


class FolderSink:
    """Files below ``root``, which must be ours alone; each is flushed to the disk before the next."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, path: str, chunks: Iterable[bytes]) -> None:
        target = self.root.joinpath(*path.split("/"))
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with target.open("xb") as out:
            out.writelines(chunks)
            out.flush()
            os.fsync(out.fileno())
        target.chmod(0o600)


class ZipSink:
    """Entries below ``top`` of an open zip: stored as they are, so no compressor decides the bytes."""

    def __init__(self, archive: zipfile.ZipFile, top: str) -> None:
        self.archive = archive
        self.top = top

    def put(self, path: str, chunks: Iterable[bytes]) -> None:
        entry = zipfile.ZipInfo(f"{self.top}/{path}", _ZIP_TIME)
        entry.create_system = 3
        entry.external_attr = (stat.S_IFREG | 0o600) << 16
        with self.archive.open(entry, "w", force_zip64=True) as out:
            for chunk in chunks:
                out.write(chunk)
