"""Which rules bind on a day, and which of what they say is told: the specific before the general.

A rule speaks with its value of the day, and for the lender kind of the contract; where the kind is not known, it is
said once that this is what would settle it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import get_args

from jdneg.domain.conduct.findings import Finding, Suspicion, conclude, joined
from jdneg.domain.conduct.seen import Seen
from jdneg.domain.messages import Message
from jdneg.domain.records.loan import Loan
from jdneg.domain.rulebook import Level, Rule, RuleValue

# A rule with its value of the day; False: whether it binds this lender is not known.
Bound = tuple[Rule, RuleValue, bool]

# The facts of a loan that rules ask for by name, and what each is called where it is not known.
_OF_LOAN = {"credit_card": "card", "joint_lending": "joint"}
LoanFacts = tuple[bool | None, bool | None]
_NO_LOAN: LoanFacts = (None, None)

_LICENSED = frozenset({"bank", "consumer_finance", "microlender"})
# From what binds everybody to what binds by agreement, and what is only thought right.
_FORCE: tuple[Level, ...] = get_args(Level)
_FIND_LENDER = Message("conduct.clears_lender")


def facts_of(loan: Loan | None) -> LoanFacts:
    """What of a loan a rule may ask for."""
    return _NO_LOAN if loan is None else (loan.credit_card, loan.joint_lending)


def bound_on(
    rules: Sequence[Rule], day: dt.date, kind: str, facts: LoanFacts, made: dt.date | None
) -> Iterable[Bound]:
    """``made`` is the day of the loan, for rules that go by it; ``facts`` are those of `facts_of`."""
    for rule in rules:
        value = rule.on(made if rule.dated_by == "loan" and made else day)
        binds = rule.binds_kind(kind)
        asked = [fact for name, fact in zip(_OF_LOAN, facts, strict=True) if rule.scope.get(name) is True]
        if value is None or binds is False or False in asked:
            continue
        yield rule, value, bool(binds) and None not in asked


def settle(heard: list[tuple[Bound, Suspicion]], seen: Seen) -> list[Finding]:
    """What is told of each fact by itself, so that none hides another; what one rule answers alike is one finding."""
    if not any(said.parts for _, said in heard):
        return _of_fact(heard, seen)
    facts: dict[str, list[tuple[Bound, Suspicion]]] = {}
    for bound, said in heard:
        for one in said.parts or (said,):
            facts.setdefault(one.reason.code, []).append((bound, one))
    alike: dict[tuple[str, str], list[Finding]] = {}
    for fact in facts.values():
        for found in _of_fact(fact, seen):
            alike.setdefault((found.rule, found.result), []).append(found)
    return [joined(same) for same in alike.values()]


def _of_fact(heard: list[tuple[Bound, Suspicion]], seen: Seen) -> list[Finding]:
    """Specific rules first; what a court weighs and principles only where nothing firmer speaks.

    A text of less force never hides one of more: beside a recommended standard, the law is told too.
    Where only the lender's kind stands between words and a rule, that is said once, as ``cannot_tell``; beside it a
    recommended standard that covers every licensed kind is shown as a review.
    """
    firm = [_conclude(bound, said, seen) for bound, said in heard if bound[2] and _specific(bound)]
    spoken = [one for one in firm if one.result != "cannot_tell"]
    general = [_conclude(bound, said, seen) for bound, said in heard if bound[2] and not _specific(bound)]
    if spoken:
        return spoken + [one for one in general if _outranks(one, spoken)][:1]
    likely = [(bound, said) for bound, said in heard if _covers_most(bound, said)]
    unsure = [_unbound(bound, said, seen) for bound, said in heard if not bound[2] and (bound, said) not in likely]
    told = [one for one in general if one.result != "cannot_tell"]
    shown = [_if_licensed(bound, said, seen) for bound, said in likely]
    return told[:1] + shown + (firm + unsure + [one for one in general if one.result == "cannot_tell"])[:1]


def _covers_most(bound: Bound, said: Suspicion) -> bool:
    """Only the lender's kind is open, and the recommended standard holds for all kinds that need a licence."""
    rule, _, binds = bound
    return not binds and rule.level == "standard" and set(rule.binds) >= _LICENSED and said.result != "cannot_tell"


def _if_licensed(bound: Bound, said: Suspicion, seen: Seen) -> Finding:
    reason = Message("conduct.if_licensed", {"what": said.reason})
    held = replace(said, result="review", reason=reason, clears_if=said.clears_if or _FIND_LENDER)
    return _conclude(bound, held, seen)


def _outranks(general: Finding, spoken: Sequence[Finding]) -> bool:
    """Whether it is of more legal force than all that was told."""
    return _FORCE.index(general.level) < min(_FORCE.index(one.level) for one in spoken)


def _specific(bound: Bound) -> bool:
    """A text about this very conduct, unlike a principle and unlike a general right that a court weighs."""
    return bound[0].level != "principle" and not bound[0].scope.get("weighs")


def _conclude(bound: Bound, said: Suspicion, seen: Seen) -> Finding:
    return conclude(bound[0], bound[1], said, seen.id)


def _open_fact(rule: Rule) -> str:
    return next(what for name, what in _OF_LOAN.items() if rule.scope.get(name) is True)


def _unbound(bound: Bound, said: Suspicion, seen: Seen) -> Finding:
    """It would be a finding if the rule binds this lender."""
    if said.result == "cannot_tell":
        return _conclude(bound, said, seen)
    what = _open_fact(bound[0]) if bound[0].binds_kind(seen.kind) else "lender"
    reason = Message(f"conduct.{what}_unknown")
    asked = Suspicion("cannot_tell", reason, said.fact, said.wording, said.quote, Message(f"conduct.clears_{what}"))
    return _conclude(bound, asked, seen)
