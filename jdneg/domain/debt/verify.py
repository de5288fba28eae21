"""Their figure beside the contract's: component by component, with what the comparison rests on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal

from jdneg.domain.claims import ClaimStep, claim_steps
from jdneg.domain.debt.accrual import Position, payments_of, position
from jdneg.domain.debt.allin import loan_rates
from jdneg.domain.debt.ceiling import Ceiling
from jdneg.domain.debt.ceilings import ceilings
from jdneg.domain.debt.early import early_notes
from jdneg.domain.debt.lapse import lapse
from jdneg.domain.debt.lpr import LprTable
from jdneg.domain.debt.papers import Paper, missing_papers, papers, shown_by
from jdneg.domain.debt.rates import RateSummary
from jdneg.domain.debt.rows import Schedule
from jdneg.domain.debt.schedule import schedule_of
from jdneg.domain.debt.shares import Doubted, Terms
from jdneg.domain.debt.todate import ToDate, to_date
from jdneg.domain.ids import number_of
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


@dataclass(frozen=True, slots=True)
class Beside:
    """Where the loan stands if an agreement counts of which that is not sure."""

    agreement: Doubted
    position: Position


@dataclass(frozen=True, slots=True)
class Verification:
    """``claims`` are all of this loan's by date, the last one is compared, ``steps`` how they changed.

    ``notes`` belong to the comparison. ``open_questions``: something they ask cannot be compared, or they ask less
    principal than the records leave. ``agreed`` is what the figures rest on besides the contract, ``beside`` what is
    owed if a doubted agreement counts. ``closed_on``: recorded as settled by then; the figures are of that day.
    ``limitation`` is information about an old debt.
    """

    loan: str
    as_of: dt.date
    components: tuple[Component, ...]
    rates: RateSummary
    ceilings: tuple[Ceiling, ...]
    papers: tuple[Paper, ...]
    missing: tuple[Message, ...]
    assumptions: tuple[Message, ...]
    notes: tuple[Message, ...]
    position: Position
    agreed: Terms
    beside: tuple[Beside, ...]
    schedule: Schedule
    claims: tuple[Stored[Claim], ...]
    steps: tuple[ClaimStep, ...]
    needs_action: bool
    open_questions: bool = False
    closed_on: dt.date | None = None
    limitation: Message | None = None


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
    ended = loan.record.closed_on
    closed_on = ended if ended is not None and ended <= as_of else None
    schedule = schedule_of(loan)
    paid = payments_of(loan.id, payments)
    day = closed_on or as_of
    at = position(loan.record, schedule, paid, day, agreed.written)
    own = claims_of(loan.id, claims, as_of)
    claim = own[-1] if own else None
    steps = claim_steps(own, paid)
    components = compare(claim.record if claim else None, at)
    rates = loan_rates(loan.record)
    so_far = _so_far(loan.record, claim, at, paid)
    lines = ceilings(loan.record, rates, claim.record if claim else None, book, lpr, as_of, so_far)
    known = papers(loan, paid, exhibits, contacts)
    return Verification(
        loan=loan.id,
        as_of=as_of,
        components=components,
        rates=rates,
        ceilings=lines,
        papers=known,
        missing=missing_papers(loan, known),
        assumptions=_once((*agreed.notes, *at.assumptions, *rates.messages)),
        notes=(
            *_doubts(schedule),
            *_lapsed(loan.id, at, agreed, paid, exhibits),
            *early_notes(loan.id, at.spared, at.in_advance),
            *(one for step in steps for one in step.messages),
            *_notes(claim, at, components),
        ),
        position=at,
        agreed=agreed,
        beside=_beside(loan.record, schedule, paid, day, agreed),
        schedule=schedule,
        claims=own,
        steps=steps,
        needs_action=needs_action(components, lines),
        open_questions=open_questions(components),
        closed_on=closed_on,
    )


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


def claims_of(loan_id: str, claims: Sequence[Stored[Claim]], as_of: dt.date) -> tuple[Stored[Claim], ...]:
    """This loan's claims up to a day, oldest first; of one day the later recorded comes later."""
    own = [one for one in claims if one.record.loan == loan_id and one.record.at <= as_of]
    return tuple(sorted(own, key=lambda one: (one.record.at, one.recorded_at, number_of(one.id))))


def compare(claim: Claim | None, at: Position | None) -> tuple[Component, ...]:
    """The five components. Without a known penalty the contract's total is not known either."""
    computed: dict[str, Decimal | None] = {name: getattr(at, name) for name in NAMES} if at else {}
    if at is not None and at.penalty is None:
        computed["total"] = None
    return tuple(Component(name, getattr(claim, name) if claim else None, computed.get(name)) for name in NAMES)


def needs_action(components: Sequence[Component], lines: Sequence[Ceiling]) -> bool:
    """They ask at least a fen too much somewhere, or a ceiling is passed."""
    asked_more = any(one.difference is not None and one.difference >= FEN for one in components)
    return asked_more or any(one.result == "over" for one in lines)


def open_questions(components: Sequence[Component]) -> bool:
    """They ask for something that cannot be compared, or for less principal than the records leave."""
    return any(one.claimed and one.computed is None for one in components) or _below(components) is not None


def _below(components: Sequence[Component]) -> Component | None:
    """The principal, where theirs is the smaller one by at least a fen."""
    principal = components[0]
    return principal if principal.difference is not None and principal.difference <= -FEN else None


def _notes(claim: Stored[Claim] | None, at: Position, components: Sequence[Component]) -> tuple[Message, ...]:
    if claim is None:
        return (info("debt.no_claim"),)
    notes: list[Message] = []
    if claim.record.at != at.as_of:
        notes.append(info("debt.claim_other_day", id=claim.id, date=claim.record.at, as_of=at.as_of))
    less = _below(components)
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
