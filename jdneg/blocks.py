"""The few shapes a page or a screen is made of. Plain data: no markup is ever read in a text.

Made by views and documents, written by the console and the document writers.
"""

from __future__ import annotations

from jdneg.values import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    strong: bool = False
    align: str = "left"
    indent: bool = False  # first line by two characters, as Chinese letters have it


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Label and value, one a line."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """``right`` holds the indexes of columns of figures. ``key``: so many columns name a row; where a terminal
    has no room for all, they stand before each part of the others. 0: then each row is told alone.
    """

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    title: str | None = None
    right: tuple[int, ...] = ()
    key: int = 0


@dataclass(frozen=True, slots=True)
class Preformatted:
    """Text whose lines and spaces are kept as they are."""

    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing of our own as SVG, and what it shows in words for where there are no pictures."""

    svg: str
    text: str


Block = Picture | Preformatted | Heading | Paragraph | Bullets | Facts | Table
