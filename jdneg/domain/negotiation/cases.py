"""A case through its steps: opened, offers and counter-offers, accepted, confirmed in writing.

Each step takes the case and gives the next one; the old one stays readable in the journal. Nothing stands in a case
that nobody said: amounts and days that are missing raise, they are never filled in.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, Literal

from jdneg.domain.agreements import gate, has_ended, still_written
from jdneg.domain.dates import shanghai_day
from jdneg.domain.ids import Id
from jdneg.domain.messages import Message, hint, warning
from jdneg.domain.negotiation.derived import derived
from jdneg.domain.negotiation.held import Held
from jdneg.domain.negotiation.offers import Owed, check_offer, moves_only
from jdneg.domain.records.base import Stored, When
from jdneg.domain.records.case import Agreement, Case, Offer, Promise
from jdneg.domain.records.loan import Instalment
from jdneg.errors import (
    BadOffer,
    ContradictoryFlags,
    EmptyText,
    JdnegError,
    ManyErrors,
    MissingFlags,
    UnknownOffer,
    raise_all,
)
from jdneg.values import dataclass

By = Literal["me", "lender"]


def open_case(
    loans: Sequence[Id],
    goal: str,
    opened_on: dt.date,
    problem: Literal["account", "payment", "credit", "investment"] | None = None,
    **more: Any,
) -> Case:
    """``more`` are other fields of `Case`. Raises EmptyText without a goal, MissingFlags without a loan."""
    faults: list[JdnegError] = []
    if not goal.strip():
        faults.append(EmptyText(flag="--goal"))
    if not loans:
        faults.append(MissingFlags(flags="LOAN"))
    raise_all(faults)
    once = tuple(dict.fromkeys(loans))
    return Case(loans=once, goal=goal.strip(), opened_on=opened_on, problem=problem, **more)


def add_offer(case: Case, by: By, at: dt.date, *, owed: Owed | None = None, **terms: Any) -> Case:
    """The case with one more offer; ``terms`` are the other fields of `Offer` but its number.

    ``owed`` is what it is held against, where known. Raises BadOffer, NegativeAmount, BadDueDay and
    ContradictoryFlags, all at once.
    """
    raise_all(_closed(case))
    number = max((one.number for one in case.offers), default=0) + 1
    offer = Offer(number=number, by=by, at=at, **terms)
    check_offer(offer, owed)
    return replace(case, offers=(*case.offers, offer))


def counter(case: Case, by: By, at: dt.date, *, owed: Owed | None = None, **terms: Any) -> Case:
    """An answer with other terms: an offer like any other. Raises BadOffer where there is none to answer."""
    if not case.offers:
        raise BadOffer(detail=Message("case.nothing_to_counter"))
    return add_offer(case, by, at, owed=owed, **terms)


def offer_of(case: Case, number: int) -> Offer:
    """Raises UnknownOffer."""
    for offer in case.offers:
        if offer.number == number:
            return offer
    raise UnknownOffer(number=number, known=", ".join(str(one.number) for one in case.offers) or "—")


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """How an offer was accepted, and what it is held against. ``starts`` is the day from which the agreement holds
    (None: the day it was made). ``replaces``: an agreement that still runs gives way.
    """

    when: When
    oral: bool = True
    agent: str | None = None
    contact: Id | None = None
    proof: tuple[Id, ...] = ()
    starts: dt.date | None = None
    held: Held = Held()
    grace_days: int = 0
    replaces: bool = False
    promises: tuple[Promise, ...] = ()

    @property
    def day(self) -> dt.date:
        return shanghai_day(self.when)


def accept(case: Case, offer_number: int, said: Acceptance) -> Case:
    """The case with its agreement: oral until proof is attached, with the offer's dated instalments.

    Raises UnknownOffer; BadOffer where the offer was accepted before, or before it was made, where the agreement
    would start before it was made, and where an amount or a day is missing: all at once.
    """
    offer = offer_of(case, offer_number)
    starts = said.starts or said.day
    faults = _faults(case, offer, said, starts)
    rows: tuple[Instalment, ...] = ()
    try:
        check_offer(offer, None)  # with the days settled only now
        rows = said.held.rows(offer, said.day, starts)
    except ManyErrors as several:
        faults += several.errors
    except (BadOffer, ContradictoryFlags) as fault:
        faults.append(fault)
    if said.replaces:
        faults += _same_again(case, offer, said, rows)
    raise_all(faults)
    agreement = Agreement(
        offer=offer.number,
        agreed_at=said.when,
        starts=starts,
        oral=said.oral or not said.proof,
        instalments=rows,
        agent=said.agent,
        contact=said.contact,
        proof=said.proof,
        grace_days=said.grace_days,
        then_talk=offer.then_talk,
    )
    return replace(case, agreement=agreement, earlier=case.agreements, promises=(*case.promises, *said.promises))


def _same_again(case: Case, offer: Offer, said: Acceptance, rows: Sequence[Instalment]) -> list[JdnegError]:
    """Nothing of it is new but perhaps its proof, which is added to the agreement there is."""
    before = case.agreement
    if before is None or not rows or has_ended(before, said.day) or said.starts not in (None, before.starts):
        return []
    same = (before.offer, before.instalments, before.grace_days) == (offer.number, tuple(rows), said.grace_days)
    return [_bad("same_again", number=offer.number, date=shanghai_day(before.agreed_at))] if same else []


def take_back(case: Case, words: Collection[str], on: dt.date) -> Case:
    """My promises in these words that nobody judged yet are replaced: what they were about has given way."""
    told = tuple(
        replace(one, state="replaced", seen_on=on)
        if one.by == "me" and one.state == "unknown" and one.what in words
        else one
        for one in case.promises
    )
    return replace(case, promises=told)


def _faults(case: Case, offer: Offer, said: Acceptance, starts: dt.date) -> list[JdnegError]:
    faults = _closed(case)
    before = case.agreement
    if before is not None and not said.replaces and not has_ended(before, said.day):
        faults.append(_bad("already_agreed", number=before.offer, date=shanghai_day(before.agreed_at)))
    if said.day < offer.at:
        faults.append(_bad("accepted_before_offer", date=said.day, at=offer.at))
    if starts < said.day:
        faults.append(_bad("starts_before_made", starts=starts, date=said.day))
    elif offer.first_due is not None and offer.first_due < starts:
        facts = {"due": offer.first_due, "starts": starts}
        faults.append(_bad("due_before_starts" if said.starts else "due_before_agreed", date=said.day, **facts))
    return faults


def acceptance_messages(case: Case, overdue: Decimal | None = None) -> tuple[Message, ...]:
    """What to know right after `accept`: the gate, an offer past its validity, what was left open or worked out."""
    agreement = case.agreement
    if agreement is None:
        return ()
    offer, found = offer_of(case, agreement.offer), []
    made = shanghai_day(agreement.agreed_at)
    if offer.valid_until is not None and offer.valid_until < made:
        found.append(warning("case.offer_expired", number=offer.number, until=offer.valid_until))
    if moves_only(offer):
        found.append(warning("case.moved_interest", number=offer.number))
        found += [warning("case.moved_overdue", overdue=overdue, date=agreement.starts)] if overdue else []
    elif not (offer.months and offer.monthly) and offer.lump_sum is None and "interest" not in offer.waive:
        found.append(warning("case.interest_open", number=offer.number))
    if agreement.then_talk:
        found.append(warning("case.then_talk_agreed", date=max(one.due for one in agreement.instalments)))
    points = derived(offer, agreement).points
    found += [warning("case.derived", points=points)] if points else []
    closed = gate(agreement, still_written(case))
    return (*found, closed, hint("case.ask_confirmation")) if closed else tuple(found)


def confirm(case: Case, proof: Sequence[Id]) -> Case:
    """Oral becomes written by the proof of it. Raises BadOffer without an agreement, MissingFlags without proof."""
    if case.agreement is None:
        raise BadOffer(detail=Message("case.nothing_to_confirm"))
    if not proof:
        raise MissingFlags(flags="--evidence")
    kept = tuple(dict.fromkeys((*case.agreement.proof, *proof)))
    return replace(case, agreement=replace(case.agreement, oral=False, proof=kept))


def without_agreement(case: Stored[Case]) -> BadOffer:
    """The fault of who asks for an agreement where there is none."""
    if case.record.closed_on is not None:
        return _bad("closed_without", case=case.id, date=case.record.closed_on)
    return _bad("not_accepted", case=case.id)


def agreements_by(case: Stored[Case], day: dt.date) -> tuple[Agreement, ...]:
    """Those with instalments that were made by a day, oldest first. Raises BadOffer where there is none."""
    made = [one for one in case.record.agreements if one.instalments]
    if not made:
        raise without_agreement(case)
    found = tuple(one for one in made if shanghai_day(one.agreed_at) <= day)
    if not found:
        raise _bad("agreed_later", case=case.id, made=shanghai_day(made[0].agreed_at), date=day)
    return found


def close_case(case: Case, on: dt.date, outcome: str | None = None, rating: int | None = None) -> Case:
    """The case is over; an agreement in it goes on. Raises BadOffer where it was closed, or before it was opened."""
    faults = _closed(case)
    if on < case.opened_on:
        faults.append(_bad("closed_before_opened", date=on, opened=case.opened_on))
    raise_all(faults)
    return replace(case, closed_on=on, outcome=outcome, rating=rating)


_SETTLED = ("清", "settled", "paid")


def closing_messages(case: Case, owed: Owed | None = None) -> tuple[Message, ...]:
    """Closing a case ends no agreement, and settles nothing: ``owed`` is what its loans come to by the records."""
    made, on = case.agreement, case.closed_on
    settled = any(one in (case.outcome or "").lower() for one in _SETTLED)
    if made is None and settled and owed is not None and owed.total:
        return (warning("case.closed_owed", amount=owed.total, loans=", ".join(map(str, case.loans))),)
    if made is None or on is None or made.ended_on is not None or not made.instalments:
        return ()
    return (hint("case.closed_agreed"),) if max(one.due for one in made.instalments) > on else ()


def _closed(case: Case) -> list[JdnegError]:
    return [] if case.closed_on is None else [_bad("closed", date=case.closed_on)]


def _bad(code: str, **facts: object) -> BadOffer:
    return BadOffer(detail=Message(f"case.{code}", facts))
