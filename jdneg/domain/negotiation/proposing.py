"""Offers a lender can answer, worked out from what one can pay: the payment from the term, the term from the payment,
the remission that fits both.

Nothing here is promised by anybody. Instalments are equal and the last row settles to the fen. Where interest goes
on, it runs on the principal alone, by the contract's rate; what has come up already is spread evenly and bears none.
The rows are those that come into force when the offer is accepted: `Held.rows` makes both.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import ROUND_CEILING, Decimal
from typing import Any, Literal

from jdneg.domain.debt.interest import DEFAULT_BASIS, period_fraction
from jdneg.domain.debt.schedule import exact_payment
from jdneg.domain.messages import Message, hint, info, warning
from jdneg.domain.money import FEN, ZERO
from jdneg.domain.negotiation.held import Held
from jdneg.domain.negotiation.owed import Owed
from jdneg.domain.negotiation.room import Room, fits
from jdneg.domain.negotiation.waiving import waived_in
from jdneg.domain.rate import Rate
from jdneg.domain.records.case import Offer, PartWaiver, Waived
from jdneg.domain.records.loan import Basis, Instalment
from jdneg.errors import BadOffer, ContradictoryFlags, JdnegError, raise_all
from jdneg.values import dataclass

LONGEST = 120  # months: a proposal for longer than ten years is none a lender can answer
_LATER = 3  # months a first instalment may wait for its money
_TOKEN = 6  # months of a token payment
Form = Literal[
    "instalments", "extension", "no_penalty", "no_interest", "remission", "pause", "standstill", "lump", "due_day",
    "token",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What the offers are made for; None is open. ``monthly`` is what can be paid each month, ``lump`` at once.

    ``begin``: before that day there is nothing to pay with. ``then_talk``: small payments alone, that settle nothing.
    """

    monthly: Decimal | None = None
    months: int | None = None
    lump: Decimal | None = None
    pause: int | None = None
    due_day: int | None = None
    first_due: dt.date | None = None
    begin: dt.date | None = None
    then_talk: bool = False

    @property
    def sized(self) -> bool:
        """Whether a sum or a term is said; else the budget says what can be kept."""
        return self.monthly is not None or self.months is not None or self.lump is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Debt:
    """What an offer is about: what is owed, how interest runs, and the day and rows to come."""

    loan: str
    owed: Owed
    rate: Rate | None
    basis: Basis | None
    due_day: int | None
    to_come: tuple[Instalment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Yuan. ``rows`` are its dated instalments, ``total`` their sum; ``let_go`` what the lender gives up of what is
    owed today, ``interest`` what comes on top; ``fits`` the budget, None where nobody can tell. ``words`` are the
    flags of `jdneg negotiate offer` that say the same, and none where only a letter says it.
    """

    form: Form
    months: int | None
    monthly: Decimal | None
    rows: tuple[Instalment, ...]
    total: Decimal
    interest: Decimal
    let_go: Decimal
    fits: bool | None
    words: tuple[str, ...]
    notes: tuple[Message, ...] = ()


def propose(debt: Debt, ask: Ask, as_of: dt.date, room: Room | None = None) -> tuple[Proposal, ...]:
    """The offers that can be made, the one that asks least of the lender first; ``room`` is what the budget leaves.

    Raises BadOffer, all at once.
    """
    raise_all(_faults(debt, ask, room))
    ask = _begun(debt, ask, as_of)
    if ask.then_talk:
        return tuple(replace(one, fits=fits(one.rows, room, as_of)) for one in _token(debt, ask, as_of))
    found = [*_instalments(debt, ask, as_of, room), *_lump(debt, ask, as_of), *_moved(debt, ask, as_of)]
    monthly = ask.monthly or (room.monthly if room is not None and not ask.sized else ZERO)
    if monthly and (not found or (room is not None and not room.monthly)):
        found += _token(debt, replace(ask, monthly=monthly), as_of)
    return tuple(replace(one, fits=fits(one.rows, room, as_of)) for one in found)


def _begun(debt: Debt, ask: Ask, as_of: dt.date) -> Ask:
    """With the first due day from ``begin`` on as its first."""
    begin = ask.begin
    if begin is None:
        return ask
    days = _days(debt, ask, LONGEST, as_of)
    return replace(ask, first_due=next((day for day in days if day >= begin), begin))


def _faults(debt: Debt, ask: Ask, room: Room | None) -> list[JdnegError]:
    faults: list[JdnegError] = []
    total = debt.owed.total
    if total is None:
        faults.append(_bad("propose_no_balance", loan=debt.loan))
    elif total <= 0:
        faults.append(_bad("propose_nothing_owed", loan=debt.loan))
    if debt.due_day is None and ask.due_day is None and not debt.to_come:
        faults.append(_bad("propose_no_day", loan=debt.loan))
    if ask.then_talk and ask.monthly is None:
        faults.append(_bad("then_talk_monthly"))
    if ask.then_talk and ask.lump is not None:
        faults.append(ContradictoryFlags(first="--then-talk", second="--lump-sum"))
    if not ask.sized and ask.due_day is None and not ask.pause and room is None:
        faults.append(_bad("propose_no_terms", loan=debt.loan))
    if total is not None and ask.lump is not None and ask.lump > total > 0:
        faults.append(_bad("propose_lump_above", lump=ask.lump, total=total))
    return faults


def _bad(code: str, **facts: object) -> BadOffer:
    return BadOffer(detail=Message(f"case.{code}", facts))


def standstill(months: int) -> Proposal:
    """Where nothing is left: so many months without payment, then both sides talk again. It settles nothing."""
    return Proposal(
        form="standstill", months=months, monthly=ZERO, rows=(), total=ZERO, interest=ZERO, let_go=ZERO, fits=True,
        words=(), notes=(hint("plan.standstill", months=months),),
    )  # fmt: skip


# --- instalments


@dataclass(frozen=True, slots=True)
class _Base:
    """What an offer spreads: ``principal`` bears interest where it goes on, ``rest`` bears none."""

    form: Form
    principal: Decimal
    rest: Decimal
    rate: Rate | None
    waive: tuple[str, ...]


def _bases(debt: Debt) -> Iterator[_Base]:
    owed = debt.owed
    total, penalty, interest = owed.total or ZERO, owed.penalty or ZERO, owed.interest or ZERO
    principal = min(owed.principal if owed.principal is not None else total, total)
    runs = debt.rate is not None and debt.rate.percent > 0
    if runs:
        yield _Base("instalments", principal, total - principal, debt.rate, ())
        if penalty:
            yield _Base("no_penalty", principal, total - principal - penalty, debt.rate, ("penalty",))
    elif penalty:
        yield _Base("instalments", principal, total - principal, None, ())
    gone = (*(("penalty",) if penalty else ()), *(("interest",) if interest or runs else ())) or ("interest",)
    yield _Base("no_interest", principal, total - principal - penalty - interest, None, gone)


def _instalments(debt: Debt, ask: Ask, as_of: dt.date, room: Room | None) -> Iterator[Proposal]:
    if not ask.sized and room is not None and room.monthly:
        yield from (made for base in _bases(debt) if (made := _kept(debt, base, ask, as_of, room)))
    if ask.monthly is None and ask.months is None:
        return
    enough = False
    for base in _bases(debt):
        made = _spread(debt, base, ask, as_of)
        if made is not None:
            enough = enough or ask.monthly is None or made.rows[0].amount <= ask.monthly
            yield made
    if not enough and ask.monthly and ask.months:
        yield from _remission(debt, ask, as_of)


def _spread(debt: Debt, base: _Base, ask: Ask, as_of: dt.date) -> Proposal | None:
    """One base by the term asked, else by the shortest term whose payment is enough; None where none is."""
    if ask.months is not None:
        return _made(debt, base, ask, ask.months, as_of)
    assert ask.monthly is not None
    monthly, days = ask.monthly, _days(debt, ask, LONGEST, as_of)
    months = _shortest(lambda n: _level(debt, base, days[:n], as_of) <= monthly)
    return _made(debt, base, ask, months, as_of) if months else None


def _kept(debt: Debt, base: _Base, ask: Ask, as_of: dt.date, room: Room) -> Proposal | None:
    """The offer that ends soonest of those whose instalment is no more than what is left a month and whose every row
    finds its money on its day; the first row may wait for it. None where there is none.
    """

    def made(later: Ask, months: int) -> Proposal | None:
        return _made(debt, base, later, months, as_of)

    def keeps(later: Ask, months: int) -> bool:
        one = made(later, months)
        return one is None or (one.rows[0].amount <= room.monthly and bool(fits(one.rows, room, as_of)))

    def soonest(later: Ask) -> Proposal | None:
        """From the first term that is small enough each is looked at: a short one may be over before a cost comes."""
        days = _days(debt, later, LONGEST, as_of)
        least = _shortest(lambda n: _level(debt, base, days[:n], as_of) <= room.monthly)
        months = next((n for n in range(least, LONGEST + 1) if keeps(later, n)), None) if least else None
        return made(later, months) if months else None

    asks = [ask, *(replace(ask, first_due=day) for day in _days(debt, ask, _LATER + 1, as_of)[1:])]
    found = [one for one in map(soonest, asks) if one is not None]
    return min(found, key=lambda one: one.rows[-1].due, default=None)


def _shortest(enough: Callable[[int], bool]) -> int | None:
    """The fewest months that are enough: the longer, the less is asked on any day."""
    low, high = 1, LONGEST
    if not enough(LONGEST):
        return None
    while low < high:
        middle = (low + high) // 2
        if enough(middle):
            high = middle
        else:
            low = middle + 1
    return low


def _days(debt: Debt, ask: Ask, months: int, as_of: dt.date) -> list[dt.date]:
    """The due days of an offer over so many months."""
    return [row.due for row in _scheduled(debt, _offer(debt, ask, as_of, months=months, monthly=FEN), as_of)]


def _level(debt: Debt, base: _Base, days: Sequence[dt.date], start: dt.date) -> Decimal:
    """The equal payment, up to the next fen: rounding takes nothing from the lender."""
    level = base.rest / len(days)
    if base.rate is None:
        level += base.principal / len(days)
    else:
        level += exact_payment(base.principal, _fractions(debt, base.rate, days, start))
    return (level / FEN).to_integral_value(ROUND_CEILING) * FEN


def _fractions(debt: Debt, rate: Rate, days: Sequence[dt.date], start: dt.date) -> list[Decimal]:
    basis, before, found = debt.basis or DEFAULT_BASIS, start, []
    for n, day in enumerate(days):
        found.append(period_fraction(rate, before, day, basis, regular=n > 0))
        before = day
    return found


def _made(debt: Debt, base: _Base, ask: Ask, months: int, as_of: dt.date) -> Proposal | None:
    """None where so small a debt is paid before the last row."""
    level = _level(debt, base, _days(debt, ask, months, as_of), as_of)
    if level * (months - 1) >= base.principal + base.rest and base.rate is None:
        return None
    offer = _offer(debt, ask, as_of, months=months, monthly=level, waive=base.waive)
    made = _proposal(debt, "pause" if ask.pause else base.form, offer, as_of, notes=_about(base, level, debt))
    longer = not debt.to_come or made.rows[-1].due > debt.to_come[-1].due
    return replace(made, form="extension") if longer and made.form == "instalments" else made


def _about(base: _Base, level: Decimal, debt: Debt) -> tuple[Message, ...]:
    monthly = debt.owed.monthly_interest
    if base.rate is not None and monthly and level < monthly:
        return (warning("case.below_interest", number=0, monthly=level, interest=monthly, grows_by=monthly - level),)
    return ()


def _remission(debt: Debt, ask: Ask, as_of: dt.date) -> Iterator[Proposal]:
    """Both the term and the payment are given: what would have to be let go for them to be enough."""
    assert ask.monthly is not None and ask.months is not None
    owed = debt.owed
    total, penalty, interest = owed.total or ZERO, owed.penalty or ZERO, owed.interest or ZERO
    left = gone = total - ask.monthly * ask.months
    if gone <= 0:
        return
    whole, parts = [], []
    for name, there in (("penalty", penalty), ("interest", interest), ("principal", total - penalty - interest)):
        part = min(left, there)
        left -= part
        if part and part == there and name != "principal":
            whole.append(name)
        elif part:
            parts.append(PartWaiver(part=name, amount=part))  # type: ignore[arg-type]
    notes = [warning("plan.principal_let_go", amount=gone - penalty - interest)] if gone > penalty + interest else []
    offer = _offer(
        debt, ask, as_of, months=ask.months, monthly=ask.monthly, waive=tuple(whole), waive_part=tuple(parts)
    )
    yield _proposal(debt, "remission", offer, as_of, notes=tuple(notes), let_go=gone)


# --- other forms


def _lump(debt: Debt, ask: Ask, as_of: dt.date) -> Iterator[Proposal]:
    if ask.lump is None:
        return
    gone = (debt.owed.total or ZERO) - ask.lump
    beyond = gone - (debt.owed.penalty or ZERO) - (debt.owed.interest or ZERO)
    notes: tuple[Message, ...] = (warning("plan.lump_in_writing"),)
    if beyond > 0:
        notes = (*notes, warning("plan.principal_let_go", amount=beyond))
    day = _days(debt, ask, 1, as_of)[0]
    offer = Offer(number=1, by="me", at=as_of, lump_sum=ask.lump, first_due=day)
    yield _proposal(debt, "lump", offer, as_of, notes=notes, let_go=gone)


def _moved(debt: Debt, ask: Ask, as_of: dt.date) -> Iterator[Proposal]:
    """The contract's own rows, later or on another day of the month. Nothing is waived: what is late stays due."""
    rows = [row for row in debt.to_come if row.due > as_of]
    if ask.first_due is not None:  # the contract's own rows begin on their own days
        return
    same = ask.due_day is None or (bool(rows) and ask.due_day == rows[0].due.day)
    if not rows or (same and not (ask.pause and not ask.sized)):
        return
    offer = Offer(number=1, by="me", at=as_of, due_day=ask.due_day, pause=ask.pause)
    notes = [info("plan.due_day_interest")]
    if debt.owed.overdue:
        notes.append(warning("plan.moved_overdue", overdue=debt.owed.overdue))
    form: Form = "pause" if ask.pause else "due_day"
    yield _proposal(debt, form, offer, as_of, notes=tuple(notes), let_go=ZERO, interest=ZERO)


def _token(debt: Debt, ask: Ask, as_of: dt.date) -> Iterator[Proposal]:
    """A small sum each month for so many months (half a year where nobody says), and then talk again."""
    months = ask.months or _TOKEN
    offer = _offer(debt, ask, as_of, months=months, monthly=ask.monthly, then_talk=True)
    notes = (hint("plan.token_then_talk", months=months),)
    yield _proposal(debt, "token", offer, as_of, notes=notes, let_go=ZERO, interest=ZERO)


# --- one offer


def _offer(debt: Debt, ask: Ask, as_of: dt.date, **terms: Any) -> Offer:
    """The offer as it will be recorded: its first day is named, and the day of the others where it is another."""
    bare = Offer(number=1, by="me", at=as_of, due_day=ask.due_day, pause=ask.pause, **terms)
    first = ask.first_due or _scheduled(debt, replace(bare, months=1, monthly=FEN), as_of)[0].due
    day = ask.due_day or (debt.due_day if debt.due_day != first.day else None)
    return replace(bare, first_due=first, due_day=day)


def _scheduled(debt: Debt, offer: Offer, as_of: dt.date) -> tuple[Instalment, ...]:
    """What comes into force when it is accepted today."""
    return Held(debt.owed, debt.due_day, debt.to_come).rows(offer, as_of)


def _proposal(
    debt: Debt,
    form: Form,
    offer: Offer,
    as_of: dt.date,
    *,
    notes: tuple[Message, ...],
    let_go: Decimal | None = None,
    interest: Decimal | None = None,
) -> Proposal:
    """``let_go`` and ``interest`` follow from the waivers and the sum where they are not said."""
    rows = _scheduled(debt, offer, as_of)
    total, owed = sum((row.amount for row in rows), ZERO), debt.owed.total or ZERO
    gone = owed - (debt.owed.after(waived_in(offer)) or ZERO) if let_go is None else let_go
    return Proposal(
        form=form, months=len(rows) if offer.lump_sum is None else None,
        monthly=None if offer.lump_sum is not None else offer.monthly or max(row.amount for row in rows),
        rows=rows, total=total, interest=max(total - (owed - gone), ZERO) if interest is None else interest,
        let_go=gone, fits=None, words=_words(offer), notes=notes,
    )  # fmt: skip


def _words(offer: Offer) -> tuple[str, ...]:
    """The flags that say this offer."""
    waived = ",".join(_waiver(one) for one in waived_in(offer))
    said = {
        "--months": offer.months, "--monthly": offer.monthly, "--lump-sum": offer.lump_sum,
        "--first-due": offer.first_due, "--waive": waived or None, "--pause": offer.pause, "--due-day": offer.due_day,
    }  # fmt: skip
    words = [word for flag, value in said.items() if value is not None for word in (flag, str(value))]
    return (*words, "--then-talk") if offer.then_talk else tuple(words)


def _waiver(one: Waived) -> str:
    return f"{one.part}={one.amount}" if isinstance(one, PartWaiver) else one
