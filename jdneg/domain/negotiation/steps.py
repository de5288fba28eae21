"""Where a case stands among its five steps: what is done, by which record, and what is next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from typing import Literal

from jdneg.domain.agreements import still_written
from jdneg.domain.dates import first_moment, shanghai_day
from jdneg.domain.messages import Message, hint, info, warning
from jdneg.domain.negotiation.playbook import STEPS, Playbook, PlayItem
from jdneg.domain.negotiation.track import track
from jdneg.domain.records.account import Payment
from jdneg.domain.records.base import Stored
from jdneg.domain.records.case import Agreement, Case
from jdneg.domain.records.contact import Contact
from jdneg.domain.records.promise import Promise
from jdneg.values import dataclass

CaseState = Literal["open", "stuck", "oral", "written", "ended", "closed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    """A case with what belongs to it: its contacts, oldest first, the exhibits that support it or its loans, and what
    was paid on these. ``worked_out``: the agreements by how each was put into words as my promise.
    """

    case: Stored[Case]
    contacts: tuple[Stored[Contact], ...] = ()
    exhibits: tuple[str, ...] = ()
    payments: tuple[Stored[Payment], ...] = ()
    worked_out: Mapping[str, Agreement] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """``notes`` are what the records show of it; ``done`` and ``open`` the playbook's items.

    ``skipped``: a later step has begun, and of this one there is no record.
    """

    name: str
    state: Literal["done", "skipped", "now", "open"]
    done: tuple[PlayItem, ...]
    open: tuple[PlayItem, ...]
    notes: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """A promise of the case by its number, or one of a contact that the case has not taken over yet (0).

    ``overdue``: its day is over and nobody has noted whether it was kept.
    """

    number: int
    promise: Promise
    contact: str | None
    overdue: bool


def state_of(case: Case) -> CaseState:
    """``stuck``: nothing was offered since the other side would not go on."""
    if case.closed_on is not None:
        return "closed"
    if case.agreement is not None:
        if case.agreement.ended_on is not None:
            return "ended" if still_written(case) is None else "written"
        return "oral" if case.agreement.oral else "written"
    last = max((one.at for one in case.stuck), default=None)
    return "stuck" if last is not None and all(one.at <= last for one in case.offers) else "open"


def contacts_of(case: Stored[Case], contacts: Sequence[Stored[Contact]]) -> tuple[Stored[Contact], ...]:
    """Those logged for the case and those linked to it, each once, oldest first."""
    linked = set(map(str, case.record.contacts))
    own = {one.id: one for one in contacts if one.record.case == case.id or one.id in linked}
    return tuple(sorted(own.values(), key=lambda one: (first_moment(one.record.happened_at), int(one.id[1:]))))


def steps(facts: CaseFacts, book: Playbook, as_of: dt.date) -> tuple[Step, ...]:
    """The five in their order; the one after the last that has its records is ``now``."""
    notes = {
        "confirm": tuple(_confirmed(facts)), "contact": tuple(_contacted(facts)),
        "wait": tuple(_waited(facts, as_of)),
        "solution": tuple(_solved(facts.case.record, as_of)), "close": tuple(_closed(facts.case.record)),
    }  # fmt: skip
    reached = _reached(facts)
    ticked = {one.item for one in facts.case.record.checked}
    return tuple(
        Step(
            name, _past(name, facts) if n < reached else "now" if n == reached else "open",
            tuple(one for one in book.at(name) if one.id in ticked),
            tuple(one for one in book.at(name) if one.id not in ticked), notes[name],
        )
        for n, name in enumerate(STEPS)
    )  # fmt: skip


def _reached(facts: CaseFacts) -> int:
    """The index of the first step that is not done."""
    case = facts.case.record
    if case.closed_on is not None:
        return len(STEPS)
    if case.agreement is not None and not case.agreement.oral:
        return STEPS.index("close")
    if case.offers or case.agreement is not None:
        return STEPS.index("solution")
    if facts.contacts:
        return STEPS.index("wait")
    begun = case.orders or facts.exhibits or case.checked
    return STEPS.index("contact") if begun else STEPS.index("confirm")


def _past(name: str, facts: CaseFacts) -> Literal["done", "skipped"]:
    case = facts.case.record
    shown: dict[str, object] = {
        "confirm": case.orders or facts.exhibits or case.checked, "contact": facts.contacts, "wait": facts.contacts,
        "solution": case.offers or case.agreements, "close": case.closed_on,
    }  # fmt: skip
    return "done" if shown[name] else "skipped"


def _confirmed(facts: CaseFacts) -> Iterator[Message]:
    case = facts.case.record
    if case.orders:
        yield info("steps.orders", numbers=list(case.orders))
    if facts.exhibits:
        yield info("steps.exhibits", ids=list(facts.exhibits))
    if case.loss is not None:
        yield info("steps.loss", amount=case.loss)
    if not (case.orders or facts.exhibits or case.checked):
        yield hint("steps.no_records", case=facts.case.id)


def _contacted(facts: CaseFacts) -> Iterator[Message]:
    if not facts.contacts:
        yield hint("steps.no_contact", loan=facts.case.record.loans[0], case=facts.case.id)
        return
    people = dict.fromkeys(one.record.agent for one in facts.contacts if one.record.agent)
    yield info("steps.contacts", ids=[one.id for one in facts.contacts])
    if people:
        yield info("steps.people", names=list(people))
    unnamed = [one.id for one in facts.contacts if not one.record.agent and one.record.channel == "call"]
    if unnamed:
        yield hint("steps.unnamed", ids=unnamed)


def _waited(facts: CaseFacts, as_of: dt.date) -> Iterator[Message]:
    """The clock: their own day for an answer, else how long ago the last contact was."""
    case = facts.case.record
    if case.ticket:
        yield info("steps.ticket", ticket=case.ticket)
    over = case.agreement is not None or case.closed_on is not None
    if case.reply_by is not None and not over:
        left = (case.reply_by - as_of).days
        yield (
            warning("steps.reply_late", due=case.reply_by, days=-left)
            if left < 0
            else info("steps.reply_by", due=case.reply_by, days=left)
        )
    elif facts.contacts and not over:
        last = facts.contacts[-1]
        day = shanghai_day(last.record.happened_at)
        yield hint("steps.no_clock", contact=last.id, days=(as_of - day).days, case=facts.case.id)


def _solved(case: Case, as_of: dt.date) -> Iterator[Message]:
    for one in case.offers:
        if one.valid_until is not None and case.agreement is None:
            left = (one.valid_until - as_of).days
            yield (
                info("steps.offer_left", number=one.number, until=one.valid_until, days=left)
                if left >= 0
                else info("steps.offer_over", number=one.number, until=one.valid_until)
            )
    for made in case.earlier:
        ended = made.ended_on
        until = info("steps.ended", date=ended) if ended else info("steps.replaced")
        yield info("steps.earlier", number=made.offer, date=shanghai_day(made.agreed_at), until=until)
    if case.agreement is not None:
        made, form = case.agreement, "oral" if case.agreement.oral else "written"
        yield info(f"steps.agreed_{form}", number=made.offer, date=shanghai_day(made.agreed_at))
        if made.ended_on is not None:
            yield info("steps.agreement_ended", date=made.ended_on, note=made.ended_note or "-")


def _closed(case: Case) -> Iterator[Message]:
    if case.closed_on is not None:
        yield info("steps.closed", date=case.closed_on, outcome=case.outcome or "-", rating=case.rating or "-")


def promise_lines(facts: CaseFacts, as_of: dt.date) -> tuple[PromiseLine, ...]:
    """Those of the case with their numbers, then those its contacts noted and the case has not taken over."""
    own = [_as_paid(one, facts, as_of) for one in facts.case.record.promises]
    lines = [
        PromiseLine(n, one, str(one.contact) if one.contact else None, _overdue(one, as_of))
        for n, one in enumerate(own, 1)
    ]
    taken = {(str(one.contact), one.what) for one in own if one.contact}
    for contact in facts.contacts:
        lines += [
            PromiseLine(0, one, contact.id, _overdue(one, as_of))
            for one in contact.record.promises if (contact.id, one.what) not in taken
        ]  # fmt: skip
    return tuple(lines)


_IN_TIME = {"paid_early", "on_time", "in_grace", "spared"}


def _as_paid(one: Promise, facts: CaseFacts, as_of: dt.date) -> Promise:
    """My promise of an agreement's instalments is kept as its payments say, until a state is noted by hand."""
    made = facts.worked_out.get(one.what)
    if one.by != "me" or one.state != "unknown" or made is None:
        return one
    states = {row.state for row in track(facts.case, made, facts.payments, as_of).rows}
    if states <= _IN_TIME:
        return replace(one, state="kept")
    return replace(one, state="late") if states <= {*_IN_TIME, "late"} else one


def _overdue(one: Promise, as_of: dt.date) -> bool:
    return one.state == "unknown" and one.due is not None and one.due < as_of
