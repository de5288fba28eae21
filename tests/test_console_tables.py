"""Tables for pipes are written by us; they stand as Rich would set them."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, strategies as st

from jdneg import console
from jdneg.blocks import Table

CELLS = st.text(alphabet="abc1.,你好，😀é\n-—…「“", max_size=12)


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

    rich = RichTable(box=box.Box(console._RULE_UNDER_HEAD), show_edge=False, pad_edge=False)
    for index, header in enumerate(table.headers):
        rich.add_column(Text(header), justify="right" if index in table.right else "left")
    for row in table.rows:
        rich.add_row(*map(Text, row))
    page = io.StringIO()
    Console(file=page, width=10_000, color_system=None, legacy_windows=False).print(rich)
    return [line.rstrip(" ") for line in page.getvalue().splitlines()]


@given(tables())
def test_ours_is_as_rich_would_set_it(table: Table) -> None:
    assert [line.rstrip("\n") for line in console._aligned(table)] == by_rich(table)


def test_a_pipe_needs_no_rich(capsys: pytest.CaptureFixture[str]) -> None:
    console.Console(json=False)._table(Table(("编号", "金额"), (("C1", "1.00"), ("C22", "20.00")), "标题", (1,)))
    assert capsys.readouterr().out == "标题\n编号    金额\n------------\nC1      1.00\nC22    20.00\n"
