"""After a contact-preference letter was sent: hours, channels, other people, and that they say who they are.

The measure is the borrower's own request, not a duty of the lender: contact against it is a review.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from jdneg.domain.conduct.asks import called_that_day
from jdneg.domain.conduct.findings import Suspicion, all_of
from jdneg.domain.conduct.seen import WRITTEN, Seen
from jdneg.domain.conduct.world import Wish, read_hours
from jdneg.domain.dates import shanghai_day, shanghai_moment
from jdneg.domain.ids import number_of
from jdneg.domain.messages import Message
from jdneg.domain.rulebook import Rule, RuleValue


def applies(seen: Seen) -> bool:
    """They came to us, and a letter with wishes was sent about this loan or about all."""
    return bool(seen.world.wishes) and seen.incoming is True and bool(_wishes(seen))


def _wishes(seen: Seen) -> tuple[Wish, ...]:
    wishes = seen.world.wishes
    own = wishes.get(seen.loan_id, ()) if seen.loan_id is not None else ()
    return own + wishes.get(None, ())


def preference(seen: Seen, rule: Rule, value: RuleValue) -> Suspicion | None:  # noqa: ARG001
    """Whether the contact went against a letter sent before it; of letters of one kind the latest speaks."""
    sent = sorted((one for one in _wishes(seen) if _before(one, seen)), key=_order)
    latest = {wish.identity: wish for wish in sent}
    reason = all_of([reason for wish in latest.values() for reason in _against(wish, seen)])
    if reason is None or _is_asked_for(seen, rule):
        return None
    called = None if seen.third_party else called_that_day(seen)
    if called is None:
        return Suspicion("review", reason, seen.fact)
    # The first of theirs after it may be its answer, and no letter means to stop that.
    beside = Message("conduct.own_call_that_day", {"source": called.source})
    reason = Message("conduct.and", {"one": reason, "other": beside})
    return Suspicion("cannot_tell", reason, seen.fact, clears_if=Message("conduct.clears_own_call"))


def _is_asked_for(seen: Seen, rule: Rule) -> bool:
    """What no letter means to stop: what the borrower asked for, the written answer, courts and authorities."""
    contact, said = seen.contact, seen.contact.said or ""
    names = (contact.sender, contact.agency, contact.role_claimed, _signed(said))
    if _matches(rule, "officials", " ".join(one for one in names if one)):
        return True
    if seen.third_party:
        return False
    if contact.agreed_time or (_matches(rule, "calls_back", said) and not _threatens(seen)):
        return True
    if contact.channel not in WRITTEN:
        return False
    if contact.channel == "letter" or not seen.collects:
        return True
    return _matches(rule, "answers", said) and not _threatens(seen)


def _threatens(seen: Seen) -> bool:
    return any(hit.plain for hit in seen.reading.hits)


def _signed(said: str) -> str | None:
    """The name in brackets by which a message says who it is from."""
    found = re.match(r"\s*[【\[](.{2,30}?)[】\]]", said)
    return found[1] if found else None


def _matches(rule: Rule, name: str, text: str) -> bool:
    return any(re.search(one, text, re.IGNORECASE) for one in rule.scope.get(name, ()))


def _order(wish: Wish) -> tuple[dt.date, int]:
    return shanghai_day(wish.sent_at), number_of(wish.letter)


def _before(wish: Wish, seen: Seen) -> bool:
    """Sent before the contact; on one day only if both hours are known."""
    sent = shanghai_moment(wish.sent_at)
    if sent is not None and seen.moment is not None:
        return sent < seen.moment
    return shanghai_day(wish.sent_at) < seen.day


def _against(wish: Wish, seen: Seen) -> Iterator[Message]:
    """Everything in which the contact differs from the letter; another person's contact is measured by that alone."""
    terms, contact, letter = wish.terms, seen.contact, {"letter": wish.letter}
    if seen.third_party:
        if terms.no_third_party:
            yield Message("conduct.preference_third_party", letter)
        return
    if terms.channels and contact.channel not in terms.channels:
        yield Message("conduct.preference_channel", {**letter, "channels": "、".join(terms.channels)})
    hours = read_hours(terms.hours) if contact.channel != "letter" else None
    if hours is not None and seen.moment is not None and not hours.hold(seen.moment):
        facts = {**letter, "hours": terms.hours, "time": f"{seen.moment:%H:%M}"}
        yield Message("conduct.preference_hours", facts)
    if wish.identity and contact.identity_stated is False:
        yield Message("conduct.preference_identity", letter)
