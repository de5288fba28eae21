"""What was tried in a case: each contact as it went, how long one waited, the answer, why it was refused."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal

from jdneg.domain.dates import shanghai_day
from jdneg.domain.negotiation.steps import CaseFacts, PromiseLine, promise_lines, state_of
from jdneg.domain.records.base import Stored, When
from jdneg.domain.records.case import Case, Offer
from jdneg.domain.records.contact import Contact
from jdneg.domain.records.loan import Loan
from jdneg.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """One contact of the case. ``answer`` is what came of it, else their words; facts as they were noted."""

    id: str
    at: When
    channel: str
    direction: str | None
    agent: str | None
    agency: str | None
    number: str | None
    wait_seconds: int | None
    answer: str | None
    attitude: str | None
    refusal: str | None
    exhibits: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """``days`` from the first contact to the last, both counted; ``waited`` in seconds where noted."""

    case: Stored[Case]
    state: str
    as_of: dt.date
    lenders: tuple[str, ...]
    tries: tuple[Try, ...]
    waited: int
    waits_noted: int
    days: int
    refusals: tuple[tuple[str, int], ...]
    offers: tuple[Offer, ...]
    promises: tuple[PromiseLine, ...]
    loss: Decimal | None


def effort(facts: CaseFacts, loans: Mapping[str, Loan], as_of: dt.date) -> Effort:
    """Up to and with ``as_of``."""
    case = facts.case.record
    known = [one for one in facts.contacts if shanghai_day(one.record.happened_at) <= as_of]
    stuck = {str(one.contact): one.reason for one in case.stuck if one.contact and one.at <= as_of}
    tries = tuple(_try(one, stuck.get(one.id)) for one in known)
    waits = [one.wait_seconds for one in tries if one.wait_seconds is not None]
    said = [one.reason for one in case.stuck if one.reason and one.at <= as_of]
    days = [shanghai_day(one.at) for one in tries]
    return Effort(
        case=facts.case, state=state_of(case), as_of=as_of,
        lenders=tuple(dict.fromkeys(loans[str(one)].lender for one in case.loans if str(one) in loans)),
        tries=tries, waited=sum(waits), waits_noted=len(waits), days=(max(days) - min(days)).days + 1 if days else 0,
        refusals=tuple(sorted(Counter([*said, *_refused(known, case)]).items())),
        offers=tuple(one for one in case.offers if one.at <= as_of), promises=promise_lines(facts, as_of),
        loss=case.loss,
    )  # fmt: skip


def _refused(contacts: list[Stored[Contact]], case: Case) -> list[str]:
    """Refusals noted in contacts that the case has not taken over."""
    taken = {str(one.contact) for one in case.stuck if one.contact}
    return [one.record.refusal for one in contacts if one.record.refusal and one.id not in taken]


def _try(stored: Stored[Contact], stuck: str | None) -> Try:
    """``stuck``: the reason the case noted of this contact."""
    one = stored.record
    return Try(
        id=stored.id, at=one.happened_at, channel=one.channel, direction=one.direction, agent=one.agent,
        agency=one.agency, number=one.number, wait_seconds=one.wait_seconds,
        answer=one.result or one.said or one.summary, attitude=one.attitude, refusal=one.refusal or stuck,
        exhibits=tuple(map(str, one.exhibits)),
    )  # fmt: skip
