"""Instalments past their day: on time, late, in part, not at all."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from hypothesis import given, strategies as st

from jdneg.domain.instalments import instalment_states, open_rows
from jdneg.domain.records.loan import Instalment

AS_OF = dt.date(2026, 5, 1)


def due(month: int, amount: str = "100.00") -> Instalment:
    return Instalment(due=dt.date(2026, month, 10), amount=Decimal(amount))


def paid(month: int, day: int, amount: str) -> tuple[dt.date, Decimal]:
    return dt.date(2026, month, day), Decimal(amount)


def states(payments: list[tuple[dt.date, Decimal]]) -> list[tuple[str, str]]:
    found = instalment_states([due(1), due(2), due(3), due(6)], payments, AS_OF)
    return [(one.state, f"{one.short}") for one in found]


def test_payments_count_against_the_oldest_first_and_what_is_not_due_is_left_out() -> None:
    assert states([paid(1, 10, "100.00"), paid(2, 11, "100.00"), paid(3, 9, "30.00")]) == [
        ("on_time", "0.00"),
        ("late", "0.00"),
        ("partial", "70.00"),
    ]
    assert states([]) == [("unpaid", "100.00")] * 3
    assert states([paid(1, 2, "300.00")]) == [("on_time", "0.00")] * 3


def test_a_payment_after_the_day_asked_about_does_not_count() -> None:
    assert states([paid(5, 2, "300.00")]) == states([])


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(1, 28), st.integers(1, 20000)), max_size=8))
def test_nothing_is_short_when_settled_and_later_ones_are_never_less_short(
    payments: list[tuple[int, int, int]],
) -> None:
    given_paid = [paid(month, day, f"{fen // 100}.{fen % 100:02d}") for month, day, fen in payments]
    rows = [due(1), due(2), due(3)]
    found = instalment_states(rows, given_paid, AS_OF)
    assert all((one.short == 0) == (one.settled_on is not None) for one in found)
    assert [one.short for one in found] == sorted(one.short for one in found)
    assert sum(one.short for one in found) == sum(left for _, left in open_rows(rows, given_paid, AS_OF))
