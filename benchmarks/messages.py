"""What messages say, inside one process: short ones by the second, and a chat page as long as people paste."""

from __future__ import annotations

import datetime as dt
import gc
import time
from collections.abc import Callable, Iterator
from decimal import Decimal

from benchmarks.measure import Measure
from benchmarks.words import own_scam, own_wording

_DAY = dt.date(2026, 11, 20)
_A_SECOND = 2000  # messages: an inbox of years is imported and judged while one waits
_PAGE, _LONG = 10_000, 100_000  # characters


def message_measures(*, quick: bool) -> Iterator[Measure]:
    """The lines of our own making; each text once, by a reader that has met none."""
    lines = [one.text for one in (*own_wording(), *own_scam())]
    times = 3 if quick else 5
    rate = len(lines) / _least(_judging(lines), times)
    told = f"{rate:,.0f} a second, of {sum(map(len, lines)) / len(lines):.0f} characters on average"
    yield Measure("wording check, short messages", f"{_A_SECOND:,} a second", _A_SECOND / rate, 1, 1.3, 3, told)
    page, long = (_least(_judging([_page(lines, size)]), times) for size in (_PAGE, _LONG))
    told = f"{page * 1000:.0f} ms; {_LONG:,} characters {long / page:.0f} times as long"
    yield Measure(f"wording check, {_PAGE:,} characters", "a tenth of a second", page / 0.1, 1, 1.3, 3, told)


def _judging(texts: list[str]) -> Callable[[], object]:
    """As an import judges messages of a microlender."""
    from jdneg.domain.conduct.check import check
    from jdneg.domain.conduct.world import make_world
    from jdneg.domain.records.base import Stored
    from jdneg.domain.records.contact import Contact
    from jdneg.domain.records.loan import Loan
    from jdneg.storage.datafiles import rule_book, wording

    moment = dt.datetime.combine(_DAY, dt.time(10), dt.timezone(dt.timedelta(hours=8)))
    loan = Loan(lender="甲", kind="microlender", principal=Decimal(20000), start=dt.date(2026, 3, 10))
    contacts = [
        Stored(f"C{n}", Contact(channel="sms", happened_at=moment, direction="in", loan="L1", said=text), moment)
        for n, text in enumerate(texts, 1)
    ]
    book, lexicon, world = rule_book(), wording(), make_world([Stored("L1", loan, moment)])
    return lambda: check(contacts, world, book, lexicon)


def _page(lines: list[str], size: int) -> str:
    """Messages under one another, from the first on again where they do not reach."""
    every = "\n".join(lines)
    return (every * (size // len(every) + 1))[:size]


def _least(work: Callable[[], object], times: int) -> float:
    """Seconds of the quickest of so many; once beforehand, so that patterns are compiled.

    The collector rests, as it does in a command: what else lives in this process is none of the reader's cost.
    """
    found = []
    for _ in range(times + 1):
        gc.disable()
        began = time.process_time()
        work()
        found.append(time.process_time() - began)
        gc.enable()
    return min(found[1:])
