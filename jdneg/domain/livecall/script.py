"""What the screen for a call offers: questions to ask, what not to concede, tags. All of it is data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from jdneg.domain.precheck import CheckSource
from jdneg.domain.rulebook import Texts
from jdneg.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """``short`` stands in the list, ``ask`` is what one can say. ``fills`` is the flag of ``log-call`` that the

    answer goes to; without one it is kept in the note.
    """

    id: str
    short: Texts
    ask: Texts
    fills: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """What not to concede, and why; with the rules it rests on where law is touched."""

    id: str
    short: Texts
    text: Texts
    sources: tuple[CheckSource, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TagKey:
    """A tag under one key; ``sets`` are the yes-or-no flags of ``log-call`` that it answers.

    ``takes`` are the flags that a tagged line's words go to, by who spoke. ``about``: whose last line it
    marks, theirs unless said otherwise; "" is whoever spoke last.
    """

    key: str
    id: str
    short: Texts
    sets: Mapping[str, str] = field(default_factory=dict)
    takes: Mapping[str, str] = field(default_factory=dict)
    about: str = "they"


@dataclass(frozen=True, slots=True)
class CallScript:
    """In the order they are shown; the n-th question has the key n."""

    questions: tuple[Question, ...]
    limits: tuple[Limit, ...]
    tags: tuple[TagKey, ...]

    def question(self, name: str) -> Question | None:
        return next((one for one in self.questions if one.id == name), None)

    def tag(self, key: str) -> TagKey | None:
        return next((one for one in self.tags if one.key == key), None)
