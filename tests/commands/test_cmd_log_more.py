"""What else a contact may hold: promises, reasons for refusing, waiting, what was pressed; shown and corrected."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_world import Run
from command_world import codes, failed, journal

MORE = [
    *("--wait", "12m", "--refusal", "风控", "--attitude", "打断三次", "--reconstructed"),
    *("--verified", "回拨95118，查无此人", "--fee-pressed", "是", "--borrowing-pressed", "unknown"),
    *("--private-payee", "no", "--they-promise", "停止催收@2026-11-25", "--they-promise", "回电"),
    *("--i-promise", "还500@下月10号"),
]


@pytest.fixture
def told(gold: Run) -> Run:
    gold("log-call", "L1", "--at", "昨晚9点半", *MORE, code=0)
    return gold


def test_each_is_kept(told: Run) -> None:
    record = told("contact", "show", "C1", "--json", code=0).data["record"]
    assert record["wait_seconds"] == 720 and record["refusal"] == "risk" and record["attitude"] == "打断三次"
    assert record["reconstructed"] is True and record["role_verified"] == "回拨95118，查无此人"
    assert record["fee_pressed"] is True and record["private_payee"] is False and "borrowing_pressed" not in record
    assert record["promises"] == [
        {"by": "lender", "what": "停止催收", "due": "2026-11-25"},
        {"by": "lender", "what": "回电"},
        {"by": "me", "what": "还500", "due": "2026-12-10"},
    ]


def test_each_is_shown_in_words(told: Run, lang: str) -> None:
    out = told("contact", "show", "C1", code=0).out
    assert "12m" in out and "@2026-11-25" in out
    wanted = ("风控", "对方: 停止催收", "事后补记") if lang == "zh" else ("risk control", "lender: 停止催收", "later")
    assert all(one in out for one in wanted)


def test_a_case_must_be_there(told: Run) -> None:
    assert failed(told("log-call", "L1", "--at", "昨天", "--case", "G1", "--json", code=3)) == "not_found"
    told("negotiate", "open", "L1", "--goal", "延长24期", code=0)
    made = told("log-call", "L1", "--at", "昨天", "--case", "g1", "--json", code=0)
    assert made.data["record"]["case"] == "G1"


def test_a_visit_says_what_was_seen(gold: Run) -> None:
    seen = gold(
        "log-visit", "L1", "--at", "今天9点", "--said-before-others", "是", "--photographed", "no", "--json", code=0
    )
    assert seen.data["record"]["visit"] == {"said_before_others": True, "photographed": False}


def test_each_may_be_corrected(told: Run) -> None:
    told(
        *("contact", "amend", "C1", "--set", "promises=lender:停@2026-12-01；me:还600", "--set", "wait_seconds=30"),
        *("--set", "refusal=authority", "--set", "next_at=周二14:00", "--reason", "听了录音"), code=0,
    )  # fmt: skip
    record = told("contact", "show", "C1", "--json", code=0).data["record"]
    assert record["promises"][0] == {"by": "lender", "what": "停", "due": "2026-12-01"}
    assert record["next_at"] == "2026-11-24T14:00:00+08:00"  # an appointment lies ahead
    told("contact", "amend", "C1", "--set", "promises=", "--reason", "记错", code=0)
    assert "promises" not in told("contact", "show", "C1", "--json", code=0).data["record"]


@pytest.mark.parametrize(
    ("flags", "code"),
    [
        (("--refusal", "懒"), "bad_choice"),
        (("--wait", "3:12"), "bad_duration"),
        (("--they-promise", ""), "empty_text"),
        (("--they-promise", "停@2026-02-30"), "no_such_day"),
        (("--fee-pressed", "maybe"), "bad_choice"),
        (("--case", "L1"), "bad_id"),
    ],
)
def test_what_cannot_be_is_not_written(gold: Run, world: Path, flags: tuple[str, ...], code: str) -> None:
    before = journal(world)
    ran = gold("log-call", "L1", "--at", "昨天", *flags, "--json", code=2)
    assert failed(ran) == code and journal(world) == before


@pytest.mark.parametrize(
    ("typed", "found"),
    [("周二14:00再谈", "2026-11-24T14:00:00+08:00"), ("周二14:00", "2026-11-24T14:00:00+08:00"),
     ("明天下午3点再打", "2026-11-21T15:00:00+08:00"), ("tomorrow 3pm call back", "2026-11-21T15:00:00+08:00"),
     ("下周一或周二", None), ("再谈", None), ("改天", None)],
)  # fmt: skip
def test_the_next_appointment(gold: Run, typed: str, found: str | None) -> None:
    ran = gold("log-call", "L1", "--at", "昨天9点", "--next", typed, "--json", code=0)
    assert ran.data["record"]["next_text"] == typed and ran.data["record"].get("next_at") == found
    assert ("contact.next_read" if found else "contact.next_unread") in codes(ran)


def test_a_call_that_ends_before_it_begins(gold: Run, world: Path) -> None:
    before = journal(world)
    ran = gold("log-call", "L1", "--at", "昨晚9点半", "--until", "昨晚9点", "--json", code=2)
    assert failed(ran) == "dates_out_of_order" and journal(world) == before
    gold("log-call", "L1", "--at", "昨晚9点半", code=0)
    assert failed(gold("contact", "amend", "C1", "--set", "ended_at=昨晚9点", "--reason", "x", "--json", code=2)) == (
        "dates_out_of_order"
    )


def test_two_calls_at_once_are_told_and_both_kept(gold: Run, lang: str) -> None:
    gold("log-call", "L1", "--at", "昨晚9点半", "--number", "95118", "--duration", "10m", code=0)
    ran = gold("log-call", "L1", "--at", "昨晚9点35分", "--number", "95118", code=0)
    assert "C1" in ran.err and "C2" in ran.err
    assert gold("contact", "list", "--json", code=0).data["count"] == 2


def test_near_identical_calls_of_one_minute_are_two(gold: Run) -> None:
    for _ in range(2):
        assert "contact.overlap" not in codes(
            gold("log-call", "L1", "--at", "昨晚9点半", "--number", "95118", "--said", "请还款", "--json", code=0)
        )
    assert gold("contact", "list", "--json", code=0).data["count"] == 2


def test_marks_stand_beside_a_contact(gold: Run, lang: str) -> None:
    gold("log-call", "L1", "--at", "2026-11-18 9点", "--approx", "--reconstructed", "--told-by", "姐姐", code=0)
    gold("log-call", "L1", "--at", "今天9点", code=0)
    out = gold("contact", "list", code=0).out
    marked = next(line for line in out.splitlines() if line.startswith("C1"))
    plain = next(line for line in out.splitlines() if line.startswith("C2"))
    words = ("转述", "补记", "隔3天记") if lang == "zh" else ("hearsay", "put together later", "3 d later")
    assert all(one in marked for one in words) and "~2026-11-18 09:00" in marked
    assert not any(one in plain for one in words)
    shown = gold("contact", "show", "C1", code=0).out
    assert ("事后 3 天记下" if lang == "zh" else "3 days after it happened") in shown


def test_an_empty_flag_is_no_fact(gold: Run) -> None:
    made = gold(
        "log-call", "L1", "--at", "昨天", "--number", "", "--agent", " ", "--said", "", "--tag", "", "--json", code=0
    )
    assert set(made.data["record"]) == {"channel", "happened_at", "at_text", "direction", "loan"}


def test_each_fault_names_its_flag(gold: Run, zh: str) -> None:
    ran = gold(
        "log-call", "L1", "--at", "昨天", "--duration", "long", "--fee-pressed", "maybe", "--demand", "x", code=2
    )
    assert [line.split("：")[1] for line in ran.err.splitlines()] == ["--demand", "--duration", "--fee-pressed"]


@pytest.mark.parametrize(
    ("words", "stored"),
    [
        ("周二14:00", "2026-11-17T14:00:00+08:00"),
        ("周五14:00再谈", "2026-11-20T14:00:00+08:00"),
        ("明天", "2026-11-17"),
        ("2026-11-25 10:00", "2026-11-25T10:00:00+08:00"),
    ],
)
def test_what_was_agreed_is_counted_from_the_contact(gold: Run, words: str, stored: str) -> None:
    """周二 said on Monday the 16th is the 17th, whenever it is logged."""
    said = ("--at", "2026-11-16 10:25", "--inconvenient", "yes", "--next", words)
    more = ("--they-promise", "回电@周三", "--demand", "1", "--demand-due", "12月10日")
    record = gold("log-call", "L1", *said, *more, "--json").data["record"]
    assert record["next_at"] == stored
    assert record["promises"][0]["due"] == "2026-11-18" and record["demand"]["due"] == "2026-12-10"


def test_an_appointment_kept_is_no_fault(gold: Run) -> None:
    gold("log-call", "L1", "--at", "2026-11-16 10:25", "--inconvenient", "yes", "--next", "周五14:00")
    kept = gold("log-call", "L1", "--at", "2026-11-20 14:00", "--json", code=0)
    assert "conduct.later.principle" not in [one["rule"] for one in kept.data["findings"]]


@pytest.mark.parametrize("answer", ["no", "无", "没有", "none", "nothing", "unknown", "不知道"])
def test_an_answer_is_no_thing_that_was_told(gold: Run, answer: str) -> None:
    who = ("--at", "昨天11点", "--to-whom", "family", "--third-party", "姐")
    found = gold("log-call", "L1", *who, "--disclosed", answer, "--json").data["findings"]
    assert {one["result"] for one in found} == {"review"} and f": {answer}" not in found[0]["reason"]


def test_nothing_found_says_what_was_looked_at(gold: Run, lang: str) -> None:
    """A promise of an earlier day is only seen by check: the echo may not say that there is nothing."""
    gold("log-call", "L1", "--at", "2026-11-05 10:00", "--they-promise", "停止催收@2026-11-06")
    out = gold("log-call", "L1", "--at", "2026-11-19 10:00", "--said", "请还款").out
    assert "jdneg check C2" in out and ("当天" if lang == "zh" else "of its day") in out
    (found,) = gold("check", "C2", "--json", code=1).data["findings"]
    assert found["rule"] == "conduct.promise.good_faith"


def test_a_call_is_logged_also_where_the_rules_cannot_be_read(gold: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from jdneg.errors import RuleBookBroken
    from jdneg.session import Session

    def broken(_self: object) -> None:
        raise RuleBookBroken(path="rules/x.toml", reason="line 3: unknown key chek")

    monkeypatch.setattr(Session, "rules", property(broken))
    logged = gold("log-call", "L1", "--at", "昨天", "--said", "还钱", "--json", code=0)
    assert logged.data["findings"] == []
    (told,) = [one for one in logged.json["messages"] if one["code"] == "contact.not_judged"]
    assert "rules/x.toml" in told["text"] and "C1" in told["text"]
    assert [one["id"] for one in gold("contact", "list", "--json", code=0).data["contacts"]] == ["C1"]
