"""What the journal holds that bears on today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence

from jdneg.domain.complaint.channels import Channel
from jdneg.domain.records.account import Claim, Payment
from jdneg.domain.records.base import Stored
from jdneg.domain.records.case import Case
from jdneg.domain.records.contact import Contact
from jdneg.domain.records.loan import Loan
from jdneg.domain.records.paper import Complaint, Letter
from jdneg.domain.records.promise import Promise
from jdneg.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftCall:
    """A call whose notes were never logged."""

    started: dt.datetime
    lines: int
    loan: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """``contacts`` are those with an appointment or a promise; ``of_loan`` gives all
    contacts of one loan, asked only for closed ones. ``against`` gives the first contact that speaks against a
    case's promise, asked only where its day is over.
    """

    loans: Sequence[Stored[Loan]] = ()
    cases: Sequence[Stored[Case]] = ()
    payments: Sequence[Stored[Payment]] = ()
    claims: Sequence[Stored[Claim]] = ()
    letters: Sequence[Stored[Letter]] = ()
    complaints: Sequence[Stored[Complaint]] = ()
    contacts: Iterable[Stored[Contact]] = ()
    of_loan: Callable[[str], Iterable[Stored[Contact]]] = lambda _: ()
    against: Callable[[Stored[Case], Promise], str | None] = lambda _case, _promise: None
    channels: Mapping[str, Channel]
    left_call: LeftCall | None = None

    def find(self, loan: str) -> tuple[Stored[Loan], Sequence[Stored[Payment]]]:
        """A loan and the payments on it."""
        found = next(one for one in self.loans if one.id == loan)
        return found, [one for one in self.payments if one.record.loan == loan]
