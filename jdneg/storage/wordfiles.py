"""Wording files: TOML to `Lexicon`, strictly. Imported only when the cache does not help.

``context.toml`` holds what surrounds words, ``traditional.toml`` the characters, ``homophones.toml`` the spellings
that hide a word, ``words.toml`` the lists that patterns name, ``slots.toml`` those that frames name; every other file
is one class of signals.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import Any

from jdneg.domain.conduct.frames import Frame
from jdneg.domain.conduct.wording import CLASSES, CONTEXTS, Lexicon, Signal
from jdneg.domain.slots import filled, slots_of
from jdneg.errors import RuleBookBroken
from jdneg.storage.tomlcheck import Table, load, read_each
from jdneg.storage.wordkeys import needs_of

Words = Mapping[str, tuple[str, ...]]
_CONTEXT = "wording/context.toml"
_CHARACTERS = "wording/traditional.toml"
_SOUNDS = "wording/homophones.toml"
_WORDS = "wording/words.toml"
_SLOTS = "wording/slots.toml"
_PAIR = 2
_SPECIAL = (_CONTEXT, _CHARACTERS, _SOUNDS, _WORDS, _SLOTS)


def read_lexicon(files: Mapping[str, bytes], version: str) -> Lexicon:
    """The lexicon of these files (name relative to the data folder -> bytes)."""
    refuse_missing(files, _SPECIAL)
    rest = {name: raw for name, raw in files.items() if name not in _SPECIAL}
    words = read_each({_WORDS: files[_WORDS]}, read_words)[0]
    slots = read_each({_SLOTS: files[_SLOTS]}, partial(_slots, words))[0]
    signals = tuple(chain.from_iterable(read_each(rest, partial(_signals, words, slots))))
    _refuse_doubles(signals)
    context = read_each({_CONTEXT: files[_CONTEXT]}, _context)[0]
    characters, sounds = read_spelling(files)
    bare = Lexicon(signals, context, characters, version, sounds=sounds, slots=slots)
    every = [pattern for _, pattern in bare.patterns]
    return replace(bare, **_lookup(every), numbers=_numbers(every, sounds))


def _lookup(patterns: Sequence[str]) -> dict[str, Any]:
    """`Lexicon.index` and `Lexicon.needs` of all patterns: the first need of each is what it is looked up by."""
    index: dict[str, list[int]] = {}
    needs = [needs_of(pattern) for pattern in patterns]
    for number, found in enumerate(needs):
        for key in sorted(found[0]) if found else ("",):
            index.setdefault(key, []).append(number)
    return {
        "index": {key: " ".join(map(str, numbers)) for key, numbers in index.items()},
        "needs": ["\n".join(" ".join(sorted(need)) for need in found[1:]) for found in needs],
    }


def refuse_missing(files: Mapping[str, bytes], needed: Iterable[str]) -> None:
    """Raises RuleBookBroken for the first file that is not there."""
    missing = [name for name in needed if name not in files]
    if missing:
        raise RuleBookBroken(path=missing[0], reason="the file is missing")


def read_spelling(files: Mapping[str, bytes]) -> tuple[dict[str, str], dict[str, str]]:
    """Traditional characters with their simplified form, and hiding spellings with the word meant."""
    characters = read_each({_CHARACTERS: files[_CHARACTERS]}, _characters)[0]
    return characters, read_each({_SOUNDS: files[_SOUNDS]}, _sounds)[0]


def _numbers(patterns: Iterable[str], sounds: Iterable[str]) -> tuple[str, ...]:
    """Figures patterns name, such as 96110, and spellings with one; how often something may stand is no figure.

    With the character they need beside them (1天): a figure too many costs every message that holds it a reading.
    """
    bare = (re.sub(r"\{[\d,]+\}|0-9|\\u[0-9a-f]{4}", "", pattern) for pattern in patterns)
    named = {number for pattern in bare for number in re.findall(r"\d+(?:[\u4e00-\u9fff](?![?*{]))?", pattern)}
    return tuple(sorted(named | {one for one in sounds if re.search(r"\d", one)}))


def read_words(_name: str, raw: bytes, faults: list[str]) -> dict[str, tuple[str, ...]]:
    """The word lists that fill the slots of patterns."""
    table = Table(load(raw, faults), "", faults)
    found = lists(table, "words")
    table.done()
    return found


def lists(table: Table, key: str) -> dict[str, tuple[str, ...]]:
    """A table of lists of words."""
    inner = Table(table.take(key, dict), f"{key}: ", table.faults)
    return {name: inner.strings(name) for name in tuple(inner.left)}


def _slots(words: Words, _name: str, raw: bytes, faults: list[str]) -> dict[str, tuple[str, ...]]:
    """Words by slot. Each has characters to be looked up by, or every text would be searched."""
    table = Table(load(raw, faults), "", faults)
    found = {name: _filled(table, patterns, words) for name, patterns in lists(table, "slots").items()}
    table.done()
    for name, patterns in found.items():
        compilable(table, patterns)
        faults += (f"slots: {name}: {one!r} has no key" for one in patterns if not needs_of(one))
    return found


def _signals(words: Words, slots: Words, name: str, raw: bytes, faults: list[str]) -> list[Signal]:
    table = Table(load(raw, faults), "", faults)
    cls = table.choice("class", CLASSES)
    found = [_signal(one, cls, name, words, slots) for one in table.tables("signal")]
    table.done()
    return found


def _signal(table: Table, cls: str, name: str, words: Words, slots: Words) -> Signal:
    made = Signal(
        id=table.take("id", str),
        cls=cls,
        patterns=_filled(table, table.strings("patterns", needed=False), words),
        frames=_frames(table, slots),
        plain=table.take("plain", bool, False),
        debt=table.take("debt", bool, False),
        trade=table.take("trade", bool, False),
    )
    table.done()
    if not made.id.startswith(cls + "."):
        table.fault(f"id {made.id!r} must begin with {cls}. (file {name})")
    if not made.patterns and not made.frames:
        table.fault("patterns or frames are needed")
    compilable(table, made.patterns)
    return made


def _frames(table: Table, slots: Words) -> tuple[Frame, ...]:
    frames = tuple(map(Frame.read, table.strings("frames", needed=False)))
    for name in sorted({name for one in frames for name in (*one.needs, *one.excludes)} - slots.keys()):
        table.fault(f"no slot is called {name}")
    return frames


def _filled(table: Table, patterns: tuple[str, ...], words: Words) -> tuple[str, ...]:
    unknown = {slot for pattern in patterns for slot in slots_of(pattern) if slot not in words}
    for slot in sorted(unknown):
        table.fault(f"nothing is called {slot}")
    return () if unknown else tuple(filled(pattern, words) for pattern in patterns)


def compilable(table: Table, patterns: tuple[str, ...]) -> None:
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
        compilable(table, patterns)
    return found


def _characters(_name: str, raw: bytes, faults: list[str]) -> dict[str, str]:
    """``pairs``: words of two characters, the traditional one first."""
    table = Table(load(raw, faults), "", faults)
    pairs = "".join(table.take("pairs", str).split())
    table.done()
    if len(pairs) % 2 or len(set(pairs[::2])) != len(pairs) // 2:
        faults.append("pairs: two characters each, no traditional one twice")
    return dict(zip(pairs[::2], pairs[1::2], strict=False))


def _sounds(_name: str, raw: bytes, faults: list[str]) -> dict[str, str]:
    """``pairs``: what is written and what is meant, a blank between them."""
    table = Table(load(raw, faults), "", faults)
    pairs = [one.split() for one in table.strings("pairs")]
    table.done()
    made = dict(one for one in pairs if len(one) == _PAIR)
    if len(made) != len(pairs):
        faults.append("pairs: two words each, no spelling twice")
    return made


def _refuse_doubles(signals: tuple[Signal, ...]) -> None:
    seen: set[str] = set()
    for signal in signals:
        if signal.id in seen:
            raise RuleBookBroken(path="wording", reason=f"signal {signal.id} stands twice")
        seen.add(signal.id)
