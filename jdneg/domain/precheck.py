"""The card to read before signing a loan: what to look for, and the rules that say it must be there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from jdneg.domain.rulebook import Checked, Level, Texts
from jdneg.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckSource:
    """One rule behind a check; ``row`` names the fact sheet's row, ``binds`` says whom in words.

    ``since`` is None where no date was found (a public notice).
    """

    row: str
    instrument: Texts
    level: Level
    checked: Checked
    since: dt.date | None = None
    article: str = "not verified"
    binds: Texts | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to look for."""

    id: str
    title: Texts
    text: Texts
    sources: tuple[CheckSource, ...]


def in_force(sources: Iterable[CheckSource], day: dt.date) -> tuple[CheckSource, ...]:
    """Those that were there on the day; one without a date always is."""
    return tuple(one for one in sources if one.since is None or one.since <= day)


def on_day(checks: Iterable[Check], day: dt.date) -> tuple[Check, ...]:
    """The card as it stood: a rule that was not in force yet is left out, the advice stays."""
    return tuple(Check(one.id, one.title, one.text, in_force(one.sources, day)) for one in checks)
