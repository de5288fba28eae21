"""Ids people type: a kind's letter and a number (``C17``). Given at commit, never used again."""

from __future__ import annotations

import re

from jdneg.errors import BadId
from jdneg.values import dataclass

PREFIXES = {
    "journal": "J", "profile": "U", "loan": "L", "contact": "C", "letter": "T", "claim": "D", "payment": "Y",
    "case": "G", "plan": "P", "complaint": "K", "exhibit": "E", "budget": "M", "official": "A",
}  # fmt: skip
KINDS = {prefix: kind for kind, prefix in PREFIXES.items()}
BATCH = "B"

_ID = re.compile(r"([A-Z])([1-9]\d{0,8})")


@dataclass(frozen=True, slots=True)
class LocalRef:
    """Stands for the id of another record of the same batch until commit gives it one."""

    index: int


Id = str | LocalRef


def parse_id(text: str, kind: str | None = None) -> str:
    """The id in its stored form, exact and case-insensitive; BadId names what was expected."""
    match = _ID.fullmatch(text.strip().upper())
    expected = PREFIXES[kind] if kind else None
    known = match is not None and (match[1] in KINDS or match[1] == BATCH)
    if match is None or not known or (expected and match[1] != expected):
        raise BadId(value=text, expected=f"{expected or 'L'}1")
    return match[0]


def kind_of(record_id: str) -> str:
    """``contact`` for ``C17``."""
    return KINDS[record_id[0]]


def number_of(record_id: str) -> int:
    """The 17 of ``C17``."""
    return int(record_id[1:])
