"""Plans: all strategies, the cheapest, and how time grows with debts and months. Processor time of this process."""

from __future__ import annotations

import datetime as dt
import gc
import time
import tracemalloc
from collections.abc import Callable, Iterator
from decimal import Decimal

from benchmarks.measure import Measure

START = dt.date(2026, 11, 22)
_ALL, _BEST = 0.5, 2.0  # seconds


def plan_measures(*, quick: bool) -> Iterator[Measure]:
    """Fifty debts that do not end in 600 months, by every strategy; then the cheapest for fifty that do."""
    from jdneg.domain.negotiation.strategies import MINIMUMS, STRATEGIES

    def every(debts: int, months: int) -> float:
        given, money = _debts(debts, 200_000), _cash(debts, 1530)
        return _least(
            lambda: [_run(given, money, name, months) for name in (MINIMUMS, *STRATEGIES)], 1 if quick else 3
        )

    whole = every(50, 600)
    grows = f"25 debts {every(25, 600) / whole:.2f}, 300 months {every(50, 300) / whole:.2f} of it"
    told = f"{whole:.2f} s; {grows}; {_peak(50, 600) / 1e6:.0f} MB at most, {_peak(50, 300) / 1e6:.0f} MB for 300"
    yield Measure("plan, 50 debts x 600 months, all ways", "0.5 s", whole / _ALL, 1.0, 1.3, 3.0, told)
    yield from _cheapest(quick=quick)


def _cheapest(*, quick: bool) -> Iterator[Measure]:
    from jdneg.domain.negotiation.best import best

    given, money = _debts(50, 10_000), _cash(50, 104)
    seconds = _least(lambda: best(given, money, START, 600), 1 if quick else 3)
    yield Measure("plan --strategy best, 50 debts", "2 s", seconds / _BEST, 1.0, 1.3, 3.0, f"{seconds:.2f} s")


def _debts(count: int, balance: int):  # type: ignore[no-untyped-def]
    from jdneg.domain.negotiation.debts import stated_account
    from jdneg.domain.negotiation.plan_debt import PlanDebt
    from jdneg.domain.rate import Rate

    found = []
    for n in range(count):
        slow = balance > 100_000  # so slow that 600 months do not end it
        owed, rate = Decimal(balance + n * 37), Rate(Decimal(9) - (0 if slow else n % 5), "year")
        minimum = Decimal(balance * 3 // 400 if slow else balance // 100)
        found.append(
            PlanDebt(
                loan=f"L{n + 1}", name="x", balance=owed, basis="contract", minimum=minimum, rate=rate,
                due_day=n % 28 + 1, run=stated_account(owed, rate, START),
            )
        )  # fmt: skip
    return found


def _cash(debts: int, each: int):  # type: ignore[no-untyped-def]
    from jdneg.domain.negotiation.cash import Cash

    return Cash(monthly=Decimal(debts * each))


def _run(debts, cash, name: str, months: int) -> None:  # type: ignore[no-untyped-def]
    from jdneg.domain.negotiation.simulate import simulate

    simulate(debts, cash, name, START, months)


def _least(work: Callable[[], object], times: int) -> float:
    """The quickest of so many: what the machine did besides does not count."""
    found = []
    for _ in range(times):
        gc.collect()
        began = time.process_time()
        work()
        found.append(time.process_time() - began)
    return min(found)


def _peak(debts: int, months: int) -> int:
    """The most one strategy holds, in bytes."""
    given, money = _debts(debts, 200_000), _cash(debts, 1530)
    tracemalloc.start()
    _run(given, money, "avalanche", months)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak
