"""What an offer lets go: whether it can, and what to ask where their figures are not ours."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from jdneg.domain.messages import Message, warning
from jdneg.domain.negotiation.owed import Owed
from jdneg.domain.records.case import Offer, PartWaiver, Waived
from jdneg.domain.waivers import WHOLE
from jdneg.errors import BadOffer, JdnegError, NegativeAmount


def waived_in(offer: Offer) -> tuple[Waived, ...]:
    """All an offer lets go, wholly or in part."""
    return (*offer.waive, *offer.waive_part)


def waiver_faults(offer: Offer, owed: Owed | None) -> list[JdnegError]:
    """What contradicts itself; and, in an offer of my own, what waives more than there is by the records."""
    faults = [*_twice(offer), *(fault for one in offer.waive_part for fault in _shape(one))]
    if offer.by == "me":
        faults += [_bad(code, **facts) for code, facts in _too_much(offer, owed)]
    return faults


def waiver_messages(offer: Offer, owed: Owed | None) -> list[Message]:
    """The lender may count differently: what was said is kept, and the question that follows is named."""
    if offer.by == "me":
        return []
    return [warning(f"case.they_{code}", number=offer.number, **facts) for code, facts in _too_much(offer, owed)]


def _twice(offer: Offer) -> Iterator[JdnegError]:
    named = [*offer.waive, *(one.part for one in offer.waive_part)]
    for part in dict.fromkeys(one for one in named if named.count(one) > 1):
        yield _bad("waived_twice", part=Message(f"word.{part}"))


def _shape(one: PartWaiver) -> Iterator[JdnegError]:
    if one.amount is not None and one.amount <= 0:
        yield NegativeAmount(value=one.amount)
    if one.percent is not None and not 0 < one.percent <= WHOLE:
        yield _bad("waives_percent", part=Message(f"word.{one.part}"), percent=one.percent)


def _too_much(offer: Offer, owed: Owed | None) -> Iterator[tuple[str, dict[str, object]]]:
    """What is waived beyond what there is, where no more of it comes up."""
    if owed is None:
        return
    for part in offer.waive:
        if getattr(owed, part) == 0 and part not in owed.running:
            yield f"waives_no_{part}", {}
    for one in offer.waive_part:
        there: Decimal | None = getattr(owed, one.part)
        if there is None or _still_comes(one.part, there, owed):
            continue
        if there == 0:
            yield f"waives_no_{one.part}", {}
        elif one.amount is not None and one.amount > there:
            yield "waives_more", {"part": Message(f"word.{one.part}"), "amount": one.amount, "there": there}


def _still_comes(part: str, there: Decimal, owed: Owed) -> bool:
    """Interest and fees to come may be waived too; of a penalty only what has come up."""
    return part in owed.running and (part != "penalty" or there == 0)


def _bad(code: str, **facts: object) -> BadOffer:
    return BadOffer(detail=Message(f"case.{code}", facts))
