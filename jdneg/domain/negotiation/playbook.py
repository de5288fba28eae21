"""A playbook: what to do at each of the five steps, and what to ask where it is stuck. The texts are data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from jdneg.errors import BadChoice
from jdneg.values import dataclass

StepName = Literal["confirm", "contact", "wait", "solution", "close"]
STEPS: tuple[StepName, ...] = ("confirm", "contact", "wait", "solution", "close")
GENERAL = "general"
Texts = Mapping[str, str]  # zh and en


@dataclass(frozen=True, slots=True)
class PlayItem:
    id: str
    step: StepName
    text: Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Playbook:
    """``default``: the one for its problem where none is named; ``source`` names what of the texts it answers."""

    id: str
    problem: str
    title: Texts
    about: Texts
    source: str
    default: bool = False
    caution: Texts | None = None
    items: tuple[PlayItem, ...] = ()

    def at(self, step: str) -> tuple[PlayItem, ...]:
        return tuple(one for one in self.items if one.step == step)


@dataclass(frozen=True, slots=True)
class StuckReason:
    """A reason of `Refusal`, and what to ask next."""

    id: str
    source: str
    title: Texts
    ask: tuple[Texts, ...]


def playbook_of(books: Sequence[Playbook], name: str | None, problem: str | None) -> Playbook:
    """The one named, else the problem's own, else the general one. Raises BadChoice for a name there is not."""
    if name is not None:
        return _named(books, name)
    for one in books:
        if problem is not None and one.problem == problem and one.default:
            return one
    return _named(books, GENERAL)


def _named(books: Iterable[Playbook], name: str) -> Playbook:
    known = {one.id: one for one in books}
    if name not in known:
        raise BadChoice(value=name, choices=", ".join(known))
    return known[name]
