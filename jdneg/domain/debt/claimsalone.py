"""A debt of which only the other side's figures are known: nothing is computed, all else of `verify` stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from jdneg.domain.claims import ClaimStep, claim_steps
from jdneg.domain.debt.accrual import payments_of
from jdneg.domain.debt.known import missing_terms
from jdneg.domain.debt.papers import Paper, missing_papers, papers
from jdneg.domain.debt.verify import Component, claims_of, compare, open_questions
from jdneg.domain.messages import Message, warning
from jdneg.domain.records.account import Claim, Payment
from jdneg.domain.records.base import Stored
from jdneg.domain.records.contact import Contact
from jdneg.domain.records.exhibit import Exhibit
from jdneg.domain.records.loan import Loan
from jdneg.values import dataclass


@dataclass(frozen=True, slots=True)
class ClaimsAlone:
    """As `jdneg.domain.debt.verify.Verification`, without what a principal and its day would give."""

    loan: str
    as_of: dt.date
    components: tuple[Component, ...]
    steps: tuple[ClaimStep, ...]
    papers: tuple[Paper, ...]
    missing: tuple[Message, ...]
    notes: tuple[Message, ...]
    open_questions: bool
    closed_on: dt.date | None
    limitation: Message | None = None


def claims_alone(
    loan: Stored[Loan],
    claims: Sequence[Stored[Claim]],
    payments: Sequence[Stored[Payment]],
    exhibits: Sequence[Stored[Exhibit]],
    as_of: dt.date,
    contacts: Iterable[Stored[Contact]] = (),
) -> ClaimsAlone:
    """What they ask by ``as_of``, what is missing, and how to ask for it."""
    own, paid = claims_of(loan.id, claims, as_of), payments_of(loan.id, payments)
    steps, ended = claim_steps(own, paid), loan.record.closed_on
    components = compare(own[-1].record if own else None, None)
    known = papers(loan, paid, exhibits, contacts)
    return ClaimsAlone(
        loan=loan.id,
        as_of=as_of,
        components=components,
        steps=steps,
        papers=known,
        missing=missing_papers(loan, known),
        notes=(
            warning("loan.not_computable", id=loan.id, **missing_terms(loan.record)),
            *(one for step in steps for one in step.messages),
        ),
        open_questions=open_questions(components),
        closed_on=ended if ended is not None and ended <= as_of else None,
    )
