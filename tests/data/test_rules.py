"""The rules as data: dated, referenced, in both languages, and nothing in them that must not be encoded."""

from __future__ import annotations

import datetime as dt
import re
from itertools import pairwise
from pathlib import Path

import pytest

from jdneg.domain.conduct.check import CHECK_NAMES
from jdneg.domain.rulebook import Rule, RuleValue
from jdneg.i18n import area
from jdneg.storage.datafiles import DATA, rule_book

BOOK = rule_book()
RULES = list(BOOK.rules.values())
VALUES = [(rule, value) for rule in RULES for value in rule.values]
LAW = Path(__file__).resolve().parents[3] / "shared" / "facts" / "law.md"
DAY = dt.timedelta(days=1)

# Found on the web, unsupported or wrong (section 14 of the fact sheet and its corrections).
NEVER = (
    "21:00", "5 working days", "五个工作日", "5个工作日", "7个工作日", "7 working days", "48小时", "48 hours",
    "15个工作日", "15 working days", "冷静期", "cooling-off", "停息挂账", "私自录音", "400-678-9555",
    "jdfinancial@jd.com", "2025修订 个人信息保护法", "寻衅滋事", "每月上门", "债权转让未经", "撤回同意", "时效过了",
)  # fmt: skip


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
        assert all(one.checked_on >= dt.date(2026, 11, 22) for one in value.references)


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


@pytest.mark.parametrize(("rule", "value"), VALUES, ids=lambda one: getattr(one, "id", ""))
def test_references_name_rows_of_the_fact_sheet(rule: Rule, value: RuleValue) -> None:
    if not LAW.exists():
        pytest.skip("the fact sheet is not beside the project")
    sheet = LAW.read_text(encoding="utf-8")
    for one in value.references:
        assert re.search(rf"`{re.escape(one.row)}`", sheet), f"{rule.id}: no row {one.row}"
        assert one.url == "not verified" or one.url in sheet


@pytest.mark.parametrize(("rule", "value"), VALUES, ids=lambda one: getattr(one, "id", ""))
def test_how_it_was_checked_follows_the_fact_sheet(rule: Rule, value: RuleValue) -> None:
    """Only rows read in the statute itself are ``read``; reprints and press are ``reported``."""
    for one in value.references:
        if one.checked == "read":
            assert one.row.split(".")[0] in ("CC", "PSA", "PIPL", "CRR", "JI2020-17", "JI2020-27", "JI2023-13"), (
                one.row
            )
    if rule.level == "principle":
        assert value.checked == "unconfirmed"


def test_what_must_not_be_encoded_is_not() -> None:
    texts = {path: path.read_text(encoding="utf-8") for path in (DATA / "rules").rglob("*.toml")}
    found = [(path.name, words) for path, text in texts.items() for words in NEVER if words in text]
    assert found == []


def test_four_times_lpr_is_for_private_loans_alone() -> None:
    for rule in RULES:
        says = rule.says["zh"] + str([dict(value.numbers) for value in rule.values])
        if re.search(r"4\s*倍", says) and rule.check == "ceiling.private":
            assert rule.binds == ("private",)


def test_no_frequency_rule_counts_messages() -> None:
    for rule in BOOK.for_check("frequency"):
        for value in rule.values:
            assert set(value.numbers) <= {"notice", "interactive", "unanswered"}


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
