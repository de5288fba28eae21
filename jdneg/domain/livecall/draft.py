"""From the notes of a call to the flags of ``log-call``: only what was typed, and what the clock saw."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from jdneg.domain.livecall.notes import CallNotes, Line, Who
from jdneg.domain.livecall.script import CallScript, TagKey
from jdneg.domain.money import parse_amount
from jdneg.errors import JdnegError

# The flags a review shows and lets one correct, in this order.
FIELDS = (
    "loan",
    "at",
    "until",
    "answered",
    "number",
    "agency",
    "agent",
    "role",
    "demand",
    "result",
    "next",
    "impact",
)
LONG = ("said", "i_said", "note")


def flags_of(notes: CallNotes, script: CallScript, names: Mapping[str, str]) -> dict[str, str | tuple[str, ...]]:
    """The flags by name. ``names`` are the reader's words for ``they``, ``me``, each question and each tag.

    An answer that its flag cannot take (an amount that is none) stays in the note alone.
    """
    found: dict[str, str | tuple[str, ...]] = {"at": notes.started.isoformat()}
    if notes.ended is not None:
        found |= {"until": notes.ended.isoformat(), "duration": f"{_seconds(notes.started, notes.ended)}s"}
    if notes.loan:
        found["loan"] = notes.loan
    found |= {name: text for name, text in (("said", _said(notes, "they")), ("i_said", _said(notes, "me"))) if text}
    for question in script.questions:
        answer = notes.answers.get(question.id)
        if answer and question.fills and _takes(question.fills, answer):
            found[question.fills] = answer
    for tag in script.tags:
        found |= dict(tag.sets) if tag.id in notes.every_tag else {}
        found |= _taken(notes, tag)
    if notes.out:
        found["out"] = "yes"
    if notes.every_tag:
        found["tag"] = tuple(names[tag] for tag in notes.every_tag)
    if note := note_of(notes, script, names):
        found["note"] = note
    return _corrected(found, notes)


def _taken(notes: CallNotes, tag: TagKey) -> dict[str, tuple[str, ...]]:
    """The words of the lines with a tag that takes them, by flag. An @ would be read as a day: such a line stays

    in the note alone.
    """
    found: dict[str, tuple[str, ...]] = {}
    for line in notes.lines:
        flag = tag.takes.get(line.who)
        if flag and tag.id in line.tags and not {"@", "＠"} & set(line.text):
            found[flag] = (*found.get(flag, ()), line.text)
    return found


def _corrected(found: dict[str, str | tuple[str, ...]], notes: CallNotes) -> dict[str, str | tuple[str, ...]]:
    """What was corrected on the review stands before what the notes say; emptied means unknown."""
    fixed = {name: text.strip() for name, text in notes.fields.items()}
    if fixed.keys() & {"at", "until"}:
        found.pop("duration", None)
    return {name: text for name, text in {**found, **fixed}.items() if text}


def _seconds(start: dt.datetime, end: dt.datetime) -> int:
    return max(0, int((end - start).total_seconds()))


def _said(notes: CallNotes, who: Who) -> str:
    """Their words, or mine, a line each."""
    return "\n".join(line.text for line in notes.lines if line.who == who)


def _takes(flag: str, answer: str) -> bool:
    if flag != "demand":
        return True
    try:
        parse_amount(answer)
    except JdnegError:
        return False
    return True


def note_of(notes: CallNotes, script: CallScript, names: Mapping[str, str]) -> str:
    """The course of the call with its times, and every answer."""
    lines = [_timed(line, names) for line in notes.lines]
    for question in script.questions:
        if answer := notes.answers.get(question.id):
            lines.append(f"{names[question.id]}: {answer}")
        elif question.id in notes.ticked:
            lines.append(f"{names[question.id]}: {names['asked']}")
    return "\n".join(lines)


def _timed(line: Line, names: Mapping[str, str]) -> str:
    marks = "".join(f" [{names[tag]}]" for tag in line.tags)
    late = f" ({names['late']})" if line.late else ""
    return f"{line.at:%H:%M:%S}{late} {names[line.who]}: {line.text}{marks}"
