"""The ways to pay side by side, on the same debts, the same money, the same first day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Literal

from jdneg.domain.messages import Message, warning
from jdneg.domain.money import ZERO
from jdneg.domain.negotiation.best import Best, best
from jdneg.domain.negotiation.cash import Cash
from jdneg.domain.negotiation.compiled import month_of
from jdneg.domain.negotiation.growing import after_year, growth
from jdneg.domain.negotiation.missed import first_missed, settlements_missed
from jdneg.domain.negotiation.plan import MONTHS_LIMIT, hole_message, plannable_with, short_message
from jdneg.domain.negotiation.plan_debt import PlanDebt, plannable, with_hand
from jdneg.domain.negotiation.run import Run, yuan
from jdneg.domain.negotiation.simulate import simulate
from jdneg.domain.negotiation.strategies import BEST, CUSTOM, MINIMUMS, STRATEGIES, in_this_order
from jdneg.domain.records.loan import Instalment
from jdneg.values import dataclass

NOTHING_PAID = "nothing"
_YEAR = 12
_PICTURED = 240  # months of a picture
Kind = Literal["nothing", "minimums", "strategy", "best", "offer"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenOffer:
    """An offer of a case as debts: those it is about stand as it has them, the others as they are.

    ``debts`` None: it cannot be worked out, and ``why`` says why. ``rows`` are what it asks, on ``loan``.
    """

    case: str
    number: int
    by: Literal["me", "lender"]
    debts: tuple[PlanDebt, ...] | None
    why: Message | None = None
    loan: str = ""
    rows: tuple[Instalment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """Yuan. ``first_payment`` is all that is paid in the first month in which anything is due; ``cost`` is what is
    paid beyond what is owed today (below zero where an offer lets go of some), of which ``penalty`` and ``fees``.

    Where it never ends, ``months``, ``ends``, ``cost``, ``interest``, ``paid`` are None: there is no such figure.
    Of an offer that cannot be kept, ``after_year`` is None too and ``owed`` is empty.
    ``after_year`` is what is owed after twelve months, ``lowest`` the least money after any day, ``breaks`` what
    cannot be kept. ``owed`` is the total at the start and after each month, for a picture. ``dearer`` is by how
    much ``best`` is cheaper.
    """

    name: str
    kind: Kind
    first_payment: Decimal
    months: int | None
    ends: dt.date | None
    interest: Decimal | None
    penalty: Decimal | None
    fees: Decimal | None
    cost: Decimal | None
    paid: Decimal | None
    after_year: Decimal | None
    lowest: Decimal
    grows_by: Decimal | None
    keeps_minimums: bool
    breaks: Message | None
    owed: tuple[Decimal, ...]
    dearer: Decimal | None = None


def ways(
    debts: Sequence[PlanDebt],
    money: Cash | Decimal,
    start: dt.date,
    months_limit: int = MONTHS_LIMIT,
    order: Sequence[str] = (),
    offers: Sequence[OpenOffer] = (),
) -> tuple[tuple[Way, ...], Best]:
    """Doing nothing, what the contracts ask and no more, each strategy, the user's order, the best, each offer.

    Raises as `make_plan` does.
    """
    cash, able = plannable_with(money, debts, order)
    runs = {name: simulate(able, cash, name, start, months_limit) for name in (MINIMUMS, *STRATEGIES)}
    if order:
        runs[CUSTOM] = simulate(able, cash, in_this_order(order), start, months_limit)
    found = best(able, cash, start, months_limit, runs, [order] if order else [])
    owed = sum((one.balance or ZERO for one in able), ZERO)
    longest = max((len(run.owed) - 1 for run in (*runs.values(), found.run) if run.ended), default=_YEAR)
    idle = simulate(able, Cash(monthly=ZERO), MINIMUMS, start, min(max(_YEAR + 2, longest), _PICTURED))
    rows = [_way(NOTHING_PAID, "nothing", idle, owed, start)]
    kinds: dict[str, Kind] = {MINIMUMS: "minimums", BEST: "best"}
    rows += [
        _way(name, kinds.get(name, "strategy"), run, owed, start, settlements_missed(able, run, start))
        for name, run in (*runs.items(), (BEST, found.run))
    ]
    rows += [_offered(offer, cash, start, months_limit, owed) for offer in offers if offer.debts is not None]
    return tuple(_beside(rows)), found


def _offered(offer: OpenOffer, cash: Cash, start: dt.date, limit: int, owed: Decimal) -> Way:
    assert offer.debts is not None
    able = with_hand(plannable(offer.debts), cash.hand)
    run = simulate(able, cash, "min-first", start, limit)
    found = _way(f"{offer.case}/{offer.number}", "offer", run, owed, start)
    missed = _missed(offer, able, run)
    return _as_agreed(found, owed) if missed is None else _not_kept(found, missed)


def _missed(offer: OpenOffer, able: Sequence[PlanDebt], run: Run) -> Message | None:
    """Its first instalment that is not paid in full on its day: what is let go hangs on each."""
    place = next((n for n, one in enumerate(able) if one.loan == offer.loan), None)
    missed = first_missed(offer.rows, place, run) if place is not None else None
    if missed is None:
        return None
    row, there = missed
    return warning("plan.offer_not_kept", date=row.due, amount=row.amount, there=there)


def _as_agreed(way: Way, owed: Decimal) -> Way:
    """It begins with today's debts as all ways do; where its sums let go of some or hold interest, nobody said how
    they are made up.
    """
    parts = [one for one in (way.interest, way.penalty, way.fees) if one is not None]
    unsaid = {} if sum(parts, ZERO) == way.cost else {"interest": None, "penalty": None, "fees": None}
    return replace(way, **unsaid, owed=(owed, *way.owed[1:]))  # type: ignore[arg-type]


def _not_kept(way: Way, missed: Message) -> Way:
    """What cannot be kept costs nobody knows what: no figure of it may stand beside those of ways that can."""
    nothing = dict.fromkeys(("months", "ends", "interest", "penalty", "fees", "cost", "paid", "after_year"))
    return replace(way, **nothing, owed=(), keeps_minimums=False, breaks=missed)  # type: ignore[arg-type]


def _beside(rows: Sequence[Way]) -> list[Way]:
    least = next((row.cost for row in rows if row.kind == "best"), None)
    if least is None:
        return list(rows)
    return [replace(row, dearer=row.cost - least) if row.cost is not None else row for row in rows]


def _way(name: str, kind: Kind, run: Run, owed: Decimal, start: dt.date, missed: Sequence[Message] = ()) -> Way:
    done = run.ended and bool(run.rows)
    last = run.rows[-1][0] if done else 0
    extra = run.fees + run.penalties
    return Way(
        name=name,
        kind=kind,
        first_payment=_first_payment(run),
        months=month_of(last) - month_of(run.rows[0][0]) + 1 if done else None,
        ends=dt.date.fromordinal(last) if done else None,
        interest=yuan(run.interest - extra) if done else None,
        penalty=yuan(run.penalties) if done else None,
        fees=yuan(run.fees) if done else None,
        cost=yuan(run.paid) - owed if done else None,
        paid=yuan(run.paid) if done else None,
        after_year=after_year(run, start),
        lowest=yuan(run.lowest),
        grows_by=growth(run, start),
        keeps_minimums=run.short is None,
        breaks=_breaks(kind, run, missed),
        owed=tuple(yuan(one) for one in run.owed),
    )


def _breaks(kind: Kind, run: Run, missed: Sequence[Message]) -> Message | None:
    if kind == "nothing":
        return warning("plan.nothing_paid") if run.owed[0] else None
    if run.hole is not None:
        return hole_message(run.hole)
    if missed:
        return missed[0]
    return short_message(run.short) if run.short is not None else None


def _first_payment(run: Run) -> Decimal:
    if not run.rows:
        return ZERO
    month = month_of(run.rows[0][0])
    return yuan(sum(row[2] for row in run.rows if month_of(row[0]) == month))
