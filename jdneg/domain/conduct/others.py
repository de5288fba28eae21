"""Contacts with other people: reached at all, told of the debt, asked to pay."""

from __future__ import annotations

from jdneg.domain.conduct.findings import Suspicion
from jdneg.domain.conduct.seen import Seen
from jdneg.domain.disclosure import items, told
from jdneg.domain.messages import Message
from jdneg.domain.rulebook import Rule, RuleValue

_REASONS = {
    "demanded": "conduct.third_party_demanded",
    "disclosed": "conduct.third_party_disclosed",
    "contacted": "conduct.third_party_contacted",
    "before_others": "conduct.third_party_before_others",
}
# Only asked to pass a message on: reached, but by these words alone told of nothing.
_RELAY = "third_party_notice.relay"


def applies(seen: Seen) -> bool:
    """Somebody other than the borrower was reached, or stood by when visitors spoke."""
    return seen.third_party or _before_others(seen)


def _before_others(seen: Seen) -> bool:
    return seen.contact.visit is not None and seen.contact.visit.said_before_others is True


def third_party(seen: Seen, rule: Rule, value: RuleValue) -> Suspicion | None:  # noqa: ARG001
    """The gravest of what the rule forbids; who may be liable for the debt is never assumed."""
    done = _done(seen)
    for result in ("breach", "review"):
        for act in ("demanded", "disclosed", "contacted", "before_others"):
            if act in rule.scope.get(result, ()) and act in done:
                reason = _reason(act, seen)
                return Suspicion("breach" if result == "breach" else "review", reason, seen.fact, quote=done[act])
    return None


def _reason(act: str, seen: Seen) -> Message:
    disclosed = seen.contact.disclosed
    if act == "disclosed" and (named := items(disclosed)):
        return Message("conduct.third_party_told", {"items": "、".join(named)})
    if act == "contacted" and any(hit.signal == _RELAY for hit in seen.reading.hits):
        return Message("conduct.third_party_relayed")
    if act == "contacted" and told(disclosed) is False:
        return Message("conduct.third_party_only")
    return Message(_REASONS[act])


def _done(seen: Seen) -> dict[str, str | None]:
    """What was done, each with the words for it where there are any."""
    if not seen.third_party:
        return {"before_others": None}
    reading = seen.reading
    asked = next((hit.quote for hit in reading.hits if hit.signal == _RELAY), None)
    acts: dict[str, str | None] = {"contacted": asked}
    pressed = reading.of(("third_party_pressure",))
    words = reading.without(_RELAY).of(("third_party_notice", "accusation", "disclosure_threat"))
    if told(seen.contact.disclosed) or words:
        acts["disclosed"] = words.quote if words else None
    if _asked_for_money(seen) or pressed:
        acts["demanded"] = pressed.quote if pressed else None
    return acts


def _asked_for_money(seen: Seen) -> bool:
    demand = seen.contact.demand
    return demand is not None and (demand.amount is not None or demand.whole_balance is True)
