"""Tables for pipes are written by us; they stand as Rich would set them."""

from __future__ import annotations

import io
import sys

import pytest
from hypothesis import given, strategies as st

from jdneg.blocks import Bullets, Facts, Heading, Table
from jdneg.console.tables import _RULE_UNDER_HEAD, _aligned, parts, shared, write
from jdneg.console.voice import Console as Voice
from jdneg.console.words import cells

CELLS = st.text(alphabet="abc1.,你好，😀é-—…「“", max_size=12)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    width = draw(st.integers(1, 4))
    rows = st.tuples(*[CELLS] * width)
    right = draw(st.sets(st.integers(0, width - 1)))
    headers = tuple(f"列{index}" for index in range(width))
    return Table(headers, tuple(draw(st.lists(rows, max_size=5))), right=tuple(right))


def by_rich(table: Table) -> list[str]:
    from rich import box
    from rich.console import Console
    from rich.table import Table as RichTable
    from rich.text import Text

    rich = RichTable(box=box.Box(_RULE_UNDER_HEAD), show_edge=False, pad_edge=False)
    for index, header in enumerate(table.headers):
        rich.add_column(Text(header), justify="right" if index in table.right else "left")
    for row in table.rows:
        rich.add_row(*map(Text, row))
    page = io.StringIO()
    Console(file=page, width=10_000, color_system=None, legacy_windows=False).print(rich)
    return [line.rstrip(" ") for line in page.getvalue().splitlines()]


@given(tables())
def test_ours_is_as_rich_would_set_it(table: Table) -> None:
    assert [line.rstrip("\n") for line in _aligned(table)] == by_rich(table)


def test_a_pipe_needs_no_rich(capsys: pytest.CaptureFixture[str]) -> None:
    write(sys.stdout, Table(("编号", "金额"), (("C1", "1.00"), ("C22", "20.00")), "标题", (1,)), styled=False)
    assert capsys.readouterr().out == "标题\n编号    金额\n------------\nC1      1.00\nC22    20.00\n"


HEADERS = ("编号", "出借人", "利率", "应还")
ROWS = (
    ("L1", "重庆京东盛际小额贷款有限公司", "0.05%/day", "12,018.16"),
    ("L2", "某银行股份有限公司", "18%/year", "1,000.00"),
)


@given(st.lists(st.lists(CELLS.map(lambda text: text * 5), min_size=2, max_size=2), min_size=1, max_size=9))
def test_no_column_is_a_sliver(columns: list[list[str]]) -> None:
    shares = shared(columns, 60)
    if shares is not None:
        assert sum(shares) + 3 * (len(columns) - 1) <= 60
        for column, share in zip(columns, shares, strict=True):
            assert share >= min(max(map(cells, column)), 18)


def on_terminal(monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", str(columns))


def test_a_table_too_wide_is_a_list_of_facts(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    on_terminal(monkeypatch, 40)
    Voice(json=False, color="never")._blocks((Table(HEADERS, ROWS, right=(3,)), Facts((("合计", "2"),))))
    assert capsys.readouterr().out == (
        "编号    L1\n出借人  重庆京东盛际小额贷款有限公司\n利率    0.05%/day\n应还    12,018.16\n\n"
        "编号    L2\n出借人  某银行股份有限公司\n利率    18%/year\n应还    1,000.00\n\n合计  2\n"
    )


def test_a_table_with_a_key_stays_side_by_side(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    on_terminal(monkeypatch, 30)
    Voice(json=False, color="never")._blocks((Table(HEADERS, ROWS, right=(3,), key=1),))
    assert capsys.readouterr().out == (
        "编号   出借人\n"
        "------------------------------\n"
        "L1     重庆京东盛际小额贷款有\n       限公司\n"
        "L2     某银行股份有限公司\n\n"
        "编号   利率             应还\n"
        "----------------------------\n"
        "L1     0.05%/day   12,018.16\n"
        "L2     18%/year     1,000.00\n"
    )


@given(tables(), st.integers(0, 2), st.integers(20, 60))
def test_parts_hold_every_column_once_within_the_room(table: Table, key: int, room: int) -> None:
    from dataclasses import replace

    keyed = replace(table, key=min(key, len(table.headers) - 1))
    found = parts(keyed, room)
    if found is not None:
        rest = [header for part, _ in found for header in part.headers[keyed.key :]]
        assert rest == list(table.headers[keyed.key :])
        assert all(part.headers[: keyed.key] == table.headers[: keyed.key] for part, _ in found)
        assert all(sum(wide) + 3 * (len(wide) - 1) <= room for _, wide in found)


def test_a_line_break_makes_no_row(capsys: pytest.CaptureFixture[str]) -> None:
    table, facts = Table(("a",), (("x\nL9 fake",),), title="t\nu"), Facts((("k", "v\nk  fake"),))
    Voice(json=False)._blocks((table, facts, Bullets(("one\n- two",)), Heading("h\ni")))
    assert capsys.readouterr().out == "t u\na\n---------\nx L9 fake\nk  v\n   k  fake\n- one\n  - two\n\nh i\n"
