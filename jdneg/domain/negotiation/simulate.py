"""A plan from its first day to its end by one way of spreading what is beyond the minimums."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from jdneg.domain.negotiation.cash import Cash
from jdneg.domain.negotiation.compiled import accounts
from jdneg.domain.negotiation.plan_debt import PlanDebt
from jdneg.domain.negotiation.run import Run
from jdneg.domain.negotiation.strategies import MINIMUMS, Spread, allot, spread_of
from jdneg.domain.negotiation.walk import Walk


def simulate(debts: Sequence[PlanDebt], cash: Cash, strategy: str | Spread, start: dt.date, limit: int) -> Run:
    """Run plannable debts from ``start`` for at most ``limit`` months. Raises BadChoice."""
    spread = spread_of(strategy) if isinstance(strategy, str) else strategy
    walk = Walk(accounts(debts, start), cash, start, limit)
    if strategy == MINIMUMS:
        walk.foresight, walk.ahead_of_time = None, False
    return follow(walk, spread)


def follow(walk: Walk, spread: Spread) -> Run:
    """To the end by one way of spreading what is beyond the minimums."""
    while (now := walk.advance()) is not None:
        pays, more = allot(now.due, now.money, spread, now.waiting), 0
        while (freed := walk.freed(pays)) > more:
            more = freed
            pays = allot(now.due, now.money + more, spread, now.waiting)
        pays = walk.prepaid(pays, now.money + now.held + more)
        if now.held and walk.foresight is not None:
            walk.foresight.prepay(now.due, now.held, pays)
        walk.book(pays)
    return walk.run()
