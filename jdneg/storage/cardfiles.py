"""Explaining cards: TOML to `Card`, strictly."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import get_args

from jdneg.domain.explaining import Card, CardLine, CardPart, Cards, CardSource
from jdneg.domain.rulebook import Checked, Level, Reference
from jdneg.storage.tomlcheck import Table, load, read_each


def read_cards(files: Mapping[str, bytes]) -> Cards:
    """The cards of these files by id; all faults at once."""
    return {one.id: one for one in read_each(files, _card)}


def _card(name: str, raw: bytes, faults: list[str]) -> Card:
    table = Table(load(raw, faults), "", faults)
    made = Card(
        id=table.take("id", str),
        title=table.texts("title"),
        names=table.strings("names"),
        says=table.texts("says"),
        parts=tuple(_part(one) for one in table.tables("part")),
        sources=tuple(_source(one) for one in table.tables("source")) if "source" in table.left else (),
        rules=table.strings("rules", needed=False),
        see=table.strings("see", needed=False),
        commands=table.strings("commands", needed=False),
    )
    table.done()
    if made.id != name.rpartition("/")[2].removesuffix(".toml"):
        table.fault(f"id is {made.id!r}, the file is {name}")
    return made


def _part(table: Table) -> CardPart:
    made = CardPart(table.texts("title"), tuple(_line(one) for one in table.tables("line")))
    table.done()
    return made


def _line(table: Table) -> CardLine:
    made = CardLine(table.texts("text"), table.strings("rows", needed=False))
    table.done()
    return made


def _source(table: Table) -> CardSource:
    made = CardSource(
        Reference(
            row=table.take("row", str),
            instrument=table.texts("instrument"),
            checked=table.choice("checked", get_args(Checked)),
            checked_on=table.take("checked_on", dt.date),
            article=table.take("article", str, "not verified"),
        ),
        table.choice("level", get_args(Level)),
    )
    table.done()
    return made
