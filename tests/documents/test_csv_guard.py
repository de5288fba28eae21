"""CSV cells stay text, whatever they begin with."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, strategies as st

from jdneg.documents import csvout
from jdneg.documents.names import safe_name

STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


@pytest.mark.parametrize("start", STARTS)
def test_formulas_are_guarded(start: str) -> None:
    assert csvout.guard(f"{start}cmd|'/c calc'!A1") == f"'{start}cmd|'/c calc'!A1"
    assert csvout.guard(f" {start}1").startswith("'")


@pytest.mark.parametrize("cell", ["", "甲", "2026-11-22", "95118", "a=b", "'x", "—（时长 1:23）"])
def test_plain_cells_are_left_alone(cell: str) -> None:
    assert csvout.guard(cell) == cell


def test_the_file_is_what_a_spreadsheet_expects() -> None:
    assert (
        csvout.table(("甲", "乙"), [("1", 'a"b'), ("x\ny", "")]) == '\ufeff甲,乙\r\n1,"a""b"\r\n"x\ny",\r\n'.encode()
    )


@given(st.lists(st.lists(st.text(max_size=12), min_size=2, max_size=2), max_size=4))
def test_no_cell_of_any_file_begins_a_formula(rows: list[list[str]]) -> None:
    text = csvout.table(("a", "b"), rows).decode("utf-8-sig")
    read = list(csv.reader(io.StringIO(text, newline="")))
    assert len(read) == len(rows) + 1
    assert not [cell for row in read for cell in row if cell.startswith(STARTS)]


@given(st.text(max_size=300))
def test_a_safe_name_is_one_short_name(text: str) -> None:
    name = safe_name(text)
    assert 0 < len(name.encode("utf-8")) <= 122
    assert not set(name) & set('/\\:*?"<>|%\0\n\r\t')
    assert name not in (".", "..")
    assert not name.startswith((".", " "))
    assert not name.endswith((".", " "))
    assert name.split(".")[0].upper() not in {"CON", "PRN", "AUX", "NUL", "COM1", "LPT9"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("合同.pdf", "合同.pdf"),
        ("../../x", "x"),
        ("CON.txt", "_CON.txt"),
        ("com1", "_com1"),
        ("a/b\\c:d.pdf", "a_b_c_d.pdf"),
        ("", "_"),
        ("...", "_"),
        ("汉" * 100 + ".pdf", "汉" * 38 + ".pdf"),
        ("\u202egpj.exe", "gpj.exe"),
    ],
)
def test_safe_names(text: str, name: str) -> None:
    assert safe_name(text) == name
