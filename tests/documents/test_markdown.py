"""Oracle: markdown-it-py reads back what was written, as the text it was and no structure of its own."""

import pytest
from hypothesis import example, given, settings, strategies as st
from markdown_it import MarkdownIt

from jdneg.blocks import Bullets, Facts, Heading, Paragraph, Preformatted, Table
from jdneg.documents.markdown import escape, to_markdown
from jdneg.documents.plain import fit, one_line
from jdneg.i18n import speaking

READER = MarkdownIt("commonmark").enable("table")
NASTY = "\\`*_{}[]()#+-.!|<>&~=:$\"'0123456789.) \t\n@/wx中文，。𠮷\x00\x1b\u202e"
TEXT = st.text(st.one_of(st.sampled_from(NASTY), st.characters()), max_size=60)


def structure(markdown: str) -> list[str]:
    return [token.type for token in READER.parse(markdown)]


def inline_text(markdown: str) -> list[str]:
    """The text of every inline run; a token that is not plain text shows by its type."""
    runs = [token for token in READER.parse(markdown) if token.type == "inline"]
    return ["".join(_said(child) for child in run.children or []) for run in runs]


def _said(token: object) -> str:
    kind = getattr(token, "type", "")
    if kind in ("text", "text_special"):
        return str(getattr(token, "content", ""))
    return "\n" if kind in ("hardbreak", "softbreak") else f"<{kind}>"


@settings(deadline=None)
@given(TEXT)
@example("# 标题")
@example("1. 项")
@example("1) 项")
@example("- x")
@example("===")
@example("&amp; <b> ![x](http://y)")
@example("http://evil.example www.evil.example")
@example("~~~\n```")
@example("\\")
def test_a_paragraph_reads_as_typed(text: str) -> None:
    lines = [" ".join(line.split()) for line in fit(text).split("\n") if line.strip()]
    written = to_markdown([Paragraph("前"), Paragraph(text), Paragraph("后")])
    wanted = ["前", *(["\n".join(lines)] if lines else []), "后"]
    assert inline_text(written) == wanted
    assert structure(written) == ["paragraph_open", "inline", "paragraph_close"] * len(wanted)


@settings(deadline=None)
@given(TEXT, TEXT)
def test_a_table_keeps_its_cells(first: str, second: str) -> None:
    written = to_markdown([Table(("甲", "乙"), ((first, second),))])
    assert inline_text(written) == ["甲", "乙", one_line(first), one_line(second)]


@settings(deadline=None)
@given(TEXT.filter(lambda text: bool(one_line(text))))
def test_headings_and_lists_keep_their_text(text: str) -> None:
    plain = one_line(text)
    assert inline_text(to_markdown([Heading(text, 2)])) == [plain]
    assert inline_text(to_markdown([Bullets((text, "乙"), numbered=True)])) == [plain, "乙"]
    for lang, colon in (("zh", "："), ("en", ": ")):
        with speaking(lang):
            assert inline_text(to_markdown([Facts(((text, text),))])) == [f"{plain}{colon}{plain}"]


@settings(deadline=None)
@given(TEXT)
@example("```\n# x\n````")
def test_preformatted_text_keeps_its_lines(text: str) -> None:
    tokens = READER.parse(to_markdown([Preformatted(text), Paragraph("后")]))
    assert [token.type for token in tokens] == ["fence", "paragraph_open", "inline", "paragraph_close"]
    assert tokens[0].content == fit(text) + "\n"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("2026-11-20", "2026-11-20"),
        ("¥16,480.55（见证据E3）", "¥16,480.55（见证据E3）"),
        ("a|b", "a\\|b"),
        ("0.05%/day", "0.05%/day"),
        ("+1,388.74", "+1,388.74"),
        ("-5.00", "-5.00"),
        ("1. 甲", "1\\. 甲"),
        ("- 甲", "\\- 甲"),
        ("---", "\\---"),
        ("https://x.example", "https\\://x.example"),
    ],
)
def test_only_what_must_be_is_escaped(text: str, written: str) -> None:
    assert escape(text) == written
