"""What was asked or promised before: another person's wish, an appointment, a promise to stop."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from conduct_made import about, at, book, checked, contact, heard, instalments, loan, results, stored, what, world

from jdneg.domain.conduct.asks import promises_stop, words_for
from jdneg.domain.conduct.world import World
from jdneg.domain.records.case import Agreement, Case
from jdneg.domain.records.contact import Contact, Demand
from jdneg.domain.records.promise import Promise

FIRST, AGAIN = "2026-11-18 10:00:00", "2026-11-19 10:00:00"
SISTER: dict[str, Any] = {"to_whom": "family", "third_party": "姐姐"}


def found(contacts: list[Contact], check: str, where: World | None = None) -> list[tuple[str | None, str, str]]:
    return [(one.contact, what(one), one.result) for one in about(checked(contacts, where).findings, check)]


def asked(**more: Any) -> Contact:
    return contact(FIRST, **{**SISTER, "i_said": "不要再打给我了", **more})


@pytest.mark.parametrize(
    ("first", "second", "ignored"),
    [
        (asked(), SISTER, True),
        (asked(), {"to_whom": "family"}, True),
        (asked(third_party=None), SISTER, True),
        (asked(), {"to_whom": "family", "third_party": "哥哥"}, False),
        (asked(), {"to_whom": "employer"}, False),
        (asked(), {"to_whom": "me"}, False),
        (asked(i_said="我会转告他"), SISTER, False),
        (asked(i_said=None, result="她要求对方不再联系"), SISTER, True),
        (asked(i_said="Please do not call me again"), SISTER, True),
        (asked(loan=None), SISTER, False),
    ],
)
def test_another_person_asked_to_be_left_alone(first: Contact, second: dict[str, Any], ignored: bool) -> None:
    heard_again = found([first, contact(AGAIN, **second)], "stop")
    assert bool(heard_again) is ignored
    # A reading of the words: never more than a review.
    assert {result for _, _, result in heard_again} <= {"review"}


def test_findings_stand_in_the_order_of_contacts() -> None:
    """Whether by themselves or by what was asked before; those about days last."""
    made = [asked(), contact("2026-11-19 22:30:00", **SISTER), contact("2026-11-20 22:30:00", to_whom="me")]
    names = [one.contact for one in checked(made).findings]
    assert names == sorted(names, key=str) and {"C1", "C2", "C3"} == set(names)


def test_a_stop_request_is_found_in_whatever_order_the_log_has() -> None:
    made = [contact(AGAIN, **SISTER), asked()]
    assert {name for name, _, _ in found(made, "stop")} == {"C1"}
    assert found([contact(FIRST, **SISTER), contact(AGAIN, **{**SISTER, "i_said": "别再打了"})], "stop") == []


def test_the_rule_of_the_lender_speaks_and_quotes_the_wish() -> None:
    one, law = about(checked([asked(), contact(AGAIN, **SISTER)]).findings, "stop")
    assert (law.rule, law.level) == ("conduct.stop.privacy", "law")
    assert (one.rule, one.level, one.confidence) == ("conduct.stop.gbt45251", "standard", "medium")
    # The wish was said in another contact: it stands in the reason, and is no quote of the accused one.
    assert one.quote is None and one.reason.facts["what"].facts["quote"] == "不要再打"  # type: ignore[attr-defined]
    private = checked([asked(), contact(AGAIN, **SISTER)], world(loan("private"))).findings
    assert results(private, "stop") == {"conduct.stop.privacy": "review"}


@pytest.mark.parametrize(
    ("when", "more", "ignored"),
    [
        ("2026-11-19 10:00:00", {}, True),
        ("2026-11-19 10:00:00", {"channel": "sms", "said": "您的贷款已逾期，请还款"}, False),
        ("2026-11-19 10:00:00", {"agreed_time": True}, False),
        ("2026-11-19 10:00:00", {"direction": "out"}, False),
        ("2026-11-19 10:00:00", {"to_whom": "family"}, False),
        ("2026-11-24 13:59:59", {}, True),
        ("2026-11-24 14:00:00", {}, False),
        ("2026-11-18 09:00:00", {}, False),
    ],
)
def test_not_convenient_until_the_agreed_time(when: str, more: dict[str, Any], ignored: bool) -> None:
    first = contact(FIRST, inconvenient=True, next_at=at("2026-11-24 14:00:00"))
    second = contact(when, **{"channel": "call", **more})
    answer = [("C2", "conduct.later_ignored", "review")] if ignored else []
    assert found([first, second], "later") == answer


def test_an_appointment_on_a_day_holds_until_that_day() -> None:
    first = contact(FIRST, inconvenient=True, next_at=dt.date(2026, 11, 24))
    assert found([first, contact("2026-11-24 08:00:00")], "later") == []
    assert len(found([first, contact("2026-11-23 20:00:00")], "later")) == 1
    assert found([contact(FIRST, inconvenient=True), contact(AGAIN)], "later") == []


def promised(what_: str = "从25日起停止催收", **more: Any) -> Contact:
    fields = {"by": "lender", "what": what_, "due": dt.date(2026, 11, 25), **more}
    facts = {name: fields.pop(name) for name in ("loan", "number") if name in fields}
    return contact(FIRST, promises=(Promise(**fields),), **facts)


@pytest.mark.parametrize(
    ("first", "when", "broken"),
    [
        (promised(), "2026-11-24 23:59:59", False),
        (promised(), "2026-11-25 09:00:00", True),
        (promised("We stop calling you"), "2026-11-26 09:00:00", True),
        (promised("三天内把明细发给您"), "2026-11-26 09:00:00", False),
        (promised(state="kept"), "2026-11-26 09:00:00", False),
        (promised(by="me"), "2026-11-26 09:00:00", False),
        (promised(due=None), AGAIN, True),
        (promised("一周内不再打电话"), "2026-11-20 09:00:00", "until"),
        (promised("一周内不再打电话"), "2026-11-25 09:00:00", False),
        (promised("11月25日前不再联系"), "2026-11-24 09:00:00", "until"),
        (promised("11月25日前停止催收"), "2026-11-24 09:00:00", False),
        (promised("11月25日前停止催收"), "2026-11-26 09:00:00", True),
        (promised("no more calls for a week"), "2026-11-20 09:00:00", "until"),
        (promised(due=dt.date(2026, 11, 1)), "2026-11-18 09:59:00", False),
        (promised(due=dt.date(2026, 11, 1)), AGAIN, True),
    ],
)
def test_a_promise_to_stop(first: Contact, when: str, broken: bool | str) -> None:
    """From its day; one for a time until its end; never before it was given."""
    code = "conduct.promise_broken_until" if broken == "until" else "conduct.promise_broken"
    answer = [("C2", code, "review")] if broken else []
    assert found([first, contact(when)], "promise") == answer


def test_the_own_promise_that_lapsed_stands_beside_theirs() -> None:
    mine = contact("2026-11-19 10:00:00", promises=(Promise(by="me", what="还500", due=dt.date(2026, 11, 25)),))
    calls = [promised(), mine, contact("2026-11-25 20:00:00"), contact("2026-11-26 10:00:00")]
    before, after = about(checked(calls).findings, "promise")
    assert [what(one) for one in (before, after)] == ["conduct.promise_broken", "conduct.and"]
    assert after.reason.facts["what"].facts["other"].code == "conduct.own_promise_due"  # type: ignore[attr-defined]


def test_callers_nobody_knows_do_not_answer_for_each_other() -> None:
    first, second = promised(loan=None, due=None), contact(AGAIN, loan=None)
    assert found([first, second], "promise") == []
    number = {"number": "01000000001", "loan": None}
    assert len(found([promised(due=None, **number), contact(AGAIN, **number)], "promise")) == 1


def test_a_promise_in_a_case_counts_for_its_lender() -> None:
    promise = Promise(by="lender", what="停止催收", due=dt.date(2026, 11, 25))
    case = stored("G", 1, Case(loans=("L1",), goal="分期", opened_on=dt.date(2026, 11, 1), promises=(promise,)))
    where = world(cases=[case])
    assert found([contact("2026-11-26 09:00:00")], "promise", where) == [("C1", "conduct.promise_broken", "review")]
    assert [what(one) for one in about(heard(contact("2026-11-26 09:00:00"), where), "promise")] == [
        "conduct.promise_broken"
    ]
    assert found([contact("2026-11-26 09:00:00", "sms", said="验证码 8812，请勿告诉他人")], "promise", where) == []


def test_a_reminder_of_the_agreed_instalment_breaks_no_promise() -> None:
    promise = Promise(by="lender", what="停止催收", due=dt.date(2026, 11, 25))
    rows = instalments(("2026-12-10", "820.00"))
    agreement = Agreement(
        offer=1, agreed_at=dt.date(2026, 11, 21), starts=dt.date(2026, 11, 21), oral=False, instalments=rows
    )
    case = Case(loans=("L1",), goal="分期", opened_on=dt.date(2026, 11, 1), promises=(promise,), agreement=agreement)
    where = world(cases=[stored("G", 1, case)])
    reminder = contact("2026-12-08 09:00:00", demand=Demand(amount=Decimal("820.00")))
    assert found([reminder], "promise", where) == []
    old = contact("2026-12-08 09:00:00", demand=Demand(amount=Decimal("2380.00")))
    assert len(found([old], "promise", where)) == 1


def test_the_day_of_one_contact_knows_what_was_asked_that_day() -> None:
    where = world(same_day=(stored("C", 2, contact("2026-11-19 08:30:00", **{**SISTER, "i_said": "别再打了"})),))
    assert [what(one) for one in about(heard(contact(AGAIN, **SISTER), where), "stop")] == [
        "conduct.stop_ignored"
    ] * 2


@pytest.mark.parametrize(
    "words", ["从25日起不再催收", "暂停对您催收", "停止打电话", "no more calls", "stop collecting"]
)
def test_words_that_promise_to_stop(words: str) -> None:
    assert promises_stop(words, book())


@pytest.mark.parametrize("words", ["会把明细发给您", "尽快回复", "减免违约金", "we will call you back", ""])
def test_words_that_promise_something_else(words: str) -> None:
    assert not promises_stop(words, book())


@pytest.mark.parametrize("words", ["好的我转告他", "他不在", "请打他本人电话", "我会联系他", "you may call him"])
def test_words_that_ask_nothing(words: str) -> None:
    assert words_for("stop", book()).search(words) is None
