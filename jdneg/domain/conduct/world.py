"""What a contact is judged against: the loans, the agreements, the payments, the wishes sent.

Days are calendar days in Asia/Shanghai, whatever the user's own zone.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import field
from decimal import Decimal
from zoneinfo import ZoneInfo

from jdneg.domain.records.account import Payment
from jdneg.domain.records.base import Stored, When
from jdneg.domain.records.case import Agreement, Case
from jdneg.domain.records.contact import Contact
from jdneg.domain.records.loan import Loan
from jdneg.domain.records.paper import ContactTerms, Letter
from jdneg.values import dataclass

SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Accepted:
    """An agreement with the loans it is about: payments on any of them count towards it."""

    agreement: Agreement
    loans: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """What a sent contact-preference letter asks for."""

    letter: str
    sent_at: When
    terms: ContactTerms


@dataclass(frozen=True, slots=True)
class World:
    """``same_day``: the other contacts of a contact's calendar day, for `judge`; `check` counts by itself.

    ``wishes`` under None hold for every loan.
    """

    loans: Mapping[str, Loan] = field(default_factory=dict)
    agreements: Mapping[str, tuple[Accepted, ...]] = field(default_factory=dict)
    payments: Mapping[str, tuple[tuple[dt.date, Decimal], ...]] = field(default_factory=dict)
    wishes: Mapping[str | None, tuple[Wish, ...]] = field(default_factory=dict)
    same_day: tuple[Stored[Contact], ...] = ()


def make_world(
    loans: Iterable[Stored[Loan]] = (),
    cases: Iterable[Stored[Case]] = (),
    payments: Iterable[Stored[Payment]] = (),
    letters: Iterable[Stored[Letter]] = (),
    same_day: Iterable[Stored[Contact]] = (),
) -> World:
    """The world of these live records. Drafted letters and cases without an agreement add nothing."""
    agreements: dict[str, tuple[Accepted, ...]] = {}
    for case in cases:
        if case.record.agreement is not None:
            named = tuple(str(one) for one in case.record.loans)
            for loan in named:
                agreements[loan] = (*agreements.get(loan, ()), Accepted(case.record.agreement, named))
    paid: dict[str, tuple[tuple[dt.date, Decimal], ...]] = {}
    for payment in payments:
        loan = str(payment.record.loan)
        paid[loan] = (*paid.get(loan, ()), (day_of(payment.record.at), payment.record.amount))
    return World({one.id: one.record for one in loans}, agreements, paid, _wishes(letters), tuple(same_day))


def _wishes(letters: Iterable[Stored[Letter]]) -> dict[str | None, tuple[Wish, ...]]:
    found: dict[str | None, tuple[Wish, ...]] = {}
    for letter in letters:
        record = letter.record
        if record.direction == "out" and record.sent_at is not None and record.terms is not None:
            loan = str(record.loan) if record.loan is not None else None
            found[loan] = (*found.get(loan, ()), Wish(letter.id, record.sent_at, record.terms))
    return found


def in_shanghai(when: When) -> dt.datetime | None:
    """The moment in Asia/Shanghai; None when only the day is known."""
    return when.astimezone(SHANGHAI) if isinstance(when, dt.datetime) else None


def day_of(when: When) -> dt.date:
    """The calendar day in Asia/Shanghai."""
    moment = in_shanghai(when)
    return moment.date() if moment else dt.date(when.year, when.month, when.day)


def in_force(world: World, loan: str | None, day: dt.date) -> Accepted | None:
    """The agreement in force for a loan on a day: the latest accepted that has started and not ended."""
    if loan is None or loan not in world.agreements:
        return None
    living = [one for one in world.agreements[loan] if _lives(one.agreement, day)]
    return max(living, key=lambda one: (day_of(one.agreement.agreed_at), one.agreement.starts), default=None)


def _lives(agreement: Agreement, day: dt.date) -> bool:
    begun = agreement.starts <= day and day_of(agreement.agreed_at) <= day
    return begun and (agreement.ended_on is None or day < agreement.ended_on)


_CLOCK = r"(\d{1,2})(?:[:：点时](\d{2})?分?)?"
_HOURS = re.compile(rf"{_CLOCK}\s*(?:-|–|—|~|～|至|到|to)\s*{_CLOCK}")
_WORKDAYS = ("工作日", "周一至周五", "周一到周五", "workday", "weekday", "working day")
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Hours:
    """Agreed or asked-for hours, half-open, in minutes of the day."""

    start: int
    end: int
    workdays: bool = False

    def hold(self, moment: dt.datetime) -> bool:
        inside = in_window(minutes(moment), self.start, self.end)
        return inside and not (self.workdays and moment.weekday() >= _SATURDAY)


def read_hours(text: str | None) -> Hours | None:
    """``09:00-18:00``, ``工作日 9点至18点``; None for words we do not read."""
    found = _HOURS.findall(text or "")
    if len(found) != 1 or text is None:
        return None
    start, end = (int(hour) * 60 + int(minute or 0) for hour, minute in (found[0][:2], found[0][2:]))
    if start == end or max(start, end) > 24 * 60:
        return None
    return Hours(start, end, any(word in text.lower() for word in _WORKDAYS))


def minutes(moment: dt.datetime) -> int:
    return moment.hour * 60 + moment.minute


def in_window(minute: int, start: int, end: int) -> bool:
    """Half-open; a window that ends before it starts runs over midnight."""
    return start <= minute < end if start < end else minute >= start or minute < end
