"""Which ids a payload cites: read from the record's class, so that a new `Id` field is never forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, get_args

from jdneg.domain.codec import field_types
from jdneg.domain.ids import LocalRef
from jdneg.domain.rate import Rate
from jdneg.domain.records import class_of
from jdneg.storage.lines import Json


def cited_ids(kind: str, payload: Json) -> set[str]:
    """Every id in the payload of a record of ``kind``, inner records too."""
    return set(_cited(class_of(kind), payload))


def _cited(cls: type, payload: Json) -> Iterator[str]:
    for name, inner in _citing_fields(cls):
        value = payload.get(name)
        for item in value if isinstance(value, list) else [] if value is None else [value]:
            if inner is None:
                yield item
            else:
                yield from _cited(inner, item)


@cache
def _citing_fields(cls: type) -> tuple[tuple[str, type | None], ...]:
    """The fields that hold ids (None) or records that do (their class)."""
    found: list[tuple[str, type | None]] = []
    hints = field_types(cls)
    for field in fields(cls):
        leaves = set(_leaves(hints[field.name]))
        inner = [leaf for leaf in leaves if isinstance(leaf, type) and is_dataclass(leaf) and leaf is not Rate]
        if LocalRef in leaves:
            found.append((field.name, None))
        elif inner and _citing_fields(inner[0]):
            found.append((field.name, inner[0]))
    return tuple(found)


def _leaves(hint: Any) -> Iterator[Any]:
    args = get_args(hint)
    if not args:
        yield hint
    for arg in args:
        yield from _leaves(arg)
