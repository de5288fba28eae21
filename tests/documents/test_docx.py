import builtins
import io
import re
import zipfile
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings, strategies as st
from letter_case import complaint_facts, draft_complaint, draft_letter, letter_facts, read_case

from jdneg.blocks import Block, Bullets, Facts, Heading, Paragraph, Preformatted, Table
from jdneg.documents.docx import PADDING, SIGNS, to_docx, widths
from jdneg.documents.plain import fit, one_line
from jdneg.errors import MissingExtra
from jdneg.i18n import speaking


def opened(blocks: tuple[Block, ...]) -> Any:
    with speaking("zh"):
        return docx.Document(io.BytesIO(to_docx(blocks)))


def body_text(document: Any) -> list[str]:
    """Paragraphs and table cells in reading order, without the empty lines that part tables."""
    out: list[str] = []
    for part in document.iter_inner_content():
        rows = part.rows if hasattr(part, "rows") else ()
        out += [cell.text for row in rows for cell in row.cells] if rows else [part.text]
    return [text for text in out if text]


def expected(blocks: tuple[Block, ...]) -> list[str]:
    out: list[str] = []
    for block in blocks:
        if isinstance(block, Heading):
            out.append(one_line(block.text))
        elif isinstance(block, Paragraph | Preformatted):
            out.append(fit(block.text))
        elif isinstance(block, Bullets):
            marks = (f"{n}." if block.numbered else "·" for n in range(1, len(block.items) + 1))
            out += [f"{mark}\t{one_line(item)}" for mark, item in zip(marks, block.items, strict=True)]
        elif isinstance(block, Facts):
            out += [f"{one_line(label)}：{one_line(text)}" for label, text in block.rows]
        else:
            out += [one_line(cell) for row in (block.headers, *block.rows) for cell in row]
    return [text for text in out if text]


def letter_blocks() -> tuple[Block, ...]:
    return draft_letter("dispute", letter_facts(read_case()))[0].blocks


def test_a_letter_reads_back_as_written() -> None:
    complaint = draft_complaint("xiaoxie", complaint_facts(read_case()))[0].blocks
    for blocks in (letter_blocks(), complaint):
        assert body_text(opened(blocks)) == expected(blocks)


def test_the_same_facts_give_the_same_bytes() -> None:
    first, second = to_docx(letter_blocks()), to_docx(letter_blocks())
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_it_names_no_author_and_no_time() -> None:
    about = opened(letter_blocks()).core_properties
    assert (about.author, about.last_modified_by, about.created, about.modified) == ("", "", None, None)


@settings(deadline=None, max_examples=15)
@given(st.text(st.characters(codec=None), max_size=40))
def test_any_text_can_be_set(text: str) -> None:
    blocks = (
        Heading(f"题{text}"),
        Paragraph(text),
        Preformatted(text),
        Facts((("项", text),)),
        Table(("甲",), ((text,),)),
    )
    lines = [part.replace("\r", "\n") for part in body_text(opened(blocks))]
    assert lines == expected(blocks)


def test_hostile_text_is_text() -> None:
    text = "𠮷 {{ 7*7 }} <w:p/> & \x00\x1b[2J [red]x[/red] " + "长" * 20_000
    assert body_text(opened((Paragraph(text),))) == [fit(text)]


def test_chinese_fonts_page_and_footer() -> None:
    document = opened(letter_blocks())
    fonts = document.styles["Heading 1"].element.rPr.rFonts
    assert fonts.get(qn("w:eastAsia")) == "宋体"
    assert not [name for name in fonts.attrib if name.endswith("Theme")]
    assert document.styles["Normal"].element.rPr.rFonts.get(qn("w:eastAsia")) == "仿宋"
    page = document.sections[0]
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)
    footer = page.footer._element.xml
    assert "PAGE" in footer and "NUMPAGES" in footer


def test_layout_of_a_letter() -> None:
    document = opened(letter_blocks())
    paragraphs = [one for one in document.paragraphs if one.text]
    assert paragraphs[1].text.endswith("：") and not paragraphs[1].paragraph_format.first_line_indent
    assert paragraphs[2].paragraph_format.first_line_indent.pt == 24
    assert [one.alignment for one in paragraphs[-2:]] == [2, 2]
    first_row = document.tables[0].rows[0]._tr
    assert first_row.trPr.find(qn("w:tblHeader")) is not None


def test_without_the_library_it_says_which_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without_docx(name: str, *args: Any, **kwargs: Any) -> Any:
        if name == "docx":
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without_docx)
    with pytest.raises(MissingExtra) as refused:
        to_docx(())
    assert refused.value.facts == {"extra": "documents", "library": "python-docx"}


@given(
    st.lists(
        st.lists(st.text("2026年月:证据，.1345 E", min_size=1, max_size=40), min_size=1, max_size=5),
        min_size=1,
        max_size=6,
    )
)
def test_no_column_is_narrower_than_its_longest_number(columns: list[list[str]]) -> None:
    shares = widths(columns)
    assert abs(sum(shares) - 1) < 1e-9 and min(shares) > 0
    longest = [max((len(word) for cell in one for word in re.findall("[!-~]+", cell)), default=0) for one in columns]
    if sum(longest) + (PADDING + 4) * len(columns) <= SIGNS:
        assert all(share * SIGNS >= word for share, word in zip(shares, longest, strict=True))


def test_a_complaints_numbers_and_dates_have_room() -> None:
    """The columns that broke 13912345678, 23480.55 and the 11 of a month in two."""
    table = (
        ("序号", "1"), ("时间", "约2026年11月14日21:58"), ("方式和来源", "电话，13912345678，某信息咨询公司、工号8812"),
        ("内容", "您的欠款合计23480.55元，请今天处理，不然我们将联系您的家人和单位"),
        ("涉及的规定", "不得威胁、侮辱、恐吓、误导（规范性文件，据公开报道，请核实）"), ("记录", "C12；证据E3、证据E4"),
    )  # fmt: skip
    room = [share * SIGNS - PADDING for share in widths(table)]
    assert all(have >= need for have, need in zip(room, (2, 5, 11, 8, 2, 3), strict=True))


def test_latin_is_not_set_as_chinese() -> None:
    """Word processors break a number anywhere where its language is Chinese."""
    with zipfile.ZipFile(io.BytesIO(to_docx([Paragraph("合计¥3,800.00")]))) as found:
        styles = found.read("word/styles.xml").decode()
    assert 'w:val="zh-CN"' not in styles and 'w:eastAsia="zh-CN"' in styles


LEDGER = Table(
    ("Date", "Event", "Days", "Base", "Rate", "Amount", "principal", "interest", "penalty", "fee"),
    (("2026-05-10", "falls due", "141", "1,234,567.89", "0.075%/day", "1,106.6400", "1,234,567.89", "28,303.55", "69.80", "0.00"),),
    right=(2, 3, 5, 6, 7, 8, 9),
)  # fmt: skip


def test_a_wide_table_lays_the_page_across_in_smaller_type() -> None:
    document = opened((Paragraph("x"), LEDGER))
    page, (table,) = document.sections[0], document.tables
    assert page.page_width > page.page_height
    size = table.rows[1].cells[0].paragraphs[0].runs[0].font.size.pt
    for column, cells in zip(table.columns, zip(LEDGER.headers, *LEDGER.rows, strict=True), strict=True):
        longest = max(len(word) for cell in cells for word in cell.split())
        assert (column.width.mm - 2.4) / (size * 0.3528 / 2) >= longest * 1.2  # a sign is half as wide as its size
    narrow = Table(("a", "b"), (("1", "2"),))
    assert opened((narrow,)).sections[0].page_width < opened((narrow,)).sections[0].page_height


@pytest.mark.parametrize(("lang", "footer"), [("zh", "第 1 页，共 1 页"), ("en", "Page 1 of 1")])
def test_the_footer_speaks_the_documents_language(lang: str, footer: str) -> None:
    with speaking(lang):
        document = docx.Document(io.BytesIO(to_docx([Facts((("a", "b"),))])))
    assert document.sections[0].footer.paragraphs[0].text == footer
    assert document.paragraphs[0].text == ("a：b" if lang == "zh" else "a: b")


def test_a_long_text_is_no_sliver() -> None:
    """A timeline's quoted words stood three signs a line beside empty columns."""
    times = ("Written down", "2026-11-28 11:55")
    table = (("When", "2026-11-20 21:30"), ("What", "The other side: call, agency"), ("Words", "今天不还就联系你单位和家人"),
             times, ("Later by", "322 d"), ("Marks", "hearsay"), ("Record", "C1"))  # fmt: skip
    assert all(share * SIGNS >= 12 for share in (widths(table)[1], widths(table)[2]))
