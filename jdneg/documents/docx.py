"""Blocks as a Word document, set as Chinese letters are: A4, 仿宋 text, first lines in by two characters.

The same blocks give the same bytes: the zip is rewritten with fixed times and carries no author and no date. Texts
are put in as text runs only, so nothing in them can become a field, a link or a style.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from jdneg.blocks import Block, Bullets, Facts, Heading, Paragraph, Picture, Preformatted, Table
from jdneg.documents.plain import fit, one_line
from jdneg.errors import MissingExtra
from jdneg.i18n import t

if TYPE_CHECKING:
    from docx.document import Document

BODY_FONT, HEADING_FONT, LATIN_FONT, MONO_FONT = "仿宋", "宋体", "Times New Roman", "Courier New"
BODY_POINTS = 12
SHORT_TABLE = 10  # rows of one line each that are kept on one page
TEXT_WIDTH_MM = 158  # A4 less the margins
ACROSS_WIDTH_MM = 257  # of a page laid across
WIDEST = 28  # signs: a longer cell wraps rather than take the other columns' room
READABLE = 12  # signs: a longer text has at least so many a line
PADDING = 3  # signs' width that a cell's margins take, with a little to spare
SIGNS = 85  # half-width ones of a table's size across the page
POINTS = (10.5, 9.5, 8.5, 7.5)  # of a table's type, from the one that is easiest to read
UPRIGHT = POINTS[:3]
CELL_MARGIN_MM = 1.2
_WIDE_FONT = Decimal("1.25")  # where Times is missing, the font in its place is so much wider
_UNBROKEN = "[，、；：（“]?[!-~¥]+[，。、；：）”]?"
_EMU_OF_MM = 36_000
_EPOCH = (1980, 1, 1, 0, 0, 0)


def to_docx(blocks: Iterable[Block], *, compact: bool = False) -> bytes:
    """The bytes of the document; ``compact`` sets it closer. MissingExtra when python-docx is not installed."""
    try:
        import docx
    except ImportError as absent:
        raise MissingExtra(extra="documents", library="python-docx") from absent
    shown = list(blocks)
    across = any(isinstance(one, Table) and points_of(_columns(one), TEXT_WIDTH_MM, UPRIGHT) is None for one in shown)
    document = docx.Document()
    _set_page(document, across=across)
    _set_styles(document)
    _set_footer(document)
    if compact:
        _set_closer(document)
    for block in shown:
        _add(document, block)
    return _saved(document)


def _set_page(document: Document, *, across: bool) -> None:
    """A4 upright; across where a table has no room otherwise."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    page = document.sections[0]
    page.page_width, page.page_height = (Mm(297), Mm(210)) if across else (Mm(210), Mm(297))
    page.orientation = WD_ORIENT.LANDSCAPE if across else WD_ORIENT.PORTRAIT
    page.top_margin = page.bottom_margin = Mm(20 if across else 28)
    page.left_margin = page.right_margin = Mm(20 if across else 26)


def _set_styles(document: Document) -> None:
    from docx.enum.text import WD_LINE_SPACING
    from docx.shared import Pt

    _set_font(document.styles["Normal"], BODY_FONT, BODY_POINTS)
    body = document.styles["Normal"].paragraph_format
    body.space_before, body.space_after = Pt(0), Pt(5)
    body.line_spacing_rule, body.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(22)
    for level, points in ((1, 18), (2, 14), (3, 12)):
        style = document.styles[f"Heading {level}"]
        _set_font(style, HEADING_FONT, points)
        style.paragraph_format.space_before = Pt(0 if level == 1 else 10)
        style.paragraph_format.space_after = Pt(14 if level == 1 else 4)
        style.paragraph_format.line_spacing = Pt(points + 12)


def _set_closer(document: Document) -> None:
    """A short text on one page: narrow margins, small type, close lines."""
    from docx.shared import Mm, Pt

    page = document.sections[0]
    page.top_margin = page.bottom_margin = Mm(14)
    page.left_margin = page.right_margin = Mm(18)
    for name, points, after in (("Normal", 10, 1), ("Heading 1", 16, 2), ("Heading 2", 11.5, 1)):
        style = document.styles[name]
        style.font.size = Pt(points)
        style.paragraph_format.line_spacing, style.paragraph_format.space_after = Pt(points + 4), Pt(after)
        style.paragraph_format.space_before = Pt(5 if name == "Heading 2" else 0)


def _set_font(style: Any, name: str, points: int) -> None:
    """East Asian text has its own font slot, and a theme's font wins until its attributes are gone."""
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    style.font.name, style.font.size = LATIN_FONT, Pt(points)
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for slot in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.attrib.pop(qn(f"w:{slot}Theme"), None)
    fonts.set(qn("w:eastAsia"), name)
    _set_language(style.element.rPr)


def _set_language(properties: Any) -> None:
    """Says that it is mainland Chinese, which decides the shapes and places of punctuation.

    Latin words and figures are not: set as Chinese, word processors break a number in its middle.
    """
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    mark = OxmlElement("w:lang")
    for slot, language in (("val", "en-US"), ("eastAsia", "zh-CN")):
        mark.set(qn(f"w:{slot}"), language)
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    properties.append(mark)


def _set_footer(document: Document) -> None:
    """第 N 页，共 M 页 or page N of M, counted by the word processor."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    line = document.sections[0].footer.paragraphs[0]
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for part in re.split("(NUMPAGES|PAGE)", t("app.page_of", page="PAGE", pages="NUMPAGES")):
        if part in ("PAGE", "NUMPAGES"):
            _add_field(line, part)
        elif part:
            line.add_run(part)


def _add_field(line: Any, name: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for kind in ("begin", None, "separate", "text", "end"):
        run = line.add_run("1" if kind == "text" else "")
        if kind is None:
            code = OxmlElement("w:instrText")
            code.set(qn("xml:space"), "preserve")
            code.text = f" {name} "
            run._r.append(code)
        elif kind != "text":
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)


def _add(document: Document, block: Block) -> None:
    if isinstance(block, Heading):
        _add_heading(document, block)
    elif isinstance(block, Paragraph):
        _add_paragraph(document, block)
    elif isinstance(block, Bullets):
        for number, item in enumerate(block.items, 1):
            _hang(document, f"{number}." if block.numbered else "·", one_line(item))
    elif isinstance(block, Facts):
        for label, text in block.rows:
            _add_fact(document, label, text)
    elif isinstance(block, Preformatted | Picture):
        document.add_paragraph().add_run(fit(block.text)).font.name = MONO_FONT
    else:
        _add_table(document, block)


def _add_heading(document: Document, block: Heading) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    line = document.add_heading(one_line(block.text), block.level)
    if block.level == 1:
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _add_paragraph(document: Document, block: Paragraph) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    line = document.add_paragraph()
    line.add_run(fit(block.text)).bold = block.strong or None
    sides = {"right": WD_ALIGN_PARAGRAPH.RIGHT, "center": WD_ALIGN_PARAGRAPH.CENTER}
    line.alignment = sides.get(block.align, WD_ALIGN_PARAGRAPH.LEFT)
    if block.align == "right":
        line.paragraph_format.keep_with_next = True  # name and date stay on one page
    if block.indent:
        line.paragraph_format.first_line_indent = Pt(2 * BODY_POINTS)


def _hang(document: Document, mark: str, text: str) -> None:
    """A list item with its mark as text: numbering of its own would run on across lists."""
    from docx.shared import Pt

    line = document.add_paragraph(f"{mark}\t{text}")
    line.paragraph_format.left_indent = Pt(2 * BODY_POINTS)
    line.paragraph_format.first_line_indent = Pt(-1.5 * BODY_POINTS)
    line.paragraph_format.tab_stops.add_tab_stop(Pt(2 * BODY_POINTS))


def _add_fact(document: Document, label: str, text: str) -> None:
    from docx.shared import Pt

    line = document.add_paragraph()
    line.paragraph_format.left_indent = Pt(2 * BODY_POINTS)
    line.add_run(one_line(label) + t("app.colon")).bold = True
    line.add_run(one_line(text))


def _add_table(document: Document, block: Table) -> None:
    if block.title:
        _add_paragraph(document, Paragraph(block.title, strong=True))
    table = document.add_table(rows=0, cols=len(block.headers), style="Table Grid")
    room = _room(document)
    points = points_of(_columns(block), room) or POINTS[-1]
    for number, cells in enumerate((block.headers, *block.rows)):
        _fill(table.add_row(), cells, block.right, points, bold=number == 0)
    _set_widths(table, block, room, points)
    if len(block.rows) <= SHORT_TABLE and all(_signs(text) <= WIDEST for row in block.rows for text in row):
        _keep_together(table)
    _repeat_first_row(table)
    _gap(document)


def _fill(row: Any, cells: Iterable[str], right: tuple[int, ...], points: float, *, bold: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.shared import Pt

    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for number, (cell, text) in enumerate(zip(row.cells, cells, strict=True)):
        line = cell.paragraphs[0]
        run = line.add_run(one_line(text))
        run.font.size, run.bold = Pt(points), bold or None
        line.paragraph_format.line_spacing, line.paragraph_format.space_after = Pt(points * 1.5), Pt(2)
        if number in right:
            line.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _keep_together(table: Any) -> None:
    for row in table.rows[:-1]:
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def _set_widths(table: Any, block: Table, room: int, points: float) -> None:
    """Columns share the page by their content; none is narrower than its longest number."""
    from docx.shared import Mm

    table.autofit = False
    _set_margins(table)
    shares = widths(_columns(block), signs_across(room, points))
    for column, share in zip(table.columns, shares, strict=True):
        column.width = Mm(room * share)
        for cell in column.cells:
            cell.width = column.width


def _set_margins(table: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm

    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        one = OxmlElement(f"w:{side}")
        one.set(qn("w:w"), str(int(Mm(CELL_MARGIN_MM).twips)))
        one.set(qn("w:type"), "dxa")
        margins.append(one)
    table._tbl.tblPr.append(margins)


def _room(document: Document) -> int:
    """Millimetres between the margins."""
    page: Any = document.sections[0]
    return int((page.page_width - page.left_margin - page.right_margin) / _EMU_OF_MM)


def _columns(block: Table) -> list[tuple[str, ...]]:
    return list(zip(block.headers, *block.rows, strict=True))


def signs_across(room: int, points: float) -> int:
    """How many half-width signs of that size stand beside one another in ``room`` millimetres."""
    return int(SIGNS * room / TEXT_WIDTH_MM * POINTS[0] / points)


def points_of(columns: Sequence[Sequence[str]], room: int, sizes: Sequence[float] = POINTS) -> float | None:
    """The largest size at which no number and no word breaks; None where even the smallest is too large."""
    need = sum(map(_least, columns))
    return next((one for one in sizes if need <= signs_across(room, one)), None)


def widths(columns: Sequence[Sequence[str]], signs: int = SIGNS) -> list[float]:
    """Each column's share of a page of so many signs, from its cells.

    All cells on one line where that fits; else every column first gets its longest unbroken word, and the rest of
    the page goes to those whose cells are longer.
    """
    wished = [max(min(max(map(_signs, column)), WIDEST) + PADDING, _least(column)) for column in columns]
    if sum(wished) <= signs:
        return [one / sum(wished) for one in wished]
    least = [_least(column) for column in columns]
    wanting = [max(wish - need, 0) for wish, need in zip(wished, least, strict=True)]
    left = max(signs - sum(least), 0) / (sum(wanting) or 1)
    shares = [need + want * left for need, want in zip(least, wanting, strict=True)]
    return [one / sum(shares) for one in shares]


def _least(column: Sequence[str]) -> int:
    """What a column needs so that no word in it breaks, and a longer text can be read."""
    text = min(max(map(_signs, column)), READABLE)
    return max(int(max(map(_longest_word, column)) * _WIDE_FONT), text) + PADDING


def _longest_word(text: str) -> int:
    """In signs: a number or a Latin word with the punctuation that may not leave it; Chinese may break anywhere."""
    return max(map(_signs, re.findall(_UNBROKEN, text)), default=min(_signs(text), 2))


def _signs(text: str) -> int:
    """Its length in half-width signs: a Chinese one counts two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "FWA" else 1 for sign in text)


def _repeat_first_row(table: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(mark)


def _gap(document: Document) -> None:
    from docx.shared import Pt

    line = document.add_paragraph()
    line.paragraph_format.line_spacing, line.paragraph_format.space_after = Pt(6), Pt(0)


def _saved(document: Document) -> bytes:
    """The document's bytes with nothing in them that changes from run to run or names a person."""
    about = document.core_properties
    about.author = about.last_modified_by = about.comments = ""
    for name in ("created", "modified"):
        for element in about._element.xpath(f"dcterms:{name}"):
            about._element.remove(element)
    first = io.BytesIO()
    document.save(first)
    return _with_fixed_times(first.getvalue())


def _with_fixed_times(content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            new.writestr(entry, old.read(name))
    return out.getvalue()
