"""Offers found by what is there on each day, against looking through every term and every first day."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from jdneg.domain.negotiation import proposing
from jdneg.domain.negotiation.cash import Cash
from jdneg.domain.negotiation.owed import Owed
from jdneg.domain.negotiation.proposing import Ask, Debt, Proposal, propose
from jdneg.domain.negotiation.room import Room, fits, later_start, missed
from jdneg.domain.rate import Rate
from jdneg.domain.records.loan import Instalment

START = dt.date(2026, 11, 21)
TERMS = 18  # the longest, here


def debt(total: int, due_day: int) -> Debt:
    whole = Decimal(total)
    owed = Owed(
        total=whole, principal=whole * 9 / 10, interest=whole * 6 / 100, penalty=whole * 4 / 100, fee=Decimal(0),
        monthly_interest=Decimal(0),
    )  # fmt: skip
    return Debt(loan="L1", owed=owed, rate=Rate(Decimal(18), "year"), basis=None, due_day=due_day)


costs = st.tuples(st.integers(1, 400), st.sampled_from((-300, -800, -1500, -3000, 2000)))
rooms = st.builds(
    lambda monthly, day, hand, dated: Room(
        Cash(
            monthly=Decimal(monthly), day=day, hand=Decimal(hand),
            dated=tuple((START + dt.timedelta(days=at), Decimal(amount)) for at, amount in dated),
        ),
        Decimal(monthly),
    ),
    st.sampled_from((200, 500, 1300, 2300)), st.sampled_from((None, 1, 5, 15, 25, 31)),
    st.sampled_from((0, 100, 3000)), st.lists(costs, max_size=3),
)  # fmt: skip


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rooms, st.sampled_from((900, 5000, 20000)), st.sampled_from((1, 10, 28, 31)))
def test_each_offer_fits_and_none_that_fits_ends_sooner(
    monkeypatch: pytest.MonkeyPatch, room: Room, total: int, due_day: int
) -> None:
    monkeypatch.setattr(proposing, "LONGEST", TERMS)
    one = debt(total, due_day)
    found = [made for made in propose(one, Ask(), START, room) if made.form != "token"]
    assert all(made.fits and made.rows[0].amount <= room.monthly for made in found)
    form = next((made for made in found if made.form == "no_interest"), None)
    assert (form.rows[-1].due if form else None) == min(_looked_through(one, room), default=None)


def _looked_through(one: Debt, room: Room) -> list[dt.date]:
    """The last day of every offer without interest that fits."""
    firsts = [row.due for row in _offered(one, Ask(months=4)).rows]
    made = [_offered(one, Ask(months=n, first_due=day)) for day in firsts for n in range(1, TERMS + 1)]
    return [
        each.rows[-1].due for each in made if each.rows[0].amount <= room.monthly and fits(each.rows, room, START)
    ]


def _offered(one: Debt, ask: Ask) -> Proposal:
    return propose(one, ask, START)[-1]


def test_the_first_row_that_fails_is_named_with_what_is_there() -> None:
    room = Room(Cash(monthly=Decimal(1000), day=5, hand=Decimal(300)), Decimal(1000))
    rows = [
        Instalment(due=dt.date(2026, 11, 28), amount=Decimal(500)),
        Instalment(due=dt.date(2026, 12, 28), amount=Decimal(500)),
    ]
    miss = missed(rows, room, START)
    assert miss is not None and (miss.day, miss.due, miss.there) == (dt.date(2026, 11, 28), 500, 300)
    assert later_start(rows, room, START) == dt.date(2026, 12, 5)
    school = replace(
        room, cash=replace(room.cash, hand=Decimal(600), dated=((dt.date(2027, 1, 20), Decimal(-2400)),))
    )
    takes = missed(rows, school, START)
    assert takes is not None and (takes.day, takes.due, takes.missing) == (dt.date(2027, 1, 20), 0, 800)
    assert missed([replace(row, amount=Decimal(300)) for row in rows], room, START) is None


def test_a_short_offer_that_is_over_before_a_cost_comes_is_found() -> None:
    """Two instalments fit, three to eleven do not: the cost in June finds too little then."""
    room = Room(Cash(monthly=Decimal(500), dated=((dt.date(2027, 6, 1), Decimal(-3000)),)), Decimal(500))
    found = [made for made in propose(debt(900, 28), Ask(), START, room) if made.form == "no_interest"]
    assert [(made.months, made.rows[-1].due, made.fits) for made in found] == [(2, dt.date(2026, 12, 28), True)]
