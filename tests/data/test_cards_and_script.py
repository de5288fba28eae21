"""The cards and the script of a call as data: whole, in both languages, cited rules exist, fields can be filled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

import pytest

from jdneg.commands.contacts.contactflags import Common, Talk
from jdneg.domain.cards import Card, CardItem
from jdneg.domain.livecall.draft import FIELDS
from jdneg.domain.precheck import CheckSource
from jdneg.storage.datafiles import DATA, rule_book
from jdneg.storage.texts import call_script, card

BOOK = rule_book()
CARDS = sorted(path.stem for path in (DATA / "texts" / "cards").glob("*.toml"))


def items(one: Card) -> Iterator[CardItem]:
    for part in one.parts:
        yield from part.items


def both(texts: object) -> bool:
    return isinstance(texts, dict) and set(texts) == {"zh", "en"} and all(text.strip() for text in texts.values())


@pytest.mark.parametrize("name", CARDS)
def test_a_card_is_whole(name: str) -> None:
    found = card(name)
    assert both(found.title) and both(found.lead) and found.parts
    for part in found.parts:
        assert both(part.title) and part.items
    for item in items(found):
        assert both(item.text)
        assert all(rule in BOOK.rules for rule in item.rules), item.rules
        assert all(both(one.instrument) and one.row for one in item.sources)


def test_every_card_says_something_of_the_users_own_duty_or_of_truth() -> None:
    """Both sides are treated fairly: a card about the other side has a word about one's own."""
    for name in ("visit", "call", "police"):
        texts = " ".join(item.text["zh"] for item in items(card(name)))
        assert "如实" in texts or "欠款是真的" in texts, name


def test_the_script_is_whole_and_its_keys_differ() -> None:
    script = call_script()
    assert 1 <= len(script.questions) <= 8 and len(script.limits) == 5
    for one in (*script.questions, *script.limits, *script.tags):
        assert both(one.short), one.id
    names = [one.id for one in (*script.questions, *script.tags)]
    assert len(names) == len(set(names))
    keys = [one.key for one in script.tags]
    assert len(keys) == len(set(keys)) and not set(keys) & set("ehs") and all(key.isalpha() for key in keys)


def test_answers_and_tags_fill_flags_that_log_call_has() -> None:
    flags = {one.name.rstrip("_") for kind in (Common, Talk) for one in fields(kind)} | {"answered", "robot"}
    script = call_script()
    assert {one.fills for one in script.questions if one.fills} <= flags
    assert {name for tag in script.tags for name in (*tag.sets, *tag.takes.values())} <= flags
    assert {who for tag in script.tags for who in tag.takes} == {"they", "me"}
    assert set(FIELDS) <= flags


def test_law_in_the_script_has_its_source() -> None:
    sources: list[CheckSource] = [one for limit in call_script().limits for one in limit.sources]
    assert {"CC.192", "JI-SOL"} <= {one.row for one in sources}
    assert all(one.since for one in sources)


def test_what_the_screen_shows_has_a_sure_width() -> None:
    """Curly quotes, dashes and dots of the ambiguous kind take one cell or two, as the terminal likes."""
    import unicodedata

    script = call_script()
    shown = [
        one.short["zh"] + getattr(one, "ask", getattr(one, "text", {"zh": ""}))["zh"]
        for one in (*script.questions, *script.limits)
    ]
    shown += [one.short["zh"] for one in script.tags]
    assert not {char for char in "".join(shown) if unicodedata.east_asian_width(char) == "A"}
