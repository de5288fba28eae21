"""The only room that talks to the terminal: text or JSON, data to stdout, messages to stderr.

Text from outside is inert here: Rich markup and emoji codes are off, control characters are shown, not obeyed.
Rich is imported for tables alone, because most commands print a few lines and start-up counts.
"""

from __future__ import annotations

import errno
import json
import os
import re
import sys
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import is_dataclass
from decimal import Decimal
from functools import cache
from io import StringIO, UnsupportedOperation
from itertools import islice
from shutil import get_terminal_size
from typing import Any, TextIO

from jdneg.blocks import Block, Bullets, Facts, Heading, Paragraph, Picture, Preformatted, Table
from jdneg.domain.messages import Message, hint
from jdneg.domain.plaintext import replaced
from jdneg.errors import Interrupted, JdnegError, ManyErrors
from jdneg.i18n import area, language, say, t
from jdneg.result import Result
from jdneg.values import dataclass

SCHEMA = "jdneg/1"
_SHORT = 18  # cells: a date, an amount or an id is never folded
_READABLE = 20  # cells that a longer text needs
_LONGEST_WORD = 30
# ASCII: lines and dashes of the box-drawing kind are two cells wide on many Chinese terminals.
_RULE_UNDER_HEAD = "    \n    \n -- \n    \n    \n    \n    \n    \n"
_NO_LIMIT = 100_000  # cells: a pipe gets whole rows
_LONG = 2_000  # rows
_PIECES = 10_000  # of a long answer, written together
_GAP = "   "


def visible(text: str) -> str:
    """The text with control, bidirectional and other format characters made visible (``\\x1b``)."""
    return replaced(text, _shown)


def _shown(char: str) -> str:
    code = ord(char)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _as_json(char: str) -> str:
    """What a terminal might obey and JSON leaves as it is, as an escape: the value stays the same."""
    return json.dumps(char)[1:-1]


def cells(text: str) -> int:
    """Width on a terminal: a wide or full-width character takes two cells."""
    if text.isascii():
        return len(text)
    return sum(map(_width, text))


@cache
def _width(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def plain(value: object) -> Any:
    """Any result as JSON values: money and rates as strings, times with their offset, records as dicts."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, Decimal):
        return f"{value if value else abs(value):f}"
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    if isinstance(value, Sequence):
        return [_Later(value, index) for index in range(len(value))]
    if isinstance(value, Message):
        return {"code": value.code, "level": value.level, "text": say(value)}
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        from jdneg.domain.codec import encode

        return encode(value)
    return str(value)


@dataclass(frozen=True, slots=True)
class _Later:
    """A row of a sequence that makes its rows when asked: it is asked when the row is written."""

    rows: Sequence[object]
    index: int

    def plain(self) -> Any:
        return plain(self.rows[self.index])


class Console:
    """One command's voice. ``json`` decides the form, ``color`` is auto, always or never."""

    def __init__(self, *, json: bool, color: str | None = None) -> None:
        self.json = json
        self.color = color
        self._told: list[Message] = []
        for stream in (sys.stdin, sys.stdout, sys.stderr):
            _never_crash(stream)

    # What a session may ask of us (`jdneg.session.Ports`).

    def can_ask(self) -> bool:
        return not self.json and sys.stdin.isatty() and sys.stderr.isatty()

    def ask(self, question: str, note: str | None = None) -> str:
        """One line from the person; end of input is the same as Ctrl-C."""
        self._err(visible(f"{question}{f' ({note})' if note else ''}: "), end="")
        line = sys.stdin.readline()
        if not line:
            raise Interrupted()
        return line.rstrip("\n")

    def tell(self, message: Message) -> None:
        """Say it now; what was said during a command is not said again at its end."""
        if not self.json and message not in self._told:
            self._told.append(message)
            self._err(_spoken(message))

    def offer_languages(self) -> None:
        """Where nothing said which language: how to choose, in both."""
        self.tell(hint("app.bilingual_hint"))

    def echo(self, text: str) -> None:
        """A line of a long run as it goes; JSON has it all at the end."""
        if not self.json:
            sys.stdout.write(visible(text) + "\n")
            sys.stdout.flush()

    # How a command ends.

    def show(self, command: str, result: Result) -> int:
        if self.json:
            self._envelope(command, result.exit_code, result.data, result.messages, ())
            return result.exit_code
        self._blocks(result.view)
        sys.stdout.flush()
        for message in result.messages:
            self.tell(message)
        return result.exit_code

    def fail(self, command: str, error: JdnegError) -> int:
        every = error.errors if isinstance(error, ManyErrors) else [error]
        if isinstance(error, Interrupted) and not self.json and sys.stderr.isatty():
            self._err("")  # leave the line of the question
        code = max(one.exit_code for one in every)
        if self.json:
            self._envelope(command, code, {}, (), every)
        else:
            for one in every:
                self._err(visible(f"{t('app.error')}{sentence(one)}").replace("\n", "\\n"))
        return code

    def bug(self, command: str, error: Exception) -> int:
        """Something we did not foresee: its kind and place, never its values (they may be private)."""
        trace, place = error.__traceback__, "?"
        while trace is not None:
            code = trace.tb_frame.f_code
            place = f"{os.path.basename(code.co_filename)}:{trace.tb_lineno}"  # noqa: PTH119 -- a name for people
            trace = trace.tb_next
        return self.fail(command, Bug(kind=type(error).__name__, place=place))

    def _envelope(
        self,
        command: str,
        exit_code: int,
        data: Mapping[str, object],
        messages: Sequence[Message],
        errors: Sequence[JdnegError],
    ) -> None:
        body = {
            "schema": SCHEMA,
            "command": command,
            "status": "findings" if exit_code == 1 else "error" if exit_code else "ok",
            "exit_code": exit_code,
            "data": plain(data),
            "messages": plain(messages),
            "errors": [{"code": one.code, "message": sentence(one), "details": plain(one.facts)} for one in errors],
        }
        unicode = _speaks_unicode(sys.stdout)
        form = json.JSONEncoder(ensure_ascii=not unicode, sort_keys=True, indent=2, default=_Later.plain)
        pieces = form.iterencode(body)
        while text := "".join(islice(pieces, _PIECES)):
            sys.stdout.write(replaced(text, _as_json))
        sys.stdout.write("\n")
        sys.stdout.flush()

    def _err(self, text: str, end: str = "\n") -> None:
        sys.stdout.flush()  # where both go to one file, they stay in order
        sys.stderr.write(text + end)
        sys.stderr.flush()

    def _blocks(self, blocks: Sequence[Block]) -> None:
        apart = False  # the last row of a list of facts is parted from what follows
        for index, block in enumerate(blocks):
            if index and (apart or isinstance(block, Heading | Table)):
                sys.stdout.write("\n")
            apart = False
            if isinstance(block, Table):
                apart = self._table(block)
            else:
                sys.stdout.write(visible(_lines(block)) + "\n")

    def _table(self, block: Table) -> bool:
        """A table aligned by cells. One that a terminal has no room for folds its long columns, and where that would
        break numbers or leave slivers each row is a list of facts (then True is answered); a pipe gets whole rows, as
        does what nobody reads.
        """
        folds = sys.stdout.isatty() and len(block.rows) <= _LONG
        if not folds and not self._styled():
            sys.stdout.writelines(_aligned(block))
            return False
        room = get_terminal_size().columns if folds else _NO_LIMIT
        shares = shared([[_cell(cell) for cell in column] for column in _columns(block)], room)
        if block.title:
            sys.stdout.write(f"{_cell(block.title)}\n")
        if shares is None:
            for index, row in enumerate(block.rows):
                sys.stdout.write("\n" if index else "")
                self._by_rich(_as_facts(block.headers, row, room), room)
        else:
            self._by_rich(_as_table(block, shares), room)
        return shares is None

    def _by_rich(self, table: Any, room: int) -> None:
        from rich.console import Console as Rich

        page = StringIO()  # not stdout itself: Rich would end the process when a pipe closes
        Rich(
            file=page, width=room, markup=False, emoji=False, highlight=False,
            force_terminal=self._styled(), legacy_windows=False,
        ).print(table)  # fmt: skip
        sys.stdout.writelines(line.rstrip(" ") + "\n" for line in page.getvalue().splitlines())

    def _styled(self) -> bool:
        if self.color in ("always", "never"):
            return self.color == "always"
        plain_wanted = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
        return sys.stdout.isatty() and not plain_wanted


class Bug(JdnegError):
    """Not foreseen. Facts: kind, place."""

    code = "bug"
    exit_code = 70


# What the system says of a refused file, in the reader's language.
_REASONS = {
    errno.ENOSPC: "disk_full", errno.EFBIG: "too_big", errno.EACCES: "not_allowed",
    errno.EPERM: "not_allowed", errno.EROFS: "read_only", errno.EISDIR: "is_folder", errno.ENOTDIR: "not_folder",
    errno.ENOENT: "no_folder", errno.EEXIST: "in_the_way", errno.EIO: "device",
}  # fmt: skip


def sentence(error: JdnegError) -> str:
    facts = {key: _in_words(key, value) for key, value in error.facts.items()}
    said = say(Message(f"errors.{error.code}", facts))
    return say(Message("app.where", {"where": facts["where"], "said": said})) if "where" in facts else said


def _in_words(key: str, value: object) -> object:
    """A system's refusal and a record's state in the reader's words; every other fact as it is."""
    if key == "reason":
        known = {os.strerror(number): name for number, name in _REASONS.items()}
        return t(f"errors.reason_{known[value]}") if isinstance(value, str) and value in known else value
    return area(language(), "word").get(str(value), value) if key == "state" else value


def _spoken(message: Message) -> str:
    mark = {"warning": t("app.warning"), "hint": t("app.hint"), "error": t("app.error")}.get(message.level, "")
    return visible(mark + say(message))


def _lines(block: Heading | Paragraph | Picture | Preformatted | Bullets | Facts) -> str:
    """Every text of a list goes on under its own beginning, so that none can pass for another row."""
    if isinstance(block, Bullets):
        marks = (f"{number}. " if block.numbered else "- " for number in range(1, len(block.items) + 1))
        return "\n".join(mark + _hanging(item, len(mark)) for mark, item in zip(marks, block.items, strict=True))
    if isinstance(block, Facts):
        rows = [(_cell(label), value) for label, value in block.rows]
        wide = max((cells(label) for label, _ in rows), default=0)
        return "\n".join(
            f"{label}{' ' * (wide - cells(label))}  {_hanging(value, wide + 2)}" for label, value in rows
        )
    return _cell(block.text) if isinstance(block, Heading) else block.text


def _hanging(text: str, by: int) -> str:
    return text.replace("\n", "\n" + " " * by)


def _cell(text: str) -> str:
    """A cell is one line: a line break in a name cannot make a row of its own."""
    return visible(" ".join(text.split()) if "\n" in text or "\t" in text else text)


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
        table.add_column(Text(_cell(header)), justify=justify, overflow="fold", width=shares[index])
    for row in block.rows:
        table.add_row(*(Text(_cell(cell)) for cell in row))
    return table


def _as_facts(headers: Sequence[str], row: Sequence[str], room: int) -> Any:
    """One row of a table that is too wide: header and value, one a line."""
    from rich.table import Table as RichTable
    from rich.text import Text

    table = RichTable.grid(padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column(overflow="fold", max_width=room // 3, style="bold")
    table.add_column(overflow="fold")
    for header, cell in zip(headers, row, strict=True):
        table.add_row(Text(_cell(header)), Text(_cell(cell)))
    return table


def _aligned(block: Table) -> Iterator[str]:
    """The lines of a table as Rich lays them out where there is room: a hundredth of its time and memory."""
    every = [tuple(_cell(cell) for cell in row) for row in (block.headers, *block.rows)]
    wide = [max(map(cells, column)) for column in zip(*every, strict=True)]
    if block.title:
        yield f"{_cell(block.title)}\n"
    for number, row in enumerate(every):
        padded = (_padded(cell, wide[index], index in block.right) for index, cell in enumerate(row))
        yield f"{_GAP.join(padded).rstrip(' ')}\n"
        if number == 0:
            yield "-" * (sum(wide) + len(_GAP) * (len(wide) - 1)) + "\n"


def _padded(text: str, width: int, right: bool) -> str:
    space = " " * (width - cells(text))
    return space + text if right else text + space


def _speaks_unicode(stream: TextIO) -> bool:
    return (getattr(stream, "encoding", None) or "").lower().replace("-", "").startswith(("utf", "gb18030"))


def _never_crash(stream: TextIO) -> None:
    """What the terminal's encoding lacks, or cannot be read in it, becomes an escape, never a traceback."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        with suppress(UnsupportedOperation):  # somebody read from it already
            reconfigure(errors="backslashreplace")
