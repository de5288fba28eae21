"""Letters about the account: the dispute of a figure, the request for papers."""

from __future__ import annotations

from typing import Any

from jdneg.domain.correspondence.accounts import (
    argues,
    disputed,
    figures,
    shown,
    stated_sum,
    total,
    undisputed,
    unexplained,
)
from jdneg.domain.correspondence.context import Exhibits
from jdneg.domain.correspondence.facts import ITEMS, Built, LetterFacts, present
from jdneg.domain.correspondence.lines import over_lines, touched
from jdneg.domain.dates import first_moment
from jdneg.domain.records.account import Claim
from jdneg.domain.records.base import Stored
from jdneg.errors import BadChoice


def dispute(facts: LetterFacts) -> Built:
    """The letter that disputes the sum claimed.

    Computed figures stand in it only where the other side asks for more, and admit nothing.
    """
    rows = figures(facts.claim.record, facts.computed) if facts.claim else ()
    lines = over_lines(facts.over)
    argued, but = argues(rows), touched(lines)
    payments = _payments(facts)
    claim, open_items = claim_facts(facts.claim, facts.exhibits), unexplained(rows)
    values = {
        "claim": claim,
        "computed_on": facts.computed_on if argued else None,
        "figures": shown(rows, argued=argued, but=but),
        "undisputed": undisputed(rows, but) if argued else (),
        "disputed": disputed(rows),
        "over": lines,
        "no_difference": claim is not None
        and bool(facts.computed)
        and not (argued or lines or open_items or claim["sum"]),
        "unexplained": open_items,
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
    unknown = [one for one in facts.requests if one not in ITEMS]
    if unknown:
        raise BadChoice(value=unknown[0], choices=", ".join(ITEMS))
    return {
        "claim": claim_facts(facts.claim, facts.exhibits),
        "ask": {name: name in facts.requests for name in ITEMS},
    }, present(facts.claim)
