"""The fact sheet beside the project, read as data: its rows, and how each was checked."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

LAW = Path(__file__).resolve().parents[3] / "shared" / "facts" / "law.md"
_KNOWN = {"VERIFIED": "read", "SECONDARY": "reported", "MEMORY": "unconfirmed", "NOT FOUND": "never"}
_ROW = re.compile(r"\| `([A-Z][\w.,/ -]*)` \|")
# Its correction 0a: read only in a third party's reprint, so never more than reported.
_REPRINTS = ("JP2017-22.2", "PBOC251.3", "PBOC2021-3", "CC2011.", "CMP.", "MLCCOST2025")


def needed() -> str:
    """The sheet's text, or a skip with the reason."""
    if not LAW.exists():
        pytest.skip("the fact sheet is not beside the project")
    return LAW.read_text(encoding="utf-8")


@cache
def rows() -> dict[str, tuple[str, str]]:
    """Each row with its section (``8.1``) and its tag in our words; the evidence cell, else "same", else the heading."""
    found: dict[str, tuple[str, str]] = {}
    section = above = last = ""
    for line in needed().splitlines():
        heading = re.match(r"#+ ([\d.]+?)\.? ", line)
        if heading or line.startswith(("Evidence for all rows", "《")):
            section = heading[1] if heading else section
            above = _tag(line) or ("" if heading else above)
        row = _ROW.match(line)
        if row:
            cell = line.rstrip().rstrip("|").rpartition("|")[2].strip()
            last = last if cell.startswith("same") else _tag(cell) or above
            found[row[1]] = (section, "reported" if row[1].startswith(_REPRINTS) and last == "read" else last)
    return found


def _tag(text: str) -> str:
    """The best tag of a text: a reading counts even where a detail beside it is remembered."""
    tags = [_KNOWN[one] for one in re.findall(r"(?:\[|^)(VERIFIED|SECONDARY|MEMORY|NOT FOUND)", text)]
    return min(tags, key=tuple(_KNOWN.values()).index, default="")
