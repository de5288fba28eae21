"""Wording files: TOML to `Lexicon`, strictly. Imported only when the cache does not help.

``context.toml`` holds what surrounds words, ``traditional.toml`` the characters, ``homophones.toml`` the spellings
that hide a word, ``words.toml`` the lists that patterns name, ``slots.toml`` those that frames name; every other file
is one class of signals.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import partial
from itertools import chain

from jdneg.domain.conduct.frames import Frame
from jdneg.domain.conduct.lexicon import CLASSES, CONTEXTS, Lexicon, Signal
from jdneg.domain.slots import filled, slots_of
from jdneg.errors import RuleBookBroken
from jdneg.storage.tomlcheck import Table, load, read_each
from jdneg.storage.wordkeys import needs_of
from jdneg.storage.wordlookup import Told, Words, Writing, lexicon_of

_CONTEXT = "wording/context.toml"
_CHARACTERS = "wording/traditional.toml"
_SOUNDS = "wording/homophones.toml"
_WORDS = "wording/words.toml"
_SLOTS = "wording/slots.toml"
_PAIR = 2
_TONE = "wording/tone.toml"
_SPECIAL = (_CONTEXT, _CHARACTERS, _SOUNDS, _WORDS, _SLOTS, _TONE)


def read_lexicon(files: Mapping[str, bytes], version: str) -> Lexicon:
    """The lexicon of these files (name relative to the data folder -> bytes)."""
    refuse_missing(files, _SPECIAL)
    rest = {name: raw for name, raw in files.items() if name not in _SPECIAL}
    words = read_each({_WORDS: files[_WORDS]}, read_words)[0]
    slots = read_each({_SLOTS: files[_SLOTS]}, partial(_slots, words))[0]
    told = tuple(chain.from_iterable(read_each(rest, partial(_signals, words, slots))))
    _refuse_doubles(told)
    context = read_each({_CONTEXT: files[_CONTEXT]}, _context)[0]
    characters, sounds = read_spelling(files)
    tone = read_each({_TONE: files[_TONE]}, read_tone)[0]
    return lexicon_of(Writing(told, context, slots, characters, sounds, tone), version)


def refuse_missing(files: Mapping[str, bytes], needed: Iterable[str]) -> None:
    """Raises RuleBookBroken for the first file that is not there."""
    missing = [name for name in needed if name not in files]
    if missing:
        raise RuleBookBroken(path=missing[0], reason="the file is missing")


def read_spelling(files: Mapping[str, bytes]) -> tuple[dict[str, str], dict[str, str]]:
    """Traditional characters with their simplified form, and hiding spellings with the word meant."""
    characters = read_each({_CHARACTERS: files[_CHARACTERS]}, _characters)[0]
    return characters, read_each({_SOUNDS: files[_SOUNDS]}, _sounds)[0]


def read_tone(_name: str, raw: bytes, faults: list[str]) -> dict[str, int]:
    """Weights by run of characters, the bias under the empty one; ``lines`` says what they were learnt from."""
    table = Table(load(raw, faults), "", faults)
    table.take("lines", str)
    weights = {"": table.take("bias", int), **table.take("weights", dict)}
    faults += (f"weights: {run!r} needs a whole number" for run, weight in weights.items() if type(weight) is not int)
    table.done()
    return weights


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


def _signals(words: Words, slots: Words, name: str, raw: bytes, faults: list[str]) -> list[Told]:
    table = Table(load(raw, faults), "", faults)
    cls = table.choice("class", CLASSES)
    found = [_signal(one, cls, name, words, slots) for one in table.tables("signal")]
    table.done()
    return found


def _signal(table: Table, cls: str, name: str, words: Words, slots: Words) -> Told:
    signal = Signal(
        id=table.take("id", str),
        cls=cls,
        plain=table.take("plain", bool, False),
        debt=table.take("debt", bool, False),
        trade=table.take("trade", bool, False),
    )
    made = Told(signal, _filled(table, table.strings("patterns", needed=False), words), _frames(table, slots))
    table.done()
    if not signal.id.startswith(cls + ".") or " " in signal.id:
        table.fault(f"id {signal.id!r} must begin with {cls}. and be one word (file {name})")
    if not made.patterns and not made.frames:
        table.fault("patterns or frames are needed")
    compilable(table, made.patterns)
    return made


def _frames(table: Table, slots: Words) -> tuple[Frame, ...]:
    frames = tuple(map(Frame.read, table.strings("frames", needed=False)))
    for name in sorted({name for one in frames for name in (*one.needs, *one.excludes)} - slots.keys()):
        table.fault(f"no slot is called {name}")
    for one in frames:
        if not one.needs:
            table.fault(f"frame {one} names no slot to look for")
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


def _refuse_doubles(told: tuple[Told, ...]) -> None:
    seen: set[str] = set()
    for name in (one.signal.id for one in told):
        if name in seen:
            raise RuleBookBroken(path="wording", reason=f"signal {name} stands twice")
        seen.add(name)
