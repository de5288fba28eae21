"""Blocks as CommonMark (with GFM tables). Every text is escaped: it reads as typed, whatever it contains."""

from __future__ import annotations

import re
from collections.abc import Iterable

from jdneg.blocks import Block, Bullets, Facts, Heading, Paragraph, Picture, Preformatted, Table
from jdneg.documents.plain import fit, one_line
from jdneg.i18n import t

_INLINE = re.compile(r"[\\`*_\[\]<>&~|$]")
# At the start of a line these would open a heading, a list, a rule or a table row; an amount opens none.
_OPENER = re.compile(r"^(#|[-+](?=\s|$)|[-=:](?=[-=:\s]*$)|-(?=[-:])|:(?=-)|\d{1,9}(?=[.)](?:\s|$)))")
# At the end of a heading these would be read as its closing mark.
_CLOSER = re.compile(r"(?<!\\)#(?=#*$)")
_CLOSED = r"\\#"
# Bare links become clickable in many readers; a collector's link must not.
_LINK = re.compile(r"(?<=[a-zA-Z]):(?=//)|(?<=\b[wW]{3})\.")


def to_markdown(blocks: Iterable[Block]) -> str:
    """One text, blocks parted by an empty line, ending in a newline."""
    return "\n\n".join(_block(block) for block in blocks) + "\n"


def escape(text: str) -> str:
    """One line of text that CommonMark shows as it is. Its ends are trimmed, inner space is kept single."""
    return _escape_line(one_line(text))


def _escape_line(line: str) -> str:
    return _OPENER.sub(_open, _inside(line))


def _inside(line: str) -> str:
    """What stands after something else on its line, as a cell does, can open nothing."""
    return _LINK.sub(lambda found: "\\" + found[0], _INLINE.sub(r"\\\g<0>", one_line(line)))


def _open(found: re.Match[str]) -> str:
    """A list number cannot itself be escaped: its mark is, right after it."""
    return found[0] + "\\" if found[0].isdecimal() else "\\" + found[0]


def _block(block: Block) -> str:
    if isinstance(block, Heading):
        return f"{'#' * block.level} {_CLOSER.sub(_CLOSED, escape(block.text))}"
    if isinstance(block, Paragraph):
        return _paragraph(block)
    if isinstance(block, Bullets):
        return "\n".join(f"{_mark(block, n)} {escape(item)}" for n, item in enumerate(block.items, 1))
    if isinstance(block, Facts):
        colon = t("app.colon")
        return "\n".join(f"- {escape(label)}{colon}{_inside(text)}" for label, text in block.rows)
    if isinstance(block, Picture):
        return _inside(block.text)
    if isinstance(block, Preformatted):
        return _fenced(fit(block.text))
    return _table(block)


def _fenced(text: str) -> str:
    """Between fences longer than any run of the same sign inside."""
    runs = re.findall(r"`+", text)
    fence = "`" * max(3, 1 + max(map(len, runs), default=0))
    return f"{fence}\n{text}\n{fence}"


def _mark(block: Bullets, number: int) -> str:
    return f"{number}." if block.numbered else "-"


def _paragraph(block: Paragraph) -> str:
    lines = [_escape_line(" ".join(line.split())) for line in fit(block.text).split("\n") if line.strip()]
    text = "\\\n".join(lines)
    return f"**{text}**" if block.strong and text else text


def _table(block: Table) -> str:
    rule = ["---:" if n in block.right else "---" for n in range(len(block.headers))]
    rows = [[_inside(cell) or " " for cell in row] for row in (block.headers, *block.rows)]
    lines = [_row(rows[0]), _row(rule), *(_row(row) for row in rows[1:])]
    title = f"**{escape(block.title)}**\n\n" if block.title else ""
    return title + "\n".join(lines)


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
