"""The explaining cards as data: both languages, every row with its source, nothing promised, both sides heard."""

from __future__ import annotations

import re

import pytest
from law_sheet import needed, rows
from test_rules_law import LESS, NEVER

from jdneg.domain.explaining import Card, card_named, names_of
from jdneg.storage.datafiles import DATA, explaining, rule_book

CARDS = explaining()
BOOK = rule_book()
# Topics the mission names (S0-25, S1-22, S2-15, S3-12, S4-44 to 56, feature 27).
WANTED = {
    "rights", "letters", "credit-record", "limitation", "third-parties", "visits", "minimum-payment", "new-debt", "agreement",
    "complaints", "scams", "payment-order", "refusals", "instalment-claims",
}  # fmt: skip
PROMISES = ("一定能", "保证成功", "包过", "肯定会", "guarantee that", "you will win", "will be waived")


def by_id(card: Card) -> str:
    return card.id


def texts(card: Card, lang: str) -> list[str]:
    return [card.title[lang], card.says[lang], *(line.text[lang] for part in card.parts for line in part.lines)]


def test_every_topic_is_there_under_names_of_its_own() -> None:
    assert CARDS.keys() >= WANTED
    plain = ["-".join(name.casefold().split()) for name in names_of(CARDS)]
    twice = {name for name in plain if plain.count(name) > 1}
    assert all(sum(name in map(str.casefold, (one.id, *one.names)) for one in CARDS.values()) == 1 for name in twice)


@pytest.mark.parametrize("card", CARDS.values(), ids=by_id)
def test_words(card: Card) -> None:
    for text in texts(card, "zh"):
        assert re.search(r"[\u4e00-\u9fff]", text)
    for text in texts(card, "en"):
        assert re.search("[A-Za-z]", text)
    for lang in ("zh", "en"):
        assert not [word for text in texts(card, lang) for word in PROMISES if word in text]
        assert card.says[lang].endswith("。" if lang == "zh" else ".")


@pytest.mark.parametrize("card", CARDS.values(), ids=by_id)
def test_each_says_what_it_does_not_mean(card: Card) -> None:
    titles = [part.title["zh"] for part in card.parts]
    assert "这不意味着" in titles or {"您的权利", "您的义务", "对方的权利", "对方的义务"} <= set(titles)


@pytest.mark.parametrize("card", CARDS.values(), ids=by_id)
def test_every_row_has_its_source(card: Card) -> None:
    known = {one.row for rule in map(BOOK.get, card.rules) for value in rule.values for one in value.references}
    known |= {one.reference.row for one in card.sources}
    named = {row for part in card.parts for line in part.lines for row in line.rows}
    assert named <= known, named - known
    assert known, "a card without any source"


@pytest.mark.parametrize("card", CARDS.values(), ids=by_id)
def test_sources_are_tagged_as_the_fact_sheet_tags_them(card: Card) -> None:
    sheet = needed()
    for one in card.sources:
        reference = one.reference
        assert f"`{reference.row}`" in sheet or f"| {reference.row} |" in sheet
        if reference.row in rows():
            tag = "unconfirmed" if reference.row in LESS else rows()[reference.row][1]
            assert reference.checked == tag, reference.row


@pytest.mark.parametrize("card", CARDS.values(), ids=by_id)
def test_it_leads_to_what_is_there(card: Card) -> None:
    assert set(card.see) <= CARDS.keys() - {card.id}
    assert all(one.startswith("jdneg ") for one in card.commands)


def test_nothing_that_must_not_be_encoded_is_told() -> None:
    """But where a card names a wrong claim in order to deny it."""
    denied = {"停息挂账": "instalment-claims.toml", "一次性信用修复": "credit-record.toml"}
    for path in (DATA / "texts" / "explain").glob("*.toml"):
        text = path.read_text(encoding="utf-8")
        for claim, words in NEVER.items():
            found = [word for word in words if word in text and denied.get(word) != path.name]
            assert not found, f"{path.name}: {claim}"


def test_a_card_answers_to_its_names() -> None:
    assert card_named(CARDS, " Payment  Order ") is CARDS["payment-order"]
    assert card_named(CARDS, "停息挂账") is CARDS["instalment-claims"]
    assert card_named(CARDS, "credit_record") is CARDS["credit-record"]
    assert card_named(CARDS, "律师") is None
