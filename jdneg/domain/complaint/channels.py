"""Where one can complain: whom a channel fits, what it asks for first, and how long it has.

A clock names its row of the fact sheet and how that was checked. What is only remembered is not here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Literal

from jdneg.domain.rulebook import Checked
from jdneg.errors import BadChoice
from jdneg.values import dataclass

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """A time the other side has. Working days are not turned into a date: that needs the holiday table; nor is a
    time that runs from acceptance, whose day the borrower learns only later."""

    what: Texts
    days: int
    unit: Literal["calendar", "working"]
    binds: tuple[str, ...]
    row: str
    checked: Checked
    since: dt.date
    until: dt.date | None = None
    runs_from: Literal["receipt", "acceptance"] = "receipt"

    def runs(self, kind: str, day: dt.date) -> bool:
        in_force = self.since <= day and (self.until is None or day < self.until)
        return in_force and ("any" in self.binds or kind in self.binds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """One channel. ``requires`` are the parts a complaint there must have; ``drafts`` where we have its text."""

    id: str
    name: Texts
    about: Texts
    fits: tuple[str, ...]
    first: tuple[Texts, ...] = ()
    requires: tuple[str, ...] = ()
    drafts: bool = False
    rows: tuple[str, ...] = ()
    clocks: tuple[Clock, ...] = ()

    def fits_kind(self, kind: str) -> bool | None:
        """Whether it takes complaints about this lender kind; None where the kind is unknown and decides."""
        if "any" in self.fits:
            return True
        return None if kind == "unknown" else kind in self.fits


def channel(channels: Iterable[Channel], name: str) -> Channel:
    """The channel with this id; BadChoice names those there are."""
    known = {one.id: one for one in channels}
    if name not in known:
        raise BadChoice(value=name, choices=", ".join(known))
    return known[name]


def answers_due(one: Channel, kind: str, filed_on: dt.date) -> tuple[tuple[Clock, dt.date | None], ...]:
    """The clocks that start when a complaint is filed, each with its last day where one can be told."""
    running = (clock for clock in one.clocks if clock.runs(kind, filed_on))
    return tuple((clock, _last_day(clock, filed_on)) for clock in running)


def _last_day(clock: Clock, filed_on: dt.date) -> dt.date | None:
    dated = clock.unit == "calendar" and clock.runs_from == "receipt"
    return filed_on + dt.timedelta(days=clock.days) if dated else None
