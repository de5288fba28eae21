"""After an agreement: reminder, old schedule, whole balance and promotion told apart; up-to-date decides."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from conduct_made import about, contact, heard, instalments, loan, stored, what, world

from jdneg.domain.conduct.agreement import amounts_in
from jdneg.domain.conduct.findings import Finding
from jdneg.domain.conduct.world import World
from jdneg.domain.records.account import Payment
from jdneg.domain.records.case import Agreement, Case
from jdneg.domain.records.contact import Contact, Demand

PLAN = instalments(
    ("2026-09-10", "900.00"), ("2026-10-10", "900.00"), ("2026-11-10", "900.00"), ("2026-12-10", "905.00")
)
KEPT = (("2026-09-10", "900.00"), ("2026-10-09", "900.00"), ("2026-11-10", "900.00"))
WHEN = "2026-11-20 12:00:00"


def agreed(**more: Any) -> Agreement:
    fields = {"offer": 1, "agreed_at": dt.date(2026, 8, 20), "starts": dt.date(2026, 9, 1), "oral": False}
    return Agreement(**{**fields, "instalments": PLAN, **more})


def case(agreement: Agreement, number: int = 1) -> Any:
    return stored("G", number, Case(loans=("L1",), goal="分期", opened_on=dt.date(2026, 8, 1), agreement=agreement))


def place(paid: tuple[tuple[str, str], ...] = KEPT, one: Any = None, **more: Any) -> World:
    payments = [
        stored("Y", n, Payment(loan="L1", amount=Decimal(amount), at=dt.date.fromisoformat(day)))
        for n, (day, amount) in enumerate(paid, 1)
    ]
    return world(one, cases=[case(agreed(**more))], payments=payments)


def told(one: Contact, where: World) -> list[tuple[str, str]]:
    return [(what(found), found.result) for found in about(heard(one, where), "agreement")]


def demand(amount: str | None = None, **more: Any) -> Contact:
    asked = Demand(amount=Decimal(amount) if amount else None, **more)
    return contact(WHEN, demand=asked)


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        (demand("905.00"), []),
        (demand("905.00", due=dt.date(2026, 12, 10)), []),
        (demand("905.00", due=dt.date(2026, 11, 25)), [("conduct.agreement_old", "breach")]),
        (demand("2380.00"), [("conduct.agreement_old", "breach")]),
        (demand("16480.55", whole_balance=True), [("conduct.agreement_whole", "breach")]),
        (demand(whole_balance=True), [("conduct.agreement_whole", "breach")]),
        (contact(WHEN), [("conduct.agreement_unknown", "cannot_tell")]),
        (contact(WHEN, answered=False), []),
        (contact(WHEN, said="您好,请问是本人吗"), []),
        (contact(WHEN, "sms", said="您本期应还905.00元,请按时还款"), []),
        (contact(WHEN, "sms", said="您已逾期,请支付欠款2,380.00元"), [("conduct.agreement_old", "review")]),
        (contact(WHEN, "sms", said="请今日一次性还清全部欠款"), [("conduct.agreement_whole", "review")]),
        (contact(WHEN, "sms", said="您有30元还款券待领取,回T退订"), []),
        (contact(WHEN, "sms", said="欠款1元或2元,请还款"), [("conduct.agreement_unknown", "cannot_tell")]),
    ],
)
def test_what_is_asked(asked: Contact, answer: list[tuple[str, str]]) -> None:
    assert told(asked, place()) == answer


IF = "您12月10日应还905元,请按时还款。逾期将按协议约定要求一次性还清全部余额"


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        (IF, []),
        ("您本期应还905元。如未按时还款,我司有权要求您一次性还清全部余额", []),
        ("请问您这边可以提前一次性结清吗?可减免利息,自愿办理", []),
        ("您本期应还905元,如需提前一次性结清可在App申请", []),
        ("您可以在App内申请提前结清，减免部分利息", []),
        ("如果不想被起诉,请一次性还清全部欠款", [("conduct.agreement_whole", "review")]),
        ("协议作废了,今天必须一次性还清", [("conduct.agreement_whole", "review")]),
        ("已逾期,请一次性结清全部欠款。逾期将要求一次性结清全部欠款", [("conduct.agreement_whole", "review")]),
    ],
)
def test_everything_at_once_only_if_or_as_an_offer_is_no_demand(said: str, answer: list[tuple[str, str]]) -> None:
    assert told(contact(WHEN, "sms", said=said), place()) == answer


def test_the_records_own_no_stands_before_the_words() -> None:
    said = "请今日一次性还清全部欠款905元"
    assert told(contact(WHEN, "sms", said=said), place()) == [("conduct.agreement_whole", "review")]
    no = Demand(whole_balance=False)
    assert "conduct.agreement_whole" not in [
        code for code, _ in told(contact(WHEN, "sms", said=said, demand=no), place())
    ]


def test_what_rests_on_an_oral_agreement_is_known_somewhat() -> None:
    (found,) = about(heard(demand("2380.00"), place(oral=True)), "agreement")
    assert found.confidence == "medium"


def test_words_are_quoted_and_the_rule_is_law() -> None:
    words = contact(WHEN, "sms", said="您已逾期,请支付欠款2,380.00元")
    (found,) = about(heard(words, place()), "agreement")
    assert (found.quote, found.rule, found.level) == ("2,380.00元", "conduct.agreement.performance", "law")


def test_oral_is_review_at_most() -> None:
    (found,) = about(heard(demand("2380.00"), place(oral=True)), "agreement")
    assert (found.result, found.clears_if.code) == ("review", "conduct.clears_oral")  # type: ignore[union-attr]


def test_behind_says_that_later_demands_may_be_proper() -> None:
    assert told(demand("2380.00"), place(KEPT[:2])) == [("conduct.agreement_behind", "cannot_tell")]
    assert told(demand("900.00"), place(KEPT[:2])) == []


def test_late_but_paid_is_review() -> None:
    late = (*KEPT[:2], ("2026-11-12", "900.00"))
    assert told(demand("2380.00"), place(late)) == [("conduct.agreement_old", "review")]
    assert told(demand("2380.00"), place(late, grace_days=2)) == [("conduct.agreement_old", "breach")]


def test_what_was_paid_before_the_agreement_does_not_count() -> None:
    assert told(demand("2380.00"), place((("2026-08-19", "9000.00"),))) == [
        ("conduct.agreement_behind", "cannot_tell")
    ]


def test_an_ended_agreement_and_the_one_it_replaced_are_no_measure() -> None:
    ended = agreed(agreed_at=dt.date(2026, 10, 1), offer=2, ended_on=dt.date(2026, 11, 1))
    assert told(demand("2380.00"), world(cases=[case(ended, 2), case(agreed())])) == []


def test_credit_cards_have_their_own_rule() -> None:
    where = place(one=loan("bank", credit_card=True))
    found = {one.rule: (one.result, one.confidence) for one in about(heard(demand("2380.00"), where), "agreement")}
    assert found == {
        "conduct.agreement.performance": ("breach", "high"),
        "conduct.agreement.cc2011": ("breach", "medium"),
    }


def test_no_agreement_no_finding() -> None:
    nothing: list[Finding] = about(heard(demand("2380.00"), world()), "agreement")
    assert nothing == []


def test_amounts_in_text() -> None:
    found = amounts_in("应还1,250.50元,其中本金￥1200,编号20261120,手机13800000000")
    assert found == [(Decimal("1250.50"), "1,250.50元"), (Decimal("1200.00"), "￥1200")]
