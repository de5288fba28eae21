"""The records a contact is judged against, gathered from the journal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from jdneg.domain.conduct.world import World, make_world
from jdneg.domain.dates import shanghai_day
from jdneg.session import Session

if TYPE_CHECKING:
    from jdneg.domain.conduct.check import CheckOutcome
    from jdneg.domain.conduct.findings import Finding
    from jdneg.domain.filters import Filter
    from jdneg.domain.records.base import Stored
    from jdneg.domain.records.contact import Contact


def check_journal(session: Session, loan: str | None = None) -> CheckOutcome:
    """Every contact (of one loan) up to the day asked about, letters that came too, read as a stream."""
    from jdneg.domain.conduct.check import check

    known = (one for one in _until(session) if loan is None or one.record.loan == loan)
    return check(known, _whole(session), session.rules, session.lexicon)


def check_picked(session: Session, wanted: Filter) -> CheckOutcome:
    """The same for a filter: everything is judged, then what it means is picked."""
    from jdneg.domain.conduct.check import check
    from jdneg.domain.filters.picking import Picker, is_of_day

    world = _whole(session)
    picker = Picker(wanted, world)
    outcome = check(picker.watch(_until(session)), world, session.rules, session.lexicon)
    named = {one.contact for one in outcome.findings if one.contact and is_of_day(one)}
    return picker.pick(outcome, session.store.by_id(named))


def _whole(session: Session) -> World:
    store = session.store
    return make_world(store.all("loan"), store.all("case"), store.all("payment"), store.all("letter"))


def _until(session: Session) -> Iterator[Stored[Contact]]:
    from jdneg.commands.filtering import contacts

    return (one for one in contacts(session) if shanghai_day(one.record.happened_at) <= session.as_of)


def findings_of(session: Session, contact: Any) -> list[Finding]:
    """Findings of one contact just logged, from what can matter to it: its day, its loan's papers."""
    from jdneg.domain.conduct.check import judge

    return judge(contact, _near(session, contact), session.rules, session.lexicon)


def _near(session: Session, contact: Any) -> World:
    store, loan = session.store, contact.record.loan
    loans = store.select("loan")
    if loan is None:
        return make_world(loans, same_day=store.near(shanghai_day(contact.record.happened_at), None))
    cases = [one for one in store.select("case") if loan in one.record.loans]
    linked = {loan, *(str(one) for case in cases for one in case.record.loans)}
    payments = [one for name in linked for one in store.select("payment", loan=name)] if cases else []
    letters = store.select("letter")
    same_day = store.near(shanghai_day(contact.record.happened_at), loan)
    return make_world(loans, cases, payments, letters, same_day)
