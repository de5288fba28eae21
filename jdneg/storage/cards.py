"""Small tables of texts read by themselves: the fraud card, the directory of channels, the classes of letters.

Apart from `jdneg.storage.texts`, whose templates bring half the domain along: a fraud check has to be quick.
"""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any

from jdneg.domain.correspondence.answering import PlanTexts
from jdneg.domain.correspondence.classify import ClassWords, Flag, LetterBook
from jdneg.domain.directory import Directory, Entry
from jdneg.domain.scam.card import ScamCard
from jdneg.storage.datafiles import DATA


@cache
def scam_card() -> ScamCard:
    """What to do when it may be fraud, and what to ask before paying anybody who offers help."""
    raw = _read("texts/cards/scam.toml")
    actions = tuple(one["text"] for one in raw["action"])
    return ScamCard(actions, tuple(one["text"] for one in raw["question"]), raw["free"]["text"], raw["free"]["row"])


@cache
def letter_book() -> LetterBook:
    """Classes of letters by their words, and what in a letter is to be doubted."""
    classes = tuple(
        ClassWords(one["id"], one["name"], one["next"], tuple((word["p"], word["w"]) for word in one["words"]))
        for one in _read("letters/classes.toml")["class"]
    )
    raw = _read("letters/authenticity.toml")
    return LetterBook(classes, tuple(Flag(**_tuples(one)) for one in raw["flag"]), _tuples(raw["context"]))


@cache
def answer_texts() -> PlanTexts:
    """The steps of answering a letter, and what an answer of each class deals with."""
    raw = _read("letters/plan.toml")
    points = {one["id"]: tuple(one["points"]) for one in raw["class"]}
    return PlanTexts(tuple((one["id"], one["text"]) for one in raw["step"]), points)


@cache
def directory() -> Directory:
    """The channels that ship, none of them confirmed."""
    raw = _read("directory.toml")
    entries = tuple(Entry(**one) for one in raw["entry"])
    return Directory(entries, raw["stale_after_days"], tuple(one["text"] for one in raw["step"]))


def _tuples(entry: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in entry.items()}


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))
