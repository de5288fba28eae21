"""What a contact is judged against: the loans, the cases with an agreement, the payments, the wishes sent."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from functools import cache
from typing import TYPE_CHECKING, Literal

from jdneg.domain.dates import in_window, minute_of_day, shanghai_day
from jdneg.values import dataclass

if TYPE_CHECKING:  # a log-call that meets no agreement, payment or letter need not make their classes
    from jdneg.domain.instalments import Paid
    from jdneg.domain.records.account import Payment
    from jdneg.domain.records.base import Stored, When
    from jdneg.domain.records.case import Case
    from jdneg.domain.records.contact import Contact
    from jdneg.domain.records.loan import Loan
    from jdneg.domain.records.paper import ContactTerms, Letter

AskKind = Literal["stop", "later", "promise", "mine", "called"]


@dataclass(frozen=True, slots=True)
class Wish:
    """What a sent letter asks of later contacts; ``identity``: that callers say who they are.

    ``sent_at`` is from when: the day it was delivered where that is known, else the posting.
    """

    letter: str
    sent_at: When
    terms: ContactTerms
    identity: bool = False


@dataclass(frozen=True, slots=True)
class Vow:
    """A lender's promise in a case, from the day it speaks of or was made."""

    case: str
    lender: str
    what: str
    since: When


@dataclass(frozen=True, slots=True)
class Ask:
    """``source`` is the record it stands in; it holds after ``since`` and, for an appointment or a promise for a
    time, before ``until``.

    ``side``: the lender (or the number) that was asked. ``who``: for a third person, whom they called. ``mine`` is
    the borrower's own promise to it, due after ``since``; ``called``: the borrower had called or written to it.
    """

    kind: AskKind
    source: str
    side: str
    since: When
    until: When | None = None
    who: tuple[str | None, str | None] = (None, None)
    quote: str | None = None


@dataclass(frozen=True, slots=True)
class World:
    """``same_day``: the other contacts of a contact's calendar day, for `judge`; `check` counts by itself.

    ``cases`` with an agreement and ``payments`` stand under their loan; ``wishes`` under None hold for every loan.
    ``vows``: what lenders promised in cases. ``asks``: what was asked in earlier contacts, found while reading them.
    """

    loans: Mapping[str, Loan] = field(default_factory=dict)
    cases: Mapping[str, tuple[Stored[Case], ...]] = field(default_factory=dict)
    payments: Mapping[str, Paid] = field(default_factory=dict)
    wishes: Mapping[str | None, tuple[Wish, ...]] = field(default_factory=dict)
    same_day: tuple[Stored[Contact], ...] = ()
    vows: tuple[Vow, ...] = ()
    asks: tuple[Ask, ...] = ()


def make_world(
    loans: Iterable[Stored[Loan]] = (),
    cases: Iterable[Stored[Case]] = (),
    payments: Iterable[Stored[Payment]] = (),
    letters: Iterable[Stored[Letter]] = (),
    same_day: Iterable[Stored[Contact]] = (),
) -> World:
    """The world of these live records. Drafted letters add nothing."""
    lenders, made = {one.id: one.record for one in loans}, tuple(cases)
    agreed: dict[str, tuple[Stored[Case], ...]] = {}
    for case in made:
        if case.record.agreement is not None:
            for loan in map(str, case.record.loans):
                agreed[loan] = (*agreed.get(loan, ()), case)
    paid: dict[str, Paid] = {}
    for payment in payments:
        loan = str(payment.record.loan)
        paid[loan] = (*paid.get(loan, ()), (shanghai_day(payment.record.at), payment.record.amount))
    return World(lenders, agreed, paid, _wishes(letters), tuple(same_day), tuple(_vows(made, lenders)))


def _vows(cases: Iterable[Stored[Case]], loans: Mapping[str, Loan]) -> Iterator[Vow]:
    for case in cases:
        record = case.record
        for promise in record.promises:
            if promise.by == "lender" and promise.state != "kept":
                since = promise.due or (record.agreement.agreed_at if record.agreement else record.opened_on)
                for lender in {loans[str(one)].lender for one in record.loans if str(one) in loans}:
                    yield Vow(case.id, lender, promise.what, since)


def _wishes(letters: Iterable[Stored[Letter]]) -> dict[str | None, tuple[Wish, ...]]:
    found: dict[str | None, tuple[Wish, ...]] = {}
    for letter in letters:
        record = letter.record
        if record.direction == "out" and record.sent_at is not None and record.terms is not None:
            loan = str(record.loan) if record.loan is not None else None
            wish = Wish(
                letter.id, record.delivered_on or record.sent_at, record.terms, record.kind == "contact-preference"
            )
            found[loan] = (*found.get(loan, ()), wish)
    return found


_CLOCK = r"(\d{1,2})(?:[:：点时](\d{2})?分?)?"
_WORKDAYS = ("工作日", "周一至周五", "周一到周五", "workday", "weekday", "working day")
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Hours:
    """Agreed or asked-for hours, half-open, in minutes of the day."""

    start: int
    end: int
    workdays: bool = False

    def hold(self, moment: dt.datetime) -> bool:
        inside = in_window(minute_of_day(moment), self.start, self.end)
        return inside and not (self.workdays and moment.weekday() >= _SATURDAY)


def read_hours(text: str | None) -> Hours | None:
    """``09:00-18:00``, ``工作日 9点至18点``; None for words we do not read."""
    found = _hours().findall(text or "")
    if len(found) != 1 or text is None:
        return None
    start, end = (int(hour) * 60 + int(minute or 0) for hour, minute in (found[0][:2], found[0][2:]))
    if start == end or max(start, end) > 24 * 60:
        return None
    return Hours(start, end, any(word in text.lower() for word in _WORKDAYS))


@cache
def _hours() -> re.Pattern[str]:
    return re.compile(rf"{_CLOCK}\s*(?:-|–|—|~|～|至|到|to)\s*{_CLOCK}")
