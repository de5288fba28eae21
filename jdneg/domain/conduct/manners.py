"""Words, identity, and what people are pressed for: fees, new loans, a transfer to somebody else."""

from __future__ import annotations

from jdneg.domain.conduct.findings import Confidence, Suspicion
from jdneg.domain.conduct.lexicon import Hit
from jdneg.domain.conduct.seen import Seen
from jdneg.domain.messages import Message
from jdneg.domain.rulebook import Rule, RuleValue

_CLAUSE = "，。！？；,.!?;\n、 "
_TO_OTHERS = frozenset({"third_party_notice", "third_party_pressure"})
_SPEAKS, _SHORT = 5, 24


def has_words(seen: Seen) -> bool:
    """Something of what was said is in the lists."""
    return bool(seen.reading.hits)


def words(seen: Seen, rule: Rule, value: RuleValue) -> Suspicion | None:  # noqa: ARG001
    """The first of the classes the rule forbids; a breach only for words plain enough by themselves."""
    for result in ("breach", "review"):
        hit = seen.reading.of(_classes(rule, result, seen))
        if hit is not None and (hit.plain or result == "review" or not seen.reading.of(_plain_review(rule, seen))):
            return _of(hit, seen, breach=result == "breach" and hit.plain)
    return None


def _classes(rule: Rule, result: str, seen: Seen) -> tuple[str, ...]:
    """What the rule forbids. Words to somebody else about the borrower are judged once: as what they were told."""
    classes = rule.scope.get(result, ())
    return tuple(one for one in classes if one not in _TO_OTHERS) if seen.third_party else classes


def _plain_review(rule: Rule, seen: Seen) -> tuple[str, ...]:
    """Classes the rule only reviews whose words are plain: better quoted than doubtful words of a graver class."""
    classes = rule.scope.get("review", ())
    return tuple(one for one in classes if any(hit.plain and hit.cls == one for hit in seen.reading.hits))


def _of(hit: Hit, seen: Seen, *, breach: bool) -> Suspicion:
    quote = in_its_clause(hit.quote, seen.contact.said)
    reason = Message(f"conduct.words_{hit.cls}", {"quote": quote})
    wording: Confidence = "high" if hit.plain else "low" if hit.cls == "pressing" else "medium"
    return Suspicion("breach" if breach else "review", reason, seen.said_fact, wording, quote)


def in_its_clause(quote: str, said: str | None) -> str:
    """A word or two say little by themselves: with the rest of their clause, where that is short."""
    at = (said or "").find(quote)
    if len(quote) >= _SPEAKS or at < 0 or said is None:
        return quote
    start = max((said.rfind(one, 0, at) for one in _CLAUSE), default=-1) + 1
    end = min((found for one in _CLAUSE if (found := said.find(one, at + len(quote))) >= 0), default=len(said))
    clause = said[start:end].strip()
    return clause if len(clause) <= _SHORT else quote


def hides_identity(seen: Seen) -> bool:
    """Somebody was reached, and the caller did not say who they were."""
    return seen.contact.identity_stated is False and seen.contact.answered is not False


def identity(seen: Seen, rule: Rule, value: RuleValue) -> Suspicion | None:  # noqa: ARG001
    """The caller did not say who they were."""
    return Suspicion("breach", Message("conduct.identity_not_stated"), seen.fact)


def is_card_letter(seen: Seen) -> bool:
    """A letter on paper or in the app that collects a bank card debt."""
    return (
        seen.contact.channel == "letter" and seen.loan is not None and bool(seen.loan.credit_card) and seen.collects
    )


def papers(seen: Seen, rule: Rule, value: RuleValue) -> Suspicion | None:  # noqa: ARG001
    """What such a letter must say is for a reader to look for: its words alone may not be all that it holds."""
    clears = Message("conduct.clears_papers")
    return Suspicion("cannot_tell", Message("conduct.papers_unread"), seen.fact, clears_if=clears)


def pressed(seen: Seen) -> bool:
    """The record says that something was pressed for."""
    contact = seen.contact
    return bool(contact.fee_pressed or contact.borrowing_pressed or contact.private_payee)


def fees(seen: Seen, rule: Rule, value: RuleValue) -> Suspicion | None:  # noqa: ARG001
    """A fee was pressed for; whether it was agreed stands in the contract."""
    return _pressed(seen.contact.fee_pressed, "conduct.fee_pressed", seen)


def borrowing(seen: Seen, rule: Rule, value: RuleValue) -> Suspicion | None:  # noqa: ARG001
    """The borrower was pressed to borrow in order to pay."""
    return _pressed(seen.contact.borrowing_pressed, "conduct.borrowing_pressed", seen)


def payee(seen: Seen, rule: Rule, value: RuleValue) -> Suspicion | None:  # noqa: ARG001
    """Money was to go to a person, or to an account that is not the lender's."""
    return _pressed(seen.contact.private_payee, "conduct.private_payee", seen)


def _pressed(done: bool | None, code: str, seen: Seen) -> Suspicion | None:
    return Suspicion("breach", Message(code), seen.fact) if done else None
