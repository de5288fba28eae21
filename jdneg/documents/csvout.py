"""CSV that a spreadsheet opens rightly and never obeys: UTF-8 with a mark, CRLF, formulas as text."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from jdneg.documents.names import visible

# What spreadsheets take for the start of a formula, the full-width forms too.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def guard(cell: str) -> str:
    """A cell that stays text: an apostrophe before what could be a formula."""
    if not cell:
        return cell
    plain = visible(cell)
    return f"'{plain}" if plain.lstrip(" \n").startswith(_FORMULA) or plain.startswith(_FORMULA) else plain


def table(headers: Sequence[str], rows: Iterable[Sequence[str]], *, mark: bool = True) -> bytes:
    """The whole file; without its ``mark`` some spreadsheets take Chinese for something else."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([guard(cell) for cell in headers])
    writer.writerows([guard(cell) for cell in row] for row in rows)
    return (b"\xef\xbb\xbf" if mark else b"") + out.getvalue().encode("utf-8")
