"""Fees, new loans and private payees pressed for; agencies nobody announced; many contacts in one day."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from conduct_made import about, checked, contact, heard, loan, results, what, world

from jdneg.domain.conduct.findings import Finding
from jdneg.domain.records.contact import Visit
from jdneg.domain.records.loan import Loan

NOON = "2026-11-20 12:00:00"
LAW = "conduct.fees.performance"


@pytest.mark.parametrize(
    ("check", "more", "one", "answer"),
    [
        ("fees", {"fee_pressed": True}, loan("bank"), {"conduct.fees.cba2026": "review", LAW: "review"}),
        ("fees", {"fee_pressed": True}, loan(), {"conduct.fees.performance": "review"}),
        ("fees", {"fee_pressed": None}, loan("bank"), {}),
        ("fees", {"fee_pressed": False}, loan("bank"), {}),
        ("borrowing", {"borrowing_pressed": True}, loan("bank"), {"conduct.borrowing.cba2026": "breach"}),
        ("borrowing", {"borrowing_pressed": True}, loan(), {"conduct.borrowing.principle": "review"}),
        ("payee", {"private_payee": True}, loan(), {"conduct.payee.principle": "review"}),
        ("payee", {}, loan(), {}),
    ],
)
def test_what_was_pressed_for(check: str, more: dict[str, Any], one: Loan, answer: dict[str, str]) -> None:
    assert results(heard(contact(NOON, **more), world(one)), check) == answer


@pytest.mark.parametrize(
    ("signed", "rules"),
    [
        (dt.date(2025, 12, 18), {LAW}),
        (dt.date(2025, 12, 19), {"conduct.fees.mlccost2025", LAW}),
        (dt.date(2026, 8, 1), {"conduct.fees.mlccost2025", "conduct.fees.show2026", LAW}),
    ],
)
def test_rules_of_new_loans_go_by_the_day_of_the_loan(signed: dt.date, rules: set[str]) -> None:
    found = results(heard(contact(NOON, fee_pressed=True), world(loan(signed_on=signed))), "fees")
    assert found.keys() == rules and set(found.values()) == {"review"}


@pytest.mark.parametrize(
    ("joint", "when", "found"),
    [
        (True, "2025-11-20", "review"),
        (True, "2025-09-30", None),
        (False, "2025-11-20", None),
        (None, "2025-11-20", "cannot_tell"),
    ],
)
def test_a_fee_at_a_loan_through_a_platform(joint: bool | None, when: str, found: str | None) -> None:
    one = loan("bank", joint_lending=joint, signed_on=dt.date(2025, 1, 10))
    answer = results(heard(contact(f"{when} 12:00:00", fee_pressed=True), world(one)), "fees")
    assert answer.get("conduct.fees.aid2025") == found and answer["conduct.fees.performance"] == "review"


@pytest.mark.parametrize(
    ("card", "channel", "said", "asked"),
    [
        (True, "letter", "请立即还款", True),
        (True, "letter", None, True),
        (True, "sms", "请立即还款", False),
        (True, "letter", "祝您节日快乐", False),
        (False, "letter", "请立即还款", False),
        (None, "letter", "请立即还款", False),
    ],
)
def test_what_a_card_letter_must_say_is_for_a_reader(
    card: bool | None, channel: str, said: str | None, asked: bool
) -> None:
    """Never held against the bank by the words we have: they may not be all of the letter."""
    found = results(heard(contact(NOON, channel, said=said), world(loan("bank", credit_card=card))), "papers")
    assert found == ({"conduct.papers.cc2011": "cannot_tell"} if asked else {})


def test_an_agency_nobody_announced_is_asked_about_once() -> None:
    calls = [contact(f"2026-11-{day} 12:00:00", agency="甲公司") for day in (18, 17, 19)]
    (one,) = about(checked(calls, world(loan("bank"))).findings, "outsourcing")
    assert (one.contact, one.result, what(one)) == ("C2", "cannot_tell", "conduct.agency_unannounced")
    assert one.confidence == "low"


@pytest.mark.parametrize(
    "one",
    [loan("bank", agencies=("甲公司",)), loan("microlender"), loan("unknown"), loan("private")],
    ids=lambda one: one.kind,
)
def test_a_known_agency_and_lenders_the_rule_does_not_bind(one: Loan) -> None:
    assert about(checked([contact(NOON, agency="甲公司")], world(one)).findings, "outsourcing") == []


def many(count: int, channel: str = "sms", **more: Any) -> list[Any]:
    said = {"said": "您的贷款已经逾期，请尽快还款"} if channel == "sms" else {}
    return [contact(f"2026-11-20 {9 + n // 6:02}:{n % 6}0:00", channel, **{**said, **more}) for n in range(count)]


@pytest.mark.parametrize(
    ("contacts", "shown"),
    [
        (many(10), False),
        (many(11), True),
        (many(11, said="您的验证码是8812，十分钟内有效"), False),
        (many(11, to_whom="family"), False),
        (many(11, direction="out"), False),
        (many(11, "call", answered=False), True),
        (many(5) + many(6, "call", answered=False), True),
    ],
)
def test_many_contacts_in_a_day_are_shown_for_a_look(contacts: list[Any], shown: bool) -> None:
    found = about(checked(contacts, world(loan("private"))).findings, "frequency")
    assert [(one.rule, one.result, what(one)) for one in found] == (
        [("conduct.frequency.privacy", "review", "conduct.frequency_many")] if shown else []
    )


def test_a_message_is_never_told_of_as_a_call_too_many() -> None:
    calls = [contact(f"2026-11-20 1{n}:00:00", answered=True, i_said="好") for n in range(4)]
    message = contact("2026-11-20 18:00:00", "sms", said="您的贷款已经逾期，请尽快还款")
    found = about(checked([*calls, message]).findings, "frequency")
    assert [(one.contact, what(one)) for one in found] == [("C4", "conduct.frequency_connected")]


def test_visitors_who_spoke_before_others() -> None:
    found = heard(contact(NOON, "visit", visit=Visit(said_before_others=True)))
    assert results(found, "third_party") == {
        "conduct.third_party.gbt45251": "review", "conduct.third_party.mlc2025": "review",
        "conduct.third_party.privacy": "review",
    }  # fmt: skip
    for unknown in (Visit(), Visit(said_before_others=False), Visit(photographed=True)):
        assert about(heard(contact(NOON, "visit", visit=unknown)), "third_party") == []


def codes_of(finding: Finding) -> list[str]:
    """All that a finding says was seen, in its order."""
    codes: list[str] = []
    reason: Any = finding.reason.facts["what"]
    while reason.code == "conduct.and":
        codes.append(reason.facts["other"].code)
        reason = reason.facts["one"]
    return [reason.code, *reversed(codes)]


def test_all_about_a_visit_is_said_in_one_reason() -> None:
    told = Visit(people=3, consent=False, notice=False, touched=True)
    found = about(heard(contact(NOON, "visit", visit=told)), "visit")
    assert {one.rule: one.result for one in found} == {
        "conduct.visit.mlc2025": "review", "conduct.visit.principle": "review",
    }  # fmt: skip
    assert "conduct.visit_touched" not in codes_of(found[1])  # told once
    (other,) = about(heard(contact(NOON, "visit", visit=told), world(loan("private"))), "visit")
    assert codes_of(other) == [
        "conduct.visit_people_many", "conduct.visit_no_consent", "conduct.visit_no_notice", "conduct.visit_touched",
    ]  # fmt: skip


def test_put_together_later_is_known_less_well() -> None:
    sure, later = (
        about(heard(contact("2026-11-20 22:30:00", reconstructed=known), world(loan("bank"))), "night")[0].confidence
        for known in (False, True)
    )
    assert (sure, later) == ("medium", "medium")
    (asked,) = about(
        heard(contact(NOON, reconstructed=True, to_whom="family", disclosed=("金额",)), world(loan("private"))),
        "third_party",
    )
    assert asked.confidence == "medium"
