"""What a contact is judged against: the loans, the cases with an agreement, the payments, the wishes sent."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import field
from functools import cache
from typing import TYPE_CHECKING

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


@dataclass(frozen=True, slots=True)
class Wish:
    """What a sent contact-preference letter asks for."""

    letter: str
    sent_at: When
    terms: ContactTerms


@dataclass(frozen=True, slots=True)
class World:
    """``same_day``: the other contacts of a contact's calendar day, for `judge`; `check` counts by itself.

    ``cases`` with an agreement and ``payments`` stand under their loan; ``wishes`` under None hold for every loan.
    """

    loans: Mapping[str, Loan] = field(default_factory=dict)
    cases: Mapping[str, tuple[Stored[Case], ...]] = field(default_factory=dict)
    payments: Mapping[str, Paid] = field(default_factory=dict)
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
    agreed: dict[str, tuple[Stored[Case], ...]] = {}
    for case in cases:
        if case.record.agreement is not None:
            for loan in map(str, case.record.loans):
                agreed[loan] = (*agreed.get(loan, ()), case)
    paid: dict[str, Paid] = {}
    for payment in payments:
        loan = str(payment.record.loan)
        paid[loan] = (*paid.get(loan, ()), (shanghai_day(payment.record.at), payment.record.amount))
    return World({one.id: one.record for one in loans}, agreed, paid, _wishes(letters), tuple(same_day))


def _wishes(letters: Iterable[Stored[Letter]]) -> dict[str | None, tuple[Wish, ...]]:
    found: dict[str | None, tuple[Wish, ...]] = {}
    for letter in letters:
        record = letter.record
        if record.direction == "out" and record.sent_at is not None and record.terms is not None:
            loan = str(record.loan) if record.loan is not None else None
            found[loan] = (*found.get(loan, ()), Wish(letter.id, record.sent_at, record.terms))
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
