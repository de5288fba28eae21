"""Parsed rules and lexicon as plain JSON values and back, exactly. Only for the cache: TOML is the source."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import fields
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from jdneg.domain.rulebook import Reference, Rule, RuleBook, RuleValue, by_check

if TYPE_CHECKING:
    from jdneg.domain.conduct.wording import Lexicon


_ID, _CHECK = 0, 2  # where they stand in a rule's list


def book_to_json(book: RuleBook) -> list[Any]:
    return [_rule_out(rule) for rule in book.rules.values()]


def book_from_json(body: list[Any], version: str) -> RuleBook:
    return RuleBook(_Kept(body), version, by_check((raw[_CHECK], raw[_ID]) for raw in body))


class _Kept(Mapping[str, Rule]):
    """Rules made when they are asked for: a log-call meets a dozen of a hundred."""

    def __init__(self, body: list[Any]) -> None:
        self._raw = {raw[_ID]: raw for raw in body}
        self._made: dict[str, Rule] = {}

    def __getitem__(self, rule_id: str) -> Rule:
        made = self._made.get(rule_id)
        if made is None:
            made = self._made[rule_id] = _rule_in(self._raw[rule_id])
        return made

    def __iter__(self) -> Iterator[str]:
        return iter(self._raw)

    def __len__(self) -> int:
        return len(self._raw)


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


def lexicon_to_json(lexicon: Lexicon) -> dict[str, Any]:
    return {one.name: getattr(lexicon, one.name) for one in fields(lexicon) if one.name != "version"}


def lexicon_from_json(body: dict[str, Any], version: str) -> Lexicon:
    from jdneg.domain.conduct.wording import Lexicon

    return Lexicon(**body, version=version)
