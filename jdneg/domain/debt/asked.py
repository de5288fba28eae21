"""What they ask for a debt, and what shows it. Of a debt of unknown size that is all `verify` can say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal

from jdneg.domain.claims import ClaimStep, claim_steps, claims_of
from jdneg.domain.dates import has_come
from jdneg.domain.debt.accrual import Position, payments_of
from jdneg.domain.debt.known import missing_terms
from jdneg.domain.debt.papers import Paper, missing_papers, papers
from jdneg.domain.messages import Message, warning
from jdneg.domain.money import FEN
from jdneg.domain.records.account import Claim, Payment
from jdneg.domain.records.base import Stored
from jdneg.domain.records.contact import Contact
from jdneg.domain.records.exhibit import Exhibit
from jdneg.domain.records.loan import Loan
from jdneg.values import dataclass

NAMES = ("principal", "interest", "penalty", "fee", "total")


@dataclass(frozen=True, slots=True)
class Component:
    """Yuan; None is unknown. ``difference`` is claimed minus computed where both are known."""

    name: str
    claimed: Decimal | None
    computed: Decimal | None

    @property
    def difference(self) -> Decimal | None:
        return None if self.claimed is None or self.computed is None else self.claimed - self.computed


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What they ask for one debt. ``steps``: how their claims changed; ``missing``: papers that would make it sure.

    ``open_questions``: something they ask cannot be compared, or they ask less principal than the records leave.
    ``closed_on``: recorded as settled by then. ``limitation`` is information about an old debt.
    """

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
) -> Asked:
    """What they ask by ``as_of``, what is missing, and how to ask for it: nothing is computed."""
    own, paid = claims_of(loan.id, claims, as_of), payments_of(loan.id, payments)
    steps = claim_steps(own, paid)
    components = compare(own[-1].record if own else None, None)
    known = papers(loan, paid, exhibits, contacts)
    without = warning("loan.not_computable", id=loan.id, **missing_terms(loan.record))
    return Asked(
        loan=loan.id, as_of=as_of, closed_on=closed_by(loan.record, as_of), components=components, steps=steps,
        papers=known, missing=missing_papers(loan, known), open_questions=open_questions(components),
        notes=(without, *(one for step in steps for one in step.messages)),
    )  # fmt: skip


def closed_by(loan: Loan, as_of: dt.date) -> dt.date | None:
    """The day it was recorded as settled on, once that has come."""
    return loan.closed_on if has_come(loan.closed_on, as_of) else None


def compare(claim: Claim | None, at: Position | None) -> tuple[Component, ...]:
    """The five components. Without a known penalty the contract's total is not known either."""
    computed: dict[str, Decimal | None] = {name: getattr(at, name) for name in NAMES} if at else {}
    if at is not None and at.penalty is None:
        computed["total"] = None
    return tuple(Component(name, getattr(claim, name) if claim else None, computed.get(name)) for name in NAMES)


def open_questions(components: Sequence[Component]) -> bool:
    """They ask for something that cannot be compared, or for less principal than the records leave."""
    return any(one.claimed and one.computed is None for one in components) or less_principal(components) is not None


def less_principal(components: Sequence[Component]) -> Component | None:
    """The principal, where theirs is the smaller one by at least a fen."""
    principal = components[0]
    return principal if principal.difference is not None and principal.difference <= -FEN else None
