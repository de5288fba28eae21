"""Parsed rules and lexicon as text for the cache, and back exactly; TOML is the source.

Each is a head of JSON values and lines, which are read when they are asked for: a log-call meets a dozen rules of a
hundred and forty patterns of three thousand, and to read them all would take a tenth of what is ours of its time.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from decimal import Decimal
from typing import TYPE_CHECKING, Any, overload

from jdneg.domain.rulebook import Reference, Rule, RuleBook, RuleValue, by_check

if TYPE_CHECKING:
    from jdneg.domain.conduct.lexicon import Lexicon

Text = tuple[Any, Sequence[str]]  # the head, the lines


class Lines(Sequence[str]):
    """Lines of UTF-8, decoded when they are asked for."""

    def __init__(self, raw: Sequence[bytes]) -> None:
        self._raw = raw

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> Lines: ...
    def __getitem__(self, place: int | slice) -> str | Lines:
        return Lines(self._raw[place]) if isinstance(place, slice) else self._raw[place].decode()

    def __len__(self) -> int:
        return len(self._raw)

    def __eq__(self, other: object) -> bool:
        return list(self) == list(other) if isinstance(other, Sequence) else NotImplemented

    __hash__ = None  # type: ignore[assignment]


def dumps(value: Any) -> str:
    """One line of JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def book_to_text(book: RuleBook) -> Text:
    rules = book.rules.values()
    return [(rule.check, rule.id) for rule in rules], [dumps(_rule_out(rule)) for rule in rules]


def book_from_text(head: list[list[str]], lines: Sequence[str], version: str) -> RuleBook:
    return RuleBook(
        _Kept([rule for _, rule in head], lines), version, by_check((check, rule) for check, rule in head)
    )


class _Kept(Mapping[str, Rule]):
    """Rules made when they are asked for."""

    def __init__(self, rules: Sequence[str], lines: Sequence[str]) -> None:
        self._places = {rule: place for place, rule in enumerate(rules)}
        self._lines = lines
        self._made: dict[str, Rule] = {}

    def __getitem__(self, rule_id: str) -> Rule:
        made = self._made.get(rule_id)
        if made is None:
            made = self._made[rule_id] = _rule_in(json.loads(self._lines[self._places[rule_id]]))
        return made

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


def _rule_out(rule: Rule) -> list[Any]:
    return [
        rule.id, dict(rule.title), rule.check, rule.level, rule.binds, [_value_out(value) for value in rule.values],
        dict(rule.says), dict(rule.clears_if), rule.dated_by, _pack(rule.scope),
    ]  # fmt: skip


def _rule_in(raw: list[Any]) -> Rule:
    id_, title, check, level, binds, values, says, clears_if, dated_by, scope = raw
    made = tuple(_value_in(value) for value in values)
    return Rule(id_, title, check, level, tuple(binds), made, says, clears_if, dated_by, _unpack(scope))


def _value_out(value: RuleValue) -> list[Any]:
    until = value.until.isoformat() if value.until else None
    references = [
        [one.row, dict(one.instrument), one.checked, one.checked_on.isoformat(), one.article, one.url]
        for one in value.references
    ]
    return [value.since.isoformat(), references, until, _pack(value.numbers)]


def _value_in(raw: list[Any]) -> RuleValue:
    since, references, until, numbers = raw
    day = dt.date.fromisoformat
    made = tuple(
        Reference(row, names, checked, day(checked_on), article, url)
        for row, names, checked, checked_on, article, url in references
    )
    return RuleValue(day(since), made, day(until) if until else None, _unpack(numbers))


def _pack(value: Any) -> Any:
    """Decimals and dates under a one-key table; no table of ours uses such a key."""
    if isinstance(value, Decimal):
        return {"$decimal": str(value)}
    if isinstance(value, dt.date):
        return {"$date": value.isoformat()}
    if isinstance(value, Mapping):
        return {key: _pack(one) for key, one in value.items()}
    return [_pack(one) for one in value] if isinstance(value, list | tuple) else value


def _unpack(value: Any) -> Any:
    if isinstance(value, dict):
        if "$decimal" in value:
            return Decimal(value["$decimal"])
        if "$date" in value:
            return dt.date.fromisoformat(value["$date"])
        return {key: _unpack(one) for key, one in value.items()}
    return tuple(_unpack(one) for one in value) if isinstance(value, list) else value


def lexicon_to_text(lexicon: Lexicon) -> Text:
    """The patterns, then what each needs, are the lines."""
    apart = ("patterns", "needs", "version")
    head = {one.name: getattr(lexicon, one.name) for one in fields(lexicon) if one.name not in apart}
    return head, [*lexicon.patterns, *lexicon.needs]


def lexicon_from_text(head: dict[str, Any], lines: Sequence[str], version: str) -> Lexicon:
    from jdneg.domain.conduct.lexicon import Lexicon

    half = len(lines) // 2
    return Lexicon(**head, patterns=lines[:half], needs=lines[half:], version=version)
