"""Makes stores and records for the tests of the journal; run as a program it is the child process they start."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

from jdneg.domain import changes
from jdneg.domain.records.contact import Contact
from jdneg.domain.records.loan import Loan
from jdneg.storage.store import Store

ZONE = dt.timezone(dt.timedelta(hours=8))
START = dt.datetime(2026, 11, 22, 10, 0, tzinfo=ZONE)
DAY = dt.date(2026, 11, 20)


def ticking() -> Callable[[], dt.datetime]:
    """A clock that goes on a second with every look."""
    seconds = iter(range(10**9))
    return lambda: START + dt.timedelta(seconds=next(seconds))


def open_store(home: Path, **more: Any) -> Store:
    return Store(home, ticking(), **more)


def new_store(home: Path, **more: Any) -> Store:
    store = open_store(home, **more)
    store.create("Asia/Shanghai", "jdneg test")
    return store


def a_loan(lender: str = "甲小额贷款有限公司", **more: Any) -> Loan:
    facts = {"lender": lender, "kind": "microlender", "principal": Decimal("20000.00"), "start": dt.date(2026, 3, 10)}
    return Loan(**(facts | more))


def a_contact(said: str | None = "您好，请尽快处理", **more: Any) -> Contact:
    happened = dt.datetime(2026, 11, 20, 21, 30, tzinfo=ZONE)
    return Contact(**({"channel": "call", "happened_at": happened, "said": said} | more))


def log(store: Store, *said: str, **more: Any) -> tuple[str, ...]:
    """One batch of contacts."""
    return store.commit([changes.add("contact", a_contact(one, **more)) for one in said]).ids


def journal_file(store: Store) -> Path:
    return store.home / "journal.jsonl"


def said(store: Store) -> list[str | None]:
    return [one.record.said for one in store.stream("contact")]


def _log_and_say(home: Path, times: int, size: int) -> None:
    """Log batches of three, naming each id once its batch is acknowledged."""
    store = open_store(home)
    for _ in range(times):
        ids = log(store, *("长" * size + str(number) for number in range(3)))
        sys.stdout.write(" ".join(ids) + "\n")
        sys.stdout.flush()
        store.get(ids[0])  # the index is at work too when the kill comes


if __name__ == "__main__":
    _log_and_say(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
