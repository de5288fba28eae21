"""The records a contact is judged against, gathered from the journal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any, Protocol

from jdneg.domain.conduct.world import World, make_world
from jdneg.domain.dates import first_moment, shanghai_day
from jdneg.domain.ids import number_of
from jdneg.errors import HeadMoved
from jdneg.session import Session

if TYPE_CHECKING:
    from jdneg.domain.conduct.check import CheckOutcome
    from jdneg.domain.conduct.findings import Finding
    from jdneg.domain.conduct.pattern import Watcher
    from jdneg.domain.filters import Filter
    from jdneg.domain.records.base import Stored
    from jdneg.domain.records.case import Case
    from jdneg.domain.records.contact import Contact
    from jdneg.domain.records.promise import Promise

_TRIES = 5


class Watching(Protocol):
    """Sees the contacts go by, as often as they are read."""

    def watch(self, contacts: Iterable[Stored[Any]]) -> Iterator[Stored[Any]]: ...


def check_journal(session: Session, loan: str | None = None) -> CheckOutcome:
    """Every contact (of one loan) up to the day asked about, letters that came too, read as a stream."""
    return _judged(session, Contacts(session, loan))


def check_picked(session: Session, wanted: Filter) -> CheckOutcome:
    """The same for a filter: everything is judged, then what it means is picked."""
    return _picked(session, wanted)[1]


def watched(session: Session, wanted: Filter) -> tuple[CheckOutcome, CheckOutcome, Watcher]:
    """One run for a report: all that was found, what the filter means of it, and who watched the contacts go by."""
    from jdneg.domain.conduct.pattern import Watcher

    watcher = Watcher(wanted, _whole(session))
    return *_picked(session, wanted, watcher), watcher


def _picked(session: Session, wanted: Filter, *watchers: Watching) -> tuple[CheckOutcome, CheckOutcome]:
    from jdneg.domain.filters.picking import Picker, is_of_day

    picker = Picker(wanted, _whole(session))
    outcome = _judged(session, Contacts(session, watchers=(picker, *watchers)))
    named = {one.contact for one in outcome.findings if one.contact and is_of_day(one)}
    return outcome, picker.pick(outcome, session.store.by_id(named))


def _judged(session: Session, contacts: Contacts) -> CheckOutcome:
    """Read and judged; anew where somebody corrected a contact meanwhile."""
    from jdneg.domain.conduct.check import check

    for _ in range(_TRIES):
        try:
            return check(contacts, _whole(session), session.rules, session.lexicon)
        except HeadMoved:
            continue
    raise HeadMoved()


def _whole(session: Session) -> World:
    store = session.store
    return make_world(*(store.select(kind) for kind in ("loan", "case", "payment", "letter")))


class Contacts:
    """The contacts (of one loan) up to the day asked about, read each time somebody goes through them."""

    def __init__(self, session: Session, loan: str | None = None, watchers: Sequence[Watching] = ()) -> None:
        self._session = session
        self._loan = loan
        self._watchers = watchers

    def __iter__(self) -> Iterator[Stored[Contact]]:
        from jdneg.commands.shared.patience import counted

        found: Iterator[Stored[Contact]] = iter(counted(self._session, "view.reading_so_far", self._read()))
        for one in self._watchers:
            found = one.watch(found)
        return found

    def _read(self) -> Iterator[Stored[Contact]]:
        from jdneg.domain.correspondence.received import as_contacts

        store, last, loan = self._session.store, self._session.as_of, self._loan
        for one in chain(store.sweep("contact"), as_contacts(store.select("letter"))):
            if (loan is None or one.record.loan == loan) and shanghai_day(one.record.happened_at) <= last:
                yield one


def findings_of(session: Session, contact: Any) -> list[Finding]:
    """Findings of one contact just logged, from what can matter to it: its day, its loan's papers."""
    from jdneg.domain.conduct.check import judge

    return judge(contact, _near(session, contact), session.rules, session.lexicon)


def against_promise(session: Session, case: Stored[Case], promise: Promise) -> str | None:
    """The first contact since the promise's day with a finding of its own that collection went on."""
    from dataclasses import replace

    from jdneg.domain.conduct.check import Court

    def alone(one: Stored[Case]) -> Stored[Case]:
        kept = (promise,) if one.id == case.id else ()
        return replace(one, record=replace(one.record, promises=kept))

    store, loans = session.store, list(map(str, case.record.loans))
    cases = [alone(one) for one in store.select("case") if set(loans) & set(map(str, one.record.loans))]
    paid = [one for loan in loans for one in store.select("payment", loan=loan)]
    court = Court(make_world(store.select("loan"), cases, paid), session.rules, session.lexicon).with_asks()
    since = promise.due or case.record.opened_on
    contacts = {one.id: one for loan in loans for one in store.select("contact", loan=loan)}.values()
    after = [one for one in contacts if since <= shanghai_day(one.record.happened_at) <= session.as_of]
    ordered = sorted(after, key=lambda one: (first_moment(one.record.happened_at), number_of(one.id)))
    broken = (one.id for one in ordered for found in court.recall(one) if found.rule == "conduct.promise.good_faith")
    return next(broken, None)


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
