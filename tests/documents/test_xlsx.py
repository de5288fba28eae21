"""Workbooks: words stay words, figures are figures, formulas carry their value, the same book gives the same bytes."""

import datetime as dt
import stat
import sys
from decimal import Decimal

import pytest
from xlsx_world import read

from jdneg.blocks import Bullets, Facts, Heading, Paragraph, Preformatted, Table
from jdneg.documents.workbook import Book, Formula, Number, Row, Sheet, book_of
from jdneg.documents.writers import write
from jdneg.documents.xlsx import to_xlsx
from jdneg.errors import MissingExtra, OutputExists, UnknownFormat

DAY = dt.date(2026, 11, 20)
HOSTILE = [
    '=HYPERLINK("http://x","点这里")', "=1+1", "+8613800000000", "-5", "@SUM(A1)", "http://evil.example/a", "12345",
    "1e5", "TRUE", "mailto:a@b.c", "internal:'L1'!A1", "_x000D_", "<b>&amp;", "逾期\n两行", "{=A1}", "'quoted",
]  # fmt: skip


def book(*rows, frozen=0):
    return Book("标题", DAY, (Sheet("L1 核对", tuple(rows), frozen),))


@pytest.mark.parametrize("text", HOSTILE)
def test_words_stay_words(text):
    found = read(to_xlsx(book(Row((text, Number(Decimal(1)))), Row((text,), "note", wide=True))))
    assert found.formulas() == [] and text in found.texts()
    assert not any(
        "hyperlink" in part.decode("utf-8", "ignore").lower() for name, part in found.raw.items() if "sheet1" in name
    )
    assert not any("externalLink" in name or (".rels" in name and "sheet" in name) for name in found.raw)


def test_what_no_document_may_carry_is_gone_and_what_is_too_long_is_cut_openly():
    found = read(to_xlsx(book(Row(("a\x00b\u202ec", "长" * 40_000)))))
    assert "abc" in found.texts()
    longest = max(found.texts(), key=len)
    assert len(longest) == 32_767 and longest.endswith("……")


def test_figures_and_formulas():
    rows = (
        Row((Number(Decimal("14200.00")), Number(Decimal("0.10")))),
        Row((Formula("=A1-B1", Decimal("14199.90")), DAY)),
    )
    found = read(to_xlsx(book(*rows)))
    (only,) = found.formulas()
    assert only[2].number == 14199.9 and str(found.fen("L1 核对", "A2")) == "14199.90"
    assert found.sheets["L1 核对"]["B2"].number == (DAY - dt.date(1899, 12, 30)).days


def test_the_same_book_gives_the_same_bytes():
    rows = (Row(("项目", "金额"), "head"), Row(("本金", Number(Decimal(1)))))
    assert to_xlsx(book(*rows)) == to_xlsx(book(*rows))


def test_a_sheet_is_ready_to_print():
    page = read(
        to_xlsx(book(Row(("题",), "title", wide=True), Row(("项目", "金额"), "head"), Row(("本金", "1")), frozen=2))
    )
    xml = page.raw["xl/worksheets/sheet1.xml"].decode()
    assert 'paperSize="9"' in xml and 'orientation="landscape"' in xml and 'fitToHeight="0"' in xml
    assert 'state="frozen"' in xml and "_xlnm.Print_Titles" in page.raw["xl/workbook.xml"].decode()
    assert "Microsoft YaHei" in page.raw["xl/styles.xml"].decode()


BLOCKS = [
    Heading("题"), Paragraph("段\n二"), Bullets(("一", "二"), numbered=True), Facts((("名", "值"),)), Preformatted("a\n b"),
    Table(("甲", "乙"), (("=1+1", "2"),), title="表"), Paragraph("完", strong=True),
]  # fmt: skip


def test_any_document_can_be_a_sheet():
    found = read(to_xlsx(book_of(BLOCKS)))
    assert {"题", "段\n二", "1. 一", "名", "值", " b", "表", "=1+1", "完"} <= found.texts()
    assert found.formulas() == []
    assert read(to_xlsx(book_of([]))).sheets


@pytest.mark.parametrize("ending", [".xlsx", ".html", ".md", ".docx"])
def test_every_format_is_written_whole_private_and_never_over_another_file(tmp_path, ending):
    path = write(BLOCKS, tmp_path / f"表{ending}")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600 or sys.platform == "win32"
    before = path.read_bytes()
    with pytest.raises(OutputExists):
        write([], path)
    assert path.read_bytes() == before and [one.name for one in tmp_path.iterdir()] == [path.name]


def test_html_is_one_page_that_runs_nothing(tmp_path):
    page = write([Heading("<script>"), Paragraph("javascript:alert(1)")], tmp_path / "a.html").read_text("utf-8")
    assert "<script" not in page and "default-src 'none'" in page


def test_an_unknown_ending_names_the_known(tmp_path):
    with pytest.raises(UnknownFormat) as caught:
        write(BLOCKS, tmp_path / "a.pdf")
    assert ".xlsx" in caught.value.facts["accepted"]


def test_without_the_library_the_extra_is_named_and_nothing_is_left(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(MissingExtra) as caught:
        write(BLOCKS, tmp_path / "a.xlsx")
    assert caught.value.facts == {"extra": "documents", "library": "XlsxWriter"}
    assert list(tmp_path.iterdir()) == []
