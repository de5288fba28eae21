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
    instalment is less than three years past, the wording stays that of a running period. Three silent years stay
    a reason to warn when somebody calls again after them; a payment or an agreement begins a new count.
    """
    since, last_due = _due_dates(loan.record)
    gap: tuple[dt.date, dt.date] | None = None
    for day, settles in sorted(_events(loan.id, payments, contacts, letters, cases)):
        if day > as_of:
            break
        if settles:
            gap = None
        elif gap is None and _over(since, last_due, day):
            gap = (since, day)
        since = max(since, day)
    if gap is not None:
        return warning("debt.limitation_gap", id=loan.id, since=gap[0], until=gap[1])
    if since + _OLD > as_of:
        return None
    past = _over(since, last_due, as_of)
    return warning("debt.limitation_past" if past else "debt.limitation_running", id=loan.id, since=since)


def _over(since: dt.date, last_due: dt.date, day: dt.date) -> bool:
    return max(since, last_due) + _PERIOD <= day


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
) -> Iterator[tuple[dt.date, bool]]:
    """Days on which the period may have started anew: payments, demands, our letters, offers and agreements.

    True with a payment or an agreement: these may revive what had run out.
    """
    yield from ((shanghai_day(one.record.at), True) for one in payments if one.record.loan == loan_id)
    yield from ((shanghai_day(one.record.happened_at), False) for one in contacts if one.record.loan == loan_id)
    for letter in letters:
        if letter.record.loan == loan_id and (letter.record.sent_at or letter.record.direction == "in"):
            yield shanghai_day(letter.record.sent_at or letter.record.drafted_on), False
    for case in cases:
        if loan_id in case.record.loans:
            yield from ((offer.at, False) for offer in case.record.offers)
            if case.record.agreement is not None:
                yield shanghai_day(case.record.agreement.agreed_at), True
