"""The arithmetic of debts, inside one process: a schedule, a rate, a ledger; and the search behind a claim."""

from __future__ import annotations

import datetime as dt
import statistics
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measure import Measure, jdneg
from benchmarks.timing import Runner

if TYPE_CHECKING:
    from jdneg.domain.records.loan import Loan

_START = dt.date(2016, 3, 10)
_LONG = (
    "loan", "add", "--lender", "甲小额贷款有限公司", "--kind", "microlender", "--principal", "60000", "--received",
    "59000", "--rate", "0.05%/day", "--start", "2021-03-10", "--term", "60", "--due-day", "10", "--method",
    "equal-payment", "--penalty-factor", "1.5", "--penalty-base", "overdue_instalment", "--monthly-fee", "会员费=10",
)  # fmt: skip


def debt_measures(runner: Runner, work: Path, *, quick: bool) -> Iterator[Measure]:
    """One after the other, as they are done."""
    times = 5 if quick else 25
    yield _within("schedule of 360 months", _schedule(), times)
    yield _within("ledger of ten years, 200 events", _ledger(), times)
    yield _rate(times)
    home = work / "explained"
    for words in (("init",), _LONG, *_payments(), _CLAIM):
        runner.run(jdneg(*words), home)
    spent = runner.median(jdneg("verify", "L1", "--as-of", "2026-01-20", "--explain"), 3 if quick else 9, home)
    yield Measure("verify --explain, 60 instalments", "two seconds", spent / 2, 1, 1, 2, f"{spent:.2f} s")


_CLAIM = ("claim", "add", "L1", "--at", "2026-01-18", "--total", "99999.01", "--penalty", "31234.56")


def _payments() -> Iterator[tuple[str, ...]]:
    """Twenty, each five days late."""
    for n in range(20):
        year, month = divmod(2021 * 12 + 3 + n, 12)
        yield "pay", "L1", "1780", "--at", f"{year}-{month + 1:02}-15"


def _within(name: str, ours: Callable[[], object], times: int) -> Measure:
    """What a person does not notice: a tenth of a second."""
    ours()
    spent = statistics.median(_seconds(ours) for _ in range(times))
    return Measure(name, "a tenth of a second", spent / 0.1, 1, 1, 2, f"{spent * 1000:.1f} ms")


def _rate(times: int) -> Measure:
    """In turn with compiled code in floats, which gives one root; ours gives 34 digits and every root."""
    ours, other = _rates()
    ours(), other()
    pairs = [(_seconds(ours), _seconds(other)) for _ in range(times)]
    ratio = statistics.median(one / two for one, two in pairs)
    told = " beside ".join(f"{statistics.median(column) * 1000:.2f} ms" for column in zip(*pairs, strict=True))
    return Measure("XIRR of 360 flows", "pyxirr on the same flows", ratio, 1000, 1000, 2000, told)


def _seconds(run: Callable[[], object]) -> float:
    started = time.perf_counter()
    run()
    return time.perf_counter() - started


def _schedule() -> Callable[[], object]:
    from jdneg.domain.debt.schedule import build_schedule

    loan = _loan("1000000.00", "4.9%/year", 360)
    return lambda: build_schedule(loan)


def _rates() -> tuple[Callable[[], object], Callable[[], object]]:
    import pyxirr

    from jdneg.domain.debt.rates import xirr

    months = [dt.date(2016 + n // 12, n % 12 + 1, 10) for n in range(361)]
    flows = [(months[0], Decimal(-1000000)), *((day, Decimal("5307.27")) for day in months[1:])]
    plain = [float(amount) for _, amount in flows]
    return lambda: xirr(flows), lambda: pyxirr.xirr(months, plain)


def _ledger() -> Callable[[], object]:
    from jdneg.domain.debt.accrual import position
    from jdneg.domain.debt.schedule import build_schedule
    from jdneg.domain.records.account import Payment

    loan = _loan("200000.00", "7.2%/year", 120)
    schedule = build_schedule(loan)
    paid = [
        Payment(loan="L1", at=_START + dt.timedelta(days=18 * n + 5), amount=Decimal("1234.56")) for n in range(200)
    ]
    return lambda: position(loan, schedule, paid, dt.date(2026, 3, 10))


def _loan(principal: str, rate: str, months: int) -> Loan:
    from jdneg.domain.rate import parse_rate
    from jdneg.domain.records.loan import Loan, OverdueTerms

    return Loan(
        lender="甲", kind="bank", principal=Decimal(principal), start=_START, rate=parse_rate(rate), term=months,
        due_day=10, method="equal-payment", overdue=OverdueTerms(factor=Decimal("1.5"), compound=True),
    )  # fmt: skip
