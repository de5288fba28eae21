"""Words, identity, visits and what a contact-preference letter asked for."""

from __future__ import annotations

from jdneg.domain.conduct.findings import Confidence, Suspicion
from jdneg.domain.conduct.seen import Seen
from jdneg.domain.conduct.wording import Hit
from jdneg.domain.conduct.world import Wish, read_hours
from jdneg.domain.dates import shanghai_day, shanghai_moment
from jdneg.domain.messages import Message
from jdneg.domain.records.contact import Visit
from jdneg.domain.rulebook import Rule, RuleValue


def has_words(seen: Seen) -> bool:
    """Something of what was said is in the lists."""
    return bool(seen.reading.hits)


def words(seen: Seen, rule: Rule, value: RuleValue) -> Suspicion | None:  # noqa: ARG001
    """The first of the classes the rule forbids; a breach only for words plain enough by themselves."""
    for result in ("breach", "review"):
        hit = seen.reading.of(rule.scope.get(result, ()))
        if hit is not None and (hit.plain or result == "review" or not seen.reading.of(_plain_review(rule, seen))):
            return _of(hit, seen, breach=result == "breach" and hit.plain)
    return None


def _plain_review(rule: Rule, seen: Seen) -> tuple[str, ...]:
    """Classes the rule only reviews whose words are plain: better quoted than doubtful words of a graver class."""
    classes = rule.scope.get("review", ())
    return tuple(one for one in classes if any(hit.plain and hit.cls == one for hit in seen.reading.hits))


def _of(hit: Hit, seen: Seen, *, breach: bool) -> Suspicion:
    reason = Message(f"conduct.words_{hit.cls}", {"quote": hit.quote})
    wording: Confidence = "high" if hit.plain else "medium"
    return Suspicion("breach" if breach else "review", reason, seen.said_fact, wording, hit.quote)


def hides_identity(seen: Seen) -> bool:
    """Somebody was reached, and the caller did not say who they were."""
    return seen.contact.identity_stated is False and seen.contact.answered is not False


def identity(seen: Seen, rule: Rule, value: RuleValue) -> Suspicion | None:  # noqa: ARG001
    """The caller did not say who they were."""
    return Suspicion("breach", Message("conduct.identity_not_stated"), seen.fact)


def is_visit(seen: Seen) -> bool:
    """A visit, whose manners have rules of their own."""
    return seen.contact.channel == "visit" and seen.contact.visit is not None


def visit(seen: Seen, rule: Rule, value: RuleValue) -> Suspicion | None:  # noqa: ARG001
    """The first thing about a visit that the rule's numbers speak of. Unknown is never held against anybody."""
    facts = seen.contact.visit
    reason = _about_visit(facts, value) if facts is not None else None
    return Suspicion("breach", reason, seen.fact) if reason else None


def _about_visit(visit: Visit, value: RuleValue) -> Message | None:
    asks = value.numbers
    people = visit.people
    if asks.get("leave_when_asked") and visit.asked_to_leave and visit.left_after_minutes != 0:
        return Message("conduct.visit_stayed", {"minutes": visit.left_after_minutes or "?"})
    if people is not None and people < asks.get("people_min", people):
        return Message("conduct.visit_people_few", {"people": people, "limit": asks["people_min"]})
    if people is not None and people > asks.get("people_max", people):
        return Message("conduct.visit_people_many", {"people": people, "limit": asks["people_max"]})
    for name in ("consent", "id_shown", "authorisation", "notice"):
        if asks.get(name) and getattr(visit, name) is False:
            return Message(f"conduct.visit_no_{name}")
    return None


def has_wishes(seen: Seen) -> bool:
    """They came to us, and a letter with wishes was sent about this loan or about all."""
    return bool(seen.world.wishes) and seen.incoming is True and bool(_wishes(seen))


def _wishes(seen: Seen) -> tuple[Wish, ...]:
    wishes = seen.world.wishes
    own = wishes.get(seen.loan_id, ()) if seen.loan_id is not None else ()
    return own + wishes.get(None, ())


def preference(seen: Seen, rule: Rule, value: RuleValue) -> Suspicion | None:  # noqa: ARG001
    """Whether the contact went against a letter sent before it; the latest letter speaks."""
    sent = [wish for wish in _wishes(seen) if _before(wish, seen)]
    if not sent:
        return None
    wish = max(sent, key=lambda one: (shanghai_day(one.sent_at), one.letter))
    reason = _against(wish, seen)
    return Suspicion("review", reason, seen.fact) if reason else None


def _before(wish: Wish, seen: Seen) -> bool:
    """Sent before the contact; on one day only if both hours are known."""
    sent = shanghai_moment(wish.sent_at)
    if sent is not None and seen.moment is not None:
        return sent < seen.moment
    return shanghai_day(wish.sent_at) < seen.day


def _against(wish: Wish, seen: Seen) -> Message | None:
    terms, contact = wish.terms, seen.contact
    if terms.no_third_party and seen.third_party:
        return Message("conduct.preference_third_party", {"letter": wish.letter})
    if seen.third_party:
        return None
    if terms.channels and contact.channel not in terms.channels:
        facts = {"letter": wish.letter, "channels": "、".join(terms.channels)}
        return Message("conduct.preference_channel", facts)
    hours = read_hours(terms.hours) if contact.channel != "letter" and not contact.agreed_time else None
    if hours is not None and seen.moment is not None and not hours.hold(seen.moment):
        return Message(
            "conduct.preference_hours",
            {"letter": wish.letter, "hours": terms.hours, "time": f"{seen.moment:%H:%M}"},
        )
    return None
