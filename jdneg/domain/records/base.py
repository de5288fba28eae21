"""What all records share. A record never holds a judgement: findings, balances, deadlines are derived.

``None`` means unknown, and nothing unknown is ever filled in. Money is Decimal yuan; `When` is a date (time
of day unknown) or an aware timestamp. Fields made by `private` are masked by default
(`jdneg.domain.redact`); `jdneg.domain.codec` turns a record into its payload and back. One module a kind,
imported where used, because building a dataclass costs start-up.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import field
from typing import Any, Generic, Literal, TypeVar

from jdneg.values import dataclass

Record = Any  # any record dataclass; `jdneg.domain.records.class_of` knows them by kind
When = dt.date | dt.datetime
Direction = Literal["in", "out"]


def private(what: str) -> Any:
    """An optional text that identifies a person: ``name phone id address email number text``."""
    return field(default=None, metadata={"sensitive": what})


R_co = TypeVar("R_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Stored(Generic[R_co]):
    """A live record with its id and the journal's own facts about it."""

    id: str
    record: R_co
    recorded_at: dt.datetime
    payload_sha256: str = ""
    amended: bool = False
    clock_set: bool = False
