"""The pictures of the pattern: their axis is round and high enough, their texts are texts, every figure is there."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given, strategies as st

from jdneg.documents.patterncharts import Step, _ticks, steps_chart, week_chart

HOSTILE = '<script>alert(1)</script>&"\x1b[31m'


@given(st.integers(1, 10**9))
def test_the_axis_holds_the_highest_bar(most: int) -> None:
    ticks = _ticks(most)
    assert ticks[0] == 0 and ticks[-1] >= most > ticks[-2] and len(ticks) <= 7
    assert re.fullmatch("[125]0*", str(ticks[1]))


def figures(svg: str) -> list[str]:
    """Well-formed, and what its texts say."""
    return [one.text or "" for one in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]


@given(st.lists(st.integers(0, 400), min_size=168, max_size=168))
def test_every_square_has_its_figure(counts: list[int]) -> None:
    hours = [counts[day * 24 : day * 24 + 24] for day in range(7)]
    shown = figures(week_chart(hours, ["d"] * 7, "title", "about"))
    hours_and_counts = [one for one in shown if one != "d"]  # the hours stand first
    assert sorted(hours_and_counts[24:]) == sorted(str(one) for one in counts if one)


@pytest.mark.parametrize("steps", [[], [Step("11-02", 0, 0)], [Step(HOSTILE, 3, 1)], [Step("x", 1, 1)] * 200])
def test_bars_of_any_kind_are_well_formed(steps: list[Step]) -> None:
    svg = steps_chart(steps, HOSTILE, HOSTILE, (HOSTILE, "b"))
    assert "<script" not in svg and "\x1b" not in svg
    assert figures(svg)


def test_no_label_is_cut_at_the_edge() -> None:
    """The last one stands under the last bar or step, half of it to the right."""
    from jdneg.documents.charts import Line, lines
    from jdneg.domain.cells import cells

    months = [f"2026-{n:02}" for n in range(1, 13)]
    charts = [
        steps_chart([Step(one, 1, 0) for one in months], "t", "a", ("x", "y")),
        lines([Line("x", range(12))], list(enumerate(months))),
    ]
    for chart in charts:
        placed = [float(at) for at in re.findall(r'<text x="([0-9.]+)"[^>]*>2026-', chart)]
        assert len(placed) == 12 and max(placed) + 4 * cells("2026-12") <= 880
