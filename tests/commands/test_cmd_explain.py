"""``explain`` and ``rules stale``: topics, rules and records in plain words."""

from __future__ import annotations

import pytest
from cli_world import Run
from command_world import GOLD, THREAT, failed

from jdneg.storage.datafiles import explaining, rule_book


def log(run: Run, *more: str) -> str:
    run(*GOLD, code=0)
    words = ("log-call", "L1", "--at", "2026-11-20 22:30", "--number", "95118", "--said", THREAT, *more)
    logged: str = run(*words, "--json", code=0).json["data"]["id"]
    return logged


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_without_a_word_it_lists_the_topics(run: Run, lang: str) -> None:
    ran = run("explain", "--lang", lang, code=0)
    assert all(topic in ran.out for topic in explaining())
    assert len(run("explain", "--json", "--lang", lang, code=0).json["data"]["topics"]) == len(explaining())


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("topic", sorted(explaining()))
def test_every_topic_in_both_languages(run: Run, topic: str, lang: str) -> None:
    ran = run("explain", topic, "--lang", lang, code=0)
    assert explaining()[topic].title[lang] in ran.out
    data = run("explain", topic, "--lang", lang, "--json", code=0).json["data"]
    assert set(data) == {"topic", "title", "says", "parts", "sources", "rules", "see", "commands"}
    assert data["sources"] and all(one["checked_on"] and one["level"] for one in data["sources"])


@pytest.mark.parametrize("words", [("payment", "order"), ("支付令",), ("PAYMENT-ORDER",), ("payment_order",)])
def test_a_topic_by_its_other_words(run: Run, words: tuple[str, ...]) -> None:
    assert run("explain", *words, "--json", code=0).json["data"]["topic"] == "payment-order"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_rule_has_a_card(run: Run, lang: str) -> None:
    for rule in list(rule_book().rules.values())[::7]:
        data = run("explain", rule.id, "--lang", lang, "--json", code=0).json["data"]
        assert data["rule"] == rule.id and data["says"] == rule.says[lang]
        assert data["is_not"] and data["force"] and data["sources"]


def test_a_rule_on_a_day(run: Run) -> None:
    new = run("explain", "police.no_contact", "--json", code=0).json["data"]
    assert (new["rule"], new["in_force_from"]) == ("conduct.police.no_contact", "2026-01-01")
    old = run("explain", "police.no_contact", "--as-of", "2025-12-31", "--json", code=0).json["data"]
    assert (old["in_force_from"], old["on"]) == (None, "2025-12-31")
    before = run("explain", "conduct.visit.home", "--as-of", "2025-12-31", "--json", code=0).json["data"]
    assert [one["article"] for one in before["sources"]] == ["40(三)"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_contact_with_its_findings(run: Run, lang: str) -> None:
    name = log(run)
    data = run("explain", name, "--lang", lang, "--json", code=0).json["data"]
    rules = {one["rule"]: one for one in data["findings"]}
    assert {"conduct.night.gbt45251", "conduct.words.mlc2025"} <= rules.keys()
    night = rules["conduct.night.gbt45251"]
    assert {"title", "says", "is_not", "next", "reason", "clears_if", "confidence"} <= night.keys()
    assert ("不是法律" if lang == "zh" else "Not law") in night["is_not"]
    assert data["next"]
    assert rules["conduct.words.mlc2025"]["quote"] in run("explain", name, "--lang", lang, code=0).out


def test_a_contact_that_nothing_speaks_against(run: Run) -> None:
    run(*GOLD, code=0)
    run("log-call", "L1", "--at", "2026-11-20 10:00", "--said", "您好", code=0)
    assert run("explain", "C1", "--json", code=0).json["data"]["findings"] == []
    assert "没有发现" in run("explain", "C1", "--lang", "zh", code=0).out


@pytest.mark.parametrize(
    ("made", "name"),
    [
        (("claim", "add", "L1", "--at", "2026-11-20", "--total", "16480.55"), "D1"),
        (("pay", "L1", "1900", "--at", "2026-04-10"), "Y1"),
        (("budget", "set", "--income", "6200"), "M1"),
        (("negotiate", "open", "L1", "--goal", "延长"), "G1"),
        (("letter", "draft", "dispute", "--loan", "L1"), "T1"),
        (("loan", "list"), "L1"),
    ],
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_kind_of_record(run: Run, made: tuple[str, ...], name: str, lang: str) -> None:
    run(*GOLD, code=0)
    run(*made, code=0)
    data = run("explain", name.lower(), "--lang", lang, "--json", code=0).json["data"]
    assert data["id"] == name and data["what"] and data["next"]
    assert run("explain", name, "--lang", lang, code=0).out.strip()


@pytest.mark.parametrize(
    ("asked", "code", "error"),
    [
        ("nightt", 3, "unknown_topic"),
        ("C99", 3, "not_found"),
        ("\x1b[31mred", 3, "unknown_topic"),
        ("[bold]x[/bold]", 3, "unknown_topic"),
        ("../../etc/passwd", 3, "unknown_topic"),
        ("😀" * 300, 3, "unknown_topic"),
        ("Ｃ１", 3, "unknown_topic"),
    ],
)
def test_what_is_not_there(run: Run, asked: str, code: int, error: str) -> None:
    run(*GOLD, code=0)
    assert failed(run("explain", asked, "--json", code=code)) == error
    told = run("explain", asked, code=code)
    assert "\x1b" not in told.err and "Traceback" not in told.err


def test_near_words_are_offered(run: Run) -> None:
    assert "limitation" in run("explain", "limitaton", "--lang", "en", code=3).err


def test_stale_rules(run: Run) -> None:
    data = run("rules", "stale", "--on", "2026-11-22", "--json", code=0).json["data"]
    reasons = {reason for one in data["rules"] for reason in one["reasons"]}
    assert reasons == {"unconfirmed", "never_read", "old"} and data["count"] == len(data["rules"]) > 30
    old = [one for one in data["rules"] if "old" in one["reasons"]]
    assert {one["checked_on"] for one in old} == {"2025-04-19"}  # interpretations, read as of that day
    later = run("rules", "stale", "--on", "2027-06-01", "--older-than", "90", "--json", code=0).json["data"]
    assert later["older_than_days"] == 90 and all("old" in one["reasons"] for one in later["rules"])
    assert later["count"] > data["count"]
    for lang in ("zh", "en"):
        assert "conduct.night.gbt45251" in run("rules", "stale", "--lang", lang, code=0).out
    assert run("rules", "stale", "--older-than", "x", code=2).err


def test_a_rule_shown_on_a_day(run: Run) -> None:
    """Which value holds, by the day asked about."""
    old = run("rules", "show", "conduct.visit.home", "--on", "2025-12-31", "--json", code=0).json["data"]
    new = run("rules", "show", "conduct.visit.home", "--on", "2026-01-01", "--json", code=0).json["data"]
    assert (old["in_force_from"], old["until"]) == ("2013-01-01", "2026-01-01")
    assert (new["in_force_from"], new["until"]) == ("2026-01-01", None)
    assert len(old["values"]) == len(new["values"]) == 2
    before = run("rules", "show", "conduct.data.psa", "--on", "2025-12-31", "--json", code=0).json["data"]
    assert before["in_force_from"] is None and before["on"] == "2025-12-31"


def test_a_rule_names_where_both_sides_duties_stand(run: Run, lang: str) -> None:
    assert "visits" in run("explain", "conduct.visit.home", "--json", code=0).json["data"]["topics"]
    assert "jdneg explain visits" in run("explain", "conduct.visit.home", code=0).out
    assert run("explain", "conduct.fees.show2026", "--json", code=0).json["data"]["topics"]
