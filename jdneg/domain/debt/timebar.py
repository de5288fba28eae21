"""The limitation period, as information only: what is not known may have restarted it, so it is never "expired".

Shown before a proposal, an offer, an acceptance or a payment on an old debt: before three years such a step starts
the period anew, after them it may give the defence away for good.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from dateutil.relativedelta import relativedelta

from jdneg.domain.dates import shanghai_day
from jdneg.domain.debt.schedule import build_schedule
from jdneg.domain.messages import Message, warning
from jdneg.domain.records.account import Payment
from jdneg.domain.records.base import Stored
from jdneg.domain.records.case import Case
from jdneg.domain.records.contact import Contact
from jdneg.domain.records.loan import Loan
from jdneg.domain.records.paper import Letter
from jdneg.errors import InvalidValue

_OLD = relativedelta(years=2)
_PERIOD = relativedelta(years=3)


def limitation(
    loan: Stored[Loan],
    payments: Sequence[Stored[Payment]],
    contacts: Sequence[Stored[Contact]],
    letters: Sequence[Stored[Letter]],
    cases: Sequence[Stored[Case]],
    as_of: dt.date,
) -> Message | None:
    """A warning once nothing known has happened for two years (three: another wording); None before that.

    Counted from the last known event that may restart the period, else from the oldest due date. While the last
    instalment is less than three years past, the wording stays that of a running period.
    """
    first_due, last_due = _due_dates(loan.record)
    known = [day for day in _events(loan.id, payments, contacts, letters, cases) if day <= as_of]
    since = max([*known, first_due])
    if since + _OLD > as_of:
        return None
    past = since + _PERIOD <= as_of and last_due + _PERIOD <= as_of
    return warning("debt.limitation_past" if past else "debt.limitation_running", id=loan.id, since=since)


def _due_dates(loan: Loan) -> tuple[dt.date, dt.date]:
    """The oldest and the last due date; the payout day where no schedule can be had."""
    try:
        rows = build_schedule(loan).rows
    except InvalidValue:
        rows = ()
    return (rows[0].due, rows[-1].due) if rows else (loan.start, loan.start)


def _events(
    loan_id: str,
    payments: Sequence[Stored[Payment]],
    contacts: Sequence[Stored[Contact]],
    letters: Sequence[Stored[Letter]],
    cases: Sequence[Stored[Case]],
) -> Iterator[dt.date]:
    """Days on which the period may have started anew: payments, demands, our letters, offers and agreements."""
    yield from (shanghai_day(one.record.at) for one in payments if one.record.loan == loan_id)
    yield from (shanghai_day(one.record.happened_at) for one in contacts if one.record.loan == loan_id)
    for letter in letters:
        if letter.record.loan == loan_id and (letter.record.sent_at or letter.record.direction == "in"):
            yield shanghai_day(letter.record.sent_at or letter.record.drafted_on)
    for case in cases:
        if loan_id in case.record.loans:
            yield from (offer.at for offer in case.record.offers)
            if case.record.agreement is not None:
                yield shanghai_day(case.record.agreement.agreed_at)
