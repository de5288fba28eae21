"""A spreadsheet in small, for the tests: reads an XLSX by its XML alone and calculates its formulas anew, in floats.

Knows what our books use: references, + - *, SUM, ROUND, SUMIFS with two bounds. What it does not know fails.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

_NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_REF = re.compile(r"(?:'([^']+)'!)?([A-Z]+)(\d+)")


@dataclass
class Found:
    """One cell: what is stored of it. ``cached`` is the value that stands beside a formula."""

    text: str | None = None
    number: float | None = None
    formula: str | None = None


@dataclass
class Workbook:
    sheets: dict[str, dict[str, Found]]
    raw: dict[str, bytes]
    known: dict[tuple[str, str], float] = field(default_factory=dict)

    def value(self, sheet: str, ref: str) -> float:
        """The figure of a cell, calculated anew; an empty cell is 0, a text fails."""
        key = (sheet, ref)
        if key not in self.known:
            cell = self.sheets[sheet].get(ref, Found(number=0.0))
            self.known[key] = self._formula(sheet, cell.formula) if cell.formula else _figure(cell, key)
        return self.known[key]

    def fen(self, sheet: str, ref: str) -> Decimal:
        return rounded(self.value(sheet, ref))

    def texts(self) -> set[str]:
        return {one.text for cells in self.sheets.values() for one in cells.values() if one.text is not None}

    def formulas(self) -> list[tuple[str, str, Found]]:
        return [(name, ref, one) for name, cells in self.sheets.items() for ref, one in cells.items() if one.formula]

    def row_of(self, sheet: str, first: str) -> int:
        """The row in whose column A this text stands."""
        return next(int(ref[1:]) for ref, one in self.sheets[sheet].items() if ref[0] == "A" and one.text == first)

    def _formula(self, sheet: str, text: str) -> float:
        if match := re.fullmatch(r"SUM\((\w+):(\w+)\)", text):
            return sum(self._range(sheet, *match.groups()))
        if match := re.fullmatch(r"ROUND\((\w+),2\)", text):
            return float(rounded(self.value(sheet, match[1])))
        if match := re.fullmatch(r"SUMIFS\('(.+?)'!C:C,'.+?'!B:B,\">\"&(\w+),'.+?'!B:B,\"<=\"&(\w+)\)", text):
            return self._between(match[1], self.value(sheet, match[2]), self.value(sheet, match[3]))
        text = re.sub(r"ROUND\((\w+),2\)", lambda found: f"{rounded(self.value(sheet, found[1]))}", text)
        term = r"(?:(?:'[^'(]+'!)?[A-Z]+\d+|[\d.]+)"
        assert re.fullmatch(rf"-?{term}(?:[-+*]-?{term})*", text), f"unknown formula {text}"
        plain = _REF.sub(lambda found: f"({self.value(found[1] or sheet, found[2] + found[3])!r})", text)
        return float(eval(plain, {"__builtins__": {}}))

    def _range(self, sheet: str, start: str, end: str) -> list[float]:
        """The figures of a block of cells; what holds no figure counts for nothing, as in a spreadsheet."""
        (left, first), (right, last) = (re.fullmatch(r"([A-Z])(\d+)", one).groups() for one in (start, end))
        columns, lines = range(ord(left), ord(right) + 1), range(int(first), int(last) + 1)
        refs = [f"{chr(column)}{line}" for column in columns for line in lines]
        known = [(ref, self.sheets[sheet].get(ref)) for ref in refs]
        return [self.value(sheet, ref) for ref, cell in known if cell is not None and cell.text is None]

    def _between(self, sheet: str, after: float, upto: float) -> float:
        rows = [ref[1:] for ref, one in self.sheets[sheet].items() if ref[0] == "B" and one.number is not None]
        return sum(self.value(sheet, f"C{row}") for row in rows if after < self.value(sheet, f"B{row}") <= upto)


def rounded(value: float) -> Decimal:
    """As spreadsheets round: fifteen digits are meant, half goes up."""
    return Decimal(f"{value:.15g}").quantize(Decimal("0.01"), ROUND_HALF_UP)


def _figure(cell: Found, key: tuple[str, str]) -> float:
    assert cell.text is None, f"{key} holds the text {cell.text!r}"
    return cell.number or 0.0


def read(source: bytes | Path) -> Workbook:
    content = source if isinstance(source, bytes) else source.read_bytes()
    with zipfile.ZipFile(BytesIO(content)) as archive:
        raw = {name: archive.read(name) for name in archive.namelist()}
    kept = raw.get("xl/sharedStrings.xml", b"<sst/>")
    shared = ["".join(one.itertext()).replace("_x005F_", "_") for one in ElementTree.fromstring(kept)]
    links = {one.get("Id"): one.get("Target") for one in ElementTree.fromstring(raw["xl/_rels/workbook.xml.rels"])}
    names = ElementTree.fromstring(raw["xl/workbook.xml"]).findall("m:sheets/m:sheet", _NS)
    return Workbook({one.get("name"): _cells(raw[f"xl/{links[one.get(_REL)]}"], shared) for one in names}, raw)


def _cells(page: bytes, shared: list[str]) -> dict[str, Found]:
    found = {}
    for cell in ElementTree.fromstring(page).iterfind(".//m:c", _NS):
        value, formula = cell.find("m:v", _NS), cell.find("m:f", _NS)
        if value is None and formula is None:
            continue
        text = shared[int(value.text)] if cell.get("t") == "s" else None
        assert cell.get("t") in (None, "s"), "a formula's value must be a number"
        number = None if text is not None or value is None else float(value.text)
        found[cell.get("r")] = Found(text, number, None if formula is None else formula.text)
    return found
