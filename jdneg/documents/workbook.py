"""A workbook as plain data: sheets of rows of cells, figures and formulas apart from words.

A text is always a text, whatever it looks like; only a `Formula` is one, and only we make them. Every formula carries
the value it comes to, so that a reader which does not calculate shows the same figures.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Literal

from jdneg.blocks import Block, Bullets, Facts, Heading, Paragraph, Picture, Preformatted, Table
from jdneg.values import dataclass

# yuan to the fen, yuan to four places, a rate a day, a rate a year, a count
Form = Literal["yuan", "fine", "daily", "percent", "count"]
Kind = Literal["plain", "title", "section", "head", "total", "strong", "note"]


@dataclass(frozen=True, slots=True)
class Number:
    value: Decimal
    form: Form = "yuan"


@dataclass(frozen=True, slots=True)
class Formula:
    """``text`` starts with ``=``; ``value`` is what it comes to."""

    text: str
    value: Decimal
    form: Form = "yuan"


Cell = str | Number | Formula | dt.date | None


@dataclass(frozen=True, slots=True)
class Row:
    """``wide``: the first cell's text runs across the whole sheet; ``span``: the last one's across what is left."""

    cells: tuple[Cell, ...]
    kind: Kind = "plain"
    wide: bool = False
    span: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """``frozen`` rows stay in sight and are printed on every page. ``name`` has at most 31 characters."""

    name: str
    rows: tuple[Row, ...]
    frozen: int = 0


@dataclass(frozen=True, slots=True)
class Book:
    """``title`` and ``made_on`` go into the file's properties."""

    title: str
    made_on: dt.date
    sheets: tuple[Sheet, ...]


def book_of(blocks: Iterable[Block], name: str = "1", made_on: dt.date = dt.date(2000, 1, 1)) -> Book:
    """Any document as one sheet of texts."""
    shown = list(blocks)
    title = next((one.text for one in shown if isinstance(one, Heading)), name)
    return Book(title, made_on, (Sheet(name, rows_of(shown)),))


def rows_of(blocks: Iterable[Block]) -> tuple[Row, ...]:
    """Blocks as rows of texts, an empty row before each heading and table but the first."""
    rows: list[Row] = []
    for block in blocks:
        if rows and isinstance(block, Heading | Table):
            rows.append(Row(()))
        rows += _rows(block)
    return tuple(rows)


def _rows(block: Block) -> list[Row]:
    if isinstance(block, Heading):
        return [Row((block.text,), "title" if block.level == 1 else "section", wide=True)]
    if isinstance(block, Paragraph):
        return [Row((block.text,), "strong" if block.strong else "note", wide=True)]
    if isinstance(block, Bullets):
        marks = (f"{number}. " if block.numbered else "· " for number in range(1, len(block.items) + 1))
        return [Row((mark + item,), "note", wide=True) for mark, item in zip(marks, block.items, strict=True)]
    if isinstance(block, Facts):
        return [Row((label, text), span=True) for label, text in block.rows]
    if isinstance(block, Preformatted | Picture):
        return [Row((line,), "note", wide=True) for line in block.text.split("\n")]
    head = [Row((block.title,), "strong", wide=True)] if block.title else []
    return [*head, Row(block.headers, "head", span=True), *(Row(row, span=True) for row in block.rows)]
