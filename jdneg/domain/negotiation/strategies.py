"""Who gets what of a month's money: minimums first, then the rest by the strategy. Amounts in fen.

Where the money is below the minimums, what falls due of debts that are not late is paid first, so that nothing new
falls behind (as many as can be paid whole: the smallest first); what is left goes to the late ones in the strategy's
own order.

``min-first`` gives the rest to the oldest overdue debt, then to the one due earliest; ``avalanche`` to the highest
rate; ``snowball`` to the smallest balance; ``pro-rata`` to all by balance; ``minimums`` to nobody; ``custom`` in the
order the user names, then as ``min-first``. ``best`` is found by search (`jdneg.domain.negotiation.best`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args

from jdneg.errors import BadChoice

if TYPE_CHECKING:
    from jdneg.domain.negotiation.compiled import AnyAccount as Account

Strategy = Literal["min-first", "avalanche", "snowball", "pro-rata"]
STRATEGIES: tuple[Strategy, ...] = get_args(Strategy)
MINIMUMS = "minimums"  # for comparison: nothing beyond what must be paid
BEST = "best"
CUSTOM = "custom"

# debts, what each gets so far, what is left to give, what more each may get
Spread = Callable[["Sequence[Account]", list[int], int, Sequence[int]], None]


class Waiting(NamedTuple):
    """A debt whose day has not come: as it will stand then, what it takes beyond its minimum, and what of that the
    money to come before then does not cover.
    """

    debt: Account
    room: int
    lacks: int

    @classmethod
    def of(cls, then: Account, surplus: int) -> Waiting:
        """``surplus`` comes by then beyond all minimums."""
        room = then.room(then.minimum)
        return cls(then, room, max(0, room - max(0, surplus)))


def allot(due: Sequence[Account], available: int, spread: Spread, waiting: Sequence[Waiting] = ()) -> list[int]:
    """The payments of one decision; what the strategy gives those waiting is not paid yet."""
    minimums = [one.minimum for one in due]
    extra = available - sum(minimums)
    if extra < 0:
        return _short(due, available, spread)
    if extra:
        pays = [*minimums, *(one.debt.minimum for one in waiting)]
        rooms = [one.room(paid) for one, paid in zip(due, minimums, strict=True)]
        spread([*due, *(one.debt for one in waiting)], pays, extra, [*rooms, *(one.lacks for one in waiting)])
        return pays[: len(due)]
    return minimums


def _short(due: Sequence[Account], available: int, spread: Spread) -> list[int]:
    """Below the minimums: nothing new falls behind, then the late ones; every strategy's order but nobody's."""
    left, pays = max(available, 0), [0] * len(due)
    healthy = [place for place, one in enumerate(due) if not one.late_since]
    for place in sorted(healthy, key=lambda place: due[place].minimum):
        pays[place] = min(left, due[place].minimum)
        left -= pays[place]
    caps = [one.minimum if one.late_since else 0 for one in due]
    (_SPREADS["min-first"] if spread is _nobody else spread)(due, pays, left, caps)
    return pays


def spread_of(strategy: str) -> Spread:
    """Raises BadChoice."""
    found = _SPREADS.get(strategy)
    if found is None:
        raise BadChoice(value=strategy, choices=", ".join((*STRATEGIES, BEST)))
    return found


def in_this_order(loans: Sequence[str]) -> Spread:
    """The order the user names; what it does not name comes after, oldest overdue first."""
    places = {loan: place for place, loan in enumerate(loans)}
    return _in_order(lambda one: (places.get(one.terms.loan, len(places)), _oldest(one)))


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


def _in_order(key: Callable[[Account], Any]) -> Spread:
    def spread(due: Sequence[Account], pays: list[int], extra: int, caps: Sequence[int]) -> None:
        for _, _, place in sorted([(key(one), one.terms.index, place) for place, one in enumerate(due)]):
            more = min(extra, caps[place])
            pays[place] += more
            extra -= more
            if not extra:
                return

    return spread


def _by_balance(due: Sequence[Account], pays: list[int], extra: int, caps: Sequence[int]) -> None:
    for place, part in enumerate(share(extra, [one.owed for one in due], caps)):
        pays[place] += part


def _nobody(due: Sequence[Account], pays: list[int], extra: int, caps: Sequence[int]) -> None:
    """The rest stays with the borrower."""


def _oldest(one: Account) -> tuple[bool, int]:
    return not one.late_since, one.late_since or one.day


def _dearest(one: Account) -> tuple[int, int]:
    return -(one.terms.late_rank if one.late_since else one.terms.rank), one.owed


_SPREADS: dict[str, Spread] = {
    "min-first": _in_order(_oldest),
    "avalanche": _in_order(_dearest),
    "snowball": _in_order(lambda one: one.owed),
    "pro-rata": _by_balance,
    MINIMUMS: _nobody,
}
