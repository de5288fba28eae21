"""What was asked or promised before a contact: to be left alone, to be called later, no more collection.

Three asks hold for later contacts: another person's wish to be left alone, the appointment made when it was not
convenient, the lender's promise to stop. None of them is a rule by itself, so contact against one is a review.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from functools import cache, partial
from typing import TYPE_CHECKING

from jdneg.domain.conduct.agreement import is_reminder
from jdneg.domain.conduct.findings import Suspicion, weakest
from jdneg.domain.conduct.seen import Seen
from jdneg.domain.conduct.world import Ask, AskKind
from jdneg.domain.dates import shanghai_day, shanghai_moment
from jdneg.domain.disclosure import outsider
from jdneg.domain.messages import Message
from jdneg.domain.rulebook import Rule, RuleBook, RuleValue

if TYPE_CHECKING:
    from jdneg.domain.conduct.world import Vow
    from jdneg.domain.records.base import When


def asks_in(seen: Seen, book: RuleBook) -> list[Ask]:
    """The asks a contact leaves behind; the words that mean one are data of the rules."""
    contact, found = seen.contact, []
    ask = partial(Ask, source=seen.id or "", side=seen.side)
    if seen.third_party:
        quote = _wish(seen, book)
        if quote is not None:
            found.append(ask(kind="stop", since=contact.happened_at, who=_who(seen), quote=quote))
    elif contact.inconvenient and contact.next_at is not None:
        found.append(ask(kind="later", since=contact.happened_at, until=contact.next_at))
    for promise in contact.promises:
        if promise.by == "lender" and promise.state != "kept" and promises_stop(promise.what, book):
            found.append(ask(kind="promise", since=promise.due or contact.happened_at, quote=promise.what))
    return found


def _who(seen: Seen) -> tuple[str | None, str | None]:
    return outsider(seen.contact), seen.contact.third_party


def _wish(seen: Seen, book: RuleBook) -> str | None:
    """Their own words, or the user's account of them."""
    contact, pattern = seen.contact, words_for("stop", book)
    texts = (contact.i_said, contact.result, contact.summary, contact.note)
    hits = (pattern.search(text) for text in texts if text)
    return next((hit[0] for hit in hits if hit), None)


def promises_stop(words: str, book: RuleBook) -> bool:
    """Whether a promise is one of no more collection."""
    return words_for("promise", book).search(words) is not None


def words_for(check: str, book: RuleBook) -> re.Pattern[str]:
    """The words that mean such an ask, from the rules of that check."""
    return _joined(tuple(one for rule in book.for_check(check) for one in rule.scope.get("asked", ())))


@cache
def _joined(patterns: tuple[str, ...]) -> re.Pattern[str]:
    # Without a pattern nothing is meant.
    return re.compile("|".join(f"(?:{one})" for one in patterns) or "(?!)", re.IGNORECASE)


def applies(seen: Seen) -> bool:
    """They came again, with something asked of them before."""
    return bool(seen.world.asks) and seen.incoming is True


def stop(seen: Seen, rule: Rule, value: RuleValue) -> Suspicion | None:  # noqa: ARG001
    """Another person was contacted again after asking to be left alone."""
    for ask in _before(seen, "stop"):
        if seen.third_party and _same_person(ask.who, _who(seen)):
            facts = {"source": ask.source, "quote": ask.quote}
            return Suspicion("review", Message("conduct.stop_ignored", facts), seen.fact)
    return None


def _same_person(asked: tuple[str | None, str | None], met: tuple[str | None, str | None]) -> bool:
    """By name where both are known, else by what they are to the borrower."""
    return asked[1] == met[1] if asked[1] and met[1] else asked[0] == met[0]


def later(seen: Seen, rule: Rule, value: RuleValue) -> Suspicion | None:  # noqa: ARG001
    """Called or visited again before the time that was agreed when it was not convenient."""
    if seen.third_party or seen.contact.channel not in ("call", "visit") or seen.contact.agreed_time:
        return None
    for ask in _before(seen, "later"):
        if ask.until is not None and _earlier(seen.contact.happened_at, ask.until):
            facts = {"source": ask.source, "until": _shown(ask.until)}
            return Suspicion("review", Message("conduct.later_ignored", facts), seen.fact)
    return None


def promise(seen: Seen, rule: Rule, value: RuleValue) -> Suspicion | None:  # noqa: ARG001
    """Collection went on after the lender had promised that it would stop."""
    if not seen.collects or is_reminder(seen):
        return None
    for ask in _before(seen, "promise"):
        facts = {"source": ask.source, "since": shanghai_day(ask.since), "quote": ask.quote}
        # The promise stands in another record, so its words are no quote of this contact.
        return Suspicion("review", Message("conduct.promise_broken", facts), weakest(seen.fact, "medium"))
    return None


def _before(seen: Seen, kind: AskKind) -> list[Ask]:
    """Asks of this side that hold by now; the latest last. A promise holds from its very day."""
    return [
        one
        for one in seen.world.asks
        if one.kind == kind and one.side == seen.side and one.source != seen.id and _holds(one, seen)
    ]


def _holds(ask: Ask, seen: Seen) -> bool:
    when = seen.contact.happened_at
    if ask.kind == "promise" and not isinstance(ask.since, dt.datetime):
        return ask.since <= shanghai_day(when)
    return _earlier(ask.since, when)


def _earlier(one: When, other: When) -> bool:
    """Surely before: within one day only where both hours are known."""
    first, second = shanghai_moment(one), shanghai_moment(other)
    if first is not None and second is not None:
        return first < second
    return shanghai_day(one) < shanghai_day(other)


def _shown(when: When) -> str:
    moment = shanghai_moment(when)
    return f"{moment:%Y-%m-%d %H:%M}" if moment else when.isoformat()


def of_vows(vows: Iterable[Vow], book: RuleBook) -> tuple[Ask, ...]:
    """The promises in cases that speak of no more collection."""
    return tuple(
        Ask("promise", one.case, one.lender, one.since, quote=one.what)
        for one in vows
        if promises_stop(one.what, book)
    )
