"""What was asked or promised before a contact: to be left alone, to be called later, no more collection.

Three asks hold for later contacts: another person's wish to be left alone, the appointment made when it was not
convenient, the lender's promise to stop. None of them is a rule by itself, so contact against one is a review.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from typing import TYPE_CHECKING

from jdneg.domain.conduct.agreement import is_reminder
from jdneg.domain.conduct.findings import Suspicion, all_of, weakest
from jdneg.domain.conduct.seen import Seen
from jdneg.domain.conduct.world import Ask, AskKind
from jdneg.domain.dates import shanghai_day, shanghai_moment
from jdneg.domain.disclosure import outsider
from jdneg.domain.messages import Message
from jdneg.domain.rulebook import Rule, RuleBook, RuleValue

if TYPE_CHECKING:
    from jdneg.domain.conduct.world import Vow
    from jdneg.domain.records.base import When
    from jdneg.domain.records.promise import Promise


def asks_in(seen: Seen, book: RuleBook) -> list[Ask]:
    """The asks a contact leaves behind; the words that mean one are data of the rules."""
    contact = seen.contact
    found: list[Ask] = []
    if not seen.named:
        return found
    ask = partial(Ask, source=seen.id or "", side=seen.side)
    if seen.third_party:
        quote = _wish(seen, book)
        if quote is not None:
            found.append(ask(kind="stop", since=contact.happened_at, who=_who(seen), quote=quote))
    elif contact.inconvenient and contact.next_at is not None:
        found.append(ask(kind="later", since=contact.happened_at, until=contact.next_at))
    found += [one for promise in contact.promises for one in _promised(promise, contact.happened_at, ask, book)]
    return found


def called_in(seen: Seen) -> list[Ask]:
    """What the borrower's own call or message leaves behind: theirs of that day may answer it."""
    return [Ask("called", seen.id or "", seen.side, seen.contact.happened_at)] if seen.named else []


def called_that_day(seen: Seen) -> Ask | None:
    """The borrower's own call or message to them, earlier that day."""
    return next((one for one in _before(seen, "called") if shanghai_day(one.since) == seen.day), None)


def _promised(promise: Promise, said_at: When, ask: Callable[..., Ask], book: RuleBook) -> Iterator[Ask]:
    """A promise to stop holds from its day (for a week: until it), never from before it was given."""
    if promise.state == "kept":
        return
    if promise.by == "me":
        if promise.due is not None:
            yield ask(kind="mine", since=promise.due, quote=promise.what)
    elif promises_stop(promise.what, book):
        due = promise.due if promise.due is not None and promise.due > shanghai_day(said_at) else None
        if due is not None and _is_for_a_time(promise.what, book):
            yield ask(kind="promise", since=said_at, until=due, quote=promise.what)
        else:
            yield ask(kind="promise", since=due or said_at, quote=promise.what)


def _is_for_a_time(words: str, book: RuleBook) -> bool:
    """Whether the day of a promise is its end (一周内不再来电), not its start."""
    ends = tuple(one for rule in book.for_check("promise") for one in rule.scope.get("until", ()))
    return _joined(ends).search(words) is not None


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
        if ask.until is not None and not _earlier(seen.contact.happened_at, ask.until):
            continue
        facts = {"source": ask.source, "since": shanghai_day(ask.since), "until": ask.until, "quote": ask.quote}
        broken = Message("conduct.promise_broken" if ask.until is None else "conduct.promise_broken_until", facts)
        # The promise stands in another record, so its words are no quote of this contact.
        reason = all_of([broken, *_own_lapse(seen)])
        assert reason is not None
        return Suspicion("review", reason, weakest(seen.fact, "medium"))
    return None


def _own_lapse(seen: Seen) -> list[Message]:
    """What the borrower had promised by then stands beside it: asking about that is another matter."""
    lapsed = _before(seen, "mine")[:1]
    return [
        Message("conduct.own_promise_due", {"source": one.source, "due": shanghai_day(one.since), "quote": one.quote})
        for one in lapsed
    ]


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
