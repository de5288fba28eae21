"""A planned bundle to the disk: beside its target first, flushed, then renamed. Originals pass through in pieces."""

from __future__ import annotations

import os
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import IO

from jdneg.documents.bagit import BagFile, FolderSink, HashMoved, Sink, Written, ZipSink, from_bytes, write_bag
from jdneg.documents.bundle import README, Bundle, OpenOriginal, Planned
from jdneg.documents.bundle_meta import HASH_HERE
from jdneg.documents.bundle_pages import Withheld
from jdneg.errors import DiskFailed, OutputExists, VaultBroken
from jdneg.values import dataclass


@dataclass(frozen=True, slots=True)
class BundleWritten:
    """Where it is and what to keep elsewhere: ``tagmanifest_sha256`` covers everything in the bundle."""

    path: Path
    manifest_sha256: str
    tagmanifest_sha256: str
    files: int
    payload_bytes: int
    third_parties: tuple[str, ...]
    withheld: tuple[Withheld, ...]
    missing: tuple[str, ...]


def target_of(bundle: Bundle, out_dir: Path, *, as_zip: bool) -> Path:
    """Where `write_bundle` would write. Raises OutputExists when something is there."""
    target = out_dir / (f"{bundle.name}.zip" if as_zip else bundle.name)
    if os.path.lexists(target):
        raise OutputExists(path=str(target))
    return target


def write_bundle(bundle: Bundle, out_dir: Path, *, as_zip: bool, open_original: OpenOriginal) -> BundleWritten:
    """Write it into ``out_dir``, which is made if need be. Nothing is left behind when it fails.

    Raises OutputExists, VaultBroken when an original is not what its record says, DiskFailed.
    """
    target = target_of(bundle, out_dir, as_zip=as_zip)
    try:
        out_dir.mkdir(parents=True, exist_ok=True)
        written = (_zip if as_zip else _folder)(bundle, target, open_original)
    except HashMoved as error:
        raise VaultBroken(path=str(error.args[0]), reason="SHA-256") from error
    except OSError as error:
        raise DiskFailed(path=str(target), reason=error.strerror or str(error)) from error
    return BundleWritten(
        target, written.manifest_sha256, written.tagmanifest_sha256, written.files, written.payload_bytes,
        bundle.third_parties, bundle.withheld, bundle.missing,
    )  # fmt: skip


def _folder(bundle: Bundle, target: Path, open_original: OpenOriginal) -> Written:
    made = Path(tempfile.mkdtemp(dir=target.parent, prefix=".jdneg-", suffix=".part"))
    try:
        written = _bag(FolderSink(made), bundle, open_original)
        for folder in (*(one for one in made.rglob("*") if one.is_dir()), made):
            folder.chmod(0o700)
            _flush(folder)
        _rename(made, target)
    finally:
        if made.exists():
            shutil.rmtree(made)
    return written


def _zip(bundle: Bundle, target: Path, open_original: OpenOriginal) -> Written:
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".jdneg-", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as out:
            with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
                written = _bag(ZipSink(archive, bundle.name), bundle, open_original)
            out.flush()
            os.fsync(out.fileno())
        _rename(Path(name), target)
    finally:
        Path(name).unlink(missing_ok=True)
    return written


def _rename(made: Path, target: Path) -> None:
    if os.path.lexists(target):
        raise OutputExists(path=str(target))
    made.rename(target)
    _flush(target.parent)


def _flush(folder: Path) -> None:
    """Make a folder's entries last; where a system cannot flush a folder there is nothing to do."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _bag(sink: Sink, bundle: Bundle, open_original: OpenOriginal) -> Written:
    def tags(manifest_hash: str) -> Iterable[BagFile]:
        yield from_bytes(README, bundle.readme.replace(HASH_HERE, manifest_hash).encode("utf-8"))
        yield from (_file(one, open_original) for one in bundle.tags)

    return write_bag(sink, (_file(one, open_original) for one in bundle.payload), tags, bundle.info)


def _file(one: Planned, open_original: OpenOriginal) -> BagFile:
    if one.content is not None:
        return from_bytes(one.path, one.content)
    assert one.sha256 is not None
    return BagFile(one.path, _opener(open_original, one.sha256), one.sha256)


def _opener(open_original: OpenOriginal, sha256: str) -> Callable[[], IO[bytes]]:
    return lambda: open_original(sha256)
