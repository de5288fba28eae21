"""What claims say by themselves: whether one's parts add up, and how one differs from the one before.

Neutral throughout: a figure that moved without a payment, a part or a day that explains it is named, and the other
side is asked what it is. A correction or a waiver is as good an explanation as a mistake.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from jdneg.domain.dates import shanghai_day
from jdneg.domain.ids import number_of
from jdneg.domain.messages import Message, hint, warning
from jdneg.domain.money import ZERO
from jdneg.domain.records.account import Claim, Payment
from jdneg.domain.records.base import Stored
from jdneg.errors import BadLoan, FutureTime
from jdneg.values import dataclass

PARTS = ("principal", "interest", "penalty", "fee")


def check_claim(claim: Claim, today: dt.date) -> None:
    """A claim needs a figure, and cannot be of tomorrow."""
    if claim.at > today:
        raise FutureTime(value=claim.at, resolved=claim.at)
    if claim.total is None and not parts_of(claim):
        raise BadLoan(detail=Message("claim.no_figure"))


def parts_of(claim: Claim) -> dict[str, Decimal]:
    """The components they named, by name."""
    named = {name: getattr(claim, name) for name in PARTS}
    return {name: value for name, value in named.items() if value is not None}


def claimed_total(claim: Claim) -> Decimal | None:
    """The stated total, else the sum of what is stated beside a principal."""
    if claim.total is not None or claim.principal is None:
        return claim.total
    parts = (claim.principal, claim.interest, claim.penalty, claim.fee)
    return sum((part for part in parts if part is not None), ZERO)


def claim_messages(claim: Claim, claim_id: str) -> tuple[Message, ...]:
    """Components are kept as stated; a sum that differs is said, never mended."""
    if claim.total is None or claim.principal is None:
        return ()
    rest = claim.total - sum(parts_of(claim).values(), ZERO)
    return (warning("claim.does_not_add_up", id=claim_id, rest=rest),) if rest else ()


@dataclass(frozen=True, slots=True)
class ClaimStep:
    """One claim beside the one before it. ``change`` of the total and ``paid`` between the two are yuan.

    ``before`` and ``days`` are None for the first; ``change`` where either total was not stated.
    """

    claim: Stored[Claim]
    before: Stored[Claim] | None
    days: int | None
    change: Decimal | None
    paid: Decimal
    messages: tuple[Message, ...]


def claim_steps(claims: Sequence[Stored[Claim]], payments: Iterable[Payment]) -> tuple[ClaimStep, ...]:
    """``claims`` of one loan, oldest first; ``payments`` on it. A payment counts after the older claim's day."""
    paid = [(shanghai_day(one.at), one.amount) for one in payments]
    steps: list[ClaimStep] = []
    before: Stored[Claim] | None = None
    for claim in claims:
        steps.append(_step(before, claim, paid))
        before = claim
    return tuple(steps)


def _step(before: Stored[Claim] | None, claim: Stored[Claim], paid: Sequence[tuple[dt.date, Decimal]]) -> ClaimStep:
    own = claim_messages(claim.record, claim.id)
    if before is None:
        return ClaimStep(claim, None, None, None, ZERO, own)
    old, new = before.record, claim.record
    between = sum((amount for day, amount in paid if old.at < day <= new.at), ZERO)
    change = None if old.total is None or new.total is None else new.total - old.total
    days = (new.at - old.at).days
    told = _contradictions(before.id, claim.id, old, new, days, change, between)
    return ClaimStep(claim, before, days, change, between, (*own, *told))


def _contradictions(
    before: str, after: str, old: Claim, new: Claim, days: int, change: Decimal | None, paid: Decimal
) -> Iterator[Message]:
    ids = {"before": before, "id": after}
    common = [name for name in PARTS if name in parts_of(old) and name in parts_of(new)]
    moved = {name: parts_of(new)[name] - parts_of(old)[name] for name in common}
    if moved.get("principal", ZERO) > 0:
        yield warning("claim.principal_rose", **ids, **_ends(old, new, "principal"), rise=moved["principal"])
    if days == 0 and change:
        yield warning("claim.same_day", **ids, **_ends(old, new, "total"))
    elif change is not None:
        yield from _total(ids, old, new, change, paid)
    if not (change is not None and change < 0):
        yield from _parts(ids, moved, paid)


def _total(ids: dict[str, str], old: Claim, new: Claim, change: Decimal, paid: Decimal) -> Iterator[Message]:
    if -change > paid:
        yield warning("claim.fell", **ids, fall=-change, paid=paid, rest=-change - paid)
    if change <= 0:
        return
    named = parts_of(old), parts_of(new)
    if not named[0] or named[0].keys() != named[1].keys():
        yield hint("claim.rose_unsplit", **ids, rise=change)
        return
    explained = sum(named[1].values(), ZERO) - sum(named[0].values(), ZERO)
    if explained < change:
        yield warning("claim.rose_beyond_parts", **ids, rise=change, parts=explained, rest=change - explained)


def _parts(ids: dict[str, str], moved: dict[str, Decimal], paid: Decimal) -> Iterator[Message]:
    fallen = {name: -value for name, value in moved.items() if value < 0}
    if paid and moved and not fallen:
        yield warning("claim.payment_not_seen", **ids, paid=paid)
    if not paid:
        for name, fall in fallen.items():
            yield warning("claim.part_fell", **ids, part=Message(f"word.{name}"), fall=fall)


def _ends(old: Claim, new: Claim, name: str) -> dict[str, object]:
    return {"old": getattr(old, name), "new": getattr(new, name)}


def claims_of(loan_id: str, claims: Sequence[Stored[Claim]], as_of: dt.date) -> tuple[Stored[Claim], ...]:
    """This loan's claims up to a day, oldest first; of one day the later recorded comes later."""
    own = [one for one in claims if one.record.loan == loan_id and one.record.at <= as_of]
    return tuple(sorted(own, key=lambda one: (one.record.at, one.recorded_at, number_of(one.id))))
