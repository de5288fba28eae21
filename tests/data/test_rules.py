"""The rules as data: dated, referenced, in both languages, and nothing in them that must not be encoded."""

from __future__ import annotations

import datetime as dt
import re
from itertools import pairwise

import pytest

from jdneg.domain.conduct.check import CHECK_NAMES
from jdneg.domain.rulebook import Reference, Rule
from jdneg.i18n import area
from jdneg.storage.datafiles import DATA, rule_book

BOOK = rule_book()
RULES = list(BOOK.rules.values())
DAY = dt.timedelta(days=1)


def by_id(rule: Rule) -> str:
    return rule.id


@pytest.mark.parametrize("rule", RULES, ids=by_id)
def test_texts_are_whole(rule: Rule) -> None:
    for texts in (rule.title, rule.says, rule.clears_if):
        assert set(texts) == {"zh", "en"}
        assert re.search(r"[\u4e00-\u9fff]", texts["zh"]) and re.search(r"[A-Za-z]", texts["en"])
    assert not rule.title["zh"].endswith("。") and not rule.title["en"].endswith(".")
    assert rule.says["zh"].endswith("。") and rule.says["en"].endswith(".")


@pytest.mark.parametrize("rule", RULES, ids=by_id)
def test_dates_rise_and_references_were_looked_at_after_they_began(rule: Rule) -> None:
    assert all(earlier.until and earlier.until <= later.since for earlier, later in pairwise(rule.values))
    for value in rule.values:
        assert value.references
        assert all(one.checked_on >= _READ[_is_interpretation(one)] for one in value.references)
        assert all(one.checked_on == _READ[True] for one in value.references if _is_interpretation(one))


# The collection that was read holds judicial interpretations as of a day of its own; none is said to be newer.
_READ = {False: dt.date(2026, 11, 22), True: dt.date(2025, 4, 19)}


def _is_interpretation(one: Reference) -> bool:
    return one.checked == "read" and "法释" in one.instrument["zh"]


@pytest.mark.parametrize("rule", RULES, ids=by_id)
def test_each_dated_change_holds_from_its_very_day(rule: Rule) -> None:
    """The day before, the day of: an edge of one day either way would show."""
    for value in rule.values:
        assert rule.on(value.since) is value
        assert rule.on(value.since - DAY) is not value
        if value.until is not None:
            assert rule.on(value.until - DAY) is value
            assert rule.on(value.until) is not value


@pytest.mark.parametrize("rule", RULES, ids=by_id)
def test_every_check_is_implemented(rule: Rule) -> None:
    assert rule.check in CHECK_NAMES | {"info"} or rule.check.startswith("ceiling."), rule.check
    assert rule.id.split(".")[0] in ("conduct", "ceilings", "credit")


def test_four_times_lpr_is_for_private_loans_alone() -> None:
    for rule in RULES:
        says = rule.says["zh"] + str([dict(value.numbers) for value in rule.values])
        if re.search(r"4\s*倍", says) and rule.check == "ceiling.private":
            assert rule.binds == ("private",)


def test_no_frequency_rule_counts_messages() -> None:
    for rule in BOOK.for_check("frequency"):
        for value in rule.values:
            assert set(value.numbers) <= {"notice", "interactive", "unanswered", "looked_at"}


def test_our_own_line_for_a_look_is_never_called_a_limit() -> None:
    """No source names a number of contacts a day: where the program asks for a look, it says so and finds no breach."""
    (rule,) = [one for one in RULES if any("looked_at" in value.numbers for value in one.values)]
    assert rule.scope.get("weighs") is True
    assert "没有规定次数" in rule.says["zh"] and "fixes no number" in rule.says["en"]
    for lang in ("zh", "en"):
        assert ("没有规定次数" if lang == "zh" else "fixes no number") in area(lang, "conduct")["frequency_many"]


def test_night_hours_are_the_reported_ones() -> None:
    assert {tuple(value.numbers.values()) for rule in BOOK.for_check("night") for value in rule.values} == {
        ("22:00", "08:00")
    }


def test_card_rules_say_so() -> None:
    for rule in RULES:
        if "cc2011" in rule.id:
            assert rule.scope.get("credit_card") is True and rule.binds == ("bank",)


def test_recommended_texts_are_never_called_illegal() -> None:
    for lang, words in (("zh", "违法"), ("en", "illegal")):
        for rule in RULES:
            if rule.level in ("standard", "self_regulation", "principle"):
                assert words not in rule.title[lang] + rule.says[lang]
    for lang in ("zh", "en"):
        assert {f"basis_{rule.level}" for rule in RULES} <= area(lang, "conduct").keys()


def test_reasons_exist_in_both_languages() -> None:
    """Every code the conduct room can say, found in its sources."""
    sources = "".join(path.read_text(encoding="utf-8") for path in (DATA.parent / "domain" / "conduct").glob("*.py"))
    codes = set(re.findall(r'"conduct\.(\w+)"', sources))
    assert len(codes) > 25
    for lang in ("zh", "en"):
        assert codes <= area(lang, "conduct").keys()
