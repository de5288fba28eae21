"""The notes of a call as they grow: entries that are only ever added, and what they amount to.

Each key press that matters is one entry with its moment. Reading the entries again gives the same notes, however
often: that is what makes a draft safe against a closed terminal.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from typing import Any, Literal, get_args

from jdneg.values import dataclass

Who = Literal["they", "me"]
Kind = Literal[
    "start", "begin", "they", "me", "drop", "tag", "tick", "answer", "typing", "end", "field", "saving", "resume"
]


@dataclass(frozen=True, slots=True)
class Entry:
    """``name`` is a question, a tag or a field; ``text`` what was typed.

    ``start`` opens the draft (``name`` the loan, ``text`` "out" when the borrower calls); ``begin`` sets the clock
    anew; ``drop`` takes the last line back; ``tag`` (``text``: whose last line it marks) and ``tick`` turn over;
    ``saving`` says that it is being logged; ``resume`` that another process goes on with it.
    """

    at: dt.datetime
    kind: Kind
    text: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """What one side said, when it was noted; ``late`` when that was after the call had been left."""

    at: dt.datetime
    who: Who
    text: str
    tags: tuple[str, ...] = ()
    late: bool = False


@dataclass(frozen=True, slots=True)
class CallNotes:
    """``typing`` was typed but not entered; ``fields`` are corrections made on the review, by flag.

    ``left`` when another process went on with it: an end that the clock had not seen by then is not known.
    """

    started: dt.datetime
    last: dt.datetime
    loan: str | None = None
    out: bool = False
    ended: dt.datetime | None = None
    lines: tuple[Line, ...] = ()
    tags: tuple[str, ...] = ()
    ticked: frozenset[str] = frozenset()
    answers: Mapping[str, str] = field(default_factory=dict)
    typing: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    saving: bool = False
    left: bool = False

    @property
    def empty(self) -> bool:
        """Nothing was noted that would be lost."""
        return not (self.lines or self.tags or self.answers or self.ticked or self.typing.strip() or self.fields)

    @property
    def every_tag(self) -> tuple[str, ...]:
        """Those of the call and of its lines, each once, in the order they were set."""
        found = [*self.tags, *(tag for line in self.lines for tag in line.tags)]
        return tuple(dict.fromkeys(found))


def notes_of(entries: Iterable[Entry]) -> CallNotes | None:
    """What the entries amount to; None before the call was started."""
    notes: CallNotes | None = None
    for entry in entries:
        if notes is None:
            notes = (
                CallNotes(entry.at, entry.at, entry.name or None, entry.text == "out")
                if entry.kind == "start"
                else None
            )
        else:
            notes = with_entry(notes, entry)
    return notes


def with_entry(notes: CallNotes, entry: Entry) -> CallNotes:
    """The notes after one more entry."""
    step = _STEPS.get(entry.kind)
    found: CallNotes = step(replace(notes, saving=False), entry) if step else notes
    return replace(found, last=entry.at)


def _line(notes: CallNotes, entry: Entry) -> CallNotes:
    who: Who = "me" if entry.kind == "me" else "they"
    line = Line(entry.at, who, entry.text, late=notes.left)
    ended = notes.ended if notes.left else None  # remembered after the call: its end stays; else it goes on
    return replace(notes, lines=(*notes.lines, line), typing="", ended=ended)


def _drop(notes: CallNotes, _: Entry) -> CallNotes:
    return replace(notes, lines=notes.lines[:-1])


def _tag(notes: CallNotes, entry: Entry) -> CallNotes:
    """On the last line of whom it is about, or on the call while there is none."""
    at = _last_of(notes, entry.text)
    if at is None:
        return replace(notes, tags=_turned(notes.tags, entry.name))
    marked = replace(notes.lines[at], tags=_turned(notes.lines[at].tags, entry.name))
    return replace(notes, lines=(*notes.lines[:at], marked, *notes.lines[at + 1 :]))


def tags_now(notes: CallNotes, about: str) -> tuple[str, ...]:
    """The tags where the next one would go."""
    at = _last_of(notes, about)
    return notes.tags if at is None else notes.lines[at].tags


def _last_of(notes: CallNotes, who: str) -> int | None:
    """Where the last line of this side stands; of either where ``who`` is empty."""
    return next((at for at in reversed(range(len(notes.lines))) if who in ("", notes.lines[at].who)), None)


def _turned(tags: tuple[str, ...], name: str) -> tuple[str, ...]:
    return tuple(one for one in tags if one != name) if name in tags else (*tags, name)


def _tick(notes: CallNotes, entry: Entry) -> CallNotes:
    answers = {name: text for name, text in notes.answers.items() if name != entry.name}
    return replace(notes, ticked=notes.ticked ^ {entry.name}, answers=answers)


def _answer(notes: CallNotes, entry: Entry) -> CallNotes:
    answers = {**notes.answers, entry.name: entry.text}
    return replace(notes, ticked=notes.ticked | {entry.name}, answers=answers, typing="")


def _end(notes: CallNotes, entry: Entry) -> CallNotes:
    """By the clock, unless the call was left meanwhile."""
    return notes if notes.left else replace(notes, ended=entry.at)


def _resume(notes: CallNotes, _: Entry) -> CallNotes:
    """However short the break, nobody saw whether the call went on."""
    return replace(notes, left=True)


_STEPS: dict[str, Any] = {
    "begin": lambda notes, entry: replace(notes, started=entry.at, ended=None, left=False),
    "they": _line,
    "me": _line,
    "drop": _drop,
    "tag": _tag,
    "tick": _tick,
    "answer": _answer,
    "typing": lambda notes, entry: replace(notes, typing=entry.text),
    "end": _end,
    "resume": _resume,
    "field": lambda notes, entry: replace(notes, fields={**notes.fields, entry.name: entry.text}),
    "saving": lambda notes, _: replace(notes, saving=True),
}


def to_json(entry: Entry) -> dict[str, str]:
    """One line of a draft."""
    found = {"at": entry.at.isoformat(), "kind": entry.kind, "name": entry.name, "text": entry.text}
    return {name: value for name, value in found.items() if value}


def from_json(raw: Any) -> Entry | None:
    """The entry of a draft's line; None for what is none of ours: a draft is never refused for one bad line."""
    if not isinstance(raw, dict) or raw.get("kind") not in get_args(Kind):
        return None
    try:
        at = dt.datetime.fromisoformat(raw["at"])
    except (KeyError, TypeError, ValueError):
        return None
    text, name = raw.get("text", ""), raw.get("name", "")
    if at.tzinfo is None or not isinstance(text, str) or not isinstance(name, str):
        return None
    return Entry(at, raw["kind"], text, name)
