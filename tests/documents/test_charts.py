"""The pictures of ways to pay: every line can be seen and every name read."""

from __future__ import annotations

import re

from jdneg.documents.charts import Line, lines
from jdneg.domain.cells import cells


def test_lines_that_lie_on_one_another_are_drawn_once_and_named_each() -> None:
    svg = lines([Line("a", [3, 2, 1]), Line("b", [3, 2, 1]), Line("c", [3, 1, 0])], [])
    assert svg.count("<polyline") == 2 and all(f">{name}<" in svg for name in "abc")
    key = re.findall(r'<line [^>]*stroke="(#[0-9a-f]+)" stroke-width="2.6"', svg)
    assert len(key) == 3 and key[0] == key[1] != key[2]


def test_no_name_of_the_key_touches_the_next() -> None:
    names = [
        "只还最低应还",
        "先还利率最高的",
        "do nothing at all for a while",
        "the cheapest that keeps every minimum",
    ]
    svg = lines([Line(name, [1.0 + n, 0.0]) for n, name in enumerate(names)], [])
    key = re.findall(
        r'<line x1="([\d.]+)" x2="([\d.]+)" y1="([\d.]+)"[^>]*dasharray="[^"]*"/><text x="([\d.]+)"', svg
    )
    assert len(key) == len(names)
    for (_, _, row, text), name, (after, _, below, _) in zip(key, names, key[1:], strict=False):
        assert row != below or float(text) + cells(name) * 7 < float(after)
    assert all(float(text) + cells(name) * 7 < 880 for (_, _, _, text), name in zip(key, names, strict=True))
