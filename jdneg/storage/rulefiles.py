"""Rule files: TOML to `Rule`, strictly. Imported only when the cache does not help."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from itertools import pairwise
from typing import Any, get_args

from jdneg.domain.rulebook import Checked, Level, Reference, Rule, RuleBook, RuleValue, make_book
from jdneg.storage.tomlcheck import Table, load, read_each

BINDS = ("any", "bank", "consumer_finance", "microlender", "private")


def read_book(files: Mapping[str, bytes], version: str) -> RuleBook:
    """The book of these files (name relative to the data folder -> bytes)."""
    return make_book(read_each(files, parse_rule), version)


def parse_rule(name: str, raw: bytes, faults: list[str]) -> Rule:
    """One rule; with ``faults`` filled it must not be used."""
    content = load(raw, faults)
    if not content:
        faults.append("nothing readable in it") if not faults else None
        return Rule("", {}, "", "principle", (), (), {}, {})
    table = Table(content, "", faults)
    values = tuple(_value(one) for one in table.tables("value"))
    rule = Rule(
        id=table.take("id", str),
        title=table.texts("title"),
        check=table.take("check", str),
        level=table.choice("level", get_args(Level)),
        binds=table.strings("binds"),
        values=values,
        says=table.texts("says"),
        clears_if=table.texts("clears_if"),
        dated_by=table.choice("dated_by", ("event", "loan"), "event"),
        scope=_fixed(table.take("scope", dict, {})),
    )
    table.done()
    _check_whole(rule, name, faults)
    return rule


def _value(table: Table) -> RuleValue:
    made = RuleValue(
        since=table.take("from", dt.date),
        references=tuple(_reference(one) for one in table.tables("reference")),
        until=table.take("until", dt.date, None),
        numbers=_fixed(table.take("numbers", dict, {})),
    )
    table.done()
    return made


def _fixed(value: Any) -> Any:
    """Lists become tuples, as they are when read from the cache."""
    if isinstance(value, dict):
        return {key: _fixed(one) for key, one in value.items()}
    return tuple(_fixed(one) for one in value) if isinstance(value, list) else value


def _reference(table: Table) -> Reference:
    made = Reference(
        row=table.take("row", str),
        instrument=table.texts("instrument"),
        checked=table.choice("checked", get_args(Checked)),
        checked_on=table.take("checked_on", dt.date),
        article=table.take("article", str, "not verified"),
        url=table.take("url", str, "not verified"),
    )
    table.done()
    return made


def _check_whole(rule: Rule, name: str, faults: list[str]) -> None:
    expected = name.removeprefix("rules/").removesuffix(".toml").replace("/", ".")
    if rule.id != expected:
        faults.append(f"id is {rule.id!r}, its place says {expected!r}")
    strangers = [one for one in rule.binds if one not in BINDS]
    if strangers or ("any" in rule.binds and len(rule.binds) > 1):
        faults.append(f"binds: {', '.join(rule.binds)} must be of {', '.join(BINDS)}, any alone")
    faults += _dates(rule.values)


def _dates(values: tuple[RuleValue, ...]) -> list[str]:
    """Values rise and never overlap. A value before another one says where it ends."""
    faults = []
    for value in values:
        if value.until is not None and value.until <= value.since:
            faults.append(f"value from {value.since}: until {value.until} is not after it")
    for earlier, later in pairwise(values):
        if later.since <= earlier.since:
            faults.append(f"value from {later.since}: must come after {earlier.since}")
        elif earlier.until is None or earlier.until > later.since:
            faults.append(f"value from {earlier.since}: must end by {later.since}, where the next begins")
    return faults
