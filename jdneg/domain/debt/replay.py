"""The ledger as steps to follow with a pencil: what each line adds to which component, and by which sum.

Accrual adds base x rate x days, not rounded; everything else was booked to the fen. The balances are rounded once,
at the end, as the engine does. Where the steps come out a fen beside the engine, the rest is named as rounding.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from jdneg.domain.debt.ledger import LedgerLine
from jdneg.domain.money import ZERO, half_up
from jdneg.values import dataclass

PARTS = ("principal", "interest", "penalty", "fee")
_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Step:
    """``runs_on`` is the component that an accrual adds to (None: booked) and ``rate`` its fraction a day.

    ``changes`` are yuan by component, exact for an accrual; ``cleared`` names those that the line brings to zero.
    ``balances`` stand after it, not rounded.
    """

    line: LedgerLine
    runs_on: str | None
    rate: Decimal | None
    changes: Mapping[str, Decimal]
    cleared: tuple[str, ...]
    balances: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Replay:
    """``rounding``: what the last line has to add, by component, for the engine's own figure; mostly nothing."""

    steps: tuple[Step, ...]
    rounding: Mapping[str, Decimal]


def replay(ledger: Sequence[LedgerLine], final: Mapping[str, Decimal | None]) -> Replay:
    """``final`` are the engine's four figures; an unknown one (None) is left out."""
    balances, shown = dict.fromkeys(PARTS, _NOTHING), dict.fromkeys(PARTS, ZERO)
    steps: list[Step] = []
    for line in ledger:
        after = {name: getattr(line, name) for name in PARTS}
        moved = {name: after[name] - shown[name] for name in PARTS}
        steps.append(_accrued(line, moved, balances) if _runs(line) else _booked(line, moved, after, balances))
        balances, shown = dict(steps[-1].balances), after
    rest = {name: value - half_up(balances[name]) for name, value in final.items() if value is not None}
    return Replay(tuple(steps), {name: value for name, value in rest.items() if value})


def _runs(line: LedgerLine) -> bool:
    return bool(line.days) and line.base is not None and line.rate is not None


def _accrued(line: LedgerLine, moved: Mapping[str, Decimal], balances: Mapping[str, Decimal]) -> Step:
    assert line.days is not None and line.base is not None and line.rate is not None
    rate = line.rate.fraction if line.rate.per == "day" else line.amount / line.base / line.days
    amount = line.base * rate * line.days
    usual = ("interest", "penalty") if line.event == "interest" else ("penalty", "interest")
    # Where it went is seen from the balances; too little to be seen goes where it usually does.
    runs_on = min((*usual, "fee", "principal"), key=lambda name: abs(moved[name] - amount) > Decimal("0.01"))
    after = {**balances, runs_on: balances[runs_on] + amount}
    return Step(line, runs_on, rate, {runs_on: amount}, (), after)


def _booked(
    line: LedgerLine, moved: Mapping[str, Decimal], after: Mapping[str, Decimal], balances: Mapping[str, Decimal]
) -> Step:
    cleared = tuple(name for name in PARTS if balances[name] and not after[name])
    changes = {name: -balances[name] if name in cleared else moved[name] for name in PARTS}
    kept = {name: value for name, value in changes.items() if value}
    return Step(line, None, None, kept, cleared, {name: balances[name] + changes[name] for name in PARTS})
