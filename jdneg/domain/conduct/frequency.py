"""How often in a day: connected and unanswered apart, lender and its agencies together, only small counters kept.

No source limits messages, and the law names no number at all: that there were many in one day is only a fact for a
court to weigh, shown for a look.

Reported limits are two: connected notification calls and effective interactive calls. A call in which the
borrower spoke is interactive, a robot's that nobody answered with words is a notification; of the rest it is not
known which. So a sum above both limits together is over one of them, whichever calls were which.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import field

from jdneg.domain.conduct.findings import Confidence, Suspicion
from jdneg.domain.conduct.seen import Seen
from jdneg.domain.messages import Message
from jdneg.domain.rulebook import Rule, RuleValue
from jdneg.values import dataclass

Key = tuple[dt.date, str]
CALLED = frozenset({"call", "visit"})
_NEVER = dt.datetime.min.replace(tzinfo=dt.UTC)


@dataclass(slots=True)
class DayCount:
    """The contacts of one day by one lender and its agencies; ``like`` is the latest call or visit, else message."""

    like: Seen
    notice: int = 0
    interactive: int = 0
    unclear: int = 0
    unanswered: int = 0
    unknown: int = 0
    visits: int = 0
    messages: int = 0
    approximate: bool = False
    from_number: dict[str, int] = field(default_factory=dict)
    called: bool = False
    latest: dt.datetime = _NEVER

    @property
    def connected(self) -> int:
        return self.notice + self.interactive + self.unclear

    @property
    def total(self) -> int:
        return self.connected + self.unanswered + self.unknown + self.visits + self.messages


def key_of(seen: Seen) -> Key:
    """Contacts of one lender count together; without a loan those of one number or name do."""
    return seen.day, seen.side


def counts(seen: Seen) -> bool:
    """Calls, visits and messages that collect; not what the borrower began or agreed to, nor what others received."""
    if seen.incoming is False or seen.contact.agreed_time or (seen.third_party and not _may_be_both(seen)):
        return False
    return seen.contact.channel in CALLED or (seen.contact.channel != "letter" and seen.collects)


def _may_be_both(seen: Seen) -> bool:
    """A call or visit at which somebody else is only named: one who stood by does not take it from the borrower."""
    return seen.contact.channel in CALLED and seen.contact.to_whom is None


def count_in(days: dict[Key, DayCount], seen: Seen) -> None:
    """Put a contact into its day's count; the day is told by its latest contact."""
    key = key_of(seen)
    day = days.get(key)
    if day is None:
        day = days[key] = DayCount(seen)
    called, moment = seen.contact.channel in CALLED, seen.moment or _NEVER
    if called > day.called or (called == day.called and moment > day.latest):
        day.like, day.called, day.latest = seen, called, moment
    _add(day, seen)


def _add(day: DayCount, seen: Seen) -> None:
    contact = seen.contact
    if contact.channel not in CALLED:
        day.messages += 1
        return
    if seen.fact != "high":
        day.approximate = True
    if contact.channel == "visit":
        day.visits += 1
    elif contact.answered is None or seen.incoming is None or seen.third_party:
        day.unknown += 1
    elif not contact.answered:
        day.unanswered += 1
        number = contact.number or ""
        day.from_number[number] = day.from_number.get(number, 0) + 1
    elif contact.i_said and not contact.robot:
        day.interactive += 1
    elif contact.robot:
        day.notice += 1
    else:
        day.unclear += 1


def frequency(day: DayCount, rule: Rule, value: RuleValue) -> Suspicion | None:  # noqa: ARG001 -- one shape for all checks
    """What one day's contacts mean under one rule; the rule's numbers say what it counts."""
    if "looked_at" in value.numbers:
        return _many(day, value.numbers["looked_at"])
    if day.like.contact.channel not in CALLED:
        return None
    if "unanswered" in value.numbers:
        return _unanswered(day, value.numbers["unanswered"])
    return _connected(day, value.numbers["notice"], value.numbers["interactive"])


def _connected(day: DayCount, notice: int, interactive: int) -> Suspicion | None:
    limit = min(notice, interactive)
    certain = day.notice > notice or day.interactive > interactive or day.connected > notice + interactive
    possible = day.notice + day.unclear > notice or day.interactive + day.unclear > interactive
    facts: dict[str, object] = {"day": day.like.day, "count": day.connected, "limit": limit}
    if certain:
        return _over(day, "breach", Message("conduct.frequency_connected", facts))
    if possible:
        return _over(day, "review", Message("conduct.frequency_unclear", facts), "conduct.clears_call_kind")
    return _unknown(day, day.connected, limit)


def _many(day: DayCount, limit: int) -> Suspicion | None:
    if day.total <= limit:
        return None
    facts = {"day": day.like.day, "count": day.total, "messages": day.messages, "limit": limit}
    return _over(day, "review", Message("conduct.frequency_many", facts))


def _unanswered(day: DayCount, limit: int) -> Suspicion | None:
    most = max(day.from_number.values(), default=0)
    facts: dict[str, object] = {"day": day.like.day, "count": day.unanswered, "limit": limit, "from_one": most}
    if day.unanswered > limit:
        return _over(day, "breach", Message("conduct.frequency_unanswered", facts))
    return _unknown(day, day.unanswered, limit)


def _unknown(day: DayCount, count: int, limit: int) -> Suspicion | None:
    if not day.unknown or count + day.unknown <= limit:
        return None
    facts = {"day": day.like.day, "count": count, "unknown": day.unknown, "limit": limit}
    clears = Message("conduct.clears_answered")
    return Suspicion("cannot_tell", Message("conduct.frequency_unknown", facts), clears_if=clears)


def _over(day: DayCount, result: str, reason: Message, clears: str | None = None) -> Suspicion:
    fact: Confidence = "medium" if day.approximate else "high"
    cleared = Message(clears) if clears else None
    return Suspicion("breach" if result == "breach" else "review", reason, fact, clears_if=cleared)


def visits(day: DayCount, rule: Rule, value: RuleValue) -> Suspicion | None:  # noqa: ARG001
    """More visits on the day than the rule allows."""
    limit = value.numbers.get("visits")
    if limit is None or day.visits <= limit:
        return None
    facts = {"day": day.like.day, "count": day.visits, "limit": limit}
    return _over(day, "breach", Message("conduct.visits_per_day", facts))


DAY_CHECKS: dict[str, Callable[[DayCount, Rule, RuleValue], Suspicion | None]] = {
    "frequency": frequency,
    "visit": visits,
}
