"""Letters about contact: who calls by what authority, when and how to call, whom not to call."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from jdneg.domain.correspondence.context import Exhibits, contact_row, in_time, or_blank
from jdneg.domain.correspondence.facts import Built, LetterFacts
from jdneg.domain.disclosure import outsider
from jdneg.domain.records.base import Stored
from jdneg.domain.records.contact import Contact


def agency(facts: LetterFacts) -> Built:
    """The letter that asks an agency for its authorisation."""
    contacts = in_time(one for one in facts.contacts if one.record.direction != "out")
    values = {"callers": _callers(contacts, facts.exhibits), "agencies": facts.loan.record.agencies}
    return values, contacts


def _callers(contacts: Iterable[Stored[Contact]], exhibits: Exhibits) -> tuple[dict[str, Any], ...]:
    """One row for each who called: by agency, agent and number; with how often, and from when to when."""
    seen: dict[tuple[str | None, ...], list[Stored[Contact]]] = {}
    for one in contacts:
        key = (one.record.agency, one.record.agent, one.record.number or one.record.sender)
        if any(key):
            seen.setdefault(key, []).append(one)
    return tuple(_caller(key, group, exhibits) for key, group in seen.items())


def _caller(key: tuple[str | None, ...], group: list[Stored[Contact]], exhibits: Exhibits) -> dict[str, Any]:
    agency, agent, number = key
    labels = [exhibits.label(one.id, one.record.exhibits) for one in group]
    return {
        "agency": agency,
        "agent": agent,
        "number": number,
        "role": group[-1].record.role_claimed,
        "count": len(group),
        "first": group[0].record.happened_at,
        "last": group[-1].record.happened_at,
        "ids": "、".join(one.id for one in group),
        "exhibits": "、".join(dict.fromkeys(one for one in labels if one)) or None,
    }


def contact_preference(facts: LetterFacts) -> Built:
    """The letter that says how and when to be contacted."""
    values = {
        "hours": or_blank(facts.terms.hours or facts.loan.record.agreed_hours, "hours"),
        "channels": facts.terms.channels,
        "no_third_party": facts.terms.no_third_party,
    }
    return values, ()


def stop_third_party(facts: LetterFacts) -> Built:
    """The letter against contacting third parties."""
    outside = in_time(one for one in facts.contacts if outsider(one.record))
    return {"incidents": tuple(contact_row(one, facts.exhibits) for one in outside)}, outside
