"""An offer: what may be said of it, and the dated instalments it comes to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_CEILING, ROUND_DOWN, Decimal

from dateutil.relativedelta import relativedelta

from jdneg.domain.dates import month_step
from jdneg.domain.messages import Message, hint, info, warning
from jdneg.domain.money import FEN, half_up
from jdneg.domain.negotiation.owed import Owed, owed_of
from jdneg.domain.negotiation.waiving import waived_in, waiver_faults, waiver_messages
from jdneg.domain.records.case import Offer
from jdneg.domain.records.loan import Instalment
from jdneg.errors import BadDueDay, BadOffer, ContradictoryFlags, JdnegError, NegativeAmount, raise_all

__all__ = [
    "LONGEST", "LONGEST_PAUSE", "Owed", "check_offer", "instalments", "moves_only", "offer_messages", "offered",
    "owed_of",
]  # fmt: skip

LONGEST = 600  # months
LONGEST_PAUSE = 120  # months
_ROUNDING = Decimal("1.00")  # a lender that rounds its instalments to the yuan is off by less than this in each


def check_offer(offer: Offer, owed: Owed | None) -> None:
    """Raise what makes an offer one nobody can answer, all at once."""
    faults = [*_terms(offer), *_amounts(offer), *_dates(offer), *waiver_faults(offer, owed)]
    raise_all(faults)


def _bad(code: str, **facts: object) -> BadOffer:
    return BadOffer(detail=Message(f"case.{code}", facts))


def _terms(offer: Offer) -> list[JdnegError]:
    if not _has_amounts(offer) and offer.pause is None and offer.due_day is None:
        return [_bad("offer_without_terms")]
    if offer.lump_sum is not None and (offer.months is not None or offer.monthly is not None):
        return [ContradictoryFlags(first="--lump-sum", second="--months/--monthly")]
    if offer.then_talk:
        return _then_talk(offer)
    if moves_only(offer) and offer.first_due is not None:  # where the contract's rows go, the pause and the day say
        return [ContradictoryFlags(first="--first-due", second="--pause/--due-day")]
    return []


def _then_talk(offer: Offer) -> list[JdnegError]:
    """So much a month, so many months; the contract's interest runs on meanwhile, so only sums of it are let go."""
    faults: list[JdnegError] = [] if offer.months and offer.monthly else [_bad("then_talk_terms")]
    return [*faults, _bad("then_talk_interest")] if "interest" in offer.waive else faults


def _has_amounts(offer: Offer) -> bool:
    return offer.months is not None or offer.monthly is not None or offer.lump_sum is not None


def moves_only(offer: Offer) -> bool:
    """The contract's own instalments, later or on another day."""
    return not _has_amounts(offer)


def _amounts(offer: Offer) -> list[JdnegError]:
    amounts = (offer.monthly, offer.lump_sum)
    faults: list[JdnegError] = [NegativeAmount(value=one) for one in amounts if one is not None and one <= 0]
    if offer.months is not None and not 1 <= offer.months <= LONGEST:
        faults.append(_bad("offer_months", months=offer.months, longest=LONGEST))
    if offer.pause is not None and not 1 <= offer.pause <= LONGEST_PAUSE:
        faults.append(_bad("offer_pause", pause=offer.pause, longest=LONGEST_PAUSE))
    return faults


def _dates(offer: Offer) -> list[JdnegError]:
    faults: list[JdnegError] = []
    if offer.due_day is not None and not 1 <= offer.due_day <= 31:
        faults.append(BadDueDay(value=offer.due_day))
    if offer.first_due is not None and offer.first_due < offer.at:
        faults.append(_bad("offer_due_before", due=offer.first_due, at=offer.at))
    elif offer.first_due is not None and offer.pause and offer.first_due < month_step(offer.at, offer.pause):
        faults.append(_bad("offer_due_in_pause", due=offer.first_due, pause=offer.pause))
    if offer.valid_until is not None and offer.valid_until < offer.at:
        faults.append(_bad("offer_valid_before", until=offer.valid_until, at=offer.at))
    return faults


def offer_messages(offer: Offer, owed: Owed | None) -> tuple[Message, ...]:
    """What to know of an offer that can be made: a payment below the interest, sums that do not meet the debt."""
    found: list[Message] = []
    found += waiver_messages(offer, owed)
    if offer.then_talk:
        return (*found, info("case.then_talk", number=offer.number, months=offer.months, monthly=offer.monthly))
    interest = owed.monthly_interest if owed else None
    if (
        offer.monthly is not None
        and offer.months is None
        and interest
        and "interest" not in offer.waive
        and offer.monthly < interest
    ):
        found.append(
            warning(
                "case.below_interest",
                number=offer.number,
                monthly=offer.monthly,
                interest=interest,
                grows_by=interest - offer.monthly,
            )
        )
    balance = owed.after(waived_in(offer)) if owed else None
    total = offered(offer)
    if total is not None and balance is not None and not _rounded(offer, balance):
        code = _beside(offer, total > balance, owed)
        found.append(hint(code, number=offer.number, total=total, balance=balance, difference=abs(total - balance)))
    return tuple(found)


def _beside(offer: Offer, above: bool, owed: Owed | None) -> str:
    """What a sum beside the balance is: of my own offer the rest is known, of the lender's it is asked for."""
    if not above:
        return "case.remission" if offer.lump_sum is not None else "case.offer_below"
    if offer.by == "lender":
        return "case.offer_above"
    runs = owed is not None and "interest" in owed.running and "interest" not in offer.waive
    return "case.own_interest" if runs else "case.own_above"


def offered(offer: Offer) -> Decimal | None:
    """All an offer would pay, where it says so."""
    if offer.lump_sum is not None:
        return offer.lump_sum
    return offer.months * offer.monthly if offer.months and offer.monthly else None


def _rounded(offer: Offer, balance: Decimal) -> bool:
    """Whether rounding the instalments explains the whole difference, so that the last row may settle it."""
    total = offered(offer)
    if total is None:
        return True
    most = _ROUNDING * (offer.months or 0)
    return abs(balance - total) <= most and balance > total - (offer.monthly or total)


def instalments(
    offer: Offer,
    balance: Decimal | None,
    after: dt.date,
    due_day: int | None = None,
    contract: Sequence[Instalment] = (),
) -> tuple[Instalment, ...]:
    """The offer as dated rows. With both months and amount, those stand, and the last row settles ``balance`` where
    only rounding is between them; with one of the two, the other follows from ``balance``.

    Without a first day said, it is the first due day later than ``after`` and than the pause that begins there;
    ``due_day`` is the contract's, for an offer that changes none, ``contract`` its rows still to come, for an offer
    that only moves them. Raises BadOffer where an amount or a day is missing: neither is guessed.
    """
    if moves_only(offer):
        raise_all(_terms(offer))
        return moved(offer, contract, after, due_day)
    amounts = _amounts_of(offer, balance)
    first = _first_due(offer, after, due_day)
    raise_all([fault for fault in (amounts, first) if isinstance(fault, BadOffer)])
    assert not isinstance(amounts, BadOffer) and not isinstance(first, BadOffer)
    day = offer.due_day or (due_day if due_day is not None and offer.first_due is None else first.day)
    return tuple(
        Instalment(due=first if n == 0 else first + relativedelta(months=n, day=day), amount=amount)
        for n, amount in enumerate(amounts)
    )


def _amounts_of(offer: Offer, balance: Decimal | None) -> tuple[Decimal, ...] | BadOffer:
    if offer.lump_sum is not None:
        return (offer.lump_sum,)
    if offer.months and offer.monthly:
        last = balance - offer.monthly * (offer.months - 1) if balance is not None else offer.monthly
        settles = balance is not None and not offer.then_talk and _rounded(offer, balance)
        return (*[offer.monthly] * (offer.months - 1), last if settles else offer.monthly)
    if balance is None or balance <= 0:
        return _bad("amount_missing", number=offer.number)
    if offer.months:
        return _equal(balance, _level(balance, offer.months), offer.months)
    assert offer.monthly is not None
    return _equal(balance, offer.monthly, int((balance / offer.monthly).to_integral_value(ROUND_CEILING)))


def _level(balance: Decimal, months: int) -> Decimal:
    """Half up, but never so much that the rows before the last have paid it all."""
    level = half_up(balance / months)
    return level if level * (months - 1) < balance else (balance / months).quantize(FEN, ROUND_DOWN)


def _equal(balance: Decimal, monthly: Decimal, months: int) -> tuple[Decimal, ...] | BadOffer:
    """Equal rows, the last one settles to the fen."""
    if monthly <= 0 or months > LONGEST:
        return _bad("offer_months", months=months, longest=LONGEST)
    return (*[monthly] * (months - 1), balance - monthly * (months - 1))


def _first_due(offer: Offer, after: dt.date, due_day: int | None) -> dt.date | BadOffer:
    if offer.first_due is not None:
        return offer.first_due
    day = offer.due_day or due_day
    if day is None:
        return _bad("day_missing", number=offer.number)
    after = month_step(after, offer.pause or 0)
    here = after + relativedelta(day=day)
    return here if here > after else after + relativedelta(months=1, day=day)


def moved(
    offer: Offer, contract: Sequence[Instalment], after: dt.date, due_day: int | None = None
) -> tuple[Instalment, ...]:
    """The contract's rows to come, each as much later as the offer says: the amounts stay, and so does the contract's
    ``due_day`` where a short month had none. Raises BadOffer.
    """
    rows = sorted((row for row in contract if row.due > after), key=lambda row: row.due)
    if not rows:
        raise _bad("nothing_to_move", number=offer.number)
    first = _moved(rows[0].due, offer, offer.pause or 0, due_day)
    later = (offer.pause or 0) + (first <= after)  # a day earlier in the month may already be over
    return tuple(replace(row, due=_moved(row.due, offer, later, due_day)) for row in rows)


def _moved(due: dt.date, offer: Offer, months: int, due_day: int | None) -> dt.date:
    own = due_day if due_day is not None and due == due + relativedelta(day=due_day) else due.day
    return due + relativedelta(months=months, day=offer.due_day or own)
