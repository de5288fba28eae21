"""Which findings of a whole run a filter means.

Everything is judged first and picked afterwards: what is counted over a day counts all of the day's contacts, not
only those asked for. A finding about a whole day is meant when one of its contacts is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from jdneg.domain.conduct import frequency
from jdneg.domain.conduct.check import CheckOutcome
from jdneg.domain.conduct.lexicon import Reading
from jdneg.domain.conduct.seen import look

if TYPE_CHECKING:
    from jdneg.domain.conduct.findings import Finding
    from jdneg.domain.conduct.world import World
    from jdneg.domain.filters import Filter
    from jdneg.domain.records.base import Stored

_OF_DAYS = ("conduct.frequency_", "conduct.visits_per_day")


class Picker:
    """Sees the contacts go by to the check, then picks from what it found."""

    def __init__(self, wanted: Filter, world: World) -> None:
        self._wanted = wanted
        self._world = world
        self._meant: set[str] = set()
        self._days: set[frequency.Key] = set()

    def watch(self, contacts: Iterable[Stored[Any]]) -> Iterator[Stored[Any]]:
        """The same contacts, those that are meant remembered."""
        for one in contacts:
            if self._wanted.admits(one):
                self._meant.add(one.id)
                self._days |= self._day(one)
            yield one

    def pick(self, outcome: CheckOutcome, named: Mapping[str, Stored[Any]]) -> CheckOutcome:
        """What is meant of ``outcome``; ``named`` are the contacts its findings name, by id."""
        kept = [
            one for one in outcome.findings
            if self._wanted.keeps(one) and (one.contact in self._meant or self._of_a_day(one, named))
        ]  # fmt: skip
        return CheckOutcome(tuple(kept), len(self._meant))

    def _of_a_day(self, finding: Finding, named: Mapping[str, Stored[Any]]) -> bool:
        contact = named.get(finding.contact or "")
        return contact is not None and is_of_day(finding) and bool(self._day(contact) & self._days)

    def _day(self, contact: Stored[Any]) -> set[frequency.Key]:
        seen = look(contact, self._world, Reading())
        return {frequency.key_of(seen)} if frequency.counts(seen) else set()


def is_of_day(finding: Finding) -> bool:
    """Whether a finding is about a whole day, and names only the latest of its contacts."""
    what: Any = finding.reason.facts.get("what")
    while what is not None and what.facts.get("what") is not None:
        what = what.facts["what"]
    return what is not None and what.code.startswith(_OF_DAYS)
