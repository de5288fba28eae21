"""Files of fraud signals: TOML to `ScamBook`, strictly.

``words.toml`` fills the slots of patterns, ``context.toml`` holds what surrounds words, ``links.toml`` links and
numbers besides their signals; every other file holds signals.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import chain

from jdneg.domain.rulebook import STRENGTH
from jdneg.domain.scam.signals import COMPUTED, GRADES, Links, ScamBook, Signal
from jdneg.domain.slots import filled, slots_of
from jdneg.domain.tone import Tone
from jdneg.errors import RuleBookBroken
from jdneg.storage.tomlcheck import Table, load, read_each
from jdneg.storage.wordfiles import lists, read_spelling, read_tone, read_words, refuse_missing

_WORDS, _CONTEXT, _LINKS, _TONE = "scam/words.toml", "scam/context.toml", "scam/links.toml", "scam/tone.toml"
_SPECIAL = (_WORDS, _CONTEXT, _LINKS, _TONE)


def read_scams(files: Mapping[str, bytes], wording: Mapping[str, bytes]) -> ScamBook:
    """The book of these files; spellings are those of the wording's files."""
    refuse_missing(files, _SPECIAL)
    words = read_each({_WORDS: files[_WORDS]}, read_words)[0]
    contexts = read_each({_CONTEXT: files[_CONTEXT]}, _contexts)[0]
    links, resellers, numbers = read_each({_LINKS: files[_LINKS]}, _links)[0]
    rest = {name: raw for name, raw in files.items() if name not in _SPECIAL}
    signals = [*chain.from_iterable(read_each(rest, _signals)), *numbers]
    by_id = {one.id: one for one in signals}
    tone = read_each({_TONE: files[_TONE]}, read_tone)[0]
    made = ScamBook(by_id, contexts, words, links, resellers, *read_spelling(wording), Tone(tone))
    faults = [*_doubles(signals), *_unknown(made)]
    if faults:
        raise RuleBookBroken(path="scam", reason="; ".join(faults))
    return made


def _contexts(_name: str, raw: bytes, faults: list[str]) -> dict[str, tuple[str, ...]]:
    table = Table(load(raw, faults), "", faults)
    found = lists(table, "context")
    table.done()
    return found


def _links(_name: str, raw: bytes, faults: list[str]) -> tuple[Links, tuple[str, ...], list[Signal]]:
    table = Table(load(raw, faults), "", faults)
    links = Links(*(table.strings(name) for name in ("names", "shorteners", "cheap", "state")))
    resellers = table.strings("resellers")
    signals = [_signal(one, computed=True) for one in table.tables("signal")]
    table.done()
    return links, resellers, signals


def _signals(_name: str, raw: bytes, faults: list[str]) -> list[Signal]:
    table = Table(load(raw, faults), "", faults)
    found = [_signal(one, computed=False) for one in table.tables("signal")]
    table.done()
    return found


def _signal(table: Table, *, computed: bool) -> Signal:
    made = Signal(
        id=table.take("id", str),
        grade=table.choice("grade", GRADES),
        reason=table.texts("reason"),
        row=table.take("row", str),
        checked=table.choice("checked", STRENGTH),
        patterns=() if computed else table.strings("patterns"),
        hints=() if computed else table.strings("hints"),
        needs=table.strings("needs", needed=False),
        never=table.strings("never", needed=False),
        even_denied=table.take("even_denied", bool, False),
    )
    table.done()
    return made


def _doubles(signals: list[Signal]) -> list[str]:
    ids = [one.id for one in signals]
    return [f"signal {one} stands twice" for one in sorted(set(ids)) if ids.count(one) > 1]


def _unknown(book: ScamBook) -> list[str]:
    """Contexts and slots that nothing fills."""
    known = {*book.contexts, *COMPUTED}
    asked = {name for one in book.signals.values() for name in (*one.needs, *one.never)}
    written = [*book.contexts.values(), *(one.patterns for one in book.signals.values())]
    slots = {slot for patterns in written for pattern in patterns for slot in slots_of(pattern)}
    return [f"nothing is called {name}" for name in sorted((asked - known) | (slots - set(book.words)))]


def pattern_faults(book: ScamBook) -> list[str]:
    """Patterns that cannot be compiled; for the tests of the data: at each start it would cost too much."""
    every = [*chain.from_iterable(book.contexts.values())]
    every += chain.from_iterable(one.patterns for one in book.signals.values())
    faults = []
    for pattern in every:
        try:
            re.compile(filled(pattern, book.words))
        except (re.error, KeyError) as error:
            faults.append(f"pattern {pattern!r}: {error}")
    return faults
