"""Everything that happened, in order, with when it was written down: a late note is shown as a late note."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from jdneg.domain.dates import first_moment, shanghai_day
from jdneg.domain.evidence.instalments import LoanInstalment
from jdneg.domain.evidence.links import CaseFile
from jdneg.domain.evidence.marks import Mark, contact_marks, journal_marks
from jdneg.domain.ids import kind_of
from jdneg.domain.messages import Message, info
from jdneg.domain.money import ZERO
from jdneg.domain.records.base import Stored, When
from jdneg.domain.records.case import Agreement, Case, Offer, PartWaiver, Promise
from jdneg.values import dataclass


@dataclass(frozen=True, slots=True)
class Event:
    """One line. ``what`` is a sentence, ``more`` its known particulars, ``quote`` the words noted or received.

    ``gap_days`` is recorded minus happened; None, as ``recorded_at``, for what is computed from a schedule.
    """

    at: When
    id: str
    what: Message
    recorded_at: dt.datetime | None = None
    quote: str | None = None
    marks: tuple[Mark, ...] = ()
    more: tuple[Message, ...] = ()

    @property
    def gap_days(self) -> int | None:
        return None if self.recorded_at is None else (shanghai_day(self.recorded_at) - shanghai_day(self.at)).days


def timeline(file: CaseFile, states: Sequence[LoanInstalment] = ()) -> tuple[Event, ...]:
    """All events by time; same moment: by id. Undated drafts are no events."""
    events = [*_contacts(file), *_money(file), *_papers(file), *_cases(file), *_instalments(states)]
    return tuple(sorted(events, key=lambda one: (first_moment(one.at), one.id)))


def _event(stored: Stored[object], at: When, what: Message, quote: str | None = None, *more: Mark) -> Event:
    return Event(at, stored.id, what, stored.recorded_at, quote, (*more, *journal_marks(stored)))


def _contacts(file: CaseFile) -> Iterator[Event]:
    for stored in file.contacted:
        one = stored.record
        channel = "letter" if kind_of(stored.id) == "letter" else one.channel
        what = info(f"bundle.event_{one.direction or 'unknown'}", channel=channel)
        event = _event(stored, one.happened_at, what, one.said or one.summary, *contact_marks(one))
        known = {
            "to": None if one.to_whom == "me" else one.to_whom,
            "number": one.number,
            "sender": one.sender,
            "agency": one.agency,
            "agent": one.agent,
            "role": one.role_claimed,
            "role_verified": one.role_verified,
            "wait": None if one.wait_seconds is None else f"{one.wait_seconds // 60}:{one.wait_seconds % 60:02d}",
            "refusal": one.refusal,
            "attitude": one.attitude,
        }
        pressed = {"fee_pressed": one.fee_pressed, "borrowing_pressed": one.borrowing_pressed,
                   "private_payee": one.private_payee}  # fmt: skip
        told = tuple(Message(f"bundle.with_{name}") for name, yes in pressed.items() if yes)
        yield replace(event, more=(*_known(known), *told, *map(_promised, one.promises)))


def _known(facts: Mapping[str, object]) -> tuple[Message, ...]:
    """``bundle.with_number`` and its like for what is known; nothing for the rest."""
    return tuple(Message(f"bundle.with_{name}", {name: value}) for name, value in facts.items() if value)


def _money(file: CaseFile) -> Iterator[Event]:
    for loan in file.loans:
        if loan.record.start is not None:
            what = info("bundle.event_loan", lender=loan.record.lender, amount=loan.record.principal)
            yield _event(loan, loan.record.start, what)
    for payment in file.payments:
        what = info("bundle.event_payment", loan=str(payment.record.loan), amount=payment.record.amount)
        yield _event(payment, payment.record.at, what, None, "mine")
    for claim in file.claims:
        what = info("bundle.event_claim", loan=str(claim.record.loan), amount=claim.record.total)
        yield _event(claim, claim.record.at, what)


def _papers(file: CaseFile) -> Iterator[Event]:
    for letter in file.letters:
        at = letter.record.sent_at or (letter.record.drafted_on if letter.record.direction == "in" else None)
        if at is not None and letter.record.received is None:
            yield _event(letter, at, info(f"bundle.event_letter_{letter.record.direction}", kind=letter.record.kind))
    for complaint in file.complaints:
        if complaint.record.filed_at is not None:
            event = _event(
                complaint, complaint.record.filed_at, info("bundle.event_complaint", to=complaint.record.to)
            )
            yield replace(event, more=_known({"number": complaint.record.number}))


def _cases(file: CaseFile) -> Iterator[Event]:
    for stored in file.cases:
        case = stored.record
        yield _event(stored, case.opened_on, info("bundle.event_case", goal=case.goal))
        for offer in case.offers:
            yield replace(_event(stored, offer.at, _offer(offer)), more=_terms(offer))
        yield from _agreed(stored, case)
        for promise in case.promises:
            if promise.due is not None:
                yield _event(stored, promise.due, _promise(promise))
        if case.closed_on is not None:
            yield _event(stored, case.closed_on, info("bundle.event_closed", outcome=case.outcome))


def _offer(offer: Offer) -> Message:
    return info(f"bundle.event_offer_{offer.by}", number=offer.number)


def _agreed(stored: Stored[Case], case: Case) -> Iterator[Event]:
    for made in case.agreements:
        form = "oral" if made.oral else "written"
        event = _event(stored, made.agreed_at, info(f"bundle.event_agreed_{form}", offer=made.offer))
        offer = next((one for one in case.offers if one.number == made.offer), None)
        yield replace(event, more=(*(_terms(offer) if offer else ()), *_instalments_of(made)))


def _terms(offer: Offer) -> tuple[Message, ...]:
    """Every term of an offer that was named."""
    names = ("months", "monthly", "lump_sum", "pause", "first_due", "due_day")
    return (
        *_known({name: getattr(offer, name) for name in names}),
        *(Message("bundle.with_waived", {"part": part}) for part in offer.waive),
        *map(_in_part, offer.waive_part),
        *((Message("bundle.with_then_talk"),) if offer.then_talk else ()),
        *_known({"valid_until": offer.valid_until}),
    )


def _in_part(one: PartWaiver) -> Message:
    if one.amount is not None:
        return Message("bundle.with_waived_amount", {"part": one.part, "amount": one.amount})
    percent = "" if one.percent is None else f"{one.percent.normalize():f}"
    return Message("bundle.with_waived_percent", {"part": one.part, "percent": percent})


def _instalments_of(made: Agreement) -> tuple[Message, ...]:
    if not made.instalments:
        return ()
    total = sum((one.amount for one in made.instalments), ZERO)
    last = max(one.due for one in made.instalments)
    return (Message("bundle.with_instalments", {"count": len(made.instalments), "total": total, "last": last}),)


def _promised(promise: Promise) -> Message:
    """A promise in the contact it was made in; its state is told where it is kept track of."""
    dated = "_by" if promise.due else ""
    return Message(f"bundle.with_promise_{promise.by}{dated}", {"what": promise.what, "due": promise.due})


def _promise(promise: Promise) -> Message:
    return info(f"bundle.event_promise_{promise.by}", what=promise.what, state=promise.state)


def _instalments(states: Sequence[LoanInstalment]) -> Iterator[Event]:
    """Only those not paid on their day: an instalment that was is the payment's own line."""
    for one in states:
        row = one.row
        if row.state != "on_time":
            what = info(f"bundle.event_due_{row.state}", loan=one.loan, amount=row.amount, settled=row.settled_on)
            more = (info("bundle.with_oral"),) if one.oral else ()
            yield Event(row.due, one.loan, what, marks=("mine",), more=more)
