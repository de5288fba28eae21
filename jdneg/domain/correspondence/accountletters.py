"""Letters about the account: the dispute of a figure, the request for papers."""

from __future__ import annotations

from typing import Any

from jdneg.domain.correspondence.accounts import disputed, figures, stated_sum, total, undisputed, unexplained
from jdneg.domain.correspondence.context import Exhibits
from jdneg.domain.correspondence.facts import REQUESTS, Built, LetterFacts, present
from jdneg.domain.dates import first_moment
from jdneg.domain.records.account import Claim
from jdneg.domain.records.base import Stored
from jdneg.errors import BadChoice


def dispute(facts: LetterFacts) -> Built:
    """The letter that disputes the sum claimed."""
    rows = figures(facts.claim.record if facts.claim else None, facts.computed)
    agreed = undisputed(rows)
    payments = _payments(facts)
    values = {
        "claim": claim_facts(facts.claim, facts.exhibits),
        "computed_on": facts.computed_on if facts.computed else None,
        "figures": rows,
        "undisputed": agreed,
        "undisputed_total": total(agreed) if agreed else None,
        "disputed": disputed(rows),
        "unexplained": unexplained(rows),
        "payments": payments,
        "paid_total": total(payments) if payments else None,
    }
    return values, (*present(facts.claim), *facts.payments)


def claim_facts(claim: Stored[Claim] | None, exhibits: Exhibits) -> dict[str, Any] | None:
    """The other side's figure as it was stated; ``sum`` only where its parts do not add up to it."""
    if claim is None:
        return None
    stated, parts = claim.record, stated_sum(claim.record)
    return {
        "id": claim.id,
        "at": stated.at,
        "source": None if stated.source == "other" else stated.source,
        "total": stated.total,
        "sum": parts if parts is not None and stated.total is not None and parts != stated.total else None,
        "exhibits": exhibits.label(claim.id, stated.exhibits),
    }


def _payments(facts: LetterFacts) -> tuple[dict[str, Any], ...]:
    ordered = sorted(facts.payments, key=lambda one: first_moment(one.record.at))
    return tuple(
        {
            "at": one.record.at,
            "amount": one.record.amount,
            "via": one.record.via,
            "exhibits": facts.exhibits.label(one.id, one.record.exhibits),
        }
        for one in ordered
    )


def request_info(facts: LetterFacts) -> Built:
    """The letter that asks for the contract and the account."""
    unknown = [one for one in facts.requests if one not in REQUESTS]
    if unknown:
        raise BadChoice(value=unknown[0], choices=", ".join(REQUESTS))
    return {
        "claim": claim_facts(facts.claim, facts.exhibits),
        "ask": {name: name in facts.requests for name in REQUESTS},
    }, present(facts.claim)
