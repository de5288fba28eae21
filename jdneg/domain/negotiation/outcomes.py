"""How cases came out, by lender and by the people spoken to, over time. Counts and ratings, no judgement."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from jdneg.domain.ids import number_of
from jdneg.domain.negotiation.steps import state_of
from jdneg.domain.records.base import Stored
from jdneg.domain.records.case import Case
from jdneg.domain.records.contact import Contact
from jdneg.domain.records.loan import Loan
from jdneg.values import dataclass

Ending = Literal["written", "oral", "none", "running"]


@dataclass(frozen=True, slots=True)
class CaseOutcome:
    """One case. ``ending``: an agreement in writing, one by word of mouth, closed without one, or it still runs."""

    case: str
    opened_on: dt.date
    closed_on: dt.date | None
    state: str
    ending: Ending
    outcome: str | None
    rating: int | None


@dataclass(frozen=True, slots=True)
class Tally:
    """``who`` is a lender, or somebody by the name or number they gave; the cases are in order of time."""

    who: str
    cases: tuple[CaseOutcome, ...]
    contacts: int = 0

    def ended(self, ending: Ending) -> int:
        return sum(1 for one in self.cases if one.ending == ending)

    @property
    def ratings(self) -> tuple[int, ...]:
        return tuple(one.rating for one in self.cases if one.rating is not None)


def outcomes(
    cases: Sequence[Stored[Case]], loans: Mapping[str, Loan], contacts: Mapping[str, Iterable[Stored[Contact]]]
) -> tuple[tuple[Tally, ...], tuple[Tally, ...]]:
    """By lender, by agent; ``contacts`` are those of each case, by its id."""
    ordered = sorted(cases, key=lambda one: (one.record.opened_on, number_of(one.id)))
    lenders: dict[str, list[CaseOutcome]] = {}
    agents: dict[str, list[CaseOutcome]] = {}
    spoken: dict[str, int] = {}
    for case in ordered:
        row = _outcome(case)
        for lender in dict.fromkeys(loans[str(one)].lender for one in case.record.loans if str(one) in loans):
            lenders.setdefault(lender, []).append(row)
        names = [one.record.agent for one in contacts.get(case.id, ()) if one.record.agent]
        for name in names:
            spoken[name] = spoken.get(name, 0) + 1
        for name in dict.fromkeys(names):
            agents.setdefault(name, []).append(row)
    return (
        tuple(Tally(who, tuple(rows)) for who, rows in sorted(lenders.items())),
        tuple(Tally(who, tuple(rows), spoken[who]) for who, rows in sorted(agents.items())),
    )


def _outcome(case: Stored[Case]) -> CaseOutcome:
    one = case.record
    ending: Ending = "none" if one.closed_on is not None else "running"
    if one.agreement is not None:
        ending = "oral" if one.agreement.oral else "written"
    return CaseOutcome(case.id, one.opened_on, one.closed_on, state_of(one), ending, one.outcome, one.rating)
