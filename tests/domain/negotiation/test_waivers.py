"""Waivers in part, a pause, a moved due day: what an offer may say beyond months and amounts."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from jdneg.commands.shared.choices import PARTS
from jdneg.domain.messages import Message
from jdneg.domain.money import half_up
from jdneg.domain.negotiation.cases import add_offer, open_case
from jdneg.domain.negotiation.offers import instalments, offer_messages
from jdneg.domain.negotiation.owed import Owed
from jdneg.domain.records.case import Case, Offer, PartWaiver
from jdneg.domain.records.loan import Instalment
from jdneg.domain.waivers import parse_waiver, split_waivers, waived_amount
from jdneg.errors import BadOffer, JdnegError, ManyErrors

DAY = dt.date(2026, 11, 21)
OWED = Owed(
    total=Decimal("16480.55"), interest=Decimal("612.00"), penalty=Decimal("1668.55"), fee=Decimal("0.00"),
    monthly_interest=Decimal("213.00"), running=("interest", "penalty"), principal=Decimal("14200.00"),
)  # fmt: skip
YUAN = st.decimals("0.01", "99999", places=2)


def offered(by: str = "me", **terms: object) -> Case:
    return add_offer(open_case(["L1"], "g", DAY), by, DAY, owed=OWED, **terms)  # type: ignore[arg-type]


def details(**terms: object) -> list[str]:
    with pytest.raises(JdnegError) as caught:
        offered(**terms)
    faults = caught.value.errors if isinstance(caught.value, ManyErrors) else [caught.value]
    found = [fault.facts.get("detail") for fault in faults]
    return [
        one.code if isinstance(one, Message) else type(fault).__name__
        for fault, one in zip(faults, found, strict=True)
    ]


# --- as people type them


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("penalty", "penalty"),
        ("违约金", "penalty"),
        ("penalty=80%", PartWaiver(part="penalty", percent=Decimal(80))),
        ("罚息＝８０％", PartWaiver(part="penalty", percent=Decimal(80))),
        ("interest = 1,300.50元", PartWaiver(part="interest", amount=Decimal("1300.50"))),
        ("fee=100%", "fee"),
        ("principal=12.5%", PartWaiver(part="principal", percent=Decimal("12.5"))),
    ],
)
def test_typed(typed: str, meant: object) -> None:
    assert parse_waiver(typed, PARTS) == meant


@pytest.mark.parametrize(
    "typed", ["everything", "principal", "penalty=", "penalty=-3", "penalty=1e3", "=3", "penalty=80%%"]
)
def test_what_cannot_be_read(typed: str) -> None:
    with pytest.raises(JdnegError):
        parse_waiver(typed, PARTS)


def test_a_comma_parts_waivers_but_no_amount() -> None:
    assert split_waivers(["penalty=1,668.55,interest", "fee、利息=3"]) == (
        "penalty=1,668.55",
        "interest",
        "fee",
        "利息=3",
    )


# --- what they come to


@given(there=YUAN, percent=st.decimals("0.01", "100", places=2))
def test_a_share_is_never_more_than_there_is(there: Decimal, percent: Decimal) -> None:
    much = waived_amount(PartWaiver(part="penalty", percent=percent), there)
    assert 0 <= much <= there and much == half_up(there * percent / 100)


@given(amount=YUAN, penalty=YUAN, rest=YUAN)
def test_nobody_owes_less_than_nothing(amount: Decimal, penalty: Decimal, rest: Decimal) -> None:
    owed = Owed(total=penalty + rest, penalty=penalty)
    left = owed.after((PartWaiver(part="penalty", amount=amount),))
    assert left == rest + penalty - min(amount, penalty)


def test_both_kinds_together() -> None:
    assert OWED.after(("penalty", PartWaiver(part="interest", amount=Decimal(300)))) == Decimal("14512.00")


# --- what cannot be


def test_all_at_once() -> None:
    found = details(
        months=3, waive=("penalty",), pause=0,
        waive_part=(
            PartWaiver(part="penalty", percent=Decimal(80)),
            PartWaiver(part="interest", percent=Decimal(120)),
            PartWaiver(part="principal", amount=Decimal("14200.01")),
            PartWaiver(part="fee", amount=Decimal(1)),
        ),
    )  # fmt: skip
    assert found == [
        "case.offer_pause", "case.waived_twice", "case.waives_percent", "case.waives_more", "case.waives_no_fee",
    ]  # fmt: skip


def test_interest_to_come_may_be_waived_in_part() -> None:
    part = PartWaiver(part="interest", amount=Decimal(5000))
    assert offered(months=24, waive_part=(part,)).offers[0].waive_part == (part,)


def test_more_penalty_than_there_is_is_refused_in_mine_and_noted_in_theirs() -> None:
    part = PartWaiver(part="penalty", amount=Decimal(2000))
    assert details(months=24, waive_part=(part,)) == ["case.waives_more"]
    theirs = offered("lender", months=24, waive_part=(part,))
    assert next(one.code for one in offer_messages(theirs.offers[0], OWED)) == "case.they_waives_more"


def test_a_first_day_inside_the_pause() -> None:
    assert details(months=3, pause=3, first_due=dt.date(2027, 1, 10)) == ["case.offer_due_in_pause"]


# --- a pause, another day


def test_a_pause_then_instalments() -> None:
    offer = replace(offered(months=12, monthly=Decimal(700), pause=3).offers[0], due_day=10)
    rows = instalments(offer, None, DAY)
    assert rows[0].due == dt.date(2027, 3, 10) and len(rows) == 12


CONTRACT = tuple(Instalment(due=dt.date(2026, month, 28), amount=Decimal(month)) for month in (10, 11, 12))


@pytest.mark.parametrize(
    ("terms", "days"),
    [
        ({"pause": 3}, ["2027-02-28", "2027-03-28"]),
        ({"due_day": 30}, ["2026-11-30", "2026-12-30"]),
        ({"due_day": 5}, ["2026-12-05", "2027-01-05"]),
        ({"pause": 1, "due_day": 31}, ["2026-12-31", "2027-01-31"]),
    ],
)
def test_an_offer_that_only_moves_the_contracts_instalments(terms: dict[str, int], days: list[str]) -> None:
    rows = instalments(Offer(number=1, by="me", at=DAY, **terms), None, DAY, 28, CONTRACT)  # type: ignore[arg-type]
    assert [row.due.isoformat() for row in rows] == days
    assert [row.amount for row in rows] == [Decimal(11), Decimal(12)]


def test_a_first_day_beside_what_only_moves_the_rows() -> None:
    assert details(pause=3, first_due=dt.date(2027, 3, 10)) == ["ContradictoryFlags"]


def test_nothing_known_to_move() -> None:
    with pytest.raises(BadOffer) as caught:
        instalments(Offer(number=1, by="me", at=DAY, pause=3), None, DAY, 28)
    detail = caught.value.facts["detail"]
    assert isinstance(detail, Message) and detail.code == "case.nothing_to_move"


def test_a_lump_sum_says_what_is_let_go() -> None:
    offer = offered(lump_sum=Decimal(12000), waive=("penalty",)).offers[0]
    (said,) = offer_messages(offer, OWED)
    assert (said.code, said.facts["difference"]) == ("case.remission", Decimal("2812.00"))
