"""How cases came out, by lender and by the people spoken to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from jdneg.blocks import Block, Paragraph, Table
from jdneg.domain.negotiation.outcomes import CaseOutcome, Ending, Tally
from jdneg.i18n import t
from jdneg.result import Result
from jdneg.views.words import label, time, word

_ENDINGS: tuple[Ending, ...] = ("written", "oral", "none", "running")


def outcomes_page(lenders: Sequence[Tally], agents: Sequence[Tally]) -> Result:
    """``negotiate outcomes``: counts, then the cases over time."""
    data = {"lenders": [_json(one) for one in lenders], "agents": [_json(one) for one in agents]}
    if not lenders:
        return Result(data, (Paragraph(t("talks.none")),))
    blocks: list[Block] = [_counts(lenders, "lender"), _over_time(lenders)]
    if agents:
        blocks.append(_counts(agents, "agent"))
    return Result(data, tuple(blocks))


def _counts(tallies: Sequence[Tally], who: str) -> Table:
    """Who was spoken to is known by the name or number they gave."""
    calls = who == "agent"
    headers = (
        label(who),
        *((label("contacts"),) if calls else ()),
        *(t(f"outcomes.{one}") for one in _ENDINGS),
        label("rating"),
    )
    rows = tuple(
        (
            one.who, *((str(one.contacts),) if calls else ()), *(str(one.ended(ending)) for ending in _ENDINGS),
            ", ".join(map(str, one.ratings)) or "-",
        )
        for one in tallies
    )  # fmt: skip
    return Table(headers, rows, right=tuple(range(1, len(headers) - 1)))


def _over_time(tallies: Sequence[Tally]) -> Table:
    rows = tuple(
        (one.case, tally.who, one.opened_on.isoformat(), time(one.closed_on), word(one.state), one.outcome or "-",
         str(one.rating or "-"))
        for tally in tallies for one in tally.cases
    )  # fmt: skip
    names = ("case", "lender", "opened_on", "closed_on", "state", "outcome", "rating")
    return Table(tuple(label(name) for name in names), rows, title=t("outcomes.over_time"), right=(6,))


def _json(one: Tally) -> dict[str, Any]:
    return {
        "who": one.who, "contacts": one.contacts, "cases": [_case_json(case) for case in one.cases],
        "ratings": list(one.ratings), **{ending: one.ended(ending) for ending in _ENDINGS},
    }  # fmt: skip


def _case_json(one: CaseOutcome) -> dict[str, Any]:
    return {
        "case": one.case, "opened_on": one.opened_on, "closed_on": one.closed_on, "state": one.state,
        "ending": one.ending, "outcome": one.outcome, "rating": one.rating,
    }  # fmt: skip
