"""Blocks as one HTML page that needs nothing else: no script, no font, no picture from elsewhere; fit to print."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from html import escape

from jdneg.blocks import Block, Bullets, Facts, Heading, Paragraph, Picture, Preformatted, Table
from jdneg.documents.names import visible

_LANG = {"zh": "zh-CN", "en": "en"}
# Printed: points of a table's type, millimetres between the margins, and what a cell's own edges and a sign take.
_TYPE, _SMALLEST = 8.5, 4.5
_UPRIGHT_MM, _ACROSS_MM = 182, 269
_EDGES_MM, _SIGN_MM = 2.8, 0.3528 * 0.6
_WHOLE, _WORD = 10, 20  # half-width signs: such a short cell, or such a word alone, stays on one line
_ALIGN = {"left": "", "right": ' class="right"', "center": ' class="center"'}
# Above this many columns a page is printed across.
_WIDE = 6
_SHORT = 48  # characters of a row: with few, many columns stand on an upright page too
# In characters: what a column gets at least and at most, where tables share their widths.
_MIN_WIDTH, _MAX_WIDTH = 6, 22

_STYLE = """
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.5rem 3rem; max-width: 60rem; background: #fff; color: #1c1c1c;
  font: 16px/1.65 "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC",
  "WenQuanYi Micro Hei", system-ui, sans-serif; overflow-wrap: anywhere; }
body.wide { max-width: 92rem; }
h1 { font-size: 1.6rem; line-height: 1.3; margin: 0 0 1rem; }
h2 { font-size: 1.2rem; margin: 2rem 0 .6rem; padding-bottom: .2rem; border-bottom: 1px solid #bbb; }
h3 { font-size: 1.05rem; margin: 1.4rem 0 .4rem; }
p { margin: .5rem 0; white-space: pre-wrap; }
p.right { text-align: right; } p.center { text-align: center; }
ul, ol { margin: .5rem 0; padding-left: 1.6rem; } li { white-space: pre-wrap; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.2rem; margin: .6rem 0; }
dt { color: #555; } dd { margin: 0; white-space: pre-wrap; }
.scroll { overflow-x: auto; margin: .8rem 0 1.2rem; }
table { border-collapse: collapse; width: 100%; font-size: .88rem; line-height: 1.5; }
caption { text-align: left; font-weight: 600; padding: .3rem 0; }
th, td { border: 1px solid #bbb; padding: .35rem .5rem; text-align: left; vertical-align: top; min-width: 3.6em; }
table:has(colgroup) { table-layout: fixed; } table:has(colgroup) th { white-space: normal; }
pre { font: inherit; white-space: pre-wrap; padding: .6rem .8rem; border: 1px solid #bbb; background: #fafaf8; }
figure { margin: 1rem 0; } figure svg { width: 100%; height: auto; display: block; }
td { white-space: pre-wrap; } th { background: #f1f1ee; white-space: nowrap; }
th, td { overflow-wrap: break-word; } td.whole { white-space: nowrap; }
td.figure, th.figure { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
@media print {
  @page { size: A4; margin: 16mm 14mm; }
  body, body.wide { max-width: none; padding: 0; font-size: 10.5pt; }
  .scroll { overflow: visible; } table { font-size: var(--print, 8.5pt); } thead { display: table-header-group; }
  th, td { padding: .18rem .3rem; min-width: 0; }
  tr, h1, h2, h3 { break-inside: avoid; } h1, h2, h3 { break-after: avoid; }
}
"""
_ACROSS = "@media print { @page { size: A4 landscape; } }\n"


_CLOSE = """@media print {
  @page { margin: 11mm 13mm; } body { font-size: 11pt; line-height: 1.5; }
  h1 { font-size: 1.4rem; margin-bottom: .3rem; } h2 { margin: .7rem 0 .2rem; font-size: 1.02rem; }
  p, ul, ol { margin: .2rem 0; } h2:last-of-type ~ ol { font-size: 8.4pt; line-height: 1.35; }
}
"""


def page(title: str, blocks: Iterable[Block], lang: str = "zh", *, compact: bool = False) -> str:
    """The whole document. ``title`` stands in the window's title only: put a Heading first to show it.

    ``compact`` prints a short text on one page.
    """
    shown = list(blocks)
    wide = any(isinstance(one, Table) and _is_wide(one) for one in shown)
    style, kind = (_STYLE + _ACROSS, ' class="wide"') if wide else (_STYLE, "")
    style += _CLOSE if compact else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{_LANG.get(lang, "en")}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{_text(title)}</title>\n<style>{style}</style>\n</head>\n"
        f"<body{kind}>\n{body(shown, _ACROSS_MM if wide else _UPRIGHT_MM)}</body>\n</html>\n"
    )


def _is_wide(table: Table) -> bool:
    if len(table.headers) <= _WIDE:
        return False
    columns = zip(table.headers, *table.rows, strict=True)
    return sum(max(map(len, column)) for column in columns) > _SHORT


def body(blocks: Iterable[Block], room: int = _UPRIGHT_MM) -> str:
    """The blocks alone, for a larger page; ``room`` is its width in print, in millimetres."""
    shown = list(blocks)
    tables = [one for one in shown if isinstance(one, Table)]
    return "".join(f"{_block(one, tables, room)}\n" for one in shown)


def _text(text: str) -> str:
    return escape(visible(text), quote=True)


def _block(block: Block, tables: Sequence[Table], room: int) -> str:
    if isinstance(block, Heading):
        level = min(max(block.level, 1), 3)
        return f"<h{level}>{_text(block.text)}</h{level}>"
    if isinstance(block, Paragraph):
        inner = f"<strong>{_text(block.text)}</strong>" if block.strong else _text(block.text)
        return f"<p{_ALIGN.get(block.align, '')}>{inner}</p>"
    if isinstance(block, Bullets):
        tag = "ol" if block.numbered else "ul"
        return f"<{tag}>{''.join(f'<li>{_text(item)}</li>' for item in block.items)}</{tag}>"
    if isinstance(block, Facts):
        return f"<dl>{''.join(f'<dt>{_text(label)}</dt><dd>{_text(value)}</dd>' for label, value in block.rows)}</dl>"
    if isinstance(block, Preformatted):
        return f"<pre>{_text(block.text)}</pre>"
    if isinstance(block, Picture):
        return f'<figure role="img" aria-label="{_text(block.text)}">{block.svg}</figure>'
    return _table(block, _columns(block, tables), room)


def _columns(table: Table, tables: Sequence[Table]) -> str:
    """The same widths for tables of the same columns, so that they stand under one another; else the browser's."""
    alike = [one for one in tables if one.headers == table.headers]
    if len(alike) < 2:
        return ""
    rows = [row for one in alike for row in (one.headers, *one.rows)]
    widths = [max(_MIN_WIDTH, min(_MAX_WIDTH, max(map(len, cells)))) for cells in zip(*rows, strict=True)]
    return "".join(f'<col style="width:{100 * width / sum(widths):.1f}%">' for width in widths)


def _table(table: Table, columns: str, room: int) -> str:
    caption = f"<caption>{_text(table.title)}</caption>" if table.title else ""
    head = "".join(_cell("th", cell, index, table.right) for index, cell in enumerate(table.headers))
    rows = "".join(f"<tr>{_row(row, table.right)}</tr>\n" for row in table.rows)
    cols = f"<colgroup>{columns}</colgroup>" if columns else ""
    inside = f"{caption}{cols}<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>"
    size = _print_size(table, room)
    style = f' style="--print:{size:.1f}pt"' if size < _TYPE else ""
    return f'<div class="scroll"><table{style}>{inside}</table></div>'


def _print_size(table: Table, room: int) -> float:
    """Points at which no figure, word or short cell of any column has to break."""
    columns = zip(table.headers, *table.rows, strict=True)
    signs = sum(
        max(_signs(cell) if index in table.right or _is_whole(cell) else _longest_word(cell) for cell in column)
        for index, column in enumerate(columns)
    )
    fits = (room - _EDGES_MM * len(table.headers)) / (max(signs, 1) * _SIGN_MM)
    return max(_SMALLEST, min(_TYPE, int(fits * 10) / 10))


def _is_whole(cell: str) -> bool:
    """A date, a number or a short word: it stays on one line."""
    return _signs(cell) <= _WHOLE or (cell.isascii() and " " not in cell and len(cell) <= _WORD)


def _longest_word(cell: str) -> int:
    return max((len(word) for word in cell.split() if word.isascii()), default=2)


def _signs(text: str) -> int:
    """In half-width signs; a Chinese one counts two."""
    return sum(2 if unicodedata.east_asian_width(one) in "FWA" else 1 for one in text)


def _row(row: Sequence[str], right: Sequence[int]) -> str:
    return "".join(_cell("td", cell, index, right) for index, cell in enumerate(row))


def _cell(tag: str, text: str, index: int, right: Sequence[int]) -> str:
    kind = "figure" if index in right else "whole" if tag == "td" and _is_whole(text) else ""
    figure = f' class="{kind}"' if kind else ""
    # Its own direction: a right-to-left name does not turn the row around.
    own = ' dir="auto"' if tag == "td" else ""
    return f"<{tag}{figure}{own}>{_text(text)}</{tag}>"
