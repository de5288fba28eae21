"""What the journal holds about itself and its owner."""

from __future__ import annotations

from jdneg.domain.records.base import private
from jdneg.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalHeader:
    """The first entry of every journal. ``format`` decides whether this jdneg may read it."""

    format: int
    timezone: str
    created_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The user, as letters need them. All optional: a missing one becomes 【待填】."""

    name: str | None = private("name")
    phone: str | None = private("phone")
    id_number: str | None = private("id")
    address: str | None = private("address")
    email: str | None = private("email")
