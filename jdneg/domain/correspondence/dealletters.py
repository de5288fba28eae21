"""Letters about a settlement: the offer put in writing, the agreement written down."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from dateutil.relativedelta import relativedelta

from jdneg.domain.agreements import agreed_states
from jdneg.domain.correspondence.accountletters import claim_facts
from jdneg.domain.correspondence.context import Blank, Exhibits, contact_row, loan_facts, or_blank
from jdneg.domain.correspondence.facts import Built, LetterFacts, present
from jdneg.domain.instalments import paid_by_day
from jdneg.domain.money import ZERO
from jdneg.domain.negotiation.cases import without_agreement
from jdneg.domain.negotiation.derived import Derived, derived
from jdneg.domain.negotiation.offers import moves_only
from jdneg.domain.records.base import Stored
from jdneg.domain.records.case import Agreement, Case, Offer, Promise
from jdneg.domain.records.contact import Contact
from jdneg.errors import MissingFlags

_WHERE_ANY = (
    "reserve",
    "available",
    "short",
    "cause",
    "dependants",
)  # lines of the budget that a letter has where they are
PAUSE = 3  # months asked for where nothing is left; `jdneg plan propose --pause` works out others


def proposal(facts: LetterFacts) -> Built:
    """The letter that makes an offer."""
    case = facts.case
    mine = [one for one in (case.record.offers if case else ()) if one.by == "me"]
    pause = None if mine else _pause(facts)
    values = {
        "offer": None if pause else _offer(mine[-1] if mine else None),
        "pause": pause,
        "goal": case.record.goal if case else None,
        "claim": claim_facts(facts.claim, facts.exhibits),
        "computed": _computed(facts),
        "budget": _budget(facts),
        "expected": (facts.budget or {}).get("expected", ()),
        "later": (facts.budget or {}).get("later", ()),
        "other_loans": _others(facts),
    }
    return values, (*present(facts.claim), *present(case), *facts.other_loans)


def _budget(facts: LetterFacts) -> dict[str, Any] | None:
    if facts.budget is None:
        return None
    return {**facts.budget, **{one: facts.budget.get(one) or None for one in _WHERE_ANY}}


def _pause(facts: LetterFacts) -> dict[str, Any] | None:
    """Where the budget leaves nothing no instalment can be promised: a pause, and a day to talk again."""
    if not facts.budget or facts.budget["available"]:
        return None
    return {"months": PAUSE, "until": facts.drafted_on + relativedelta(months=PAUSE)}


def _computed(facts: LetterFacts) -> dict[str, Any] | None:
    """The computed total, where the other side asks for more: only then does the letter name it."""
    claimed, own = facts.claim.record.total if facts.claim else None, facts.computed.get("total")
    if claimed is None or own is None or claimed <= own:
        return None
    return {"on": facts.computed_on, "total": own, "difference": claimed - own}


def _offer(offer: Offer | None) -> dict[str, Any]:
    """The terms of an offer. A lump sum needs no months; otherwise months, instalment and first day are needed."""
    if offer is None:
        blanks = {name: Blank(f"offer_{name}") for name in ("months", "monthly", "first_due")}
        return {**dict.fromkeys(_OFFER_FIELDS), **blanks}
    known = {name: getattr(offer, name) for name in _OFFER_FIELDS} | {"waive_part": _in_part(offer)}
    known["then_talk"] = offer.then_talk or None
    if moves_only(offer):
        return known
    if offer.lump_sum is not None:
        return {**known, "first_due": or_blank(offer.first_due, "lump_sum_due")}
    return {**known, **{name: or_blank(known[name], f"offer_{name}") for name in ("months", "monthly", "first_due")}}


_OFFER_FIELDS = (
    "number", "months", "monthly", "lump_sum", "first_due", "due_day", "waive", "waive_part", "pause", "valid_until",
    "then_talk",
)  # fmt: skip


def _in_part(offer: Offer) -> tuple[dict[str, Any], ...]:
    """A percentage is text: a letter would print the number as yuan."""
    return tuple(
        {"part": one.part, "amount": one.amount, "percent": None if one.percent is None else f"{one.percent:f}%"}
        for one in offer.waive_part
    )


def confirm(facts: LetterFacts) -> Built:
    """The letter that asks to confirm an agreement in writing."""
    case, agreement = _agreed(facts.case)
    offer = next((one for one in case.record.offers if one.number == agreement.offer), None)
    call = next((one for one in facts.contacts if one.id == agreement.contact), None)
    found = derived(offer, agreement) if offer else Derived()
    rows = agreement.instalments if found.settled else ()
    promised = _promised(case, (*facts.contacts, *present(call)))
    values = {
        "agreement": _agreement(agreement, call, facts.exhibits),
        "offer": _agreed_terms(offer, agreement),
        "derived": asdict(found) if found.points else None,
        "instalments": tuple({"due": one.due, "amount": one.amount} for one in rows),
        "instalments_total": _total(agreement) if rows else None,
        "settles": _settles(facts, offer, agreement),
        "late": _late(facts, agreement) if found.settled else None,
        "my_promises": _promises(promised, "me"),
        "their_promises": _promises(promised, "lender"),
        "other_loans": _others(facts),
    }
    return values, (case, *present(call), *facts.other_loans)


def _total(agreement: Agreement) -> Decimal:
    return sum((one.amount for one in agreement.instalments), ZERO)


def _settles(facts: LetterFacts, offer: Offer | None, agreement: Agreement) -> bool:
    """Whether less than the whole may settle it: then what becomes of the rest must be said in writing."""
    if agreement.then_talk:
        return False
    if offer is not None and offer.lump_sum is not None:
        return True
    owed, asked = facts.computed.get("total"), _total(agreement)
    return bool(asked and owed is not None and not facts.other_loans and asked < owed)


def _late(facts: LetterFacts, agreement: Agreement) -> dict[str, Any] | None:
    """The first day that was missed, and what is open of all that is due: whether it still holds has to be asked."""
    if facts.other_loans:
        return None
    over = agreed_states(agreement, paid_by_day(one.record for one in facts.payments), facts.drafted_on)
    late = [one for one in over if one.state != "on_time"]
    short = sum((one.short for one in over), ZERO)
    return {"due": late[0].due, "short": short or None, "on": late[-1].settled_on} if late else None


def _others(facts: LetterFacts) -> tuple[dict[str, Any], ...]:
    """The other loans one agreement is about."""
    return tuple(loan_facts(one) for one in facts.other_loans)


def _agreed_terms(offer: Offer | None, agreement: Agreement) -> dict[str, Any]:
    """The terms agreed; with a schedule of its own, the agreement leaves no blank in them."""
    terms = _offer(offer)
    if offer is not None and offer.lump_sum is not None:  # its day is left to fill in
        return terms
    return {name: None if isinstance(one, Blank) and agreement.instalments else one for name, one in terms.items()}


def _agreed(case: Stored[Case] | None) -> tuple[Stored[Case], Agreement]:
    if case is None:
        raise MissingFlags(flags="--case")
    if case.record.agreement is None:
        raise without_agreement(case)
    return case, case.record.agreement


def _agreement(agreement: Agreement, call: Stored[Contact] | None, exhibits: Exhibits) -> dict[str, Any]:
    row = contact_row(call, exhibits) if call else {}
    return {
        "at": agreement.agreed_at,
        "starts": agreement.starts,
        "oral": agreement.oral,
        "grace_days": agreement.grace_days or None,
        "agent": or_blank(agreement.agent or row.get("agent"), "agent"),
        "channel": row.get("channel"),
        "number": row.get("number"),
        "contact": row.get("id"),
        "said": row.get("said"),
        "exhibits": row.get("exhibits"),
    }


def _promised(case: Stored[Case], contacts: Sequence[Stored[Contact]]) -> list[Promise]:
    """Those of the case and those its contacts noted (the one it was agreed in too), but for what gave way."""
    made = case.record.agreement
    linked = {*map(str, case.record.contacts), str(made.contact) if made else ""}
    own = {one.id: one for one in contacts if one.record.case == case.id or one.id in linked}
    known = list(case.record.promises)
    for contact in own.values():
        taken = {one.what for one in known if one.contact == contact.id}
        known += [one for one in contact.record.promises if one.what not in taken]
    return [one for one in known if one.state != "replaced"]


def _promises(promises: Iterable[Promise], by: str) -> tuple[dict[str, Any], ...]:
    return tuple({"what": one.what, "due": one.due} for one in promises if one.by == by)
