"""Dated rules as values. A rule is one TOML file; a change of law is a new ``[[value]]``, never an edited one.

``level`` is legal force; ``checked`` says how we know the text (read, reported, unconfirmed). Neither is the
result of a check. What a rule says on a day is `RuleBook.at`; whom it binds is `Rule.binds_kind`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import field
from typing import Any, Literal

from jdneg.errors import UnknownRule
from jdneg.values import dataclass

Level = Literal[
    "law", "regulation", "rule", "normative", "interpretation", "policy", "standard", "self_regulation", "principle"
]  # fmt: skip
Checked = Literal["read", "reported", "unconfirmed"]
Texts = Mapping[str, str]

STRENGTH: tuple[Checked, ...] = ("unconfirmed", "reported", "read")


@dataclass(frozen=True, slots=True)
class Reference:
    """Where a value comes from: ``row`` names the fact sheet's row; url and article may be "not verified"."""

    row: str
    instrument: Texts
    checked: Checked
    checked_on: dt.date
    article: str = "not verified"
    url: str = "not verified"


@dataclass(frozen=True, slots=True)
class RuleValue:
    """What the rule says from ``since`` (inclusive) to ``until`` (exclusive, None: no end known)."""

    since: dt.date
    references: tuple[Reference, ...]
    until: dt.date | None = None
    numbers: Mapping[str, Any] = field(default_factory=dict)

    @property
    def checked(self) -> Checked:
        """The best of its references: one reading of the text is enough."""
        return max((one.checked for one in self.references), key=STRENGTH.index)

    def covers(self, day: dt.date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Rule:
    """``check`` names the function that applies it (``info``: shown by explain only)."""

    id: str
    title: Texts
    check: str
    level: Level
    binds: tuple[str, ...]
    values: tuple[RuleValue, ...]
    says: Texts
    clears_if: Texts
    dated_by: Literal["event", "loan"] = "event"
    scope: Mapping[str, Any] = field(default_factory=dict)

    def binds_kind(self, kind: str) -> bool | None:
        """Whether it binds this lender kind; None when the kind is unknown and that decides it."""
        if "any" in self.binds:
            return True
        return None if kind == "unknown" else kind in self.binds

    def on(self, day: dt.date) -> RuleValue | None:
        """The value in force on that day, or None before the first and after the end."""
        return next((value for value in self.values if value.covers(day)), None)


@dataclass(frozen=True, slots=True)
class RuleBook:
    """All rules, by id and in id order. ``version`` is the hash of the files they were read from.

    ``checks``: the ids of the rules of each check, so that nobody need look at a rule to know that it is another's.
    """

    rules: Mapping[str, Rule]
    version: str
    checks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def get(self, rule_id: str) -> Rule:
        rule = self.rules.get(rule_id)
        if rule is None:
            raise UnknownRule(rule=rule_id)
        return rule

    def at(self, rule_id: str, day: dt.date) -> RuleValue | None:
        return self.get(rule_id).on(day)

    def for_check(self, check: str) -> tuple[Rule, ...]:
        return tuple(self.rules[one] for one in self.checks.get(check, ()))


def make_book(rules: Iterable[Rule], version: str) -> RuleBook:
    """The rules in the order of their ids; ``version`` names the set."""
    known = {rule.id: rule for rule in sorted(rules, key=lambda one: one.id)}
    return RuleBook(known, version, by_check((rule.check, rule.id) for rule in known.values()))


def by_check(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """The ids of each check, in their order."""
    found: dict[str, tuple[str, ...]] = {}
    for check, rule in pairs:
        found[check] = (*found.get(check, ()), rule)
    return found
