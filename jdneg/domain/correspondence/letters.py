"""The letters a borrower can send, each as the facts its text needs.

`compose` picks the builder by kind. A builder takes facts from records alone; what a letter needs and the
records lack is a `Blank`. Every letter leaves the borrower's own duty standing; ``guarded`` keeps words that could
count as a new promise out of it, for a debt whose limitation period may be running out or over.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jdneg.domain.correspondence.accountletters import dispute, request_info
from jdneg.domain.correspondence.contactletters import agency, contact_preference, stop_third_party
from jdneg.domain.correspondence.context import Context, cited, loan_facts, recipient_of, sender
from jdneg.domain.correspondence.dealletters import confirm, proposal
from jdneg.domain.correspondence.facts import REQUESTS, Built, LetterFacts
from jdneg.domain.correspondence.grounds import grounds_for
from jdneg.domain.correspondence.replies import reply
from jdneg.domain.messages import Message, hint, warning
from jdneg.domain.records.paper import ContactTerms
from jdneg.errors import BadChoice

__all__ = ["KINDS", "REQUESTS", "RESTARTS", "LetterFacts", "compose", "notices", "preference_terms"]

# Their text acknowledges the debt or asks for time: the warning about limitation stands before these.
RESTARTS = frozenset({"dispute", "proposal", "confirm", "reply"})


def compose(kind: str, facts: LetterFacts) -> Context:
    """The context of a letter of this kind. BadChoice for an unknown kind, BadOffer where nothing was agreed."""
    builder = _BUILDERS.get(kind)
    if builder is None:
        raise BadChoice(value=kind, choices=", ".join(KINDS))
    values, used = builder(facts)
    cites = cited(facts.exhibits, (facts.loan,), used)
    attached = facts.exhibits.listed(cites)
    return Context({**_common(kind, facts), **values, "attached": attached}, cites)


def _common(kind: str, facts: LetterFacts) -> dict[str, Any]:
    loan = facts.loan.record
    return {
        "drafted_on": facts.drafted_on,
        "sender": sender(facts.profile, "name", "phone"),
        "recipient": facts.recipient or recipient_of(loan),
        "loan": loan_facts(facts.loan),
        "loan_exhibits": facts.exhibits.label(facts.loan.id),
        "guarded": facts.guarded,
        "grounds": grounds_for(facts.grounds, kind, loan, facts.drafted_on),
    }


_BUILDERS: dict[str, Callable[[LetterFacts], Built]] = {
    "dispute": dispute,
    "request-info": request_info,
    "agency-authorisation": agency,
    "proposal": proposal,
    "confirm": confirm,
    "contact-preference": contact_preference,
    "stop-third-party": stop_third_party,
    "reply": reply,
}
KINDS = tuple(_BUILDERS)


def preference_terms(kind: str, facts: LetterFacts) -> ContactTerms | None:
    """What a contact-preference or stop-third-party letter asks for, for its record: a sent one opens a watch."""
    if kind == "contact-preference":
        terms = facts.terms
        hours = terms.hours or facts.loan.record.agreed_hours
        return ContactTerms(hours=hours, channels=terms.channels, no_third_party=terms.no_third_party)
    return ContactTerms(no_third_party=True) if kind == "stop-third-party" else None


def notices(kind: str, context: Context) -> tuple[Message, ...]:
    """What the writer should know of a finished draft: where the records gave it nothing to say."""
    values = context.values
    if kind == "reply" and values["source"] is None:
        return (warning("letter.source_open", id=values["came"]["id"], recipient=values["recipient"]),)
    if kind == "stop-third-party" and not values["incidents"]:
        return (hint("letter.no_incidents"),)
    if kind == "proposal" and values["pause"] is not None:
        return (hint("letter.asks_for_pause", months=values["pause"]["months"]), hint("plan.free_help"))
    if kind == "dispute" and values["claim"] is None:
        return (hint("letter.no_claim"),)
    if kind == "dispute" and values["no_difference"]:
        return (hint("letter.no_difference"),)
    if kind == "dispute" and values["computed_on"] is None and not values["over"]:
        return (hint("letter.no_figures"),)
    return ()
