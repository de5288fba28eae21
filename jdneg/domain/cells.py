"""Text in terminal cells: a Chinese character takes two."""

from __future__ import annotations

import unicodedata
from functools import cache


def cells(text: str) -> int:
    """How many cells a text takes; marks that join the sign before take none."""
    return len(text) if text.isascii() else sum(map(_wide, text))


@cache
def _wide(sign: str) -> int:
    if unicodedata.combining(sign):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def padded(text: str, width: int, *, right: bool = False) -> str:
    """The text with spaces up to ``width`` cells."""
    space = " " * max(0, width - cells(text))
    return space + text if right else text + space
