"""Blocks to a file, its format by its ending.

The file appears whole or not at all, and only its owner can read it.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from jdneg.blocks import Block
from jdneg.errors import DiskFailed, OutputExists, UnknownFormat


def _markdown(blocks: Iterable[Block]) -> bytes:
    from jdneg.documents.markdown import to_markdown

    return to_markdown(blocks).encode()


def _docx(blocks: Iterable[Block]) -> bytes:
    from jdneg.documents.docx import to_docx

    return to_docx(blocks)


WRITERS: dict[str, Callable[[Iterable[Block]], bytes]] = {".md": _markdown, ".docx": _docx}


def write(blocks: Iterable[Block], path: Path, *, force: bool = False) -> Path:
    """Write the document and return its path.

    UnknownFormat for another ending, OutputExists for a file that is there (unless ``force``), DiskFailed for what
    the system refuses. Looks before it makes: nothing is written when any of these is raised.
    """
    writer = writer_for(path)
    refuse_existing(path, force=force)
    save(path, writer(blocks), force=force)
    return path


def writer_for(path: Path) -> Callable[[Iterable[Block]], bytes]:
    """The writer for a path's ending, or UnknownFormat; a command asks before it commits a record."""
    writer = WRITERS.get(path.suffix.lower())
    if writer is None:
        raise UnknownFormat(path=str(path), accepted=", ".join(WRITERS))
    return writer


def refuse_existing(path: Path, *, force: bool = False) -> None:
    if not force and os.path.lexists(path):
        raise OutputExists(path=str(path))


def save(path: Path, content: bytes, *, force: bool = False) -> None:
    """Through a file beside it (made 0600), so that a crash leaves the old file or the new one."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".jdneg-", suffix=".part")
    except OSError as refused:
        raise DiskFailed(path=str(path), reason=refused.strerror or str(refused)) from refused
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        _place(Path(name), path, force=force)
    except OSError as refused:
        raise DiskFailed(path=str(path), reason=refused.strerror or str(refused)) from refused
    finally:
        with contextlib.suppress(FileNotFoundError):
            Path(name).unlink()


def _place(made: Path, path: Path, *, force: bool) -> None:
    """Without ``force`` by a hard link, which fails if somebody made the file meanwhile."""
    if force:
        made.replace(path)
        return
    try:
        path.hardlink_to(made)
    except FileExistsError as taken:
        raise OutputExists(path=str(path)) from taken
    except OSError:  # a file system without hard links
        refuse_existing(path)
        made.replace(path)
