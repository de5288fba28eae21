"""What happens in a case beside its offers: contacts, promises, stops and goes, an agreement's end.

Each step takes the case and gives the next one; days, amounts and reasons are those that were said.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from jdneg.domain.agreements import still_written
from jdneg.domain.dates import shanghai_day
from jdneg.domain.ids import Id
from jdneg.domain.messages import Message, hint, warning
from jdneg.domain.negotiation.playbook import Playbook
from jdneg.domain.records.base import Stored
from jdneg.domain.records.case import Case, Checked, Milestone, Refusal, Stuck
from jdneg.domain.records.contact import Contact
from jdneg.domain.records.promise import Promise
from jdneg.errors import BadChoice, BadOffer, EmptyText, JdnegError, raise_all

State = Literal["unknown", "kept", "late", "broken", "replaced"]


def link_contacts(
    case: Case, contacts: Sequence[Stored[Contact]], reply_by: dt.date | None = None, ticket: str | None = None
) -> Case:
    """The case with contacts that belong to it: their promises and refusals are taken over, each once."""
    linked = tuple(dict.fromkeys((*case.contacts, *(one.id for one in contacts))))
    promises, stuck = list(case.promises), list(case.stuck)
    for contact in contacts:
        known = {(one.contact, one.what) for one in promises}
        promises += [
            replace(one, contact=contact.id)
            for one in contact.record.promises if (contact.id, one.what) not in known
        ]  # fmt: skip
        reason = contact.record.refusal
        if reason is not None and not any(one.contact == contact.id for one in stuck):
            stuck.append(Stuck(at=shanghai_day(contact.record.happened_at), reason=reason, contact=contact.id))
    return replace(
        case, contacts=linked, promises=tuple(promises), stuck=tuple(stuck), reply_by=reply_by or case.reply_by,
        ticket=ticket or case.ticket,
    )  # fmt: skip


def link_messages(case: Case, contacts: Sequence[Stored[Contact]]) -> tuple[Message, ...]:
    """A contact about a loan that is not the case's: it may be a slip."""
    loans = set(map(str, case.loans))
    return tuple(
        warning("case.other_loan", contact=one.id, loan=one.record.loan)
        for one in contacts if one.record.loan is not None and one.record.loan not in loans
    )  # fmt: skip


def add_promise(case: Case, promise: Promise) -> Case:
    if not promise.what.strip():
        raise EmptyText(flag="--what")
    return replace(case, promises=(*case.promises, promise))


def set_promise(case: Case, number: int, state: State, on: dt.date) -> Case:
    """How a promise was kept, noted on a day. Raises BadChoice for a number there is not."""
    if not 1 <= number <= len(case.promises):
        raise BadChoice(value=number, choices=", ".join(str(n + 1) for n in range(len(case.promises))) or "—")
    changed = replace(case.promises[number - 1], state=state, seen_on=on)
    return replace(case, promises=(*case.promises[: number - 1], changed, *case.promises[number:]))


def set_messages(case: Case, number: int, on: dt.date) -> tuple[Message, ...]:
    """Kept or broken before its day is over may be a slip of the number."""
    one = case.promises[number - 1]
    if one.state in ("late", "broken") and one.due is not None and one.due >= on:
        return (warning("case.promise_not_due", number=number, due=one.due),)
    return ()


def get_stuck(case: Case, at: dt.date, reason: Refusal | None, contact: Id | None, note: str | None) -> Case:
    if reason is None and not (note or "").strip():
        raise EmptyText(flag="--reason")
    return replace(case, stuck=(*case.stuck, Stuck(at=at, reason=reason, contact=contact, note=note)))


def pass_milestone(case: Case, at: dt.date, what: str, contact: Id | None) -> Case:
    if not what.strip():
        raise EmptyText(flag="--what")
    reached = (*case.milestones, Milestone(at=at, what=what.strip(), contact=contact))
    return replace(case, milestones=tuple(sorted(reached, key=lambda one: one.at)))


def tick(case: Case, items: Sequence[str], book: Playbook, on: dt.date) -> Case:
    """Items of the playbook that were done. Raises BadChoice for each it does not have, all at once."""
    known = [one.id for one in book.items]
    faults: list[JdnegError] = [BadChoice(value=one, choices=", ".join(known)) for one in items if one not in known]
    raise_all(faults)
    done = {one.item for one in case.checked}
    fresh = tuple(Checked(item=one, on=on) for one in dict.fromkeys(items) if one not in done)
    return replace(case, checked=(*case.checked, *fresh))


def end_agreement(case: Case, on: dt.date, note: str | None = None) -> Case:
    """The agreement counts no longer from that day; where it ended and was only oral, the one in writing that still
    counts. BadOffer: there is none, it ended before, it was made later.
    """
    made = case.agreement
    again = still_written(case) if made is not None and made.ended_on is not None else None
    made = again or made
    if made is None:
        raise BadOffer(detail=Message("case.nothing_to_end"))
    faults: list[JdnegError] = []
    if made.ended_on is not None:
        faults.append(BadOffer(detail=Message("case.already_ended", {"date": made.ended_on})))
    if on < shanghai_day(made.agreed_at):
        facts = {"date": on, "made": shanghai_day(made.agreed_at)}
        faults.append(BadOffer(detail=Message("case.ended_before_made", facts)))
    raise_all(faults)
    over = replace(made, ended_on=on, ended_note=note)
    if again is None:
        return replace(case, agreement=over)
    return replace(case, earlier=tuple(over if one is again else one for one in case.earlier))


def end_messages(case: Case) -> tuple[Message, ...]:
    """After what was only oral has ended: which agreement counts."""
    made, again = case.agreement, still_written(case)
    if made is None or made.ended_on is None or again is None:
        return ()
    return (hint("case.written_counts", date=shanghai_day(again.agreed_at), offer=again.offer),)
