"""What to say of a contact just logged: its appointment, a call at the same time, a settled debt, a likely claim."""

from __future__ import annotations

from typing import Any

from jdneg.domain.messages import Message, hint, warning
from jdneg.session import Session


def notices(session: Session, loan: Any, contact: Any) -> tuple[Message, ...]:
    """For a contact of the other side about ``loan`` (None: not said which); nothing is stored."""
    found = [*_appointment(contact.id, contact.record), *_overlaps(session, contact), *_rang(contact)]
    if loan is None or contact.record.direction != "in":
        return tuple(found)
    if loan.record.closed_on is not None:
        found += _after_the_end(loan, contact)
    said = contact.record.said
    if said and any(one.isdigit() for one in said):  # else the words are not looked at: a log must be quick
        found += _proposal(session, loan.id, contact)
    return tuple(found)


def _appointment(record_id: str, contact: Any) -> list[Message]:
    """The next appointment as it was understood; or that its words name no time, so that nothing reminds of it."""
    if contact.next_text is None:
        return []
    from jdneg.views.words import time, weekday

    if contact.next_at is None:
        return [hint("contact.next_unread", id=record_id, text=contact.next_text)]
    return [Message("contact.next_read", {"text": contact.next_text, "when": time(contact.next_at),
                                          "weekday": weekday(contact.next_at)})]  # fmt: skip


def _rang(contact: Any) -> list[Message]:
    """A call that was not answered has no length but its ringing: one of the two was noted wrongly."""
    call = contact.record
    lasted = call.duration_seconds or call.ended_at is not None
    return [warning("contact.unanswered_lasted", id=contact.id)] if call.answered is False and lasted else []


def _overlaps(session: Session, contact: Any) -> list[Message]:
    """Calls of one line at one time: one of the two was noted wrongly, or a machine called."""
    from jdneg.domain.dates import shanghai_day

    if contact.record.channel != "call" or not contact.record.number:
        return []
    day = shanghai_day(contact.record.happened_at)
    near = [one for one in session.store.near(day, contact.record.loan) if one.id != contact.id]
    if not near:
        return []
    from jdneg.domain.contacts import overlapping

    ids = overlapping(contact, near)
    return [warning("contact.overlap", id=contact.id, others=ids)] if ids else []


def _after_the_end(loan: Any, contact: Any) -> list[Message]:
    from jdneg.domain.dates import shanghai_day

    if shanghai_day(contact.record.happened_at) < loan.record.closed_on:
        return []
    return [warning("contact.loan_closed", id=loan.id, contact=contact.id, day=loan.record.closed_on)]


def _proposal(session: Session, loan: str, contact: Any) -> list[Message]:
    """Only a proposal: the user decides whether it is their claim."""
    from jdneg.domain.dates import shanghai_day
    from jdneg.domain.ids import kind_of
    from jdneg.domain.proposed import proposed_claim

    found = proposed_claim(contact.record.said)
    if found is None:
        return []
    day = shanghai_day(contact.record.happened_at)
    known = session.store.select("claim", loan=loan)
    if any(one.record.at == day and one.record.total == found.amount for one in known):
        return []
    known_sources = {"sms": "sms", "chat": "chat", "call": "call", "letter": "letter"}
    source = known_sources.get("letter" if kind_of(contact.id) == "letter" else contact.record.channel, "other")
    command = f"jdneg claim add {loan} --at {day} --total {found.amount} --source {source} --contact {contact.id}"
    return [hint("claim.proposed", quote=found.quote, amount=found.amount, command=command)]
