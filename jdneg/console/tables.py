"""Tables on a terminal and through a pipe. The only importer of Rich, and only where a terminal folds columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from io import StringIO
from shutil import get_terminal_size
from typing import Any, TextIO

from jdneg.blocks import Table
from jdneg.console.words import cells, one_line

_SHORT = 18  # cells: a date, an amount or an id is never folded
_READABLE = 20  # cells that a longer text needs
_LONGEST_WORD = 30
# ASCII: lines and dashes of the box-drawing kind are two cells wide on many Chinese terminals.
_RULE_UNDER_HEAD = "    \n    \n -- \n    \n    \n    \n    \n    \n"
_NO_LIMIT = 100_000  # cells: a pipe gets whole rows
_LONG = 2_000  # rows
_GAP = "   "


def write(stream: TextIO, block: Table, styled: bool) -> bool:
    """A table aligned by cells. One that a terminal has no room for folds its long columns; where that would break
    numbers or leave slivers it stands in parts, one below the other, and without a key each row is a list of facts
    (then True is answered). A pipe gets whole rows, as does what nobody reads.
    """
    folds = stream.isatty() and len(block.rows) <= _LONG
    if not folds and not styled:
        stream.writelines(_aligned(block))
        return False
    room = get_terminal_size().columns if folds else _NO_LIMIT
    if block.title:
        stream.write(f"{one_line(block.title)}\n")
    found = parts(block, room)
    shown = [_as_table(part, shares) for part, shares in found or ()]
    for index, one in enumerate(shown or [_as_facts(block.headers, row, room) for row in block.rows]):
        stream.write("\n" if index else "")
        _by_rich(stream, styled, one, room)
    return len(shown) != 1


def parts(block: Table, room: int) -> list[tuple[Table, list[int]]] | None:
    """The table with its columns' widths, whole or in as few parts as ``room`` takes, each with the key before it.

    None where not even one column fits beside the key.
    """
    columns = [[one_line(cell) for cell in column] for column in _columns(block)]
    taken: list[list[int]] = []
    key = list(range(block.key))
    for index in range(block.key, len(columns)):
        longer = [*(taken[-1] if taken else key), index]
        if shared([columns[one] for one in longer], room) is not None:
            taken = [*taken[:-1], longer]
        else:
            taken.append([*key, index])
    widths = [shared([columns[one] for one in part], room) for part in taken]
    if any(wide is None for wide in widths) or (len(taken) > 1 and not key):
        return None
    return [(_part(block, part), wide) for part, wide in zip(taken, widths, strict=True) if wide is not None]


def _part(block: Table, part: Sequence[int]) -> Table:
    rows = tuple(tuple(row[index] for index in part) for row in block.rows)
    right = tuple(at for at, index in enumerate(part) if index in block.right)
    return Table(tuple(block.headers[index] for index in part), rows, right=right)


def _by_rich(stream: TextIO, styled: bool, table: Any, room: int) -> None:
    from rich.console import Console as Rich

    page = StringIO()  # not stdout itself: Rich would end the process when a pipe closes
    Rich(
        file=page, width=room, markup=False, emoji=False, highlight=False,
        force_terminal=styled, legacy_windows=False,
    ).print(table)  # fmt: skip
    stream.writelines(line.rstrip(" ") + "\n" for line in page.getvalue().splitlines())


def _columns(block: Table) -> list[tuple[str, ...]]:
    return list(zip(block.headers, *block.rows, strict=True))


def shared(columns: Sequence[Sequence[str]], room: int) -> list[int] | None:
    """Each column's width within ``room``: short ones whole, long ones no less than they can be read in.

    None where they do not fit side by side.
    """
    wished = [max(map(cells, column)) for column in columns]
    least = [wide if wide <= _SHORT else min(wide, max(_READABLE, _unbroken(column)))
             for wide, column in zip(wished, columns, strict=True)]  # fmt: skip
    rest = room - len(_GAP) * (len(columns) - 1) - sum(least)
    if rest < 0:
        return None
    found = list(least)
    for index in sorted(range(len(columns)), key=lambda one: wished[one]):
        wanting = [one for one in range(len(columns)) if wished[one] >= wished[index] and found[one] < wished[one]]
        given = min(wished[index] - found[index], rest // max(len(wanting), 1))
        found[index], rest = found[index] + given, rest - given
    return found


def _unbroken(column: Sequence[str]) -> int:
    """The longest number, date or word, so far as a page has room for it; Chinese may break anywhere."""
    words = (len(word) for text in column for word in re.findall(r"[!-~]+", text))
    return min(max(words, default=0), _LONGEST_WORD)


def _as_table(block: Table, shares: Sequence[int]) -> Any:
    from rich import box
    from rich.table import Table as RichTable
    from rich.text import Text

    table = RichTable(box=box.Box(_RULE_UNDER_HEAD), show_edge=False, pad_edge=False)
    for index, header in enumerate(block.headers):
        justify: Any = "right" if index in block.right else "left"
        table.add_column(Text(one_line(header)), justify=justify, overflow="fold", width=shares[index])
    for row in block.rows:
        table.add_row(*(Text(one_line(cell)) for cell in row))
    return table


def _as_facts(headers: Sequence[str], row: Sequence[str], room: int) -> Any:
    """One row of a table that is too wide: header and value, one a line."""
    from rich.table import Table as RichTable
    from rich.text import Text

    table = RichTable.grid(padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column(overflow="fold", max_width=room // 3, style="bold")
    table.add_column(overflow="fold")
    for header, cell in zip(headers, row, strict=True):
        table.add_row(Text(one_line(header)), Text(one_line(cell)))
    return table


def _aligned(block: Table) -> Iterator[str]:
    """The lines of a table as Rich lays them out where there is room: a hundredth of its time and memory."""
    every = [tuple(one_line(cell) for cell in row) for row in (block.headers, *block.rows)]
    wide = [max(map(cells, column)) for column in zip(*every, strict=True)]
    if block.title:
        yield f"{one_line(block.title)}\n"
    for number, row in enumerate(every):
        padded = (_padded(cell, wide[index], index in block.right) for index, cell in enumerate(row))
        yield f"{_GAP.join(padded).rstrip(' ')}\n"
        if number == 0:
            yield "-" * (sum(wide) + len(_GAP) * (len(wide) - 1)) + "\n"


def _padded(text: str, width: int, right: bool) -> str:
    space = " " * (width - cells(text))
    return space + text if right else text + space
