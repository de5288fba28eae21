"""The filter language: each key, values turned round, several values, times, and what is no filter."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, strategies as st

from jdneg.domain.dates import SHANGHAI
from jdneg.domain.filters import KEYS, parse_filter
from jdneg.domain.records.base import Stored
from jdneg.domain.records.contact import Contact
from jdneg.domain.records.loan import Loan
from jdneg.domain.records.promise import Promise
from jdneg.errors import BadFilter, BadTime, JdnegError, ManyErrors
from jdneg.values import dataclass

NOW = dt.datetime(2026, 11, 21, 10, tzinfo=SHANGHAI)
LOANS = [
    Stored("L1", Loan(lender="重庆京东盛际小额贷款有限公司", kind="microlender", principal=1, start=dt.date(2026, 3, 10),
                      product="金条"), NOW),
    Stored("L2", Loan(lender="某银行", kind="bank", principal=1, start=dt.date(2026, 3, 10)), NOW),
]  # fmt: skip


def contact(record_id: str = "C1", **facts: Any) -> Stored[Contact]:
    facts = {"channel": "call", "happened_at": dt.datetime(2026, 11, 20, 21, 30, tzinfo=SHANGHAI)} | facts
    return Stored(record_id, Contact(**facts), NOW)


ONE = contact(
    loan="L1", case="G1", number="010-8888 6666", agent="工号8812", agency="甲公司", to_whom="family", said="今天必须还清",
    i_said="请书面发我", result="挂断", refusal="risk", tags=("夜间", "Threat"),
    promises=(Promise(by="lender", what="停止催收"),),
)  # fmt: skip
BARE = contact("C2", channel="sms", happened_at=dt.date(2026, 11, 1))


def means(words: str, one: Stored[Any] = ONE, findings: Any = ()) -> bool:
    return parse_filter(words.split(), NOW, SHANGHAI, LOANS).matches(one, findings)


@pytest.mark.parametrize(
    "words",
    [
        "", "type:call", "type:电话", "TYPE:Call", "type：call", "type:sms,call", "number:01088886666",
        "number:+86-10-88886666", "number:~8888", "agent:8812", "agent:=工号8812", "agent:ＧＯＮＧ,工号", "agency:甲",
        "loan:l1", "L1", "case:G1", "g1", "C1", "lender:京东", "lender:金条", "lender:=金条", "to:family", "to:家人",
        "text:必须", "text:~必须", "text:书面", "text:停止催收", "text:=今天必须还清", "result:挂", "result:risk",
        "tag:夜间", "+夜间", "+threat", "＋夜间", "tag:~夜", "-重复", "-tag:重复", "-type:sms", "-C2", "-loan:none",
        "after:2026-11-20", "after:2026-11", "after:-1d", "after:-2周", "after:昨天", "after:昨晚9点半", "before:今天",
        "before:2026-12-01", "on:2026-11-20", "on:昨天", "on:2026-11", "on:2026", "on:2026年11月",
        "on:2026-11-01..2026-11-20", "type:call loan:L1 +夜间 -重复",
    ],
)  # fmt: skip
def test_is_meant(words: str) -> None:
    assert means(words)


@pytest.mark.parametrize(
    "words",
    [
        "type:sms", "-type:call", "number:01088886667", "number:none", "agent:=8812", "agency:none", "loan:L2", "L2", "C2",
        "loan:none", "lender:某银行", "lender:=京东", "lender:none", "to:me", "to:none", "text:~律师", "text:=必须",
        "tag:夜", "+重复", "-夜间", "tag:none", "after:2026-11-21", "after:昨晚9点31分", "before:2026-11-20", "before:-1d",
        "on:今天", "on:2026-10", "on:2026-11-01..2026-11-19", "type:call loan:L2",
    ],
)  # fmt: skip
def test_is_not_meant(words: str) -> None:
    assert not means(words)


def test_what_is_unknown_is_asked_for() -> None:
    for words in (
        "loan:none",
        "case:none",
        "number:none",
        "agent:none",
        "to:none",
        "tag:none",
        "lender:none",
        "text:none",
    ):
        assert means(words, BARE) and not means(f"-{words}", BARE)


def test_a_day_without_an_hour_is_taken_along_where_it_could_fall_in() -> None:
    assert means("on:2026-11-01", BARE) and means("after:2026-11-01", BARE) and not means("before:2026-11-01", BARE)
    assert means("before:2026-11-02", BARE) and not means("after:2026-11-02", BARE)


def test_days_are_shanghais_whatever_the_contacts_zone() -> None:
    late = contact(happened_at=dt.datetime(2026, 11, 20, 16, 30, tzinfo=dt.UTC))  # 00:30 on the 21st
    assert means("on:2026-11-21", late) and not means("on:2026-11-20", late)


def test_a_letter_that_came_as_a_message_is_both() -> None:
    letter = contact("T1", channel="sms")
    assert means("type:letter", letter) and means("type:sms", letter) and means("T1", letter)


@dataclass(frozen=True)
class Found:
    rule: str
    result: str


NIGHT, WORDS = Found("conduct.night_hours", "breach"), Found("conduct.words_threat", "review")


@pytest.mark.parametrize(
    ("words", "findings", "meant"),
    [
        ("finding:night", [NIGHT, WORDS], True), ("finding:night", [WORDS], False), ("-finding:night", [WORDS], True),
        ("-finding:night", [NIGHT, WORDS], False), ("finding:any", [WORDS], True), ("finding:any", [], False),
        ("finding:none", [], True), ("finding:none", [WORDS], False), ("-finding:none", [WORDS], True),
        ("finding:breach", [WORDS], False), ("finding:违反", [NIGHT], True), ("finding:breach,review", [WORDS], True),
        ("finding:night finding:threat", [NIGHT, WORDS], True), ("finding:night finding:threat", [NIGHT], False),
    ],
)  # fmt: skip
def test_findings(words: str, findings: list[Found], meant: bool) -> None:
    found = parse_filter(words.split(), NOW, SHANGHAI)
    assert found.needs_findings and found.matches(ONE, findings) is meant


def test_which_findings_are_kept() -> None:
    assert [parse_filter(["finding:night"], NOW, SHANGHAI).keeps(one) for one in (NIGHT, WORDS)] == [True, False]
    assert [parse_filter(["-finding:night"], NOW, SHANGHAI).keeps(one) for one in (NIGHT, WORDS)] == [False, True]


@pytest.mark.parametrize(
    "word",
    ["", " ", "call", "colour:red", "type:", ":call", "+", "-", "--last", "+ ", "x:y:z", "C0", "D1", "\x1b[31m"],
)
def test_what_is_no_filter_is_named_with_the_keys(word: str) -> None:
    with pytest.raises(BadFilter) as caught:
        parse_filter([word], NOW, SHANGHAI)
    assert caught.value.facts["word"] == word and all(f"{key}:" in str(caught.value.facts["known"]) for key in KEYS)


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("type:telex", "bad_choice"), ("to:dog", "bad_choice"), ("loan:C1", "bad_id"), ("case:9", "bad_id"),
        ("after:soon", "bad_time"), ("on:2026-13", "bad_time"), ("before:-99999d", "bad_time"), ("on:2026-02-30", "no_such_day"),
        ("on:2026-11-20..2026-11-01", "bad_time"), ("after:" + "9" * 200, "bad_time"),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_names_its_word(word: str, code: str) -> None:
    with pytest.raises(JdnegError) as caught:
        parse_filter([word], NOW, SHANGHAI)
    assert caught.value.code == code and caught.value.facts["where"] == word


def test_a_finding_that_cannot_be_is_no_clean_bill() -> None:
    rules = ("conduct.night.gbt45251", "conduct.words.psa")
    for word in ("finding:any", "finding:none", "finding:breach", "finding:违反", "finding:night", "-finding:psa"):
        parse_filter([word], NOW, SHANGHAI, rules=lambda: rules)
    for word in ("finding:nosuch", "finding:night,nosuch", "-finding:hours"):
        with pytest.raises(JdnegError) as caught:
            parse_filter([word], NOW, SHANGHAI, rules=lambda: rules)
        assert caught.value.code == "bad_choice" and "night, words" in str(caught.value.facts["choices"])


def test_all_faults_at_once() -> None:
    with pytest.raises(ManyErrors) as caught:
        parse_filter(["type:telex", "what", "after:soon", "+ok"], NOW, SHANGHAI)
    assert [one.code for one in caught.value.errors] == ["bad_choice", "bad_filter", "bad_time"]


TEXT = st.text(max_size=12)


@given(key=st.sampled_from(KEYS), value=TEXT)
def test_any_text_is_read_or_refused_and_turned_round_is_the_rest(key: str, value: str) -> None:
    try:
        found = parse_filter([f"{key}:{value}"], NOW, SHANGHAI, LOANS)
    except (BadFilter, BadTime, JdnegError):
        return
    other = parse_filter([f"-{key}:{value}"], NOW, SHANGHAI, LOANS)
    for one in (ONE, BARE):
        assert found.matches(one, [NIGHT]) is not other.matches(one, [NIGHT])
