"""A page that is shown, or written to a file with ``-o``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from jdneg.blocks import Block, Paragraph
from jdneg.i18n import t
from jdneg.result import Result
from jdneg.session import expanded


def printed(page: Result, output: str | None, *, compact: bool = False, blocks: Sequence[Block] = ()) -> Result:
    """The page itself, or one line that says where it was written; ``blocks`` where the file has more to show."""
    if output is None:
        return page
    from jdneg.documents.writers import write

    path = write(blocks or page.view, expanded(output), compact=compact)
    data = {**page.data, "path": str(path)}
    return replace(page, data=data, view=(Paragraph(t("app.page_written", path=str(path))),))
