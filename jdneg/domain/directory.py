"""Official channels: what is known of each, who confirmed it and when. Nothing unconfirmed is presented as true."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Literal

from jdneg.domain.dates import shanghai_day
from jdneg.domain.phones import same_number
from jdneg.domain.records.base import Stored
from jdneg.domain.records.official import Confirmation, Official, OfficialKind
from jdneg.domain.scam.links import host_of
from jdneg.errors import NotFound
from jdneg.values import dataclass

Texts = Mapping[str, str]
State = Literal["confirmed", "stale", "unconfirmed"]


@dataclass(frozen=True, slots=True)
class Entry:
    """``id``: the record's, or the name of one that ships; ``row`` and ``checked``: where a shipped one is from."""

    id: str
    name: Texts
    kind: OfficialKind
    value: str
    about: Texts | None = None
    row: str | None = None
    checked: str | None = None
    source: str | None = None
    confirmed: tuple[Confirmation, ...] = ()
    record: str | None = None


@dataclass(frozen=True, slots=True)
class Directory:
    """``stale_after``: days after which a confirmation is to be renewed; ``steps``: how to verify inside the app."""

    entries: tuple[Entry, ...]
    stale_after: int
    steps: tuple[Texts, ...]

    def state(self, entry: Entry, day: dt.date) -> State:
        last = last_confirmed(entry, day)
        if last is None:
            return "unconfirmed"
        age = (day - shanghai_day(last.at)).days
        return "confirmed" if age <= self.stale_after else "stale"

    def get(self, name: str) -> Entry:
        """By id, by the name of a shipped entry, or by its value. Raises NotFound."""
        wanted = name.strip()
        for one in self.entries:
            if wanted.lower() in (one.id.lower(), (one.record or "").lower()) or _same(one, wanted):
                return one
        raise NotFound(id=name)

    def with_number(self, number: str) -> tuple[Entry, ...]:
        return tuple(one for one in self.entries if one.kind == "number" and same_number(one.value, number))

    def confirmed_hosts(self, day: dt.date) -> tuple[str, ...]:
        """Sites that count as known: confirmed, and not too long ago."""
        sites = (one for one in self.entries if one.kind == "site" and self.state(one, day) == "confirmed")
        return tuple(host_of(one.value) for one in sites)


def with_records(shipped: Directory, kept: Iterable[Stored[Official]]) -> Directory:
    """The directory as the user has it."""
    return replace(shipped, entries=merged(shipped.entries, kept))


def last_confirmed(entry: Entry, day: dt.date) -> Confirmation | None:
    """The latest confirmation up to that day."""
    before = [one for one in entry.confirmed if shanghai_day(one.at) <= day]
    return max(before, key=lambda one: shanghai_day(one.at), default=None)


def merged(shipped: Sequence[Entry], kept: Iterable[Stored[Official]]) -> tuple[Entry, ...]:
    """What ships, with what the user has confirmed of it, then the user's own."""
    own: list[Entry] = []
    about = {one.id: one for one in shipped}
    for stored in kept:
        record = stored.record
        base = about.get(record.entry or "")
        if base is None:
            names = {"zh": record.name, "en": record.name}
            own.append(
                Entry(
                    stored.id, names, record.kind, record.value, source=record.source,
                    confirmed=record.confirmed, record=stored.id,
                )
            )  # fmt: skip
        else:
            about[base.id] = replace(base, confirmed=record.confirmed, record=stored.id, value=record.value)
    return (*about.values(), *own)


def _same(entry: Entry, wanted: str) -> bool:
    return entry.value == wanted or (entry.kind == "number" and same_number(entry.value, wanted))


def confirmed_record(entry: Entry, fresh: Confirmation, live: Official | None) -> Official:
    """The record of an entry with one more confirmation; earlier ones are kept."""
    if live is not None:
        return replace(live, confirmed=(*live.confirmed, fresh))
    return Official(
        name=entry.name["zh"],
        kind=entry.kind,
        value=entry.value,
        entry=entry.id,
        source=entry.row,
        confirmed=(fresh,),
    )
