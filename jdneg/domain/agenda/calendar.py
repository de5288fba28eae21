"""What belongs in a calendar: instalments, promises and deadlines, each under a key that never changes.

What was done or stands no longer is given as cancelled, so that a calendar that has it takes it away (RFC 5545,
3.8.1.11): also what only an earlier text of a record said. What is long past and settled is left out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, Literal

from jdneg.domain.agenda.dues import all_settled, stand, tracked
from jdneg.domain.agenda.known import Known
from jdneg.domain.agenda.papers import of_complaints, of_letters
from jdneg.domain.agreements import chain, over_on
from jdneg.domain.dates import has_come, shanghai_day
from jdneg.domain.debt.schedule import schedule_of
from jdneg.domain.ids import kind_of
from jdneg.domain.messages import Message, info
from jdneg.domain.negotiation.track import TrackRow
from jdneg.domain.records.base import Stored, When
from jdneg.domain.records.case import Agreement, Case
from jdneg.domain.records.contact import Contact
from jdneg.domain.records.loan import Loan
from jdneg.domain.records.paper import Complaint, Letter
from jdneg.errors import JdnegError
from jdneg.values import dataclass

What = Literal["due", "promises", "deadlines"]
WHAT: tuple[What, ...] = ("due", "promises", "deadlines")
_LONG_PAST = dt.timedelta(days=31)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """``at`` a day, or a moment where one was agreed. ``plain`` names neither lender nor amount nor words.

    ``remind`` are the days before at which to remind; ``about`` is what stands in the event's text.
    """

    key: str
    what: What
    at: When
    title: Message
    plain: Message
    about: Message
    remind: tuple[int, ...] = ()
    cancelled: bool = False


def events(
    known: Known, as_of: dt.date, wanted: Sequence[What] = WHAT, former: Sequence[Stored[Any]] = ()
) -> tuple[Event, ...]:
    """In the order of their days, then keys. ``former`` are records as they once stood, oldest first: what only
    they say is cancelled."""
    every = (*known.cases, *known.loans, *known.contacts, *known.complaints, *known.letters)
    now = [one for record in every for one in _of(record, known, as_of)]
    once = {one.key: replace(one, cancelled=True) for record in former for one in _of(record, known, as_of)}
    found = {**once, **{one.key: one for one in now}}
    kept = [one for one in found.values() if one.what in wanted and not _over(one, as_of)]
    return tuple(sorted(kept, key=lambda one: (shanghai_day(one.at), one.key)))


def _of(stored: Stored[Any], known: Known, as_of: dt.date) -> Iterator[Event]:
    return _BY_KIND[kind_of(stored.id)](stored, known, as_of)


def _over(one: Event, as_of: dt.date) -> bool:
    return one.cancelled and shanghai_day(one.at) < as_of - _LONG_PAST


def _of_case(case: Stored[Case], known: Known, as_of: dt.date) -> Iterator[Event]:
    ended = has_come(case.record.closed_on, as_of)
    for number, agreement in enumerate(case.record.agreements, 1):
        yield from _instalments(case, number, agreement, known, as_of, over_on(case.record, agreement))
    yield from _promises(case)
    if case.record.reply_by is not None:
        facts = {"case": case.id, "ticket": case.record.ticket or "-"}
        yield Event(
            key=f"{case.id}-reply", what="deadlines", at=case.record.reply_by, title=info("ics.reply", **facts),
            plain=info("ics.plain", id=case.id), about=info("ics.reply_about", **facts), remind=(0,),
            cancelled=ended or case.record.agreement is not None,
        )  # fmt: skip
    yield from _offers(case, as_of, ended)


def _instalments(
    case: Stored[Case], number: int, made: Agreement, known: Known, as_of: dt.date, until: dt.date | None
) -> Iterator[Event]:
    """Each row of an agreement; ``until`` is the day it ended or was replaced."""
    found = tracked(case, made, known, as_of)
    settled = all_settled(case, known.loans, as_of)
    for row in found.rows:
        over = settled or (until is not None and row.due >= until)
        yield _row(f"{case.id}-{number}-{row.n}", case, row, len(found.rows), known, over or not row.short)


def _row(key: str, case: Stored[Case], row: TrackRow, count: int, known: Known, cancelled: bool) -> Event:
    amount = row.short or row.amount
    facts = {"case": case.id, "n": row.n, "count": count, "amount": amount, "lender": _lender(case, known)}
    loans = ",".join(map(str, case.record.loans))
    command = f"jdneg pay {loans} {amount:.2f} --at {row.due}"
    return Event(
        key=key, what="due", at=row.due, title=info("ics.instalment", **facts),
        plain=info("ics.plain_n", id=case.id, n=row.n), about=info("ics.instalment_about", command=command, **facts),
        remind=(3, 0), cancelled=cancelled,
    )  # fmt: skip


def _lender(case: Stored[Case], known: Known) -> str:
    names = [one.record.lender for one in known.loans if one.id in case.record.loans]
    return " / ".join(dict.fromkeys(names)) or "-"


def _promises(case: Stored[Case]) -> Iterator[Event]:
    last = {made.instalments[-1].due for made in case.record.agreements if made.instalments}
    for number, one in enumerate(case.record.promises, 1):
        if one.due is None or (one.by == "me" and one.due in last):
            continue
        facts = {"case": case.id, "what": one.what}
        command = f"jdneg negotiate promise {case.id} --set {number}"
        yield Event(
            key=f"{case.id}-promise-{number}", what="promises", at=one.due,
            title=info(f"ics.promise_{one.by}", **facts), plain=info("ics.plain_n", id=case.id, n=number),
            about=info("ics.promise_about", command=command), remind=(0,),
            cancelled=one.state != "unknown",
        )  # fmt: skip


def _offers(case: Stored[Case], as_of: dt.date, over: bool) -> Iterator[Event]:
    taken = max((shanghai_day(made.agreed_at) for made in case.record.agreements), default=None)
    for one in case.record.offers:
        if one.valid_until is not None and one.at <= as_of:
            answered = taken is not None and one.at <= taken
            yield Event(
                key=f"{case.id}-offer-{one.number}", what="deadlines", at=one.valid_until,
                title=info(f"ics.offer_{one.by}", case=case.id, number=one.number),
                plain=info("ics.plain_n", id=case.id, n=one.number),
                about=info("ics.offer_about", command=f"jdneg negotiate show {case.id}"), remind=(2, 0),
                cancelled=over or answered,
            )  # fmt: skip


def _contract(loan: Stored[Loan], known: Known, as_of: dt.date) -> Iterator[Event]:
    """The contract's rows; those a written agreement or the end of the debt has overtaken are cancelled."""
    try:
        schedule = schedule_of(loan)
    except JdnegError:  # its terms are not known
        return
    at = stand(loan, known, as_of)
    overtaken = bool(chain(known.cases, loan.id, as_of))
    owed = {row.due: row.unpaid for row in at.overdue} if at is not None and not overtaken else {}
    following = at.next_due.due if at is not None and at.next_due is not None and not overtaken else None
    left = dict(owed)
    if at is not None and at.next_due is not None:
        left[at.next_due.due] = at.next_due.payment
    for row in schedule.rows:
        settled = at is not None and row.due not in owed and (following is None or row.due < following)
        ended = has_come(loan.record.closed_on, as_of)
        asked = left.get(row.due, row.payment)
        yield _contract_row(loan, row.n, row.due, asked, settled or ended or overtaken)


def _contract_row(loan: Stored[Loan], n: int, due: dt.date, amount: Decimal, cancelled: bool) -> Event:
    facts = {"loan": loan.id, "amount": amount, "lender": loan.record.lender, "n": n}
    command = f"jdneg pay {loan.id} {amount:.2f} --at {due}"
    return Event(
        key=f"{loan.id}-{n}", what="due", at=due, title=info("ics.contract", **facts),
        plain=info("ics.plain_n", id=loan.id, n=n), about=info("ics.contract_about", command=command, **facts),
        remind=(3, 0), cancelled=cancelled,
    )  # fmt: skip


def _appointment(contact: Stored[Contact], _known: Known, _as_of: dt.date) -> Iterator[Event]:
    if contact.record.next_at is not None:
        yield Event(
            key=f"{contact.id}-next", what="deadlines", at=contact.record.next_at,
            title=info("ics.appointment", contact=contact.id), plain=info("ics.plain", id=contact.id),
            about=info("ics.appointment_about", words=contact.record.next_text or "-"), remind=(0,),
        )  # fmt: skip


def _letter(letter: Stored[Letter], known: Known, as_of: dt.date) -> Iterator[Event]:
    """The day by which a letter that came asks for an answer; answered, it is taken back."""
    if letter.record.direction == "in" and letter.record.reply_by is not None:
        waits = any(
            one.id == letter.id and one.kind == "letter_in" for one in of_letters(known.letters, known.cases, as_of)
        )
        yield Event(
            key=f"{letter.id}-reply", what="deadlines", at=letter.record.reply_by,
            title=info("ics.letter", id=letter.id), plain=info("ics.plain", id=letter.id),
            about=info("ics.letter_about", command=f"jdneg letter show {letter.id}"), remind=(2, 0),
            cancelled=not waits,
        )  # fmt: skip


def _complaint(complaint: Stored[Complaint], known: Known, as_of: dt.date) -> Iterator[Event]:
    loans = {one.id: one.record for one in known.loans}
    for one in of_complaints([complaint], loans, known.channels, as_of):
        if one.due is not None:
            yield Event(
                key=f"{one.id}-answer", what="deadlines", at=one.due, title=info("ics.complaint", id=one.id),
                plain=info("ics.plain", id=one.id), about=info("ics.complaint_about", command=f"jdneg {one.command}"),
                remind=(0,),
            )  # fmt: skip


_BY_KIND: Mapping[str, Callable[[Stored[Any], Known, dt.date], Iterator[Event]]] = {
    "case": _of_case, "loan": _contract, "contact": _appointment, "letter": _letter, "complaint": _complaint,
}  # fmt: skip
