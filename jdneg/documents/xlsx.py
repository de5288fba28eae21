"""A workbook as XLSX with live formulas, by XlsxWriter. The same book gives the same bytes.

Texts are written as texts and marked so, so that ``=HYPERLINK(…)`` in somebody's words stays words even after it is
edited in a spreadsheet. Nothing is fetched or linked.
"""

from __future__ import annotations

import datetime as dt
import itertools
import unicodedata
from io import BytesIO
from typing import Any

from jdneg.documents.plain import fit
from jdneg.documents.workbook import Book, Cell, Formula, Number, Row, Sheet
from jdneg.errors import MissingExtra

FONT = "Microsoft YaHei"  # where it is missing, a spreadsheet takes its own Chinese font
_LONGEST = 32_767  # characters of one cell
_CUT = "……"
_NARROW, _BROAD = 8, 34  # the least and the most a column takes, in cells of a terminal
_PAGE = 118  # so much fits across A4 at this size
_TEXT_PAGE = 96  # one column alone, which no spreadsheet makes smaller to fit
_LINE = 15.5  # points of one line of text
_A4 = 9

_OPTIONS = {
    "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
}  # fmt: skip
_FORMS = {"yuan": "#,##0.00", "fine": "#,##0.0000", "daily": "0.000000%", "percent": "0.00%", "count": "0"}
_LOOKS: dict[str, dict[str, Any]] = {
    "plain": {"border": 1, "border_color": "#BBBBBB"},
    "head": {"border": 1, "border_color": "#BBBBBB", "bold": True, "bg_color": "#F1F1EE"},
    "head_right": {"border": 1, "border_color": "#BBBBBB", "bold": True, "bg_color": "#F1F1EE", "align": "right"},
    "total": {"border": 1, "border_color": "#BBBBBB", "bold": True, "top": 2},
    "title": {"bold": True, "font_size": 15},
    "section": {"bold": True, "font_size": 12},
    "strong": {"bold": True},
    "note": {},
}


def to_xlsx(book: Book) -> bytes:
    """The bytes of the workbook. MissingExtra when XlsxWriter is not installed."""
    try:
        from xlsxwriter import Workbook
    except ImportError as absent:
        raise MissingExtra(extra="documents", library="XlsxWriter") from absent
    raw = BytesIO()
    made = Workbook(raw, _OPTIONS)
    made.set_properties({"title": fit(book.title), "created": _moment(book.made_on)})
    made.set_calc_mode("auto")
    looks = _Looks(made)
    for sheet in book.sheets:
        _write(made.add_worksheet(fit(sheet.name)), sheet, looks)
    made.close()
    return raw.getvalue()


def _moment(day: dt.date) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day)  # noqa: DTZ001 -- XlsxWriter wants it so; only the day is meant


class _Looks:
    """Formats, each made once: by the kind of row and what stands in the cell."""

    def __init__(self, made: Any) -> None:
        self.made = made
        self.known: dict[tuple[str, str], Any] = {}

    def of(self, kind: str, form: str) -> Any:
        if (kind, form) not in self.known:
            base = {"font_name": FONT, "font_size": 10, "valign": "top", **_LOOKS[kind]}
            self.known[kind, form] = self.made.add_format(base | _shape(form))
        return self.known[kind, form]


def _shape(form: str) -> dict[str, Any]:
    if form == "text":
        return {"text_wrap": True, "num_format": "@", "quote_prefix": True}
    if form == "none":  # an unknown figure, which has no side to stand on
        return {"align": "center", "num_format": "@", "quote_prefix": True}
    if form == "date":
        return {"num_format": "yyyy-mm-dd", "align": "left"}
    return {"num_format": _FORMS[form]}


def _write(page: Any, sheet: Sheet, looks: _Looks) -> None:
    widths = _widths(sheet)
    for column, width in enumerate(widths):
        page.set_column(column, column, width, looks.of("note", "text"))
    for index, row in enumerate(sheet.rows):
        figures = _figures_below(sheet.rows[index + 1 :]) if row.kind == "head" else set()
        _write_row(page, index, row, looks, widths, figures)
    page.hide_gridlines(2)
    page.set_paper(_A4)
    page.set_landscape()
    page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    page.fit_to_pages(1, 0)
    page.set_footer("&C&P / &N")
    if sheet.frozen:
        page.freeze_panes(sheet.frozen, 0)
        page.repeat_rows(sheet.frozen - 1)


def _figures_below(rows: tuple[Row, ...]) -> set[int]:
    """The columns of a table in which figures stand: their headers stand at the right too."""
    table = itertools.takewhile(lambda row: row.cells and not row.wide, rows)
    return {column for row in table for column, cell in enumerate(row.cells) if isinstance(cell, Number | Formula)}


def _write_row(page: Any, index: int, row: Row, looks: _Looks, widths: list[int], figures: set[int]) -> None:
    if row.wide and row.cells:
        text = _text(row.cells[0])
        look = looks.of(row.kind, "text")
        if len(widths) > 1:
            page.merge_range(index, 0, index, len(widths) - 1, "", look)
        page.write_string(index, 0, text, look)
        size = 1.5 if row.kind == "title" else 1.2 if row.kind == "section" else 1
        page.set_row(index, _LINE * size * _lines(text, int(sum(widths) / size)))
        return
    last = len(row.cells) - 1
    own = [*widths[:last], sum(widths[last:])] if row.span else widths
    texts = [(cell, width) for cell, width in zip(row.cells, own, strict=False) if isinstance(cell, str)]
    page.set_row(index, _LINE * max([_lines(_text(cell), width) for cell, width in texts], default=1))
    if row.span and 0 <= last < len(widths) - 1:
        page.merge_range(index, last, index, len(widths) - 1, "", looks.of(row.kind, "text"))
    for column, cell in enumerate(row.cells):
        _write_cell(page, index, column, cell, "head_right" if column in figures else row.kind, looks)


def _write_cell(page: Any, index: int, column: int, cell: Cell, kind: str, looks: _Looks) -> None:
    if cell is None:
        page.write_blank(index, column, None, looks.of(kind, "text"))
    elif isinstance(cell, Number):
        page.write_number(index, column, cell.value, looks.of(kind, cell.form))
    elif isinstance(cell, Formula):
        page.write_formula(index, column, cell.text, looks.of(kind, cell.form), cell.value)
    elif isinstance(cell, dt.date):
        page.write_datetime(index, column, _moment(cell), looks.of(kind, "date"))
    else:
        page.write_string(index, column, _text(cell), looks.of(kind, "none" if cell == "-" else "text"))


def _text(cell: Cell) -> str:
    """Words as they are; what one cell cannot hold is cut, and the cut is shown."""
    text = fit(str(cell))
    return text if len(text) <= _LONGEST else text[: _LONGEST - len(_CUT)] + _CUT


def cells_wide(text: str) -> int:
    """Width by cells: a wide or full-width character takes two. Of several lines the widest."""
    lines = text.split("\n")
    return max(sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in line) for line in lines)


def _widths(sheet: Sheet) -> list[int]:
    """By the widest cell of each column, within limits; one column alone takes the page."""
    columns = max((len(row.cells) for row in sheet.rows if not row.wide), default=1)
    if columns <= 1:
        return [_TEXT_PAGE]
    found = [_NARROW] * columns
    for row in sheet.rows:
        if not row.wide:
            for column, cell in enumerate(row.cells[:-1] if row.span else row.cells):
                wide = _header_width(str(cell or "")) if row.kind == "head" else _cell_width(cell)
                found[column] = max(found[column], min(_BROAD, wide + 2))
    return _stretched(found)


def _stretched(widths: list[int]) -> list[int]:
    """A narrow table gives what is left of the page to its widest column."""
    rest = _PAGE - sum(widths)
    widest = widths.index(max(widths))
    return [width + (max(0, rest) if column == widest else 0) for column, width in enumerate(widths)]


def _header_width(text: str) -> int:
    """A header runs on over a second line, so long as its words stay whole."""
    words = [cells_wide(word) if word.isascii() else 2 for word in text.split()]
    return max(-(-cells_wide(text) // 2), *words, 0)


def _cell_width(cell: Cell) -> int:
    if isinstance(cell, Number | Formula):
        places = 4 if cell.form == "fine" else 2
        return 11 if cell.form in ("daily", "percent") else len(f"{cell.value:,.{places}f}")
    return 10 if isinstance(cell, dt.date) else cells_wide(cell or "")


def _lines(text: str, width: int) -> int:
    """How many lines a wrapped text takes."""
    return sum(max(1, -(-cells_wide(line) // max(width - 2, 1))) for line in text.split("\n"))
