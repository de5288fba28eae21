"""A finding, and how sure it may be: the weakest of what happened, what was said and how the rule is known.

``level`` is the rule's legal force, ``result`` the answer: different things. A principle, an unconfirmed text or
a rule that a court has to weigh never gives a breach, and nothing is called a breach at low confidence.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal, cast

from jdneg.domain.messages import Message
from jdneg.domain.rulebook import Level, Rule, RuleValue, Texts
from jdneg.values import dataclass

Result = Literal["breach", "review", "cannot_tell"]
Confidence = Literal["high", "medium", "low"]

_ORDER: tuple[Confidence, ...] = ("low", "medium", "high")
_KNOWN: dict[str, Confidence] = {"read": "high", "reported": "medium", "unconfirmed": "low"}


@dataclass(frozen=True, slots=True)
class Finding:
    """``contact`` is None for a text judged alone. ``reason`` always says, after what was seen (fact ``what``), what

    kind of text the rule is and how it is known, so that a recommended standard never reads as law.
    """

    rule: str
    level: Level
    contact: str | None
    result: Result
    confidence: Confidence
    quote: str | None
    in_force_from: dt.date
    reason: Message
    clears_if: Message | Texts


@dataclass(frozen=True, slots=True)
class Suspicion:
    """What a check saw, before the rule's own strength is weighed; ``fact`` and ``wording``: how sure these are.

    ``parts``: the several facts seen, each with its own answer; none where it is one fact.
    """

    result: Result
    reason: Message
    fact: Confidence = "high"
    wording: Confidence = "high"
    quote: str | None = None
    clears_if: Message | None = None
    parts: tuple[Suspicion, ...] = ()


def weakest(*parts: Confidence) -> Confidence:
    """The lowest of these."""
    return min(parts, key=_ORDER.index)


def conclude(rule: Rule, value: RuleValue, seen: Suspicion, contact: str | None) -> Finding:
    """The finding a suspicion amounts to under this rule."""
    confidence = weakest(seen.fact, seen.wording, _read(rule, value))
    result = seen.result
    if result == "breach" and (confidence == "low" or not can_breach(rule, value)):
        result = "review"
    return Finding(
        rule=rule.id,
        level=rule.level,
        contact=contact,
        result=result,
        confidence=confidence,
        quote=seen.quote,
        in_force_from=value.since,
        reason=_with_basis(rule, value, seen.reason),
        clears_if=seen.clears_if or rule.clears_if,
    )


def _read(rule: Rule, value: RuleValue) -> Confidence:
    """How sure it is that the text says this. A principle's text was read; that it asks so much is a reading."""
    return "low" if rule.level == "principle" else _KNOWN[value.checked]


def can_breach(rule: Rule, value: RuleValue) -> bool:
    """Whether anything against this rule may be called a breach: a principle or unconfirmed text never is."""
    held_back = rule.scope.get("weighs") or rule.scope.get("soft")
    return rule.level != "principle" and value.checked != "unconfirmed" and not held_back


def all_of(reasons: Sequence[Message]) -> Message | None:
    """Several things seen under one rule, as one reason; None for none."""
    said: Message | None = None
    for one in reasons:
        said = Message("conduct.and", {"one": said, "other": one}) if said else one
    return said


def together(parts: Sequence[Suspicion]) -> Suspicion | None:
    """Several facts seen under one rule, each to be settled by itself; None for none."""
    return replace(parts[0], parts=tuple(parts)) if parts else None


def joined(same: Sequence[Finding]) -> Finding:
    """Several facts under one rule with one answer, as one finding: as sure as the least sure of them."""
    first, *more = same
    if not more:
        return first
    what = all_of([cast("Message", one.reason.facts["what"]) for one in same])
    reason = replace(first.reason, facts={**first.reason.facts, "what": what})
    return replace(first, reason=reason, confidence=weakest(*(one.confidence for one in same)))


def _with_basis(rule: Rule, value: RuleValue, what: Message) -> Message:
    level = Message(f"conduct.basis_{rule.scope.get('basis', rule.level)}")
    if rule.level == "principle":  # it has no wording to look up
        return Message("conduct.with_level", {"what": what, "level": level})
    checked = Message(f"conduct.checked_{value.checked}")
    return Message("conduct.with_basis", {"what": what, "level": level, "checked": checked})
