"""Blocks to a file, its format by its ending.

The file appears whole or not at all, and only its owner can read it.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from jdneg.blocks import Block
from jdneg.errors import DiskFailed, OutputExists, UnknownFormat

if TYPE_CHECKING:
    from jdneg.documents.workbook import Book


def _markdown(blocks: Iterable[Block]) -> bytes:
    from jdneg.documents.markdown import to_markdown

    return to_markdown(blocks).encode()


def _docx(blocks: Iterable[Block], *, compact: bool = False) -> bytes:
    from jdneg.documents.docx import to_docx

    return to_docx(blocks, compact=compact)


def _html(blocks: Iterable[Block], *, compact: bool = False) -> bytes:
    from jdneg.blocks import Heading
    from jdneg.documents.html import page
    from jdneg.i18n import language

    shown = list(blocks)
    title = next((one.text for one in shown if isinstance(one, Heading)), "")
    return page(title, shown, language(), compact=compact).encode()


def _xlsx(blocks: Iterable[Block]) -> bytes:
    from jdneg.documents.workbook import book_of
    from jdneg.documents.xlsx import to_xlsx

    return to_xlsx(book_of(blocks))


WRITERS: dict[str, Callable[[Iterable[Block]], bytes]] = {
    ".md": _markdown, ".docx": _docx, ".html": _html, ".xlsx": _xlsx,
}  # fmt: skip


# What can be set closer, to stand on one page.
COMPACT: dict[str, Callable[[Iterable[Block]], bytes]] = {
    ".docx": partial(_docx, compact=True), ".html": partial(_html, compact=True),
}  # fmt: skip


def write(
    blocks: Iterable[Block],
    path: Path,
    *,
    force: bool = False,
    book: Callable[[], Book] | None = None,
    compact: bool = False,
) -> Path:
    """Write the document and return its path. ``book`` makes the workbook of a document that has figures to follow;

    ``compact`` sets a short text close enough for one page.

    UnknownFormat for another ending, OutputExists for a file that is there (unless ``force``), DiskFailed for what
    the system refuses. Looks before it makes: nothing is written when any of these is raised.
    """
    writer = writer_for(path)
    if compact:
        writer = COMPACT.get(path.suffix.lower(), writer)
    refuse_existing(path, force=force)
    save(path, _workbook(book) if book and path.suffix.lower() == ".xlsx" else writer(blocks), force=force)
    return path


def _workbook(book: Callable[[], Book]) -> bytes:
    from jdneg.documents.xlsx import to_xlsx

    return to_xlsx(book())


def writer_for(path: Path) -> Callable[[Iterable[Block]], bytes]:
    """The writer for a path's ending, or UnknownFormat; a command asks before it commits a record."""
    writer = WRITERS.get(path.suffix.lower())
    if writer is None:
        raise UnknownFormat(path=str(path), accepted=", ".join(WRITERS))
    return writer


def refuse_existing(path: Path, *, force: bool = False) -> None:
    """Raises OutputExists where something stands at the path already, a broken link too."""
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
