"""Which rules want looking up again: last looked at too long ago, unconfirmed, or known from others' words only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Literal

from jdneg.domain.rulebook import Rule, RuleBook, RuleValue
from jdneg.values import dataclass

Reason = Literal["old", "unconfirmed", "never_read"]

# How long a check is trusted where nobody says otherwise, in days.
HORIZON = 180


@dataclass(frozen=True, slots=True)
class Stale:
    """A rule as it stands on the day, when it was last looked at, and why it wants a look; ``age`` in days."""

    rule: Rule
    value: RuleValue
    checked_on: dt.date
    age: int
    reasons: tuple[Reason, ...]


def stale(book: RuleBook, day: dt.date, horizon: int = HORIZON) -> tuple[Stale, ...]:
    """Of the rules in force on the day; one looked at on a later day is not old. The oldest check first."""
    found = (_looked_at(rule, value, day, horizon) for rule in book.rules.values() if (value := rule.on(day)))
    return tuple(sorted((one for one in found if one.reasons), key=lambda one: (one.checked_on, one.rule.id)))


def _looked_at(rule: Rule, value: RuleValue, day: dt.date, horizon: int) -> Stale:
    last = max(one.checked_on for one in value.references)
    age = max((day - last).days, 0)
    return Stale(rule, value, last, age, tuple(_reasons(value, age, horizon)))


def _reasons(value: RuleValue, age: int, horizon: int) -> Iterator[Reason]:
    if age > horizon:
        yield "old"
    if value.checked == "unconfirmed":
        yield "unconfirmed"
    elif all(one.checked != "read" for one in value.references):
        yield "never_read"
