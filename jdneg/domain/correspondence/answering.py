"""How far the answering of a letter has come: six steps, each read from the record, never assumed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

from jdneg.domain.correspondence.replies import verdict
from jdneg.domain.messages import Message
from jdneg.domain.records.base import Stored, When
from jdneg.domain.records.paper import Letter, LetterClass
from jdneg.errors import BadState
from jdneg.values import dataclass

Texts = Mapping[str, str]
State = Literal["done", "open", "not_needed"]


@dataclass(frozen=True, slots=True)
class PlanTexts:
    """``steps`` in their order, ``points`` by class."""

    steps: tuple[tuple[str, Texts], ...]
    points: Mapping[str, tuple[Texts, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """``at`` is when it was done; ``lacks`` names fields nobody recorded; ``command`` is without its ``jdneg``."""

    id: str
    state: State
    at: When | None = None
    lacks: tuple[str, ...] = ()
    command: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerPlan:
    """``kind`` is the class that was recorded, else the one its words speak for (``guessed``)."""

    letter: str
    kind: LetterClass | None
    guessed: bool
    due: dt.date | None
    steps: tuple[Step, ...]

    @property
    def next(self) -> Step | None:
        """The first that is open; of a letter that is closed none."""
        if self.steps[-1].state == "done":
            return None
        return next((one for one in self.steps if one.state == "open" and one.command), None)


def answer_plan(
    came: Stored[Letter], replies: Sequence[Stored[Letter]], spoken: LetterClass | None, *, kept: bool
) -> AnswerPlan:
    """The plan for a letter that came; ``replies`` answer it, ``spoken`` is the class its words speak for.

    ``kept``: the original or a picture of it is in the vault.
    """
    record = came.record
    kind = record.letter_class or spoken
    steps = (
        _collected(came, kept=kept),
        _source(came),
        _classed(came, kind),
        *_answered(came, replies),
        _followed(came),
    )
    return AnswerPlan(
        letter=came.id, kind=kind, guessed=record.letter_class is None, due=record.reply_by, steps=steps
    )


def _collected(came: Stored[Letter], *, kept: bool) -> Step:
    record, how = came.record, came.record.received
    known = {
        "sender": how is not None and bool(how.sender or how.number or how.agency),
        "subject": bool(record.subject),
        "text": bool(record.text),
        "exhibits": kept,
    }
    lacks = tuple(name for name, there in known.items() if not there)
    command = f"evidence add FILE --for {came.id}" if lacks == ("exhibits",) else f"letter amend {came.id} --edit"
    return Step(
        id="collect",
        state="open" if lacks else "done",
        at=came.recorded_at,
        lacks=lacks,
        command=command if lacks else None,
    )


def _source(came: Stored[Letter]) -> Step:
    found = verdict(came.record)
    if found is not None:
        return Step(id="source", state="done", at=found.at)
    return Step(id="source", state="open", command=f"letter verify-source {came.id}")


def _classed(came: Stored[Letter], kind: LetterClass | None) -> Step:
    if came.record.letter_class is not None:
        return Step(id="class", state="done")
    return Step(id="class", state="open", command=f"letter classify {came.id} {kind or 'loan|account|…'}")


def _answered(came: Stored[Letter], replies: Sequence[Stored[Letter]]) -> tuple[Step, Step]:
    """A forged letter is not answered; one that is closed needs no answer any more."""
    if not replies:
        found = verdict(came.record)
        idle = came.record.closed_at is not None or (found is not None and found.outcome == "fake")
        state: State = "not_needed" if idle else "open"
        command = None if idle else f"letter draft reply --letter {came.id}"
        return Step(id="draft", state=state, command=command), Step(id="send", state=state)
    last = replies[-1]
    drafted = Step(id="draft", state="done", at=last.record.drafted_on)
    if last.record.sent_at is not None:
        return drafted, Step(id="send", state="done", at=last.record.sent_at)
    return drafted, Step(id="send", state="open", command=f"letter sent {last.id}")


def _followed(came: Stored[Letter]) -> Step:
    if came.record.closed_at is not None:
        return Step(id="follow", state="done", at=came.record.closed_at)
    return Step(id="follow", state="open", command=f"letter close {came.id}")


def closed(letter: Stored[Letter], at: When, outcome: str, note: str | None) -> Letter:
    """The letter with its end. Raises BadState for one that is closed already."""
    if letter.record.closed_at is not None:
        raise BadState(id=letter.id, state=Message("paper.state_closed"))
    return replace(letter.record, closed_at=at, outcome=outcome, note=note or letter.record.note)
