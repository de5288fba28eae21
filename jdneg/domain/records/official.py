"""Ways to reach the other side that the user has looked up: numbers, apps, sites."""

from __future__ import annotations

from typing import Literal

from jdneg.domain.records.base import When
from jdneg.values import dataclass

OfficialKind = Literal["number", "app", "site", "email", "address", "account", "other"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """Who confirmed it, when, and in what way (read inside the app, printed on the card, …)."""

    at: When
    by: str
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Official:
    """``entry``: the entry that ships with jdneg which this is about. Unconfirmed until somebody confirmed it."""

    name: str
    kind: OfficialKind
    value: str
    entry: str | None = None
    source: str | None = None
    confirmed: tuple[Confirmation, ...] = ()
    note: str | None = None
