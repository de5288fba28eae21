"""Their figure beside the contract's: component by component, with what the comparison rests on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from jdneg.domain.claims import claim_steps, claims_of
from jdneg.domain.debt.accrual import Position, payments_of, position
from jdneg.domain.debt.allin import loan_rates
from jdneg.domain.debt.asked import Asked, Component, closed_by, compare, less_principal, open_questions
from jdneg.domain.debt.ceiling import Ceiling
from jdneg.domain.debt.ceilings import ceilings
from jdneg.domain.debt.early import early_notes
from jdneg.domain.debt.lapse import lapse
from jdneg.domain.debt.lpr import LprTable
from jdneg.domain.debt.papers import missing_papers, papers, shown_by
from jdneg.domain.debt.rates import RateSummary
from jdneg.domain.debt.rows import Schedule
from jdneg.domain.debt.schedule import schedule_of
from jdneg.domain.debt.shares import Doubted, Terms
from jdneg.domain.debt.todate import ToDate, to_date
from jdneg.domain.instalments import paid_by_day
from jdneg.domain.messages import Message, hint, info, warning
from jdneg.domain.money import FEN
from jdneg.domain.records.account import Claim, Payment
from jdneg.domain.records.base import Stored
from jdneg.domain.records.contact import Contact
from jdneg.domain.records.exhibit import Exhibit
from jdneg.domain.records.loan import Loan
from jdneg.domain.rulebook import RuleBook
from jdneg.values import dataclass


@dataclass(frozen=True, slots=True)
class Beside:
    """Where the loan stands if an agreement counts of which that is not sure."""

    agreement: Doubted
    position: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification(Asked):
    """What they ask beside what is owed. ``claims`` are all of this loan's by date, the last one is compared.

    ``notes`` belong to the comparison. ``agreed`` is what the figures rest on besides the contract, ``beside`` what
    is owed if a doubted agreement counts. Where it is closed, the figures are of the closing day.
    """

    rates: RateSummary
    ceilings: tuple[Ceiling, ...]
    assumptions: tuple[Message, ...]
    position: Position
    agreed: Terms
    beside: tuple[Beside, ...]
    schedule: Schedule
    claims: tuple[Stored[Claim], ...]
    needs_action: bool


def verify(
    loan: Stored[Loan],
    claims: Sequence[Stored[Claim]],
    payments: Sequence[Stored[Payment]],
    exhibits: Sequence[Stored[Exhibit]],
    agreed: Terms,
    book: RuleBook,
    lpr: LprTable,
    as_of: dt.date,
    contacts: Iterable[Stored[Contact]] = (),
) -> Verification:
    """Compare the latest claim up to ``as_of`` with the contract, or the agreements that count, on ``as_of``.

    Raises NotComputable, naming the loan, where nothing can be computed.
    """
    terms, schedule, paid = loan.record, schedule_of(loan), payments_of(loan.id, payments)
    closed_on = closed_by(terms, as_of)
    day = closed_on or as_of
    at = position(terms, schedule, paid, day, agreed.written)
    own = claims_of(loan.id, claims, as_of)
    claim = own[-1] if own else None
    asks = claim.record if claim else None
    steps, components, rates = claim_steps(own, paid), compare(asks, at), loan_rates(terms)
    lines = ceilings(terms, rates, asks, book, lpr, as_of, _so_far(terms, claim, at, paid))
    known = papers(loan, paid, exhibits, contacts)
    notes = (
        *_doubts(schedule),
        *_lapsed(loan.id, at, agreed, paid, exhibits),
        *early_notes(loan.id, at.spared, at.in_advance),
        *(one for step in steps for one in step.messages),
        *_notes(claim, at, components),
    )
    return Verification(
        loan=loan.id, as_of=as_of, closed_on=closed_on, components=components, steps=steps, claims=own, notes=notes,
        papers=known, missing=missing_papers(loan, known), rates=rates, ceilings=lines, position=at,
        schedule=schedule, agreed=agreed, beside=_beside(terms, schedule, paid, day, agreed),
        assumptions=_once((*agreed.notes, *at.assumptions, *rates.messages)),
        needs_action=needs_action(components, lines), open_questions=open_questions(components),
    )  # fmt: skip


def _beside(
    loan: Loan, schedule: Schedule, paid: Sequence[Payment], day: dt.date, agreed: Terms
) -> tuple[Beside, ...]:
    can = (one for one in agreed.doubted if one.agreed)
    return tuple(Beside(one, position(loan, schedule, paid, day, one.agreed)) for one in can)


def _lapsed(
    loan: str, at: Position, agreed: Terms, paid: Sequence[Payment], exhibits: Sequence[Stored[Exhibit]]
) -> tuple[Message, ...]:
    """A day of the agreement that was missed; with the settlement certificate in hand nothing is left to ask."""
    if not agreed.written or shown_by("settlement", [one for one in exhibits if loan in one.record.supports]):
        return ()
    last = agreed.written[-1]
    found = lapse(last.case, last.agreement, paid_by_day(paid), (at,), at.as_of)
    return found.messages if found else ()


def _so_far(loan: Loan, claim: Stored[Claim] | None, at: Position, paid: Sequence[Payment]) -> ToDate | None:
    """By their latest total on its day, else by the contract's."""
    if claim is not None and claim.record.total is not None:
        return to_date(loan, at.ledger, paid, claim.record.total, claim.record.at)
    return to_date(loan, at.ledger, paid, None if at.penalty is None else at.total, at.as_of)


def needs_action(components: Sequence[Component], lines: Sequence[Ceiling]) -> bool:
    """They ask at least a fen too much somewhere, or a ceiling is passed."""
    asked_more = any(one.difference is not None and one.difference >= FEN for one in components)
    return asked_more or any(one.result == "over" for one in lines)


def _notes(claim: Stored[Claim] | None, at: Position, components: Sequence[Component]) -> tuple[Message, ...]:
    if claim is None:
        return (info("debt.no_claim"),)
    notes: list[Message] = []
    if claim.record.at != at.as_of:
        notes.append(info("debt.claim_other_day", id=claim.id, date=claim.record.at, as_of=at.as_of))
    less = less_principal(components)
    if less is not None and less.difference is not None:
        facts = {"claimed": less.claimed, "less": -less.difference, "loan": claim.record.loan}
        notes.append(hint("debt.principal_below", **facts))
    if at.penalty is None:
        notes.append(warning("debt.total_without_penalty", known=at.total))
        if claim.record.penalty:
            notes.append(warning("debt.penalty_unexplained", penalty=claim.record.penalty))
    return tuple(notes)


def _doubts(schedule: Schedule) -> tuple[Message, ...]:
    """Terms that contradict one another are said beside the figures, not only among what they rest on."""
    return tuple(one for one in schedule.assumptions if one.level == "warning")


def _once(messages: Sequence[Message]) -> tuple[Message, ...]:
    """Each message once, in the order of its first appearance."""
    seen: list[Message] = []
    for message in messages:
        if message not in seen:
            seen.append(message)
    return tuple(seen)
