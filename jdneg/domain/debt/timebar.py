"""The limitation period, as information only: what is not known may have restarted it, so it is never "expired".

Shown before a proposal, an offer, an acceptance, a payment or a dispute on an old debt: before three years such a
step starts the period anew, after them it may give the defence away for good.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from dateutil.relativedelta import relativedelta

from jdneg.domain.dates import shanghai_day
from jdneg.domain.debt.schedule import build_schedule
from jdneg.domain.messages import Message, hint, warning
from jdneg.domain.records.account import Payment
from jdneg.domain.records.base import Stored
from jdneg.domain.records.case import Case
from jdneg.domain.records.contact import Contact
from jdneg.domain.records.loan import Loan
from jdneg.domain.records.paper import Letter
from jdneg.errors import InvalidValue
from jdneg.values import dataclass

_OLD = relativedelta(years=2)
_PERIOD = relativedelta(years=3)
# Asking for papers, for other hours or for who collects is no consent to pay: it starts nothing anew.
_NO_CONSENT = frozenset({"request-info", "agency-authorisation", "contact-preference", "stop-third-party"})
# What of one's own letters may give the defence away once the period has run out.
_CONSENT = frozenset({"proposal", "confirm"})


def limitation(
    loan: Stored[Loan],
    payments: Sequence[Stored[Payment]],
    contacts: Sequence[Stored[Contact]],
    letters: Sequence[Stored[Letter]],
    cases: Sequence[Stored[Case]],
    as_of: dt.date,
) -> Message | None:
    """A warning once nothing known has happened for two years (three: another wording); None before that.

    Where nothing says when it fell due, that is said.

    What is known is gone through in time. Within three years each event starts them anew; an instalment debt runs
    from its last due date (CC.189), or from the day the whole fell due. Three silent years stay a reason to warn
    whoever calls after them; one's own payment, offer or agreement after them may have given the defence away.
    """
    last_due = _last_due(loan.record)
    if last_due is None:
        return hint("debt.limitation_unknown", id=loan.id)
    known = sorted(one for one in _events(loan.id, payments, contacts, letters, cases) if one[0] <= as_of)
    run = _Run(last_due)
    for day, own in known:
        run = run.then(day, own=own)
    return run.told(loan.id, as_of)


@dataclass(frozen=True, slots=True)
class _Run:
    """``since``: the last due date, or the last event after it: from there the period runs.

    ``gap``: three silent years and what ended them. ``acted``: one's own step after.
    """

    since: dt.date
    gap: tuple[dt.date, dt.date] | None = None
    acted: dt.date | None = None

    def then(self, day: dt.date, *, own: bool) -> _Run:
        gap, acted = self.gap, self.acted
        if self._over(day) and (gap is None or acted is not None):
            gap, acted = (self.since, day), None
        if gap is not None and own and acted is None:
            acted = day
        return _Run(max(self.since, day), gap, acted)

    def told(self, loan: str, as_of: dt.date) -> Message | None:
        if self.gap is not None and self.acted is None:
            return warning("debt.limitation_gap", id=loan, since=self.gap[0], until=self.gap[1])
        if self._over(as_of):
            return warning("debt.limitation_past", id=loan, since=self.since)
        if self.gap is not None:
            return warning("debt.limitation_acted", id=loan, since=self.gap[0], until=self.gap[1], acted=self.acted)
        if self.since + _OLD > as_of:
            return None
        return warning("debt.limitation_running", id=loan, since=self.since)

    def _over(self, day: dt.date) -> bool:
        return self.since + _PERIOD <= day


def may_be_old(loan: Loan, as_of: dt.date) -> bool:
    """Whether two years have gone by since the last due date: before that, no record can lead to a warning."""
    last_due = _last_due(loan)
    return last_due is None or last_due + _OLD <= as_of


def _last_due(loan: Loan) -> dt.date | None:
    """The payout day, if known, where no schedule can be had; the day on which the whole fell due, if sooner."""
    try:
        rows = build_schedule(loan).rows
    except InvalidValue:
        rows = ()
    last = rows[-1].due if rows else loan.start
    return min((day for day in (last, loan.accelerated_on) if day is not None), default=None)


def _events(
    loan_id: str,
    payments: Sequence[Stored[Payment]],
    contacts: Sequence[Stored[Contact]],
    letters: Sequence[Stored[Letter]],
    cases: Sequence[Stored[Case]],
) -> Iterator[tuple[dt.date, bool]]:
    """Days on which the period may have started anew: payments, demands, our letters, offers and agreements.

    True with one's own consent: a payment, an offer, an agreement; a demand cannot revive what has run out.
    """
    yield from ((shanghai_day(one.record.at), True) for one in payments if one.record.loan == loan_id)
    yield from ((shanghai_day(one.record.happened_at), False) for one in contacts if one.record.loan == loan_id)
    yield from (one for letter in letters if letter.record.loan == loan_id for one in _letter(letter.record))
    for case in cases:
        if loan_id in case.record.loans:
            yield from ((offer.at, offer.by == "me") for offer in case.record.offers)
            yield from ((shanghai_day(made.agreed_at), True) for made in case.record.agreements)


def _letter(letter: Letter) -> Iterator[tuple[dt.date, bool]]:
    if letter.direction == "in":
        came = letter.received.happened_at if letter.received else letter.drafted_on
        yield shanghai_day(letter.sent_at or came), False
    elif letter.sent_at is not None and letter.kind not in _NO_CONSENT:
        yield shanghai_day(letter.sent_at), letter.kind in _CONSENT
