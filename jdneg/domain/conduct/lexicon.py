"""What messages are read by, and what a reading says. The words are data (``data/wording``)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from jdneg.values import dataclass

CLASSES = (
    "violence", "threat", "insult", "disclosure_threat", "impersonation", "false_consequence",
    "third_party_pressure", "third_party_notice", "visit_threat", "accusation", "new_borrowing", "private_account",
    "misleading_amount", "pressing",
)  # fmt: skip
# negation: right before the words, they are not meant. warning: the message warns of such words.
# told: the words are quoted, joked or the borrower's own: never plain. debt: it speaks of a debt. collection:
# it asks for what is owed, or says that it is late. trade: lawful steps. promotion: an advertisement. whole: all
# of it is asked for. office: who a caller may falsely claim to be.
# banter: friends and family talk so; without a debt nothing in it is meant. hostile: only who presses speaks so; it
# stands in for a debt that is not named.
CONTEXTS = (
    "negation", "warning", "told", "debt", "collection", "trade", "promotion", "whole", "office", "banter", "hostile",
)  # fmt: skip

SLOT = "@"  # before a slot's name: its words are one more group of patterns
APART = "\u3000"  # no character of a key, and JSON has it as it is


@dataclass(frozen=True, slots=True)
class Signal:
    """Given where one of its patterns matches or one of its frames is met.

    ``debt``: counts only where the message speaks of a debt. ``trade``: beside lawful steps it is not plain.
    """

    id: str
    cls: str
    plain: bool = False
    debt: bool = False
    trade: bool = False


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What messages are read by, as `jdneg.storage.wordfiles` makes it of ``data/wording``.

    Plain JSON values, whose texts are taken apart where a message meets them: a start that reads one message would
    make thousands of objects for nothing.

    ``signals``: by id, what a `Signal` has beside it. ``patterns``: each after the name of its group: a signal's id,
    a context, or `SLOT` and the name of a slot, whose words frames name. ``frames``: each after its signal's id;
    ``framed``: by the group of the slot they name first, their places.
    ``needs``: by pattern, what must stand in a text beside what it is looked up by: needs parted by `APART`, each
    words of which one does. ``index``: by first character, entries parted by `APART`: a word of one or two
    characters and the places of the patterns to try where it stands; those under "" are always tried.
    ``simplified`` maps traditional characters, ``sounds`` spellings that hide a word. ``numbers`` are those that
    patterns and spellings name: no other figure decides what a message says. ``tone`` are the weights of a `Tone`.
    """

    signals: Mapping[str, Sequence[Any]]
    patterns: Sequence[str]
    needs: Sequence[str]
    index: Mapping[str, str]
    frames: Sequence[str]
    framed: Mapping[str, str]
    simplified: Mapping[str, str]
    sounds: Mapping[str, str]
    numbers: Sequence[str]
    tone: Mapping[str, int]
    version: str


@dataclass(frozen=True, slots=True)
class Hit:
    """One signal found; ``plain`` after context was weighed."""

    signal: str
    cls: str
    plain: bool
    quote: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What one text says. ``whole`` is the quote of words that ask for the whole balance."""

    hits: tuple[Hit, ...] = ()
    debt: bool = False
    collection: bool = False
    promotion: bool = False
    whole: str | None = None

    def without(self, signal: str) -> Reading:
        """The same, but for one signal."""
        return replace(self, hits=tuple(hit for hit in self.hits if hit.signal != signal))

    def of(self, classes: Iterable[str]) -> Hit | None:
        """The first hit of these classes, plain ones before others."""
        wanted = set(classes)
        found = [hit for hit in self.hits if hit.cls in wanted]
        return next((hit for hit in found if hit.plain), found[0] if found else None)
