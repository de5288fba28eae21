"""Which agreement counts on a day, and whether it has been kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from jdneg.domain.dates import shanghai_day
from jdneg.domain.ids import number_of
from jdneg.domain.instalments import InstalmentState, Paid, instalment_states, open_rows
from jdneg.domain.messages import Message, warning
from jdneg.values import dataclass

if TYPE_CHECKING:
    from jdneg.domain.records.base import Stored
    from jdneg.domain.records.case import Agreement, Case
    from jdneg.domain.records.loan import Instalment

Standing = Literal["up_to_date", "late", "behind"]


@dataclass(frozen=True, slots=True)
class InForce:
    """An agreement with its case, the loans it is about and what its offer waives."""

    case: str
    agreement: Agreement
    loans: tuple[str, ...]
    waived: tuple[str, ...]


def in_force(cases: Iterable[Stored[Case]], loan: str, day: dt.date) -> InForce | None:
    """The agreement in force for a loan: the latest accepted that has started, unless it has ended.

    An earlier one does not come back when its successor ends: it was replaced. An oral one counts here: while
    `Agreement.oral`, the contract's schedule may still run, and the caller shows both.
    """
    started = [one for one in cases if loan in one.record.loans and _started(one.record.agreement, day)]
    if not started:
        return None
    latest = max(started, key=_accepted)
    agreement = latest.record.agreement
    assert agreement is not None
    if has_ended(agreement, day):
        return None
    waived = next((offer.waive for offer in latest.record.offers if offer.number == agreement.offer), ())
    return InForce(latest.id, agreement, tuple(str(one) for one in latest.record.loans), tuple(waived))


def is_running(agreement: Agreement, day: dt.date) -> bool:
    """Made and started, and not ended."""
    return _started(agreement, day) and not has_ended(agreement, day)


def has_ended(agreement: Agreement, day: dt.date) -> bool:
    """On the day it ended it no longer counts."""
    return agreement.ended_on is not None and agreement.ended_on <= day


def _started(agreement: Agreement | None, day: dt.date) -> bool:
    return agreement is not None and agreement.starts <= day and shanghai_day(agreement.agreed_at) <= day


def _accepted(case: Stored[Case]) -> tuple[dt.date, dt.date, int]:
    assert case.record.agreement is not None
    return shanghai_day(case.record.agreement.agreed_at), case.record.agreement.starts, number_of(case.id)


def gate(agreement: Agreement) -> Message | None:
    """What stands before a payment while nothing is in writing."""
    if not agreement.oral:
        return None
    return warning("case.gate", date=shanghai_day(agreement.agreed_at), offer=agreement.offer)


def agreed_states(agreement: Agreement, paid: Paid, as_of: dt.date) -> tuple[InstalmentState, ...]:
    """How its instalments stand. ``paid`` is what was paid on its loans; what came before it was made is left out."""
    return instalment_states(agreement.instalments, _since(agreement, paid), as_of, agreement.grace_days)


def agreed_open(agreement: Agreement, paid: Paid, as_of: dt.date) -> tuple[tuple[Instalment, Decimal], ...]:
    """Its instalments not yet covered at the end of ``as_of``, each with what is left of it in yuan."""
    return open_rows(agreement.instalments, _since(agreement, paid), as_of)


def standing(agreement: Agreement, paid: Paid, as_of: dt.date) -> Standing:
    """``up_to_date``: every instalment due before ``as_of`` was paid in full by 24:00 of its day (and agreed grace).

    ``late``: all are paid by now, some too late. ``behind``: something due is unpaid.
    """
    states = agreed_states(agreement, paid, as_of)
    if any(one.short for one in states):
        return "behind"
    return "late" if any(one.state == "late" for one in states) else "up_to_date"


def _since(agreement: Agreement, paid: Paid) -> Paid:
    made = shanghai_day(agreement.agreed_at)
    return [one for one in paid if one[0] >= made]
