"""Night hours. Half-open windows in Asia/Shanghai: 22:00:00 is night, 08:00:00 is not."""

from __future__ import annotations

import datetime as dt
from functools import cache

from jdneg.domain.conduct.findings import Suspicion
from jdneg.domain.conduct.seen import WRITTEN, Seen
from jdneg.domain.conduct.world import read_hours
from jdneg.domain.dates import in_window, minute_of_day
from jdneg.domain.messages import Message
from jdneg.domain.rulebook import Rule, RuleValue

# About a time: so close to the edge of a window it may have been on the other side.
_DOUBT = 60
_DAY = 24 * 60


def applies(seen: Seen) -> bool:
    """A paper letter has no hour, and a time the borrower agreed to is no fault.

    A message counts only where it collects or its words are unknown: a spending notice, a code or an advertisement
    does not, however late it comes.
    """
    contact = seen.contact
    if contact.channel == "letter" or contact.agreed_time:
        return False
    if contact.channel not in WRITTEN or contact.said is None:
        return True
    # Beside a warning only threats to life are still looked at, and never as plain ones: those are told of, not made.
    return seen.reading.collection or any(hit.plain or hit.cls != "violence" for hit in seen.reading.hits)


def night(seen: Seen, rule: Rule, value: RuleValue) -> Suspicion | None:
    """Whether the contact fell into the quiet hours, or outside agreed hours where the rule puts these first."""
    start, end = clock(value.numbers["start"]), clock(value.numbers["end"])
    agreed = seen.loan.agreed_hours if seen.loan else None
    if not agreed and _by_day(seen, start, end):
        return None
    if seen.moment is None:
        return Suspicion(
            "cannot_tell", Message("conduct.night_no_time", {"day": seen.day, "window": _window(value)}), seen.fact,
            clears_if=Message("conduct.clears_time"),
        )  # fmt: skip
    found = _at_night(seen, seen.moment, (start, end), value)
    if agreed:
        return _by_agreement(seen, seen.moment, found, agreed, first=bool(rule.scope.get("agreed_hours")))
    return found


@cache
def clock(text: str) -> int:
    """Minutes of the day of ``HH:MM``."""
    hour, minute = text.split(":")
    return int(hour) * 60 + int(minute)


def _by_day(seen: Seen, start: int, end: int) -> bool:
    """Begun and over outside the quiet hours, as most contacts are: for certain, and at little cost."""
    moment, contact = seen.moment, seen.contact
    if moment is None or contact.ended_at is not None:
        return False
    minute = moment.hour * 60 + moment.minute
    if in_window(minute, start, end):
        return False
    return (contact.duration_seconds or 0) < ((start - minute) % _DAY - 1) * 60


def _window(value: RuleValue) -> str:
    return f"{value.numbers['start']}–{value.numbers['end']}"


def _at_night(seen: Seen, moment: dt.datetime, edges: tuple[int, int], value: RuleValue) -> Suspicion | None:
    if not in_window(minute_of_day(moment), *edges):
        return _late_end(seen, moment, edges, value)
    facts: dict[str, object] = {"time": f"{moment:%H:%M}", "window": _window(value)}
    if seen.incoming is None:
        return Suspicion("cannot_tell", Message("conduct.direction_unknown", facts), clears_if=_DIRECTION)
    if _only_advertises(seen):
        return Suspicion("cannot_tell", Message("conduct.night_advert", facts), seen.fact)
    doubtful = (seen.contact.approximate and _near_edge(minute_of_day(moment), edges)) or _words_unknown(seen)
    return Suspicion("review" if doubtful else "breach", _inside(seen, facts), seen.fact)


def _inside(seen: Seen, facts: dict[str, object]) -> Message:
    """With the time as it was recorded where that was on another clock: night is night in China."""
    recorded, moment = seen.contact.happened_at, seen.moment
    if moment is None or not isinstance(recorded, dt.datetime) or recorded.utcoffset() == moment.utcoffset():
        return Message("conduct.night_inside", facts)
    return Message("conduct.night_inside_beijing", {**facts, "recorded": f"{recorded:%m-%d %H:%M %z}"})


def _only_advertises(seen: Seen) -> bool:
    """Words of an advertisement beside words of a debt: which of the two it is, only a reader can say."""
    return seen.contact.channel in WRITTEN and seen.reading.promotion and not seen.reading.hits


_DIRECTION = Message("conduct.clears_direction")


def _words_unknown(seen: Seen) -> bool:
    return seen.contact.channel in WRITTEN and seen.contact.said is None


def _near_edge(minute: int, edges: tuple[int, int]) -> bool:
    return any(min((minute - edge) % _DAY, (edge - minute) % _DAY) < _DOUBT for edge in edges)


def _late_end(seen: Seen, moment: dt.datetime, edges: tuple[int, int], value: RuleValue) -> Suspicion | None:
    """A call that began before the quiet hours and ended in them."""
    ended = seen.contact.ended_at
    if ended is not None:
        ended = ended.astimezone(moment.tzinfo)
    elif seen.contact.duration_seconds:
        ended = moment + dt.timedelta(seconds=seen.contact.duration_seconds)
    if ended is None or seen.incoming is False:
        return None
    minute = minute_of_day(ended)
    if ended <= moment or not in_window(minute, *edges) or (minute == edges[0] and not ended.second):
        return None
    facts = {"time": f"{moment:%H:%M}", "window": _window(value), "ended": f"{ended:%H:%M}"}
    reason = Message("conduct.night_crossing", facts)
    return Suspicion("review", reason, seen.fact)


def _by_agreement(
    seen: Seen, moment: dt.datetime, found: Suspicion | None, agreed: str, *, first: bool
) -> Suspicion | None:
    """What was agreed comes first: inside the agreed hours there is nothing to find.

    Hours we cannot read leave a doubt; that others were agreed is the user's word, so outside them it is a review.
    """
    facts = {"time": f"{moment:%H:%M}", "hours": agreed}
    hours = read_hours(agreed)
    clears = Message(
        "conduct.clears_hours_unread" if hours is None else "conduct.clears_agreed_hours", {"hours": agreed}
    )
    if hours is not None and hours.hold(moment):
        return None
    if found is not None:
        result = "review" if hours is None and found.result == "breach" else found.result
        return Suspicion(result, found.reason, found.fact, clears_if=found.clears_if or clears)
    if not first or hours is None or hours.hold(moment) or seen.incoming is None:
        return None
    return Suspicion("review", Message("conduct.outside_agreed", facts), seen.fact, clears_if=clears)
