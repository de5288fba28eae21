"""Who gets what of a month's money: minimums first, then the rest by the strategy. Amounts in fen.

``min-first`` gives the rest to the oldest overdue debt, then to the one due earliest; ``avalanche`` to the highest
rate; ``snowball`` to the smallest balance; ``pro-rata`` to all by balance; ``minimums`` to nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Literal, get_args

from jdneg.domain.negotiation.account import Account
from jdneg.errors import BadChoice

Strategy = Literal["min-first", "avalanche", "snowball", "pro-rata"]
STRATEGIES: tuple[Strategy, ...] = get_args(Strategy)
MINIMUMS = "minimums"  # for comparison: nothing beyond what must be paid

Spread = Callable[[Sequence[Account], list[int], int], None]


def allot(due: Sequence[Account], available: int, spread: Spread) -> list[int]:
    """The payments of one month. Below the minimums, each debt gets the same share of its own."""
    minimums = [one.minimum for one in due]
    extra = available - sum(minimums)
    if extra < 0:
        return share(available, minimums, minimums)
    if extra:
        spread(due, minimums, extra)
    return minimums


def spread_of(strategy: str) -> Spread:
    """Raises BadChoice."""
    found = _SPREADS.get(strategy)
    if found is None:
        raise BadChoice(value=strategy, choices=", ".join(STRATEGIES))
    return found


def share(amount: int, weights: Sequence[int], caps: Sequence[int]) -> list[int]:
    """``amount`` by weight, nobody above their cap; it gives out all there is, up to all the caps."""
    parts = [0] * len(caps)
    left = min(amount, sum(caps))
    while left > 0:
        open_ = [i for i, cap in enumerate(caps) if parts[i] < cap]
        whole = sum(weights[i] for i in open_)
        before = left
        for i in open_:
            part = min(before * weights[i] // whole if whole else 0, caps[i] - parts[i])
            parts[i] += part
            left -= part
        if left == before:  # only odd fen are left: one each, from the first
            for i in open_[:left]:
                parts[i] += 1
                left -= 1
    return parts


def _room(one: Account, paid: int) -> int:
    """What more a debt takes: nothing where paying early would save nothing."""
    return 0 if one.fixed else one.owed - paid


def _in_order(key: Callable[[Account], Any]) -> Spread:
    def spread(due: Sequence[Account], pays: list[int], extra: int) -> None:
        keys = [(key(one), one.index, place) for place, one in enumerate(due)]
        keys.sort()
        for _, _, place in keys:
            more = min(extra, _room(due[place], pays[place]))
            pays[place] += more
            extra -= more
            if not extra:
                return

    return spread


def _by_balance(due: Sequence[Account], pays: list[int], extra: int) -> None:
    owed = [one.owed for one in due]
    more = share(extra, owed, [_room(one, paid) for one, paid in zip(due, pays, strict=True)])
    for place, part in enumerate(more):
        pays[place] += part


def _nobody(due: Sequence[Account], pays: list[int], extra: int) -> None:
    """The rest stays with the borrower."""


def _oldest(one: Account) -> tuple[bool, int]:
    return not one.late_since, one.late_since or one.day


def _dearest(one: Account) -> tuple[int, int]:
    return -(one.late_rank if one.late else one.rank), one.owed


_SPREADS: dict[str, Spread] = {
    "min-first": _in_order(_oldest),
    "avalanche": _in_order(_dearest),
    "snowball": _in_order(lambda one: one.owed),
    "pro-rata": _by_balance,
    MINIMUMS: _nobody,
}
