"""Papers that wait: letters without an answer, complaints with their clocks, wishes that are being watched."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence

from jdneg.domain.agenda.item import Item
from jdneg.domain.complaint.channels import Channel, answers_due
from jdneg.domain.dates import shanghai_day
from jdneg.domain.messages import info, warning
from jdneg.domain.records.base import Stored
from jdneg.domain.records.case import Case
from jdneg.domain.records.contact import Contact
from jdneg.domain.records.loan import Loan
from jdneg.domain.records.paper import Complaint, Letter

_WISHES = ("contact-preference", "stop-third-party")


def of_letters(letters: Sequence[Stored[Letter]], cases: Iterable[Stored[Case]], as_of: dt.date) -> Iterator[Item]:
    """Letters that were sent and have no answer among the letters received, and the other way round; wishes are
    watched instead. What asks for an agreement in writing is answered by its proof."""
    proved = {one.id for one in cases if one.record.agreement is not None and not one.record.agreement.oral}
    received = [one for one in letters if one.record.direction == "in"]
    yield from _unanswered(received, letters, as_of)
    for letter in letters:
        one = letter.record
        if one.direction != "out" or one.sent_at is None or shanghai_day(one.sent_at) > as_of or _ended(one, as_of):
            continue
        sent = shanghai_day(one.sent_at)
        facts = {"letter": letter.id, "letter_kind": one.kind, "sent": sent, "days": (as_of - sent).days}
        if one.kind in _WISHES:
            command = f"check --loan {one.loan}" if one.loan else "check"
            code = "today.watch_delivered" if one.delivered_on else "today.watch"
            what = info(code, **facts, delivered=one.delivered_on)
            yield Item(kind="watch", id=letter.id, what=what, command=command)
        elif one.kind == "confirm" and one.case in proved:
            continue
        elif not any(_answers(other.record, one, sent, as_of) for other in received):
            command = f"letter show {letter.id}"
            what = info("today.letter_answer", **facts)
            yield Item(kind="letter_answer", id=letter.id, what=what, due=one.reply_by, command=command)


def _unanswered(
    received: Sequence[Stored[Letter]], letters: Sequence[Stored[Letter]], as_of: dt.date
) -> Iterator[Item]:
    """Letters that came and to which nothing was sent since; the day is the one they ask for, where they do."""
    for letter in received:
        one = letter.record
        if one.drafted_on > as_of or _ended(one, as_of):
            continue
        if any(_replies(other.record, letter, as_of) for other in letters):
            continue
        facts = {"letter": letter.id, "came": one.drafted_on, "due": one.reply_by}
        what = info("today.letter_in_by", **facts) if one.reply_by else info("today.letter_in", **facts)
        yield Item(kind="letter_in", id=letter.id, what=what, due=one.reply_by, command=f"letter plan {letter.id}")


def _ended(letter: Letter, as_of: dt.date) -> bool:
    return letter.closed_at is not None and shanghai_day(letter.closed_at) <= as_of


def _replies(sent: Letter, letter: Stored[Letter], as_of: dt.date) -> bool:
    """What says which letter it answers answers no other; of the rest, what was sent about the same debt since."""
    came = letter.record
    same = sent.loan == came.loan or (came.case is not None and sent.case == came.case)
    if sent.answers is not None:
        same = sent.answers == letter.id
    on = shanghai_day(sent.sent_at) if sent.direction == "out" and sent.sent_at is not None else None
    return same and on is not None and came.drafted_on <= on <= as_of


def _answers(received: Letter, sent: Letter, on: dt.date, as_of: dt.date) -> bool:
    came = shanghai_day(received.sent_at or received.drafted_on)
    same = received.loan == sent.loan or (sent.case is not None and received.case == sent.case)
    return same and on <= came <= as_of


def of_complaints(
    complaints: Iterable[Stored[Complaint]],
    loans: Mapping[str, Loan],
    channels: Mapping[str, Channel],
    as_of: dt.date,
) -> Iterator[Item]:
    """Each filed complaint with the first last day its channel has that can be told, else without one."""
    for complaint in complaints:
        one = complaint.record
        if one.filed_at is None or shanghai_day(one.filed_at) > as_of:
            continue
        filed, takes = shanghai_day(one.filed_at), channels.get(one.to)
        kind = loans[str(one.loan)].kind if one.loan in loans else "unknown"
        clocks = answers_due(takes, kind, filed) if takes else ()
        days = sorted(day for _, day in clocks if day is not None)
        due = next((day for day in days if day >= as_of), days[-1] if days else None)
        facts = {"complaint": complaint.id, "to": one.to, "filed": filed, "days": (as_of - filed).days}
        code = "today.complaint_clock" if due else "today.complaint"
        what = info(code, **facts, **({"due": due} if due else {}))
        yield Item(kind="complaint", id=complaint.id, what=what, due=due, command=f"complain show {complaint.id}")


def after_the_end(loan: Stored[Loan], contacts: Iterable[Stored[Contact]], as_of: dt.date) -> Iterator[Item]:
    """Contacts of the other side about a debt that was closed before."""
    ends = loan.record.closed_on
    if ends is None:
        return
    later = [
        one for one in contacts
        if one.record.loan == loan.id and one.record.direction != "out"
        and ends <= shanghai_day(one.record.happened_at) <= as_of
    ]  # fmt: skip
    if later:
        what = warning("today.closed_contact", loan=loan.id, count=len(later), last=later[-1].id, closed=ends)
        yield Item(kind="closed_contact", id=loan.id, what=what, command=f"loan close {loan.id}")
