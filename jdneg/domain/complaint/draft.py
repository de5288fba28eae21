"""A complaint as the facts its text needs: who against whom, what happened, what is asked, by what.

What is cited comes from the findings given (breach or review), in the order it happened. The respondent is never
guessed: without a party on the contract there is no draft. All else that is missing is a `Blank`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from decimal import Decimal
from typing import Any, Literal

from jdneg.domain.agreements import has_ended
from jdneg.domain.correspondence.accountletters import claim_facts
from jdneg.domain.correspondence.accounts import argues, disputed, figures, shown
from jdneg.domain.correspondence.context import (
    Blank,
    Context,
    Exhibits,
    cited,
    contact_row,
    excerpt,
    in_time,
    loan_facts,
    sender,
)
from jdneg.domain.correspondence.grounds import Ground, grounds_for
from jdneg.domain.dates import first_moment, has_come, shanghai_day
from jdneg.domain.messages import Message, hint, warning
from jdneg.domain.money import ZERO
from jdneg.domain.records.account import Claim, Payment
from jdneg.domain.records.base import Stored
from jdneg.domain.records.case import Agreement, Case
from jdneg.domain.records.contact import Contact
from jdneg.domain.records.journal import Profile
from jdneg.domain.records.loan import Loan
from jdneg.domain.records.paper import Complaint, Letter
from jdneg.domain.rulebook import Checked, Level
from jdneg.errors import BadChoice, NoRespondent
from jdneg.values import dataclass

# What each of our drafts must know of the person: the association also writes back by post.
NEEDED = {"platform": ("name", "phone"), "xiaoxie": ("name", "phone", "address")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """A finding as a complaint may state it: the rule by title, level and source, and how sure it is."""

    contact: str
    title: str
    level: Level
    checked: Checked
    result: Literal["breach", "review", "cannot_tell"]
    quote: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintFacts:
    """All a complaint may draw on: ``contacts`` are the loan's, ``letters`` and ``complaints`` those already sent."""

    drafted_on: dt.date
    loan: Stored[Loan] | None
    respondent: str | None = None
    profile: Profile | None = None
    concerns: tuple[Concern, ...] = ()
    contacts: tuple[Stored[Contact], ...] = ()
    claim: Stored[Claim] | None = None
    computed: Mapping[str, Decimal | None] = field(default_factory=dict)
    computed_on: dt.date | None = None
    payments: tuple[Stored[Payment], ...] = ()
    letters: tuple[Stored[Letter], ...] = ()
    complaints: tuple[Stored[Complaint], ...] = ()
    case: Stored[Case] | None = None
    exhibits: Exhibits = field(default_factory=Exhibits)
    grounds: tuple[Ground, ...] = ()


def compose(to: str, facts: ComplaintFacts) -> Context:
    """The context of a complaint to this channel. BadChoice for a channel without a text, NoRespondent."""
    if to not in NEEDED:
        raise BadChoice(value=to, choices=", ".join(NEEDED))
    loan, name = _respondent(facts)
    told = _told(facts)
    cites = cited(facts.exhibits, (loan,), told, *_others(to, facts))
    values = {
        "drafted_on": facts.drafted_on,
        "sender": sender(facts.profile, *NEEDED[to]),
        "respondent": {"name": name, "address": Blank("respondent_address"), "agencies": loan.record.agencies},
        "association": Blank("association"),
        "recipient": name,
        "loan": loan_facts(loan),
        "loan_exhibits": facts.exhibits.label(loan.id),
        "grounds": grounds_for(facts.grounds, f"complaint-{to}", loan.record, facts.drafted_on),
        "attached": facts.exhibits.listed(cites),
        "events": tuple(_events(facts, loan)),
        **_account(facts),
        **_conduct(facts, told),
    }
    return Context({**values, **_story(values, facts)}, cites)


def _respondent(facts: ComplaintFacts) -> tuple[Stored[Loan], str]:
    """The party on the contract, as given or recorded; never guessed from a brand or a caller."""
    loan = facts.loan
    name = (facts.respondent or (loan and (loan.record.party or loan.record.lender)) or "").strip()
    if loan is None or not name:
        raise NoRespondent(loan=loan.id if loan else "")
    return loan, name


def usable(concerns: Iterable[Concern]) -> tuple[Concern, ...]:
    """Those a complaint may rest on: breach or review, by a rule that has force and was at least reported."""
    return tuple(
        one
        for one in concerns
        if one.result in ("breach", "review") and one.level != "principle" and one.checked != "unconfirmed"
    )


def _told(facts: ComplaintFacts) -> tuple[Stored[Contact], ...]:
    """The contacts with a usable finding, in time."""
    ids = {one.contact for one in usable(facts.concerns)}
    return in_time(one for one in facts.contacts if one.id in ids)


def _others(to: str, facts: ComplaintFacts) -> tuple[tuple[Stored[Any], ...], ...]:
    """What else the text of this channel rests on: only the association's tells the whole course."""
    claim, case = facts.claim, facts.case
    agreed = (case,) if case and (case.record.agreement or _matter(case)) else ()
    if to == "xiaoxie":
        return ((claim,) if claim else (), agreed, facts.payments, _sent(facts), _filed(facts))
    return ((claim,) if claim and _account(facts)["disputed"] else (), agreed, _counted(facts))


def _sent(facts: ComplaintFacts) -> tuple[Stored[Letter], ...]:
    return tuple(one for one in facts.letters if one.record.direction == "out" and one.record.sent_at)


def _filed(facts: ComplaintFacts) -> tuple[Stored[Complaint], ...]:
    return tuple(one for one in facts.complaints if one.record.filed_at)


def _account(facts: ComplaintFacts) -> dict[str, Any]:
    rows = figures(facts.claim.record if facts.claim else None, facts.computed)
    return {
        "claim": claim_facts(facts.claim, facts.exhibits),
        "figures": shown(rows, argued=argues(rows)),
        "disputed": disputed(rows),
        "computed_on": facts.computed_on if facts.computed else None,
    }


def _conduct(facts: ComplaintFacts, told: tuple[Stored[Contact], ...]) -> dict[str, Any]:
    incidents = tuple(_incident(one, facts) for one in told)
    return {
        "incidents": incidents,
        "counts": _counts(told),
        "first": told[0].record.happened_at if told else None,
        "last": told[-1].record.happened_at if told else None,
        "third_party": any(one["to_whom"] for one in incidents),
    }


def _incident(contact: Stored[Contact], facts: ComplaintFacts) -> dict[str, Any]:
    found = [one for one in usable(facts.concerns) if one.contact == contact.id]
    named: dict[tuple[str, str, str], dict[str, Any]] = {
        (one.title, one.level, one.checked): {
            "title": one.title,
            "level": f"level_{one.level}",
            "reported": one.checked == "reported",
            "review": all(same.result == "review" for same in found if same.title == one.title),
        }
        for one in found
    }
    quote = next((one.quote for one in found if one.quote), None)
    row = contact_row(contact, facts.exhibits)
    return {**row, "said": row["said"] or excerpt(quote), "concerns": tuple(named.values())}


def _counts(told: Iterable[Stored[Contact]]) -> tuple[dict[str, Any], ...]:
    """How many of the contacts told of came by which channel."""
    found: dict[str, int] = {}
    for one in told:
        found[one.record.channel] = found.get(one.record.channel, 0) + 1
    return tuple({"channel": channel, "count": count} for channel, count in found.items())


def _events(facts: ComplaintFacts, loan: Stored[Loan]) -> Iterator[dict[str, Any]]:
    """The course of the matter in the order it happened, a row for each step that is on record."""
    steps = [*_dealings(facts, loan), *_efforts(facts)]
    yield from sorted(steps, key=lambda step: shanghai_day(step["at"]))


def _dealings(facts: ComplaintFacts, loan: Stored[Loan]) -> Iterator[dict[str, Any]]:
    label = facts.exhibits.label
    if loan.record.start is not None:
        yield {"kind": "loan", "at": loan.record.start, "id": loan.id, "exhibits": label(loan.id)}
    if facts.payments:
        paid = sorted(facts.payments, key=lambda one: first_moment(one.record.at))
        total = sum((one.record.amount for one in paid), ZERO)
        ids = "、".join(one.id for one in paid)
        yield {
            "kind": "paid", "at": shanghai_day(paid[-1].record.at), "id": ids, "exhibits": None,
            "count": len(paid), "amount": total,
        }  # fmt: skip
    claim = facts.claim
    if claim and claim.record.total is not None:
        exhibits = label(claim.id, claim.record.exhibits)
        yield {"kind": "claim", "at": claim.record.at, "id": claim.id, "exhibits": exhibits,
               "amount": claim.record.total}  # fmt: skip


def _efforts(facts: ComplaintFacts) -> Iterator[dict[str, Any]]:
    """What the borrower did about it: agreements reached, letters sent, complaints filed."""
    label, case = facts.exhibits.label, facts.case
    if case and case.record.agreement:
        agreement = case.record.agreement
        exhibits = label(case.id, agreement.proof)
        yield {"kind": "agreement", "at": shanghai_day(agreement.agreed_at), "id": case.id, "exhibits": exhibits,
               "oral": agreement.oral}  # fmt: skip
    for letter in _sent(facts):
        at = shanghai_day(letter.record.sent_at or facts.drafted_on)
        yield {"kind": "letter", "at": at, "id": letter.id, "exhibits": label(letter.id),
               "what": letter.record.kind}  # fmt: skip
    for paper in _filed(facts):
        at = shanghai_day(paper.record.filed_at or facts.drafted_on)
        yield {"kind": "complaint", "at": at, "id": paper.id, "exhibits": label(paper.id),
               "number": paper.record.number}  # fmt: skip


def _story(values: Mapping[str, Any], facts: ComplaintFacts) -> dict[str, Any]:
    """What the text asks by: a debt that is settled, else an agreement that has not ended; and a blank where the
    records tell no story at all.
    """
    settled, agreement, matter = _settled(facts), _agreement(facts), _matter(facts.case)
    told = bool(values["incidents"] or values["disputed"] or agreement or settled)
    return {
        "settled": settled,
        "matter": matter,
        "agreement": agreement,
        "paid": _paid(facts),
        "asks_agreement": agreement if settled is None else None,
        "promises": _promises(facts) if agreement and not matter else (),
        "no_facts": None if told else Blank("facts"),
        "no_request": None if told or matter else Blank("request"),
    }


def _settled(facts: ComplaintFacts) -> dt.date | None:
    """The day from which the debt is recorded as settled."""
    assert facts.loan is not None
    on = facts.loan.record.closed_on
    return on if has_come(on, facts.drafted_on) else None


def _live(facts: ComplaintFacts) -> Agreement | None:
    """The case's agreement, unless it has ended."""
    made = facts.case.record.agreement if facts.case else None
    return made if made is not None and not has_ended(made, facts.drafted_on) else None


def _agreement(facts: ComplaintFacts) -> dict[str, Any] | None:
    """When and how it was made, its sums and its proof."""
    made = _live(facts)
    if made is None or facts.case is None:
        return None
    rows = sorted(made.instalments, key=lambda row: row.due)
    amounts = {row.amount for row in rows}
    return {
        "at": made.agreed_at, "oral": made.oral, "proof": facts.exhibits.label(facts.case.id, made.proof),
        "terms": len(rows) or None, "total": sum((row.amount for row in rows), ZERO),
        "first": rows[0].due if rows else None, "last": rows[-1].due if rows else None,
        "amount": rows[0].amount if len(amounts) == 1 else None,
    }  # fmt: skip


def _counted(facts: ComplaintFacts) -> tuple[Stored[Payment], ...]:
    """The payments every channel's text counts: all of a settled debt, else those under an agreement on it alone."""
    settled, made = _settled(facts), _live(facts)
    since, until = dt.date.min, settled or facts.drafted_on
    if settled is None:
        if made is None or not made.instalments or facts.case is None or len(facts.case.record.loans) > 1:
            return ()
        since = made.starts
    return tuple(one for one in facts.payments if since <= shanghai_day(one.record.at) <= until)


def _paid(facts: ComplaintFacts) -> dict[str, Any] | None:
    found = _counted(facts)
    if not found:
        return None
    labels = dict.fromkeys(facts.exhibits.label(one.id, one.record.exhibits) for one in found)
    return {
        "count": len(found), "sum": sum((one.record.amount for one in found), ZERO),
        "exhibits": "、".join(one for one in labels if one) or None,
    }  # fmt: skip


def _promises(facts: ComplaintFacts) -> tuple[dict[str, Any], ...]:
    """Theirs; ``broken`` only where that was noted."""
    made = facts.case.record.promises if facts.case else ()
    return tuple(
        {"what": one.what, "due": one.due, "broken": one.state == "broken"}
        for one in made if one.by == "lender" and one.state in ("unknown", "broken")
    )  # fmt: skip


def _matter(case: Stored[Case] | None) -> dict[str, Any] | None:
    """What a case about an account, a payment or an investment asks for, and what is known of it. What happened is
    for the borrower to tell."""
    if case is None or case.record.problem in (None, "credit"):
        return None
    one = case.record
    promised = tuple({"what": said.what, "due": said.due} for said in one.promises if said.by == "lender")
    return {"goal": one.goal, "loss": one.loss, "orders": one.orders, "ticket": one.ticket, "promised": promised}


def notices(facts: ComplaintFacts, fits: bool | None, channel: str) -> tuple[Message, ...]:
    """What the writer should know: who takes it (``Channel.fits_kind``), what was not cited, in whose name."""
    found = usable(facts.concerns)
    left_out = sum(one.result in ("breach", "review") for one in facts.concerns) - len(found)
    doubt = {
        False: warning("complaint.not_fitting", channel=channel),
        None: hint("complaint.kind_unknown", channel=channel),
    }
    messages = (
        doubt.get(fits),
        None if found else hint("complaint.no_findings"),
        hint("complaint.left_out", count=left_out) if left_out else None,
        hint("complaint.own_name"),
    )
    return tuple(one for one in messages if one)
