"""Chinese sentences carry Chinese punctuation: no half-width comma, colon, semicolon or bracket beside Chinese."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jdneg.storage.datafiles import DATA

HAN = "\u3400-\u9fff\u3001-\u301f\uff00-\uffef“”‘’…—"
HALF = re.compile(rf"(?<=[{HAN}])[,:;(]|[,:;)](?=[{HAN}])|\((?=[^()]*[{HAN}])")
# What is typed so: 日期:金额, 收取方:日期, 谁:内容.
TYPED = re.compile(r"日期:金额|收取方:日期|谁:内容|lender:停止")


def sentences(found: Any, *, chinese: bool) -> Iterator[str]:
    """The texts of a catalogue, or those of a rule that stand under ``zh``."""
    if isinstance(found, str):
        if chinese:
            yield found
    elif isinstance(found, dict):
        for key, one in found.items():
            yield from sentences(one, chinese=chinese or key == "zh") if key != "en" else ()
    elif isinstance(found, list):
        for one in found:
            yield from sentences(one, chinese=chinese)


def read(path: Path) -> Any:
    text = path.read_text(encoding="utf-8")
    return json.loads(text) if path.suffix == ".json" else tomllib.loads(text)


@pytest.mark.parametrize("path", sorted(DATA.joinpath("catalogue", "zh").glob("*.json")), ids=lambda path: path.name)
def test_the_catalogue(path: Path) -> None:
    texts = sentences(read(path), chinese=True)
    assert [one for one in texts if HALF.search(TYPED.sub("", one))] == []


def test_the_rules() -> None:
    rules = sorted(DATA.joinpath("rules").rglob("*.toml"))
    found = [(path.name, one) for path in rules for one in sentences(read(path), chinese=False) if HALF.search(one)]
    assert len(rules) > 30 and found == []


def test_the_letters_and_complaints() -> None:
    papers = sorted(DATA.joinpath("texts").rglob("*.toml"))
    found = []
    for path in papers:
        for one in sentences(read(path), chinese=True):
            words = re.sub(r"\{[{%].*?[%}]\}", "", one)
            found += [(path.name, one)] if HALF.search(words) else []
    assert len(papers) > 10 and found == []
