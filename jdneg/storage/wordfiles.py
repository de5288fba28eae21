"""Wording files: TOML to `Lexicon`, strictly. Imported only when the cache does not help.

``context.toml`` holds what surrounds words, ``traditional.toml`` the characters; every other file is one class
of signals.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import chain

from jdneg.domain.conduct.wording import CLASSES, CONTEXTS, Lexicon, Signal
from jdneg.errors import RuleBookBroken
from jdneg.storage.tomlcheck import Table, load, read_each
from jdneg.storage.wordkeys import keys_of

_CONTEXT = "wording/context.toml"
_CHARACTERS = "wording/traditional.toml"


def read_lexicon(files: Mapping[str, bytes], version: str) -> Lexicon:
    """The lexicon of these files (name relative to the data folder -> bytes)."""
    special = {name: files[name] for name in (_CONTEXT, _CHARACTERS) if name in files}
    missing = [name for name in (_CONTEXT, _CHARACTERS) if name not in files]
    if missing:
        raise RuleBookBroken(path=missing[0], reason="the file is missing")
    rest = {name: raw for name, raw in files.items() if name not in special}
    signals = tuple(chain.from_iterable(read_each(rest, _signals)))
    _refuse_doubles(signals)
    context = read_each({_CONTEXT: files[_CONTEXT]}, _context)[0]
    characters = read_each({_CHARACTERS: files[_CHARACTERS]}, _characters)[0]
    every = tuple(chain.from_iterable((*(one.patterns for one in signals), *context.values())))
    keys = {pattern: found for pattern in every if (found := keys_of(pattern)) is not None}
    return Lexicon(signals, context, characters, version, keys, _numbers(every))


def _numbers(patterns: Iterable[str]) -> tuple[str, ...]:
    """The figures patterns name, such as 96110; how often something may stand, or any digit, is no such figure."""
    bare = (re.sub(r"\{[\d,]+\}|0-9", "", pattern) for pattern in patterns)
    return tuple(sorted({number for pattern in bare for number in re.findall(r"\d+", pattern)}))


def _signals(name: str, raw: bytes, faults: list[str]) -> list[Signal]:
    table = Table(load(raw, faults), "", faults)
    cls = table.choice("class", CLASSES)
    found = [_signal(one, cls, name) for one in table.tables("signal")]
    table.done()
    return found


def _signal(table: Table, cls: str, name: str) -> Signal:
    made = Signal(
        id=table.take("id", str),
        cls=cls,
        patterns=table.strings("patterns"),
        plain=table.take("plain", bool, False),
        debt=table.take("debt", bool, False),
        trade=table.take("trade", bool, False),
    )
    table.done()
    if not made.id.startswith(cls + "."):
        table.fault(f"id {made.id!r} must begin with {cls}. (file {name})")
    _compilable(table, made.patterns)
    return made


def _compilable(table: Table, patterns: tuple[str, ...]) -> None:
    for pattern in patterns:
        try:
            if re.compile(pattern).search("") is not None:
                table.fault(f"pattern {pattern!r} matches nothing at all")
        except re.error as error:
            table.fault(f"pattern {pattern!r}: {error}")


def _context(_name: str, raw: bytes, faults: list[str]) -> dict[str, tuple[str, ...]]:
    table = Table(load(raw, faults), "", faults)
    found = {key: table.strings(key) for key in CONTEXTS}
    table.done()
    for patterns in found.values():
        _compilable(table, patterns)
    return found


def _characters(_name: str, raw: bytes, faults: list[str]) -> dict[str, str]:
    """``pairs``: words of two characters, the traditional one first."""
    table = Table(load(raw, faults), "", faults)
    pairs = "".join(table.take("pairs", str).split())
    table.done()
    if len(pairs) % 2 or len(set(pairs[::2])) != len(pairs) // 2:
        faults.append("pairs: two characters each, no traditional one twice")
    return dict(zip(pairs[::2], pairs[1::2], strict=False))


def _refuse_doubles(signals: tuple[Signal, ...]) -> None:
    seen: set[str] = set()
    for signal in signals:
        if signal.id in seen:
            raise RuleBookBroken(path="wording", reason=f"signal {signal.id} stands twice")
        seen.add(signal.id)
