"""The same messages before and after an agreement, within and without the due window (mission J4 step 6 and its branch)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from conduct_made import about, contact, heard, instalments, stored, what, world

from jdneg.domain.conduct.world import World
from jdneg.domain.records.account import Payment
from jdneg.domain.records.case import Agreement, Case

ROWS = instalments(*((f"{year}-{month:02}-10", "820.00") for year, month in ((2026, 12), (2027, 1), (2027, 2))))
OLD = "您已逾期16480.55元请今日结清"
AGREED = "您本期820元将于10日到期，请按时还款"
LATE = "您本期820元已逾期，请立即还款"
EARLY = "请于5日前还款820元，逾期将影响征信"
PROMO = "【商城】您有30元还款券待领取，最高可借20万元，回T退订"
CODE = "您的验证码为881273，请勿泄露"
PAST = "如未按时还款820元，逾期后可能影响征信"
NONE: list[tuple[str, str]] = []
REVIEW = "review"


def place(oral: bool = False, paid: tuple[str, ...] = ()) -> World:
    agreement = Agreement(
        offer=2, agreed_at=dt.date(2026, 11, 22), starts=dt.date(2026, 11, 25), oral=oral, instalments=ROWS
    )
    case = stored("G", 1, Case(loans=("L1",), goal="延长", opened_on=dt.date(2026, 11, 1), agreement=agreement))
    days = [dt.date.fromisoformat(day) for day in paid]
    payments = [stored("Y", n, Payment(loan="L1", amount=Decimal("820.00"), at=day)) for n, day in enumerate(days)]
    return world(cases=[case], payments=payments)


def told(said: str, day: str, where: World) -> list[tuple[str, str]]:
    found = about(heard(contact(f"{day} 10:00:00", "sms", said=said), where), "agreement")
    return [(what(one), one.result) for one in found]


@pytest.mark.parametrize(
    ("said", "before", "window", "after_paying"),
    [
        (OLD, NONE, [("conduct.agreement_old", REVIEW)], [("conduct.agreement_old", REVIEW)]),
        (AGREED, NONE, NONE, NONE),
        (LATE, NONE, [("conduct.agreement_not_due", REVIEW)], [("conduct.agreement_not_due", REVIEW)]),
        (EARLY, NONE, [("conduct.agreement_not_due", REVIEW)], [("conduct.agreement_not_due", REVIEW)]),
        (PAST, NONE, NONE, NONE),
        (PROMO, NONE, NONE, NONE),
        (CODE, NONE, NONE, NONE),
    ],
)
def test_golden_messages(said: str, before: list[Any], window: list[Any], after_paying: list[Any]) -> None:
    assert told(said, "2026-11-20", place()) == before
    assert told(said, "2026-12-08", place()) == window
    assert told(said, "2026-12-12", place(paid=("2026-12-10",))) == after_paying


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        (OLD, [("conduct.agreement_behind", "cannot_tell")]),
        (LATE, NONE),  # it is late: saying so is right
        (AGREED, NONE),
        (PROMO, NONE),
    ],
)
def test_a_missed_instalment_makes_later_demands_proper(said: str, answer: list[Any]) -> None:
    assert told(said, "2026-12-12", place()) == answer


def test_what_is_demanded_is_quoted_as_it_was_written() -> None:
    (found,) = about(heard(contact("2026-12-08 10:00:00", "sms", said=OLD), place()), "agreement")
    assert found.quote == "16480.55元" and found.reason.facts["what"].facts["amount"] == Decimal("16480.55")  # type: ignore[attr-defined]
    (found,) = about(heard(contact("2026-12-08 10:00:00", "sms", said=EARLY), place()), "agreement")
    assert found.quote == "5日前"


def test_before_it_starts_there_is_no_agreement() -> None:
    assert told(OLD, "2026-11-24", place()) == []
    assert told(OLD, "2026-11-25", place()) == [("conduct.agreement_old", REVIEW)]


@pytest.mark.parametrize("said", [OLD, LATE, EARLY])
def test_oral_never_gives_more_than_a_review(said: str) -> None:
    assert {result for _, result in told(said, "2026-12-08", place(oral=True))} == {REVIEW}
