"""Flows as people type them or keep them in a table: ``2026-01-01:-10000``, CSV with ``date,amount`` or ``t,amount``.

Money out is negative. Amounts may be finer than a fen, since they may come from a calculation. All faults of a table
are reported together, each with its row.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Any, Literal

from jdneg.domain.dates import known_day
from jdneg.domain.debt.rates import Flow, TimedFlow
from jdneg.domain.messages import Message
from jdneg.errors import BadFlow, BadForeignFile, BadNumber, JdnegError, ManyErrors, raise_all
from jdneg.values import dataclass

ReadDay = Callable[[str], dt.date]

_NUMBER = re.compile(r"[-+]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?", re.ASCII)
_SCIENTIFIC = re.compile(r"[-+]?\d+(\.\d+)?([eE][-+]?\d{1,3})?", re.ASCII)
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_LARGEST = Decimal(10) ** 15
_FINEST = 30  # digits after the point: more is a mistake, and would only slow the arithmetic
_NAMES: dict[str, Literal["date", "t", "amount"]] = {
    "date": "date", "日期": "date", "due": "date", "t": "t", "years": "t", "年": "t",
    "amount": "amount", "金额": "amount", "payment": "amount", "value": "amount",
}  # fmt: skip
_LIMIT = 100_000  # rows


@dataclass(frozen=True, slots=True)
class Flows:
    """``dated`` or ``timed`` (years from any day), never both."""

    dated: tuple[Flow, ...] = ()
    timed: tuple[TimedFlow, ...] = ()


def signed(text: str) -> Decimal:
    """``-10000``, ``+1,234.56``, ``−0.5``, ``¥12``. Raises BadNumber."""
    plain = _plain(text).replace("¥", "").removesuffix("元").strip()
    if not _NUMBER.fullmatch(plain):
        raise BadNumber(value=text)
    return _sensible(Decimal(plain.replace(",", "")), text)


def years(text: str) -> Decimal:
    """A time in years as a program prints it: ``0.08333333333333333``, ``1e-05``. Raises BadNumber."""
    plain = _plain(text)
    if not _SCIENTIFIC.fullmatch(plain):
        raise BadNumber(value=text)
    return _sensible(Decimal(plain), text)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace("−", "-").strip()


def _sensible(number: Decimal, text: str) -> Decimal:
    exponent = number.as_tuple().exponent
    if abs(number) >= _LARGEST or not isinstance(exponent, int):
        raise BadNumber(value=text)
    return round(number, _FINEST) if -exponent > _FINEST else number


def parse_flow(text: str, read_day: ReadDay) -> Flow:
    """``DATE:AMOUNT``. Raises BadFlow, BadTime, BadNumber."""
    day, colon, amount = unicodedata.normalize("NFKC", text).rpartition(":")
    if not colon or not day.strip():
        raise BadFlow(value=text)
    return _day(day, read_day), signed(amount)


def parse_cash(text: str) -> tuple[Decimal, ...]:
    """``-1000,300,300``: evenly spaced, one a period. Raises BadNumber, several at once."""
    found: list[Decimal] = []
    faults: list[JdnegError] = []
    for part in unicodedata.normalize("NFKC", text).split(","):
        _keep(faults, lambda part=part: found.append(signed(part)))  # type: ignore[misc]
    raise_all(faults)
    return tuple(found)


def parse_flows(text: str, path: str, read_day: ReadDay) -> Flows:
    """A table with a heading, or ``date,amount`` without one. Raises BadForeignFile, or all faults of its rows."""
    try:
        table = [(number, row) for number, row in _rows(text) if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise BadForeignFile(path=path, reason=str(error)) from error
    if not table or len(table) > _LIMIT:
        raise BadForeignFile(path=path, reason=Message("rate.csv_rows", {"most": _LIMIT}))
    width = len(table[0][1])
    columns, table = _columns(table, path)
    dated: list[Flow] = []
    timed: list[TimedFlow] = []
    faults: list[JdnegError] = []
    for number, row in table:
        cells = [*row, *[""] * 2]

        def one(cells: Sequence[str] = cells, row: Sequence[str] = row) -> None:
            if any(cell.strip() for cell in row[width:]):  # 1.234,56 or an unquoted 1,234: never half a number
                raise BadFlow(value=",".join(row))
            wrong: list[JdnegError] = []
            amount = _read(wrong, lambda: signed(cells[columns["amount"]]))
            if "date" in columns:
                dated.append((_read(wrong, lambda: _day(cells[columns["date"]], read_day)), amount))
            else:
                timed.append((_read(wrong, lambda: years(cells[columns["t"]])), amount))
            raise_all(wrong)

        _keep(faults, one, number)
    raise_all(faults)
    return Flows(tuple(dated), tuple(timed))


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    tab = "\t" in text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=None), delimiter="\t" if tab else ",")
    for row in reader:
        yield reader.line_num, row


def _columns(table: list[tuple[int, list[str]]], path: str) -> tuple[dict[str, int], list[tuple[int, list[str]]]]:
    """Where the columns stand; a table that starts with a date has none of their names."""
    _, first = table[0]
    if len(first) == 2 and _ISO.fullmatch(first[0].strip()):
        return {"date": 0, "amount": 1}, table
    found: dict[str, int] = {}
    for place, name in enumerate(first):
        found.setdefault(_NAMES.get(name.strip().lower(), ""), place)
    if "amount" not in found or ("date" in found) == ("t" in found):
        raise BadForeignFile(path=path, reason=Message("rate.csv_heading"))
    return found, table[1:]


def _day(text: str, read_day: ReadDay) -> dt.date:
    plain = text.strip()
    if _ISO.fullmatch(plain):
        try:
            return known_day(dt.date.fromisoformat(plain))
        except ValueError:
            pass
    return read_day(plain)


def _keep(faults: list[JdnegError], read: Callable[[], object], row: int | None = None) -> None:
    try:
        read()
    except JdnegError as error:
        where = {} if row is None else {"row": row, "where": Message("rate.row", {"row": row})}
        every = error.errors if isinstance(error, ManyErrors) else [error]
        faults.extend(type(one)(**{**one.facts, **where}) for one in every)


def _read(faults: list[JdnegError], read: Callable[[], Any]) -> Any:
    """The value; None for a fault, which is kept."""
    try:
        return read()
    except JdnegError as error:
        faults.append(error)
        return None
