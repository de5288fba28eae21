"""A loan has one agreement at a time, whichever case it was made in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from jdneg.domain.agreements import has_ended
from jdneg.domain.messages import Message, warning
from jdneg.domain.negotiation.talks import end_agreement
from jdneg.domain.records.base import Stored
from jdneg.domain.records.case import Case
from jdneg.errors import BadOffer


def elsewhere(cases: Iterable[Stored[Case]], own: Stored[Case], day: dt.date) -> list[Stored[Case]]:
    """Other cases whose agreement on one of the same loans runs on ``day``: a loan has one agreement at a time."""
    return [
        one
        for one in cases
        if one.id != own.id and one.record.agreement is not None and not has_ended(one.record.agreement, day)
        and set(one.record.loans) & set(own.record.loans)
    ]  # fmt: skip


def give_way(own: Stored[Case], others: Sequence[Stored[Case]], starts: dt.date) -> list[Case]:
    """The other cases, their agreements ended the day the new one starts."""
    return [end_agreement(one.record, starts, own.id) for one in others]


def runs_elsewhere(own: Stored[Case], other: Stored[Case]) -> BadOffer:
    """The fault of who did not say that the new agreement takes the other's place."""
    assert other.record.agreement is not None
    shared = ", ".join(str(loan) for loan in other.record.loans if loan in own.record.loans)
    return BadOffer(
        detail=Message(
            "case.agreed_elsewhere", {"loan": shared, "case": other.id, "starts": other.record.agreement.starts}
        )
    )


def giving_way(new: Case, others: Iterable[Stored[Case]]) -> list[Stored[Case]]:
    """Those whose agreement the new one ends: one that is only oral ends nothing that is in writing."""
    assert new.agreement is not None
    return [
        one for one in others
        if one.record.agreement is not None and (one.record.agreement.oral or not new.agreement.oral)
    ]  # fmt: skip


def left_without(own: Stored[Case], other: Stored[Case]) -> tuple[str, ...]:
    """Loans of the case that gave way which the new agreement is not about."""
    return tuple(str(loan) for loan in other.record.loans if loan not in own.record.loans)


def never_counted(cases: Iterable[Stored[Case]], own: Stored[Case]) -> Iterator[Message]:
    """Agreements in writing that the new one leaves not a day: it starts no later than they do."""
    made = own.record.agreement
    if made is None or made.oral:
        return
    for case in cases:
        earlier = case.record.agreements[:-1] if case.id == own.id else case.record.agreements
        if not set(case.record.loans) & set(own.record.loans):
            continue
        for one in earlier:
            if one.instalments and not one.oral and one.starts >= made.starts:
                yield warning("case.never_counted", case=case.id, offer=one.offer, starts=one.starts)
