"""Contacts as a table for a spreadsheet and as one JSON document; private people are masked unless asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Any

from jdneg.domain.codec import encode
from jdneg.domain.dates import shanghai_day
from jdneg.domain.ids import kind_of
from jdneg.domain.records.base import Stored
from jdneg.domain.records.contact import Contact, Demand, Visit
from jdneg.i18n import t
from jdneg.values import dataclass
from jdneg.views.findings import finding_json
from jdneg.views.words import field_text, label, time, word

SCHEMA = "jdneg-contacts/1"
_NESTED = {"visit": Visit, "demand": Demand}
_LEFT_OUT = frozenset({"source"})  # where an import found it; the JSON has it

Found = Mapping[str | None, Sequence[Any]]


def headers(*, findings: bool) -> tuple[str, ...]:
    """The columns in the reader's words, the same in every file."""
    names = [
        label(one.name) if one.first is None else f"{label(one.first)} / {label(one.name)}" for one in _columns()
    ]
    return (
        label("id"),
        *names,
        label("recorded_at"),
        t("contact.gap_days"),
        *([t("view.findings")] if findings else []),
    )


def rows(contacts: Iterable[Stored[Contact]], found: Found | None) -> Iterable[tuple[str, ...]]:
    """A row a contact, as `headers` has them; ``found`` are the findings, where they are asked for."""
    columns = _columns()
    for one in contacts:
        told = [] if found is None else ["; ".join(_finding(finding) for finding in found.get(one.id, ()))]
        gap = (shanghai_day(one.recorded_at) - shanghai_day(one.record.happened_at)).days
        yield (one.id, *(_cell(one, column) for column in columns), time(one.recorded_at), str(gap), *told)


def document(
    contacts: Sequence[Stored[Contact]], words: Sequence[str], found: Found | None, *, masked: bool
) -> dict[str, Any]:
    """What ``export json`` writes: JSON values alone."""
    made = [
        {"id": one.id, "recorded_at": one.recorded_at.isoformat(), "amended": one.amended}
        | encode(one.record)
        | ({} if found is None else {"findings": [_plain(each) for each in found.get(one.id, ())]})
        for one in contacts
    ]
    return {"schema": SCHEMA, "filter": list(words), "masked": masked, "count": len(made), "contacts": made}


def _plain(finding: Any) -> dict[str, Any]:
    return finding_json(finding) | {"in_force_from": finding.in_force_from.isoformat()}


@dataclass(frozen=True, slots=True)
class _Column:
    """A field of a contact, or (with ``first``) of what stands in one of its fields."""

    first: str | None
    name: str
    default: Any


def _columns() -> list[_Column]:
    found: list[_Column] = []
    for one in fields(Contact):
        inner = _NESTED.get(one.name)
        parts = [(one.name, part) for part in fields(inner)] if inner else [(None, one)]
        found += [_Column(first, part.name, part.default) for first, part in parts]
    return [one for one in found if one.name not in _LEFT_OUT]


def _cell(stored: Stored[Contact], column: _Column) -> str:
    """Empty for what is unknown, or left at its empty default."""
    if column.name == "channel" and kind_of(stored.id) == "letter":
        return word("letter")
    holder = stored.record if column.first is None else getattr(stored.record, column.first)
    value = None if holder is None else getattr(holder, column.name)
    return "" if value is None or value == column.default else field_text(column.name, value)


def _finding(finding: Any) -> str:
    return f"{finding.rule} {word(finding.result)}"
