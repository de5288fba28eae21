"""The pictures of the pattern report as inline SVG: bars over time and the week's hours.

Dark on light, read in grey too: a breach is hatched, and every square of the week has its figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from jdneg.documents.names import visible
from jdneg.domain.cells import cells
from jdneg.values import dataclass

_FONT = "'PingFang SC','Microsoft YaHei','Noto Sans CJK SC','WenQuanYi Micro Hei',system-ui,sans-serif"
_INK, _QUIET, _LINE, _ALL, _BAD = "#1c1c1c", "#555", "#d9d9d4", "#8fa8c4", "#8c2f1b"
_WIDE = 880
_HATCH = (
    f'<defs><pattern id="breach" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    f'<rect width="5" height="5" fill="#fff"/><rect width="3" height="5" fill="{_BAD}"/></pattern></defs>'
)


@dataclass(frozen=True, slots=True)
class Step:
    """One bar: its label, all contacts, those with a breach."""

    label: str
    contacts: int
    breach: int


def steps_chart(steps: Sequence[Step], title: str, about: str, names: tuple[str, str]) -> str:
    """Standing bars over time; ``names`` are what the whole bar and its hatched part mean."""
    left, top, high, below = 44, 34, 220, 44
    most = max((one.contacts for one in steps), default=0) or 1
    right = max((4 * cells(one.label) for one in steps), default=8)  # half a label may stand under the last bar
    each = (_WIDE - left - right) / max(len(steps), 1)
    ticks = _ticks(most)
    unit = high / ticks[-1]
    parts = [_HATCH, _key(left, names)]
    for value in ticks:
        y = top + high - value * unit
        parts.append(f'<line x1="{left}" x2="{_WIDE - right}" y1="{y:.1f}" y2="{y:.1f}" stroke="{_LINE}"/>')
        parts.append(_text(left - 8, y + 4, str(value), anchor="end", colour=_QUIET))
    every = max(1, -(-len(steps) // 14))
    for n, one in enumerate(steps):
        x, wide = left + n * each + each * 0.12, max(each * 0.76, 1.5)
        parts.append(_bar(x, wide, top + high, one.contacts * unit, _ALL))
        parts.append(_bar(x, wide, top + high, one.breach * unit, "url(#breach)"))
        if n % every == 0:
            parts.append(_text(x + wide / 2, top + high + 18, one.label, anchor="middle", colour=_QUIET))
    return _svg(_WIDE, top + high + below, title, about, "".join(parts))


def _bar(x: float, wide: float, base: float, high: float, fill: str) -> str:
    if high <= 0:
        return ""
    return f'<rect x="{x:.1f}" y="{base - high:.1f}" width="{wide:.1f}" height="{high:.1f}" fill="{fill}"/>'


def _key(left: int, names: tuple[str, str]) -> str:
    found = []
    for n, (fill, name) in enumerate(zip((_ALL, "url(#breach)"), names, strict=True)):
        x = left + n * 220
        found.append(f'<rect x="{x}" y="4" width="14" height="14" fill="{fill}"/>' + _text(x + 20, 16, name))
    return "".join(found)


def _ticks(most: int) -> list[int]:
    """Round values from nothing to the first that is not below ``most``: steps of 1, 2 or 5 and their tens."""
    sizes = (digit * 10**power for power in range(12) for digit in (1, 2, 5))
    step = next(size for size in sizes if size * 5 >= most)
    return list(range(0, most + step, step))


def week_chart(hours: Sequence[Sequence[int]], days: Sequence[str], title: str, about: str) -> str:
    """Seven rows of 24 squares, darker for more, each with its figure."""
    left, top, size, high = 64, 24, (_WIDE - 72) / 24, 30
    most = max((max(row) for row in hours), default=0) or 1
    parts = [_text(left + (hour + 0.5) * size, 16, f"{hour}", anchor="middle", colour=_QUIET) for hour in range(24)]
    for n, row in enumerate(hours):
        y = top + n * high
        parts.append(_text(left - 10, y + 20, days[n], anchor="end"))
        for hour, count in enumerate(row):
            share = count / most
            fill = _shade(share) if count else "#f6f6f3"
            colour = "#fff" if share > 0.55 else _INK
            x = left + hour * size
            parts.append(
                f'<rect x="{x:.1f}" y="{y}" width="{size - 2:.1f}" height="{high - 2}" rx="3" fill="{fill}"/>'
            )
            if count:
                middle = x + (size - 2) / 2
                parts.append(_text(middle, y + 19, str(count), anchor="middle", colour=colour, size=11))
    return _svg(_WIDE, top + 7 * high + 6, title, about, "".join(parts))


def _shade(share: float) -> str:
    """From a light to a dark blue."""
    light, dark = (214, 226, 239), (23, 58, 99)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in zip(light, dark, strict=True))


def _svg(wide: int, high: float, title: str, about: str, inside: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high:.0f}" role="img" font-family="{_FONT}" '
        f'font-size="13" fill="{_INK}"><title>{escape(visible(title))}</title><desc>{escape(visible(about))}</desc>'
        f"{inside}</svg>"
    )


def _text(x: float, y: float, text: str, anchor: str = "start", colour: str = _INK, size: int = 13) -> str:
    told = escape(visible(text))
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}" font-size="{size}">{told}</text>'
