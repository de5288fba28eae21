"""What a negotiation waits for: promises of both sides, answers, offers that run out, agreements not in writing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from jdneg.domain.agenda.item import Item
from jdneg.domain.agenda.known import Known, LeftCall
from jdneg.domain.agreements import has_ended
from jdneg.domain.dates import has_come, shanghai_day
from jdneg.domain.messages import Message, hint, info, warning
from jdneg.domain.negotiation.steps import state_of
from jdneg.domain.records.base import Stored
from jdneg.domain.records.case import Case
from jdneg.domain.records.contact import Contact
from jdneg.domain.records.paper import Letter
from jdneg.domain.records.promise import Promise


def of_cases(known: Known, as_of: dt.date) -> Iterator[Item]:
    for case in known.cases:
        yield from _promises(case, known, as_of)
        yield from _oral(case, known.letters, as_of)
        if not has_come(case.record.closed_on, as_of):
            yield from _reply(case)
            yield from _offers(case, as_of)
            yield from _next_step(case, known)


def _promises(case: Stored[Case], known: Known, as_of: dt.date) -> Iterator[Item]:
    """Those whose keeping nobody has noted; instalments of mine are an agreement's own rows."""
    agreed_last = {made.instalments[-1].due for made in case.record.agreements if made.instalments}
    for number, one in enumerate(case.record.promises, 1):
        own_rows = one.by == "me" and one.due in agreed_last
        if one.state == "unknown" and one.due is not None and not own_rows:
            contact = known.against(case, one) if one.due < as_of and one.by == "lender" else None
            command = f"negotiate promise {case.id} --set {number} broken" if contact else f"negotiate show {case.id}"
            yield _promise(one, case.id, command, as_of, number, contact)


def _promise(
    one: Promise, where: str, command: str, as_of: dt.date, number: int = 0, contact: str | None = None
) -> Item:
    """Whether it was kept is nobody's to suggest, but where a ``contact`` speaks against it: a promise of a case (by
    its ``number``) says how to note either.
    """
    side = "mine" if one.by == "me" else "theirs"
    over = one.due is not None and one.due < as_of
    form = (
        "_against" if contact else "_note" if over and number else "_ahead" if side == "theirs" and not over else ""
    )
    facts = {"id": where, "what": one.what, "due": one.due} | ({"number": number} if form == "_note" else {})
    what = Message(f"today.promise_{side}{form}", facts | ({"contact": contact} if contact else {}))
    return Item(kind=f"promise_{side}", id=where, what=what, due=one.due, command=command)


def _oral(case: Stored[Case], letters: Iterable[Stored[Letter]], as_of: dt.date) -> Iterator[Item]:
    """Asked for in a letter since, what is left is to add the answer."""
    made = case.record.agreement
    if made is not None and made.oral and not has_ended(made, as_of) and shanghai_day(made.agreed_at) <= as_of:
        day = shanghai_day(made.agreed_at)
        sent = [one for one in letters if _asks_for_it(one.record, case.id, day, as_of)]
        what, command = warning("today.oral", case=case.id, date=day), f"letter draft confirm --case {case.id}"
        if sent:
            what = info("today.oral_asked", case=case.id, date=day, letter=sent[-1].id)
            command = f"negotiate confirm {case.id}"
        yield Item(kind="oral", id=case.id, what=what, command=command)


def _asks_for_it(letter: Letter, case: str, made: dt.date, as_of: dt.date) -> bool:
    asks = letter.direction == "out" and letter.kind == "confirm" and letter.case == case
    return asks and letter.sent_at is not None and made <= shanghai_day(letter.sent_at) <= as_of


def _next_step(case: Stored[Case], known: Known) -> Iterator[Item]:
    """A case in which nothing else is waited for: the other side would not go on, or nobody was spoken to yet."""
    one, command = case.record, f"negotiate show {case.id}"
    if state_of(one) == "stuck":
        what = info("today.stuck", case=case.id, at=max(it.at for it in one.stuck))
        yield Item(kind="stuck", id=case.id, what=what, command=command)
    begun = one.offers or one.agreement or one.contacts or one.promises or one.milestones or one.reply_by
    if not begun and not one.stuck and not any(it.record.case == case.id for it in known.of_loan(case.id)):
        what = info("today.begin", case=case.id, opened=one.opened_on)
        yield Item(kind="begin", id=case.id, what=what, command=command)


def _reply(case: Stored[Case]) -> Iterator[Item]:
    """What they said they would answer by; an agreement is the answer."""
    if case.record.reply_by is not None and case.record.agreement is None:
        what = warning("today.reply", case=case.id, due=case.record.reply_by, ticket=case.record.ticket or "-")
        yield Item(kind="reply", id=case.id, what=what, due=case.record.reply_by, command=f"negotiate show {case.id}")


_RECENT = dt.timedelta(days=14)


def _offers(case: Stored[Case], as_of: dt.date) -> Iterator[Item]:
    """Offers with a last day, unless one was accepted since: those that stand, and the last one for a while after."""
    taken = max((shanghai_day(made.agreed_at) for made in case.record.agreements), default=None)
    for one in case.record.offers:
        if one.valid_until is None or one.at > as_of:
            continue
        lapsed = one.valid_until < as_of
        if lapsed and (one != case.record.offers[-1] or as_of - one.valid_until > _RECENT):
            continue
        if taken is not None and one.at <= taken:
            continue
        said = "lapsed" if lapsed else "mine" if one.by == "me" else "theirs"
        what = hint(f"today.offer_{said}", case=case.id, number=one.number, until=one.valid_until)
        command = f"negotiate show {case.id}"
        yield Item(kind=f"offer_{said}", id=case.id, what=what, due=one.valid_until, command=command)


def of_left_call(left: LeftCall | None, as_of: dt.date) -> Iterator[Item]:
    """Notes of a call that nobody logged: they count for nothing until they are."""
    if left is None or shanghai_day(left.started) > as_of:
        return
    what = warning("today.left_call", at=f"{left.started:%Y-%m-%d %H:%M}", lines=left.lines)
    yield Item(kind="left_call", id=left.loan or "", what=what, command="assist call --resume")


def of_contacts(
    contacts: Iterable[Stored[Contact]], cases: Sequence[Stored[Case]], as_of: dt.date, horizon: dt.date
) -> Iterator[Item]:
    """The next appointments, and promises made in contacts that no case has taken over yet."""
    taken = {(str(one.contact), one.what) for case in cases for one in case.record.promises if one.contact}
    for contact in contacts:
        if shanghai_day(contact.record.happened_at) > as_of:
            continue
        yield from _appointment(contact, as_of, horizon)
        for one in contact.record.promises:
            if one.state != "unknown" or (contact.id, one.what) in taken:
                continue
            command = _take_over(contact, cases)
            if one.due is not None:
                yield _promise(one, contact.id, command, as_of)
            elif one.by == "lender" and as_of - shanghai_day(contact.record.happened_at) <= _RECENT:
                said = info("today.promise_undated", id=contact.id, what=one.what)
                yield Item(kind="promise_theirs", id=contact.id, what=said, command=command)


def _appointment(contact: Stored[Contact], as_of: dt.date, horizon: dt.date) -> Iterator[Item]:
    """Up to the day after it: then it is a matter of the next contact."""
    at = contact.record.next_at
    if at is not None and as_of - dt.timedelta(days=1) <= shanghai_day(at) <= horizon:
        what = info("today.appointment", contact=contact.id, at=at, words=contact.record.next_text or "-")
        command = f"contact show {contact.id}"
        yield Item(kind="appointment", id=contact.id, what=what, due=shanghai_day(at), command=command)


def _take_over(contact: Stored[Contact], cases: Sequence[Stored[Case]]) -> str:
    """The command that puts the promise where its state can be noted: the contact's case, or an open one."""
    fits = (one.id for one in cases if one.record.closed_on is None and contact.record.loan in one.record.loans)
    case = contact.record.case or next(fits, None)
    return f"negotiate contact {case} --call {contact.id}" if case else f"contact show {contact.id}"
