"""Pages are counted only where the count is safe."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from jdneg.domain.evidence.pages import count_pdf_pages, media_class


def pdf(pages: int, count: int | None = None, more: bytes = b"", gap: int = 0) -> bytes:
    said = pages if count is None else count
    kids = b"".join(b"%d 0 obj<</Type /Page/Parent 1 0 R>>endobj\n" % n + b"x" * gap for n in range(2, pages + 2))
    return b"%%PDF-1.7\n1 0 obj<</Type/Pages/Count %d>>endobj\n" % said + kids + more + b"%%EOF"


@given(st.integers(1, 40), st.integers(1, 200), st.integers(0, 70))
def test_however_it_is_read_the_count_is_the_same(pages: int, size: int, gap: int) -> None:
    raw = pdf(pages, gap=gap)
    chunks = [raw[start : start + max(size, 5)] for start in range(0, len(raw), max(size, 5))]
    assert count_pdf_pages(chunks) == pages


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"hello",
        pdf(0),
        pdf(3, count=2),
        pdf(2, count=5),
        pdf(2, more=b"/Type /ObjStm"),
        pdf(2, more=b"/Encrypt 5 0 R"),
        pdf(2, more=b"trailer<</Prev 120>>"),
    ],
)
def test_what_could_mislead_is_left_open(raw: bytes) -> None:
    assert count_pdf_pages([raw] if raw else []) is None


@pytest.mark.parametrize(
    ("name", "media_type", "kind"),
    [
        ("a.PDF", None, "pdf"),
        ("a.JPG", None, "image"),
        ("rec.m4a", None, "audio"),
        ("x", "audio/amr", "audio"),
        ("x.mp4", None, "video"),
        ("x.txt", None, "text"),
        ("x.html", "text/html", "other"),
        ("x.eml", None, "other"),
        ("x", "application/pdf", "pdf"),
        ("noending", None, "other"),
        ("x.json", "application/json", "other"),
    ],
)
def test_media(name: str, media_type: str | None, kind: str) -> None:
    assert media_class(name, media_type) == kind
