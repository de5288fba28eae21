"""The card to read before signing a loan: what to look for, and the rules that say it must be there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from jdneg.domain.rulebook import Checked, Level, Texts
from jdneg.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckSource:
    """One rule behind a check; ``row`` names the fact sheet's row, ``binds`` says whom in words."""

    row: str
    instrument: Texts
    level: Level
    checked: Checked
    since: dt.date
    article: str = "not verified"
    binds: Texts | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to look for."""

    id: str
    title: Texts
    text: Texts
    sources: tuple[CheckSource, ...]


def on_day(checks: Iterable[Check], day: dt.date) -> tuple[Check, ...]:
    """The card as it stood: a rule that was not in force yet is left out, the advice stays."""
    return tuple(
        Check(one.id, one.title, one.text, tuple(source for source in one.sources if source.since <= day))
        for one in checks
    )
