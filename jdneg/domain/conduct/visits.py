"""A visit's manners: each answer is yes, no or unknown, and unknown is never held against anybody."""

from __future__ import annotations

from collections.abc import Iterator

from jdneg.domain.conduct.findings import Suspicion, together, weakest
from jdneg.domain.conduct.seen import Seen
from jdneg.domain.messages import Message
from jdneg.domain.records.contact import Visit
from jdneg.domain.rulebook import Rule, RuleValue

_STAY_UNKNOWN = "conduct.visit_stayed_unknown"
_ENTERED, _ENTERED_UNKNOWN = "conduct.visit_entered", "conduct.visit_entered_unknown"
# What cannot be told yet, and what would settle it.
_OPEN = {_STAY_UNKNOWN: "conduct.clears_stay", _ENTERED_UNKNOWN: "conduct.clears_entered"}
_LOOKED_AT = frozenset({"conduct.visit_people_few", "conduct.visit_people_many", _ENTERED})
_STAYED, _STAYED_INSIDE = "conduct.visit_stayed", "conduct.visit_stayed_inside"
_ASKED = ("consent", "notice", "id_shown", "authorisation")


def applies(seen: Seen) -> bool:
    """A visit of which something is told."""
    return seen.contact.channel == "visit" and seen.contact.visit is not None


def visit(seen: Seen, rule: Rule, value: RuleValue) -> Suspicion | None:  # noqa: ARG001
    """All about a visit that goes against what the rule's numbers ask, each fact by itself."""
    facts = seen.contact.visit
    return together([_suspect(one, seen) for one in _against(facts, value)]) if facts is not None else None


def _suspect(reason: Message, seen: Seen) -> Suspicion:
    """How many came is for a look only: one text asks for at least two, another wishes at most two.

    So is that they came in: whose rooms they were is not asked.
    """
    if reason.code in _OPEN:
        return Suspicion("cannot_tell", reason, seen.fact, clears_if=Message(_OPEN[reason.code]))
    # Where it is not known whether they had come in: staying outside a door is another matter.
    fact = weakest(seen.fact, "medium") if reason.code == _STAYED else seen.fact
    return Suspicion("review" if reason.code in _LOOKED_AT else "breach", reason, fact)


def _against(visit: Visit, value: RuleValue) -> Iterator[Message]:
    asks, people = value.numbers, visit.people
    # Whoever never came in did not stay in a home, however long he stood outside.
    stayed = visit.asked_to_leave and visit.left_after_minutes != 0 and visit.entered is not False
    if asks.get("leave_when_asked") and stayed:
        if visit.left_after_minutes is None:
            yield Message(_STAY_UNKNOWN)
        else:
            yield Message(_STAYED_INSIDE if visit.entered else _STAYED, {"minutes": visit.left_after_minutes})
    if asks.get("not_inside") and visit.entered and visit.consent is not True:
        yield Message(_ENTERED if visit.consent is False else _ENTERED_UNKNOWN)
    if people is not None and people < asks.get("people_min", people):
        yield Message("conduct.visit_people_few", {"people": people, "limit": asks["people_min"]})
    if people is not None and people > asks.get("people_max", people):
        yield Message("conduct.visit_people_many", {"people": people, "limit": asks["people_max"]})
    for name in _ASKED:
        if asks.get(name) and getattr(visit, name) is False:
            yield Message(f"conduct.visit_no_{name}")
    if asks.get("untouched") and visit.touched:
        yield Message("conduct.visit_touched")
