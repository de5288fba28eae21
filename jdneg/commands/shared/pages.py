"""Where a page goes with ``-o``: into a file whose name says its format, and what is said of it then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from jdneg.blocks import Block, Paragraph
from jdneg.i18n import t
from jdneg.result import Result
from jdneg.session import expanded


def target(output: str, *endings: str, force: bool = False) -> Path:
    """The file a user named, looked at before anything is made: of one of ``endings``, where any are given.

    Raises UnknownFormat and (unless ``force``) OutputExists.
    """
    from jdneg.documents.writers import refuse_existing
    from jdneg.errors import UnknownFormat

    path = expanded(output)
    if endings and path.suffix.lower() not in endings:
        raise UnknownFormat(path=str(path), accepted=", ".join(endings))
    refuse_existing(path, force=force)
    return path


def printed(page: Result, output: str | None, *, compact: bool = False, blocks: Sequence[Block] = ()) -> Result:
    """The page itself, or one line that says where it was written; ``blocks`` where the file has more to show."""
    if output is None:
        return page
    from jdneg.documents.writers import write

    return noted(page, write(blocks or page.view, expanded(output), compact=compact), alone=True)


def noted(page: Result, path: Path, *, alone: bool = False) -> Result:
    """The page with the place of its file: in ``data.path`` and in a line at its end, or ``alone`` in its stead."""
    said = Paragraph(t("app.page_written", path=str(path)))
    return replace(page, data={**page.data, "path": str(path)}, view=(said,) if alone else (*page.view, said))
