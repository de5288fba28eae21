"""Accepting an offer: the agreement, both sides' promises, and the gate while nothing is in writing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from jdneg.commands.shared.options import Many, Question, Switch, Text, complete
from jdneg.commands.shared.reading import Reader, whole
from jdneg.commands.talks.owing import owed_in
from jdneg.i18n import t
from jdneg.result import Result
from jdneg.session import Session
from jdneg.values import dataclass

if TYPE_CHECKING:
    import datetime as dt
    from decimal import Decimal

    from jdneg.domain.changes import Change
    from jdneg.domain.messages import Message
    from jdneg.domain.negotiation.cases import Acceptance
    from jdneg.domain.records.base import Stored, When
    from jdneg.domain.records.case import Agreement, Case, Promise
    from jdneg.domain.records.contact import Contact


@dataclass(frozen=True)
class AcceptFlags:
    """How an offer was accepted, as typed."""

    offer: Text = None
    at: Text = None
    oral: Switch = False
    agent: Text = None
    contact: Text = None
    starts: Text = None
    first_due: Text = None
    due_day: Text = None
    grace_days: Text = None
    promise: Many = None
    replace: Switch = False
    evidence: Many = None


def accept_offer(session: Session, case_id: str, flags: AcceptFlags) -> Result:
    from jdneg.commands.shared.attaching import attachments
    from jdneg.commands.shared.glance import glance
    from jdneg.commands.shared.limits import limitation_notice, settled_notice
    from jdneg.commands.talks.stepping import take_step
    from jdneg.domain.negotiation.cases import offer_of

    def known(text: str) -> object:
        return offer_of(session.get(case_id, "case").record, whole(text, 1, 100_000))

    (offer,) = complete(session, [Question("--offer", flags.offer, check=known)])
    found = session.get(case_id, "case")
    step = _read(session, found, flags, offer)
    file = glance(session, found.record.loans[0])
    notice = (*settled_notice(session, found.record.loans), *limitation_notice(session, file))
    extra, proof = attachments(session, flags.evidence)
    step.said = replace(step.said, proof=proof)
    return take_step(
        session, found.id, step.change, t("talks.reason_accept"), lambda case: (*notice, *step.messages(case)),
        also=lambda case: [*step.others(case), *extra],
    )  # fmt: skip


def _read(session: Session, found: Stored[Case], flags: AcceptFlags, offer: str | None) -> _Accepting:
    from jdneg.domain.negotiation.cases import Acceptance

    read = Reader(session)
    number = read.number(offer, least=1)
    promises = tuple(read.read(one, lambda text: _promise(session, text)) for one in flags.promise or ())
    call = session.get(flags.contact, "contact") if flags.contact else None
    said = Acceptance(
        when=read.moment(flags.at, "--at") or _said_when(session, found, number, call),
        oral=flags.oral, agent=flags.agent,
        starts=read.day(flags.starts, prefer="future"), grace_days=read.number(flags.grace_days, most=366) or 0,
        promises=promises, replaces=flags.replace,
    )  # fmt: skip
    first, day = read.day(flags.first_due, prefer="future"), read.due_day(flags.due_day)
    read.done()
    return _Accepting(session, found, number, replace(said, contact=call.id if call else None), first, day)


def _said_when(session: Session, found: Stored[Case], number: int | None, call: Stored[Contact] | None) -> When:
    """When the contact was in which it was accepted; now without one, or where the offer was noted only later."""
    from jdneg.domain.dates import shanghai_day

    made = next((one.at for one in found.record.offers if one.number == number), None)
    if call is None or (made is not None and shanghai_day(call.record.happened_at) < made):
        return session.now
    return call.record.happened_at


@dataclass
class _Accepting:
    """One offer being accepted. ``first_due`` and ``due_day`` are days that were settled only now.

    ``overdue`` (yuan) and ``notes`` are of the last decision: it is made anew where somebody wrote in between.
    """

    session: Session
    found: Stored[Case]
    number: int
    said: Acceptance
    first_due: dt.date | None
    due_day: int | None
    overdue: Decimal | None = None
    notes: tuple[Message, ...] = ()

    def change(self, before: Case) -> Case:
        from jdneg.domain.negotiation.cases import accept, take_back

        case = _with_terms(before, self.number, self.first_due, self.due_day)
        held = owed_in(self.session, case, self.said.day)
        self.overdue = held.overdue
        agreed = accept(case, self.number, replace(self.said, held=held))
        agreed = take_back(agreed, _mine_in_words(before), self.said.day)
        return replace(agreed, promises=(*agreed.promises, *_mine(agreed)))

    def others(self, case: Case) -> list[Change]:
        """What agreements of other cases on the same loans become."""
        ended, self.notes = give_way_elsewhere(self.session, self.found, case, replaces=self.said.replaces)
        return ended

    def messages(self, case: Case) -> Iterator[Message]:
        from jdneg.domain.negotiation.cases import acceptance_messages
        from jdneg.domain.negotiation.replacing import never_counted

        store = self.session.store
        yield from self.notes
        yield from acceptance_messages(case, overdue=self.overdue)
        yield from _lets_go(self.session, case)
        yield from _above_budget(self.session, self.found.id, case)
        yield from never_counted(store.select("case"), store.get(self.found.id))


def _lets_go(session: Session, case: Case) -> tuple[Message, ...]:
    """What is owed on the agreement's first day and asked by none of its instalments."""
    from jdneg.commands.shared.glance import glance
    from jdneg.domain.messages import hint
    from jdneg.domain.money import ZERO

    assert case.agreement is not None
    starts = case.agreement.starts
    accounts = glance(session, str(case.loans[0])).under(case.agreement, map(str, case.loans), starts)
    gone = sum((at.remitted for at in accounts), ZERO)
    return (hint("case.lets_go", date=starts, amount=gone),) if gone else ()


def give_way_elsewhere(
    session: Session, own: Stored[Case], case: Case, *, replaces: bool
) -> tuple[list[Change], tuple[Message, ...]]:
    """What another case's agreement on the same loan becomes, and what that leaves."""
    from jdneg.domain import changes
    from jdneg.domain.messages import warning
    from jdneg.domain.negotiation.cases import take_back
    from jdneg.domain.negotiation.replacing import elsewhere, give_way, giving_way, left_without, runs_elsewhere
    from jdneg.errors import raise_all

    assert case.agreement is not None
    starts = case.agreement.starts
    others = elsewhere(session.store.select("case"), own, starts)
    if not replaces:
        raise_all([runs_elsewhere(own, one) for one in others])
    others = giving_way(case, others)
    ended = [take_back(one, _mine_in_words(one), starts) for one in give_way(own, others, starts)]
    steps = [changes.step("case", one.id, now, t("talks.reason_end")) for one, now in zip(others, ended, strict=True)]
    left = [(one.id, left_without(own, one)) for one in others]
    notes = (
        warning("case.others_left", case=id_, date=starts, loans=", ".join(loans)) for id_, loans in left if loans
    )
    return steps, tuple(notes)


def _above_budget(session: Session, case_id: str, case: Case) -> tuple[Message, ...]:
    from jdneg.commands.talks.affording import above_budget

    assert case.agreement is not None
    loans = tuple(str(one) for one in case.loans)
    return above_budget(session, case_id, loans, case.agreement.offer, case.agreement.instalments)


def _with_terms(case: Case, number: int, first: dt.date | None, day: int | None) -> Case:
    """The first day agreed on, where it was only settled at acceptance."""
    if first is None and day is None:
        return case
    offers = tuple(
        replace(one, first_due=first or one.first_due, due_day=day or one.due_day) if one.number == number else one
        for one in case.offers
    )
    return replace(case, offers=offers)


def _mine(case: Case) -> tuple[Promise, ...]:
    """My own promise, as far as it was said: in Chinese, for the letters that quote it."""
    assert case.agreement is not None
    return tuple(_in_words(case, case.agreement))


def _in_words(case: Case, made: Agreement) -> Iterator[Promise]:
    from jdneg.documents.chinese import sentence
    from jdneg.domain.negotiation.cases import offer_of
    from jdneg.domain.negotiation.derived import my_promise
    from jdneg.domain.records.case import Promise

    found = my_promise(offer_of(case, made.offer), made)
    if found is not None:
        yield Promise(by="me", what=sentence(found[0]), due=found[1])


def worked_out(case: Case) -> dict[str, Agreement]:
    """The agreements of a case by how each was put into words as my promise."""
    return {one.what: made for made in case.agreements for one in _in_words(case, made)}


def _mine_in_words(case: Case) -> tuple[str, ...]:
    """How the case's agreement was put into words as my promise, where there is one."""
    return tuple(one.what for one in _mine(case)) if case.agreement is not None else ()


def _promise(session: Session, text: str) -> Promise:
    """``lender:stop calls@2026-11-25``: who, what, and (after the last @) by when."""
    from jdneg.domain.promises import read_sided_promise

    return read_sided_promise(text, "--promise", lambda day: session.day(day, prefer="future"))
