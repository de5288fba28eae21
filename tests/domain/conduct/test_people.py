"""Third persons, identity, visits and contact-preference letters."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from conduct_made import about, at, checked, contact, heard, loan, results, stored, what, world

from jdneg.domain.records.contact import Demand, Visit
from jdneg.domain.records.paper import ContactTerms, Letter

NOON = "2026-11-20 12:00:00"
GBT, MLC = "conduct.third_party.gbt45251", "conduct.third_party.mlc2025"
PRIVACY = "conduct.third_party.privacy"


@pytest.mark.parametrize(
    ("more", "answers"),
    [
        ({"to_whom": "me"}, {}),
        ({"to_whom": None}, {}),
        ({"to_whom": "family"}, {GBT: "review", MLC: "review"}),
        ({"to_whom": "employer", "disclosed": ("欠款金额",)}, {GBT: "breach", MLC: "breach"}),
        ({"to_whom": "other", "demand": Demand(amount=Decimal("100.00"))}, {GBT: "breach", MLC: "breach"}),
        ({"to_whom": "family", "disclosed": ("逾期",), "told_by": "姐姐"}, {GBT: "review", MLC: "review"}),
        ({"to_whom": "family", "disclosed": ("no",)}, {GBT: "review", MLC: "review"}),
        ({"to_whom": "family", "disclosed": ("没有透露欠款",)}, {GBT: "review", MLC: "review"}),
        ({"to_whom": "family", "disclosed": ("unknown",)}, {GBT: "review", MLC: "review"}),
        ({"to_whom": "family", "disclosed": ("是",)}, {GBT: "breach", MLC: "breach"}),
        ({"to_whom": "family", "disclosed": ("没有还款能力",)}, {GBT: "breach", MLC: "breach"}),
        ({"third_party": "姐姐"}, {GBT: "review", MLC: "review"}),
        ({"third_party": "姐姐", "disclosed": ("amount",), "told_by": "姐姐"}, {GBT: "review", MLC: "review"}),
        ({"disclosed": ("金额",)}, {GBT: "breach", MLC: "breach"}),
        ({"disclosed": ("no",)}, {}),
        ({"disclosed": ("[bold]no[/bold]",)}, {}),
        ({"disclosed": ("[bold][/bold]", "***")}, {}),
        ({"disclosed": ("[bold]金额[/bold]",)}, {GBT: "breach", MLC: "breach"}),
        ({"to_whom": "me", "third_party": "姐姐"}, {}),
        ({"to_whom": "family", "said": "让你儿子替他还钱,欠款不能再拖"}, {GBT: "breach", MLC: "breach"}),
    ],
)
def test_third_persons(more: dict[str, Any], answers: dict[str, str]) -> None:
    """Neither a recommended standard nor a department's text hides the law: that is shown beside them."""
    law = {"conduct.third_party.privacy": "review"} if answers else {}
    assert results(heard(contact(NOON, **more)), "third_party") == {**answers, **law}


@pytest.mark.parametrize(
    ("kind", "day", "rules"),
    [
        ("microlender", "2025-01-16", {PRIVACY}),
        ("microlender", "2025-01-17", {MLC, PRIVACY}),
        ("consumer_finance", "2024-04-17", {PRIVACY}),
        ("consumer_finance", "2024-04-18", {"conduct.third_party.cfc2024", PRIVACY}),
        ("private", "2026-11-20", {PRIVACY}),
        ("bank", "2026-01-30", {GBT, "conduct.third_party.cba2026", PRIVACY}),
    ],
)
def test_by_lender_and_day(kind: str, day: str, rules: set[str]) -> None:
    found = about(
        heard(contact(f"{day} 12:00:00", to_whom="family", disclosed=("金额",)), world(loan(kind))), "third_party"
    )
    assert {one.rule for one in found} == rules


def test_a_general_right_is_never_a_breach() -> None:
    (found,) = about(
        heard(contact(NOON, to_whom="family", disclosed=("金额",)), world(loan("private"))), "third_party"
    )
    assert (found.level, found.result) == ("law", "review")


def test_card_rules_bind_cards_only() -> None:
    asked = contact("2024-01-05 12:00:00", to_whom="family", demand=Demand(amount=Decimal("1.00")))
    rule = "conduct.third_party.cc2011"
    assert results(heard(asked, world(loan("bank", credit_card=True))), "third_party") == {
        rule: "breach",
        PRIVACY: "review",
    }
    assert rule not in results(heard(asked, world(loan("bank", credit_card=False))), "third_party")
    unknown = about(heard(asked, world(loan("bank"))), "third_party")
    assert ("conduct.card_unknown", "cannot_tell") in {(what(one), one.result) for one in unknown}


def test_identity_not_stated_is_never_a_breach() -> None:
    assert about(heard(contact(NOON, identity_stated=None)), "identity") == []
    assert about(heard(contact(NOON, identity_stated=True)), "identity") == []
    assert results(heard(contact(NOON, identity_stated=False)), "identity") == {
        "conduct.identity.principle": "review"
    }
    bank = results(heard(contact(NOON, identity_stated=False), world(loan("bank"))), "identity")
    assert bank == {"conduct.identity.cba2026": "review"}


def test_whether_they_were_let_in_is_asked_before_it_is_held_against_them() -> None:
    (found,) = about(heard(contact(NOON, "visit", visit=Visit(entered=True)), world(loan("bank"))), "visit")
    assert (what(found), found.result) == ("conduct.visit_entered_unknown", "cannot_tell")
    assert found.clears_if.code == "conduct.clears_entered"  # type: ignore[union-attr]


def test_a_fact_known_hides_no_fact_that_is_open_and_lends_none_its_gravity() -> None:
    """That one came alone is for a look: beside it the entering is asked about, and no ID alone is the breach."""
    inside = about(heard(contact(NOON, "visit", visit=Visit(entered=True, people=1))), "visit")
    assert {(what(one), one.result) for one in inside} == {
        ("conduct.visit_entered_unknown", "cannot_tell"), ("conduct.visit_people_few", "review"),
    }  # fmt: skip
    alone = about(heard(contact(NOON, "visit", visit=Visit(people=1, id_shown=False)), world(loan("bank"))), "visit")
    assert [what(one) for one in alone if one.result == "breach"] == ["conduct.visit_no_id_shown"]


@pytest.mark.parametrize(
    ("visit", "kind", "answer"),
    [
        (Visit(), "bank", {}),
        (Visit(people=2, id_shown=True, consent=True), "bank", {}),
        (Visit(people=1), "bank", {"conduct.visit.cba2026": "review", "conduct.visit.gbt45251": "review"}),
        (
            Visit(people=1, id_shown=False),
            "bank",
            {"conduct.visit.cba2026": "breach", "conduct.visit.gbt45251": "review"},
        ),
        (Visit(people=2, id_shown=False), "bank", {"conduct.visit.cba2026": "breach"}),
        (Visit(people=3), "microlender", {"conduct.visit.principle": "review"}),
        (Visit(people=2, consent=False), "microlender", {"conduct.visit.principle": "review"}),
        (Visit(asked_to_leave=True, left_after_minutes=25), "private", {"conduct.visit.home": "review"}),
        (Visit(asked_to_leave=True, left_after_minutes=0), "private", {}),
        (Visit(asked_to_leave=True), "private", {"conduct.visit.home": "cannot_tell"}),
        (Visit(asked_to_leave=True, entered=False), "private", {}),
        (Visit(asked_to_leave=True, left_after_minutes=25, entered=False), "private", {}),
        (
            Visit(asked_to_leave=True, left_after_minutes=25, entered=True),
            "private",
            {"conduct.visit.home": "review"},
        ),
        (
            Visit(entered=True, consent=False),
            "bank",
            {
                "conduct.visit.cba2026": "review",
                "conduct.visit.gbt45251": "review",
                "conduct.visit.principle": "review",
            },
        ),
        (Visit(entered=True, consent=True), "bank", {}),
        (Visit(entered=False, consent=True), "bank", {}),
        (Visit(entered=True), "private", {}),
        (
            Visit(asked_to_leave=True, left_after_minutes=9, consent=False),
            "microlender",
            {"conduct.visit.home": "review", "conduct.visit.principle": "review"},
        ),
        (
            Visit(asked_to_leave=True, touched=True, id_shown=False),
            "microlender",
            {
                "conduct.visit.mlc2025": "review",
                "conduct.visit.home": "cannot_tell",
                "conduct.visit.principle": "review",
            },
        ),
    ],
)
def test_visits(visit: Visit, kind: str, answer: dict[str, str]) -> None:
    found = heard(contact(NOON, "visit", direction=None, visit=visit), world(loan(kind)))
    assert results(found, "visit") == answer


def test_asked_to_pass_a_message_on_is_not_told_of_the_debt() -> None:
    """What the standards allow a contact to be asked for is looked at, and no rule about threats speaks of it."""
    card = world(loan("bank", credit_card=True))
    asked = heard(contact(NOON, to_whom="family", third_party="妈妈", said="请转告他还款"), card)
    assert {one.result for one in asked} == {"review"} and results(asked, "words") == {}
    assert {what(one) for one in about(asked, "third_party")} == {"conduct.third_party_relayed"}
    told = heard(contact(NOON, to_whom="family", third_party="妈妈", said="请转告他欠款已逾期,请还款"), card)
    assert results(told, "third_party")[GBT] == "breach"
    mine = heard(contact(NOON, said="我们会请您的家人转告您还款", to_whom="me"), card)
    assert about(mine, "third_party") == []


def test_a_neighbour_who_saw_a_visit_does_not_take_it_from_the_day() -> None:
    def visits(**more: Any) -> bool:
        made = [contact(f"2026-11-22 {hour}:00:00", "visit", **more) for hour in (10, 15)]
        return any(what(one) == "conduct.visits_per_day" for one in checked(made).findings)

    assert visits() and visits(third_party="邻居")
    assert not visits(third_party="邻居", to_whom="other")


def letter(sent: dt.date | dt.datetime | None, **terms: Any) -> Letter:
    return Letter(
        kind="contact-preference", direction="out", drafted_on=dt.date(2026, 11, 1), loan="L1", sent_at=sent,
        terms=ContactTerms(**terms),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("terms", "more", "seen"),
    [
        ({"hours": "09:00-18:00"}, {}, None),
        ({"hours": "13:00-18:00"}, {}, "conduct.preference_hours"),
        ({"channels": ("sms",)}, {}, "conduct.preference_channel"),
        ({"channels": ("sms", "call")}, {}, None),
        ({"no_third_party": True}, {"to_whom": "family"}, "conduct.preference_third_party"),
        ({"no_third_party": True}, {}, None),
        ({"hours": "13:00-18:00"}, {"direction": None}, None),
    ],
)
def test_after_a_preference_letter(terms: dict[str, Any], more: dict[str, Any], seen: str | None) -> None:
    where = world(letters=[stored("T", 1, letter(dt.date(2026, 11, 5), **terms))])
    found = about(heard(contact(NOON, **more), where), "preference")
    assert [(what(one), one.result) for one in found] == ([(seen, "review")] if seen else [])


ANSWER = "收到您的来信，我司答复如下：您目前应还金额为1200元，请知悉。"
COLLECTS = "您的借款已逾期，请立即还款1200元"


@pytest.mark.parametrize(
    ("channel", "more", "found"),
    [
        ("email", {"said": ANSWER}, False),
        ("email", {"said": COLLECTS}, True),
        ("chat", {"said": "您好，请问您还需要什么帮助？"}, False),
        ("letter", {"said": COLLECTS}, False),
        ("email", {"said": COLLECTS, "sender": "某某区人民法院"}, False),
        ("chat", {"said": "【某某区人民法院】您有一份传票，请及时签收，原告请求判令还款"}, False),
        ("chat", {"said": "在答复你之前先还钱，否则爆你通讯录"}, True),
        ("chat", {"said": "在答复你之前先还钱，你已逾期1200元"}, True),
        ("email", {"said": "现书面答复：您已逾期，应还1200元"}, False),
        ("call", {"said": ANSWER}, True),
        ("call", {"said": COLLECTS}, True),
        ("call", {"said": COLLECTS, "agreed_time": True}, False),
        ("call", {"said": "您好，回复您刚才的来电：明细已发出"}, False),
        ("call", {"said": "您之前来电咨询的减免已批准，请还款"}, False),
        ("call", {"said": "您再打来试试，不还就爆你通讯录"}, True),
        ("call", {"said": "传票请签收", "role_claimed": "朝阳区人民法院书记员"}, False),
        ("call", {"said": COLLECTS, "role_claimed": "催收专员"}, True),
    ],
)
def test_the_answer_asked_for_and_courts_are_not_measured(channel: str, more: dict[str, Any], found: bool) -> None:
    where = world(letters=[stored("T", 1, letter(dt.date(2026, 11, 5), channels=("sms",)))])
    assert bool(about(heard(contact(NOON, channel, **more), where), "preference")) is found


@pytest.mark.parametrize(
    ("mine", "answers"),
    [("2026-11-20 09:00:00", True), ("2026-11-20 13:00:00", False), ("2026-11-19 09:00:00", False)],
)
def test_a_call_on_the_day_of_ones_own_may_be_its_answer(mine: str, answers: bool) -> None:
    where = world(letters=[stored("T", 1, letter(dt.date(2026, 11, 5), channels=("sms",)))])
    found = about(checked([contact(mine, direction="out"), contact(NOON)], where).findings, "preference")
    assert [(one.contact, one.result) for one in found] == [("C2", "cannot_tell" if answers else "review")]
    unnamed = [contact(mine, direction="out", loan=None), contact(NOON)]
    assert [one.result for one in about(checked(unnamed, where).findings, "preference")] == ["review"]
    day = world(
        letters=[stored("T", 1, letter(dt.date(2026, 11, 5), channels=("sms",)))],
        same_day=(stored("C", 2, contact(mine, direction="out")),),
    )
    assert [one.result for one in about(heard(contact(NOON), day), "preference")] == [found[0].result]


def test_a_letter_that_asks_who_calls() -> None:
    where = world(letters=[stored("T", 1, letter(dt.date(2026, 11, 5), hours="09:00-18:00"))])
    (found,) = about(heard(contact(NOON, identity_stated=False), where), "preference")
    assert (what(found), found.result, found.level) == ("conduct.preference_identity", "review", "principle")
    assert found.reason.facts["level"].code == "conduct.basis_request"  # type: ignore[attr-defined]
    assert about(heard(contact(NOON), where), "preference") == []


def test_a_later_letter_of_another_kind_takes_nothing_back() -> None:
    """Hours asked for on the 5th still hold after a letter about other people on the 9th."""
    stop = replace(letter(dt.date(2026, 11, 9), no_third_party=True), kind="stop-third-party")
    letters = [stored("T", 9, letter(dt.date(2026, 11, 5), hours="13:00-18:00")), stored("T", 10, stop)]
    where = world(letters=letters)
    assert [what(one) for one in about(heard(contact(NOON), where), "preference")] == ["conduct.preference_hours"]
    other = about(heard(contact(NOON, to_whom="family"), where), "preference")
    assert [what(one) for one in other] == ["conduct.preference_third_party"]
    newer = [*letters, stored("T", 11, letter(dt.date(2026, 11, 12), hours="09:00-20:00"))]
    assert about(heard(contact(NOON), world(letters=newer)), "preference") == []


@pytest.mark.parametrize("sent", [None, dt.date(2026, 11, 20), at("2026-11-20 12:00:01")])
def test_a_letter_not_yet_sent_asks_nothing(sent: dt.date | dt.datetime | None) -> None:
    where = world(letters=[stored("T", 1, letter(sent, hours="13:00-18:00"))])
    assert about(heard(contact(NOON), where), "preference") == []
