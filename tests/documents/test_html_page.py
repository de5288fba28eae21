"""Pages that need nothing else and obey nobody."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, strategies as st

from jdneg.blocks import Bullets, Facts, Heading, Paragraph, Preformatted, Table
from jdneg.documents import html

NASTY = "<script>alert('x')</script><img src=x onerror=1>&amp;\"'</td></table><!--"


class Reader(HTMLParser):
    """The tags and the text a browser would see."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    reader.close()
    return reader


def all_blocks(text: str) -> list[object]:
    return [
        Heading(text),
        Heading(text, 9),
        Paragraph(text),
        Paragraph(text, strong=True, align="right"),
        Bullets((text,)),
        Bullets((text,), numbered=True),
        Facts(((text, text),)),
        Preformatted(text),
        Table((text,), ((text,),), text, (0,)),
    ]


def test_text_is_never_markup() -> None:
    page = html.page(NASTY, all_blocks(NASTY))
    reader = read(page)
    assert not {"script", "img"} & set(reader.tags)
    assert reader.text.count("<script>alert('x')</script>") == 13
    assert reader.tags.count("h3") == 1


@given(st.text(max_size=60))
def test_no_text_changes_the_page(text: str) -> None:
    tags = read(html.body([Paragraph(text), Table(("a",), ((text,),))])).tags
    assert tags == ["p", "div", "table", "thead", "tr", "th", "tbody", "tr", "td"]
    html.page(text, [Paragraph(text)]).encode("utf-8")


def test_a_page_needs_nothing_from_elsewhere() -> None:
    page = html.page("摘要", all_blocks("甲"))
    assert not {"script", "link", "img", "iframe", "object"} & set(read(page).tags)
    assert "url(" not in page
    assert "@import" not in page
    assert "default-src 'none'" in page
    assert '<html lang="zh-CN">' in page


@pytest.mark.parametrize(("char", "seen"), [("\x1b", "␛"), ("\x00", "␀"), ("\u202e", "⟨U+202E⟩"), ("\x9b", "␡")])
def test_what_cannot_be_seen_is_made_visible(char: str, seen: str) -> None:
    assert f"<p>a{seen}b</p>" in html.body([Paragraph(f"a{char}b")])


def test_joined_emoji_stay_whole() -> None:
    assert "👨‍👩‍👧" in html.body([Paragraph("👨‍👩‍👧")])


def test_tables_of_the_same_columns_share_their_widths_and_wide_pages_are_printed_across() -> None:
    headers = tuple("abcdefgh")
    page = html.page("x", [Table(headers, (("12,345.67",) * 8,)), Table(headers, ())])
    assert page.count("<colgroup>") == 2
    assert "landscape" in page
    alone = html.page("x", [Table(("a",), (("1",),))])
    assert "<colgroup>" not in alone
    assert "landscape" not in alone


def test_many_short_columns_stand_on_an_upright_page() -> None:
    """Seven days and their sum: few signs a row, whatever the number of columns."""
    assert "landscape" not in html.page("x", [Table(tuple("abcdefghi"), (tuple("123456789"),))])


def test_a_wide_table_is_printed_smaller_and_its_figures_stay_whole() -> None:
    headers = tuple(f"balance {n}" for n in range(14))
    wide = Table(headers, (("2026-11-28", *["1,234,567.8901"] * 13),), right=tuple(range(1, 14)))
    found = html.page("x", [wide, Table(("a", "b"), (("2026-11-28", "1"),))])
    (size,) = re.findall(r"--print:([\d.]+)pt", found)
    assert 4.5 <= float(size) < 8.5 and "landscape" in found
    signs = 14 * 13 + 10
    assert signs * float(size) * 0.3528 * 0.6 + 14 * 2.8 <= 269  # millimetres across A4
    assert '<td class="whole" dir="auto">2026-11-28</td>' in found
