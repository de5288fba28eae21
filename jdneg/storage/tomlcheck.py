"""Reading our TOML strictly: every fault of a file is named, and nothing of a faulty file is used."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, TypeVar

from jdneg.errors import ManyErrors, RuleBookBroken

T = TypeVar("T")
_NEEDED: Any = object()


class Table:
    """One TOML table, taken apart key by key. Faults gather in the shared list, each with its place."""

    def __init__(self, raw: Mapping[str, Any], place: str, faults: list[str]) -> None:
        self.left = dict(raw)
        self.place = place
        self.faults = faults

    def fault(self, what: str) -> None:
        self.faults.append(f"{self.place}{what}")

    def take(self, key: str, kind: type, default: Any = _NEEDED) -> Any:
        """The value of ``key``, exactly of ``kind``; a fault and an empty ``kind`` otherwise."""
        if key not in self.left:
            if default is _NEEDED:
                self.fault(f"{key} is missing")
                return _blank(kind)
            return default
        value = self.left.pop(key)
        if type(value) is not kind:
            self.fault(f"{key}: expected {kind.__name__}, found {type(value).__name__}")
            return _blank(kind)
        return value

    def choice(self, key: str, choices: Iterable[str], default: Any = _NEEDED) -> Any:
        value = self.take(key, str, default)
        if value and value not in choices:
            self.fault(f"{key}: {value!r} is not one of {', '.join(choices)}")
        return value

    def texts(self, key: str) -> dict[str, str]:
        """Both languages, neither of them empty."""
        value = self.take(key, dict)
        if set(value) != {"zh", "en"} or not all(isinstance(one, str) and one.strip() for one in value.values()):
            self.fault(f"{key}: needs zh and en, both with words")
        return {name: one for name, one in value.items() if isinstance(one, str)}

    def strings(self, key: str, *, needed: bool = True) -> tuple[str, ...]:
        value = self.take(key, list, _NEEDED if needed else [])
        if not all(isinstance(one, str) and one for one in value) or (needed and not value):
            self.fault(f"{key}: a list of words is needed")
        return tuple(one for one in value if isinstance(one, str))

    def tables(self, key: str) -> list[Table]:
        """A list of tables with at least one entry."""
        value = self.take(key, list)
        if not value:
            self.fault(f"{key}: at least one is needed")
        rows = [one if isinstance(one, dict) else {} for one in value]
        return [Table(one, f"{self.place}{key} {n}: ", self.faults) for n, one in enumerate(rows, 1)]

    def done(self) -> None:
        for key in self.left:
            self.fault(f"unknown key {key}")


def _blank(kind: type) -> Any:
    return dt.date.min if kind is dt.date else kind()


def load(raw: bytes, faults: list[str]) -> Mapping[str, Any]:
    """The file as a table; not UTF-8, a doubled key or an impossible date is a fault with its line."""
    try:
        return tomllib.loads(raw.decode("utf-8"), parse_float=Decimal)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, ValueError) as error:
        faults.append(str(error))
        return {}


def placed(text: str, fault: str) -> str:
    """The fault with the line it is about: that of the key it names, below the table it names; TOML's own has one."""
    if " (at " in fault:
        return fault
    lines = text.splitlines()
    first, rest = _table_of(lines, fault)
    key = re.match(r"(?:unknown key )?([\w-]+)", rest)
    wanted = re.compile(rf"{re.escape(key[1])}\s*=") if key else None
    for number in range(first, len(lines)):
        if wanted is not None and wanted.match(lines[number].lstrip()):
            return f"line {number + 1}: {fault}"
        if number > first and lines[number].startswith("["):
            break
    return f"line {first + 1}: {fault}" if first else fault


def _table_of(lines: Sequence[str], fault: str) -> tuple[int, str]:
    """Where the table of ``signal 3: …`` begins, and what is said of it."""
    named = re.match(r"([\w.-]+) (\d+): (.*)", fault, re.S)
    if named is None:
        return 0, fault
    heads = [at for at, line in enumerate(lines) if re.fullmatch(rf"\[\[(?:\w+\.)*{named[1]}\]\]\s*(?:#.*)?", line)]
    return (heads[int(named[2]) - 1], named[3]) if int(named[2]) <= len(heads) else (0, named[3])


def read_each(files: Mapping[str, bytes], parse: Callable[[str, bytes, list[str]], T]) -> list[T]:
    """``parse`` of every file; raises for all faulty files together, each with all its faults."""
    made, broken = [], []
    for name, raw in files.items():
        faults: list[str] = []
        made.append(parse(name, raw, faults))
        if faults:
            text = raw.decode("utf-8", "replace")
            broken.append(RuleBookBroken(path=name, reason="; ".join(placed(text, one) for one in faults)))
    if broken:
        raise broken[0] if len(broken) == 1 else ManyErrors(list(broken))
    return made
