"""Charts as inline SVG: no script, no font, nothing from elsewhere. A table stands beside each.

Colours are of one lightness and told apart by the dash of the line too, so that they hold in grey.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from jdneg.documents.names import visible
from jdneg.domain.cells import cells
from jdneg.values import dataclass

_COLOURS = (
    "#1f5fa8",
    "#b3541e",
    "#2f7d4f",
    "#8a4fa0",
    "#a3263f",
    "#5f6b1e",
    "#1d7f8c",
    "#666666",
    "#7a4a1e",
    "#33416b",
    "#b0488f",
    "#3d6b3d",
)
_DASHES = ("", "8 4", "3 3", "12 4 3 4", "2 5", "6 2 2 2", "10 6", "1 3", "14 3", "5 5 1 5", "16 4 2 4", "4 1")
_FONT = "'PingFang SC','Microsoft YaHei','Noto Sans CJK SC','WenQuanYi Micro Hei',system-ui,sans-serif"
_WIDE, _HIGH = 880, 360
_CELL = 7.6  # about what a column of a terminal takes at this size
_LEFT, _RIGHT, _TOP, _BOTTOM = 78, 36, 14, 40  # right: half a month under the last step


@dataclass(frozen=True, slots=True)
class Line:
    """A name and its values, one a step of the axis; it may be shorter than the axis."""

    name: str
    values: Sequence[float]


@dataclass(frozen=True, slots=True)
class Bar:
    """A name, its two parts, and its figure in words."""

    name: str
    parts: tuple[float, float]
    told: str


def lines(series: Sequence[Line], marks: Sequence[tuple[int, str]]) -> str:
    """Values over steps; ``marks`` are labels under some steps. The key stands below, in the order of the lines.

    Lines with the same values are drawn once, as one would hide the other; the key gives the stroke to each name.
    """
    strokes = {values: n for n, values in enumerate(dict.fromkeys(tuple(one.values) for one in series))}
    steps = max((len(one.values) for one in series), default=1) - 1 or 1
    top = _round_up(max((value for one in series for value in one.values), default=1) or 1)
    across = (_WIDE - _LEFT - _RIGHT) / steps
    wide = max((cells(one.name) for one in series), default=0) * _CELL + 62
    columns = max(1, int((_WIDE - _LEFT) // wide))
    high = _HIGH + 22 * -(-len(series) // columns)

    def y(value: float) -> float:
        return _TOP + (_HIGH - _TOP - _BOTTOM) * (1 - value / top)

    parts = [_grid(top, y), *(_mark(_LEFT + across * step, text) for step, text in marks)]
    for values, n in strokes.items():
        points = " ".join(f"{_LEFT + across * step:.1f},{y(value):.1f}" for step, value in enumerate(values))
        parts.append(
            f'<polyline fill="none" stroke="{_colour(n)}" stroke-width="2.2" stroke-dasharray="{_dash(n)}" '
            f'points="{points}"/>'
        )
    for place, one in enumerate(series):
        x, below = _LEFT + place % columns * wide, _HIGH + 8 + 22 * (place // columns)
        parts.append(_key(strokes[tuple(one.values)], one.name, x, below))
    return _svg(_WIDE, high, "".join(parts))


def bars(rows: Sequence[Bar], names: tuple[str, str]) -> str:
    """Lying bars of two parts each, with the key of the parts above."""
    label, room = 210, 120
    most = max((sum(row.parts) for row in rows), default=1) or 1
    scale = (_WIDE - label - room) / most
    parts = [
        f'<rect x="{label}" y="6" width="12" height="12" fill="{_COLOURS[0]}"/>{_text(label + 18, 16, names[0])}',
        f'<rect x="{label + 300}" y="6" width="12" height="12" fill="url(#stripes)" stroke="{_COLOURS[1]}"/>'
        + _text(label + 318, 16, names[1]),
    ]
    for n, row in enumerate(rows):
        top = 32 + n * 30
        first, second = (max(0.0, part) * scale for part in row.parts)
        parts.append(_text(label - 10, top + 15, row.name, anchor="end"))
        parts.append(f'<rect x="{label}" y="{top}" width="{first:.1f}" height="20" fill="{_COLOURS[0]}"/>')
        parts.append(
            f'<rect x="{label + first:.1f}" y="{top}" width="{second:.1f}" height="20" fill="url(#stripes)" '
            f'stroke="{_COLOURS[1]}" stroke-width="{1 if second else 0}"/>'
        )
        parts.append(_text(label + first + second + 8, top + 15, row.told))
    stripes = (
        '<defs><pattern id="stripes" width="6" height="6" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="6" height="6" fill="#fbeee6"/><rect width="3" height="6" '
        f'fill="{_COLOURS[1]}"/></pattern></defs>'
    )
    return _svg(_WIDE, 40 + 30 * len(rows), stripes + "".join(parts))


def _svg(wide: int, high: int, inside: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" font-family="{_FONT}" font-size="13" '
        f'fill="#1c1c1c">{inside}</svg>'
    )


def _grid(top: float, y) -> str:  # type: ignore[no-untyped-def]
    found = []
    for n in range(5):
        value = top * n / 4
        found.append(
            f'<line x1="{_LEFT}" x2="{_WIDE - _RIGHT}" y1="{y(value):.1f}" y2="{y(value):.1f}" stroke="#ddd"/>'
            + _text(_LEFT - 8, y(value) + 4, f"{value:,.0f}", anchor="end")
        )
    return "".join(found)


def _mark(x: float, text: str) -> str:
    base = _HIGH - _BOTTOM
    return f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{base}" y2="{base + 5}" stroke="#888"/>' + _text(
        x, base + 20, text, anchor="middle"
    )


def _key(n: int, name: str, x: float, y: float) -> str:
    return (
        f'<line x1="{x:.1f}" x2="{x + 34:.1f}" y1="{y}" y2="{y}" stroke="{_colour(n)}" stroke-width="2.6" '
        f'stroke-dasharray="{_dash(n)}"/>' + _text(x + 42, y + 4, name)
    )


def _text(x: float, y: float, text: str, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(visible(text))}</text>'


def _dash(n: int) -> str:
    return _DASHES[n % len(_DASHES)]


def _colour(n: int) -> str:
    return _COLOURS[n % len(_COLOURS)]


def _round_up(value: float) -> float:
    """The next number that reads well on an axis of four steps."""
    step = 1.0
    while step * 10 < value:
        step *= 10
    return next(step * one for one in (1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10) if step * one >= value)
