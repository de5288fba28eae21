"""A second agreement in a case: the first stays, and counts until the second starts."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from jdneg.domain.agreements import in_force
from jdneg.domain.codec import decode, encode
from jdneg.domain.records.base import Stored
from jdneg.domain.records.case import Agreement, Case, Offer, PartWaiver
from jdneg.domain.records.loan import Instalment

UTC = dt.UTC


def made(offer: int, day: dt.date, starts: dt.date) -> Agreement:
    rows = (Instalment(due=starts, amount=Decimal(100)),)
    return Agreement(offer=offer, agreed_at=day, starts=starts, oral=False, instalments=rows)


FIRST = made(1, dt.date(2026, 5, 1), dt.date(2026, 5, 10))
SECOND = made(2, dt.date(2026, 11, 1), dt.date(2026, 12, 1))
PART = PartWaiver(part="interest", percent=Decimal("12.5"))
CASE = Case(
    loans=("L1",), goal="g", opened_on=dt.date(2026, 4, 1), earlier=(FIRST,), agreement=SECOND,
    offers=(
        Offer(number=1, by="me", at=dt.date(2026, 4, 1), months=1, waive=("penalty",)),
        Offer(number=2, by="lender", at=dt.date(2026, 10, 1), months=1, waive_part=(PART,)),
    ),
)  # fmt: skip


def of(day: dt.date, case: Case = CASE) -> tuple[int, tuple[object, ...]] | None:
    stored = Stored("G1", case, dt.datetime(2026, 11, 1, tzinfo=UTC))
    found = in_force([stored], "L1", day)
    return (found.agreement.offer, found.waived) if found else None


def test_each_counts_in_its_time() -> None:
    assert of(dt.date(2026, 5, 9)) is None
    assert of(dt.date(2026, 11, 30)) == (1, ("penalty",))
    assert of(dt.date(2026, 12, 1)) == (2, (PART,))


def test_both_read_back() -> None:
    assert decode(Case, encode(CASE)) == CASE and CASE.agreements == (FIRST, SECOND)


def test_an_old_journal_has_one() -> None:
    old = {"loans": ["L1"], "goal": "g", "opened_on": "2026-04-01", "agreement": encode(FIRST)}
    assert decode(Case, old).agreements == (FIRST,)
