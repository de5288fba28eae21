"""What is refused or told at entry: ids that are none, times that cannot be, words twice, words without end."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_world import Run
from command_world import codes, failed, journal, one_line

UNKNOWN_IDS = [
    ["check", "L9"], ["check", "C99"], ["check", "loan:L9"], ["contact", "list", "L9"], ["contact", "list", "G7"],
    ["contact", "list", "--loan", "L9"], ["export", "csv", "T4"], ["export", "json", "-L9"], ["report", "pattern", "L9"],
    ["report", "timeline", "C99"], ["view", "save", "mine", "L9"],
]  # fmt: skip


@pytest.mark.parametrize("words", UNKNOWN_IDS, ids=" ".join)
def test_an_id_that_names_nothing_is_no_clean_bill(gold: Run, words: list[str], lang: str) -> None:
    gold("log-call", "L1", "--at", "2026-11-20 10:00", code=0)
    assert failed(gold(*words, "--json", code=3)) == "not_found"
    one_line(gold(*words, "--lang", lang, code=3), lang)


def test_every_id_that_names_nothing_is_told_at_once(gold: Run) -> None:
    ran = gold("check", "loan:L8,L1,L9", "C99", "--json", code=3)
    assert [one["details"]["id"] for one in ran.json["errors"]] == ["L8", "L9", "C99"]
    gold("contact", "list", "loan:none", code=0)


def test_a_length_that_is_not_the_time_between_is_refused(gold: Run, world: Path, lang: str) -> None:
    before = journal(world)
    call = ["log-call", "L1", "--at", "2026-11-20 11:00", "--until", "2026-11-20 11:10"]
    assert failed(gold(*call, "--duration", "3m", "--json", code=2)) == "times_disagree"
    one_line(gold(*call, "--duration", "3m", "--lang", lang, code=2), lang)
    assert journal(world) == before
    gold(*call, "--duration", "9m12s", code=0)  # a clock read to the minute
    gold("contact", "amend", "C1", "--set", "duration_seconds=60", "--reason", "改", code=2)


def test_an_unanswered_call_with_a_length_is_told(gold: Run) -> None:
    call = ["log-call", "L1", "--at", "2026-11-20 11:00", "--answered", "no", "--json"]
    assert "contact.unanswered_lasted" in codes(gold(*call, "--duration", "5m", code=0))
    assert "contact.unanswered_lasted" not in codes(gold(*call, code=0))


BOTH = [
    ["check"], ["scam", "check"], ["letter", "classify"], ["log-sms", "L1", "--at", "昨天"],
    ["log-chat", "L1", "--at", "昨天"], ["log-letter", "L1", "--at", "昨天", "--via", "ems"],
]  # fmt: skip


@pytest.mark.parametrize("words", BOTH, ids=" ".join)
def test_words_and_a_file_of_words_are_one_too_many(gold: Run, words: list[str], tmp_path: Path) -> None:
    ran = gold(*words, "--text", "请还款", "--text-file", str(tmp_path / "none.txt"), "--json", code=2)
    assert failed(ran) == "both_given"


def test_said_and_its_file_are_one_too_many(gold: Run, tmp_path: Path) -> None:
    words = ["log-call", "L1", "--at", "昨天", "--said", "x", "--said-file", str(tmp_path / "none.txt"), "--json"]
    assert failed(gold(*words, code=2)) == "both_given"


@pytest.mark.parametrize("words", BOTH, ids=" ".join)
def test_words_have_an_end(gold: Run, world: Path, words: list[str], tmp_path: Path, lang: str) -> None:
    big, before = tmp_path / "big.txt", journal(world)
    big.write_text("请还款。" * 90_000, encoding="utf-8")
    assert failed(gold(*words, "--text-file", str(big), "--json", code=2)) == "text_too_long"
    ran = gold(*words, "--text-file", str(big), "--lang", lang, code=2)
    one_line(ran, lang)
    assert "--attach" in ran.err and journal(world) == before
    big.write_text("请还款。" * 80_000, encoding="utf-8")
    assert gold(*words, "--text-file", str(big)).code in (0, 1)


def test_a_flag_may_name_the_record_that_stands_first(gold: Run) -> None:
    gold("log-call", "--loan", "L1", "--at", "昨天10点", "+夜间", code=0)
    gold("log-call", "--at", "昨天11点", "--loan=L1", code=0)
    gold("log-call", "--at", "昨天12点", "--said", "--loan", code=0)  # words are words
    data = gold("contact", "list", "--json", code=0).data["contacts"]
    assert [one.get("loan") for one in data] == ["L1", "L1", None] and data[0]["tags"] == ["夜间"]
    assert gold("contact", "show", "--contact", "C1", "--json", code=0).data["id"] == "C1"
    assert failed(gold("log-call", "L1", "--loan", "L1", "--at", "昨天", "--json", code=2)) == "usage"
    assert failed(gold("contact", "show", "--letter", "T1", "--json", code=2)) == "usage"


def test_a_letter_is_sent_with_its_number_and_the_day_for_an_answer(gold: Run) -> None:
    gold("letter", "draft", "request-info", "--loan", "L1", code=0)
    flags = ("--at", "昨天", "--via", "ems", "--no", "EMS1", "--reply-by", "2026-12-05", "--json")
    record = gold("letter", "sent", "--letter", "T1", *flags, code=0).data["record"]
    assert (record["tracking"], record["reply_by"]) == ("EMS1", "2026-12-05")
    (item,) = [one for one in gold("today", "--json", code=0).data["items"] if one["kind"] == "letter_answer"]
    assert item["due"] == "2026-12-05"


def test_masked_numbers_are_told_apart(gold: Run, lang: str) -> None:
    for number in ("88886666", "88880000", "13800001234", "13811111234", "95118"):
        gold("log-call", "L1", "--at", "昨天10点", "--number", number, code=0)
    shown = [one["key"] for one in gold("report", "pattern", "--json", code=0).data["by"]["number"]]
    assert len(set(shown)) == 5 and "95118" in shown
    assert {one[-2:] for one in shown} == {" A", " B", "18"} and not {"88886666", "13800001234"} & set(shown)
    ran = gold("report", "pattern", "--lang", lang, code=0)
    assert "******** A" in ran.out and "138****1234 B" in ran.out


def test_the_summary_shows_every_rule(gold: Run) -> None:
    for at in ("昨晚23点", "昨晚23点10分"):
        gold(
            "log-call",
            "L1",
            "--at",
            at,
            "--said",
            "再不还就打电话到你单位，让同事都知道",
            "--to-whom",
            "family",
            "--disclosed",
            "金额",
        )
    gold(
        "log-visit", "L1", "--at", "昨天22点30分", "--people", "4", "--id-shown", "no", "--touched", "yes", code=None
    )
    gold("log-sms", "L1", "--at", "昨天", "--text", "我们是公安局的，不还就抓你", "--identity", "no", code=0)
    rules = gold("report", "summary", "--json", code=0).data["rules"]
    out = gold("report", "summary", code=0).out
    assert len(rules) > 6
    tail = out[out.index("Count") :] if "Count" in out else out
    assert sum(tail.count(word) for word in ("breach", "review", "cannot")) >= len(rules)


def test_a_wish_counts_from_its_delivery(gold: Run, lang: str) -> None:
    gold("letter", "draft", "contact-preference", "--loan", "L1", "--channel", "sms", code=0)
    sent = ["letter", "sent", "T1", "--at", "2026-11-15", "--via", "ems", "--json"]
    assert failed(gold(*sent, "--delivered", "2026-11-14", code=2)) == "dates_out_of_order"
    gold(*sent, code=0)
    for day in ("2026-11-16", "2026-11-20"):
        gold("log-call", "L1", "--at", f"{day} 10:00", "--answered", "yes", "--said", "请还款", code=0)

    def against() -> set[str]:
        found = gold("check", "--json").data["findings"]
        return {one["contact"] for one in found if "preference" in one["rule"]}

    assert against() == {"C1", "C2"} and "2026-11-15" in gold("today", "--lang", lang, code=0).out
    gold("letter", "amend", "T1", "--set", "delivered_on=2026-11-18", "--reason", "签收", code=0)
    assert against() == {"C2"} and "2026-11-18" in gold("today", "--lang", lang, code=0).out
