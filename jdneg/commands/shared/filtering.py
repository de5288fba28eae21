"""Filters of the command line: the words typed, read against the journal, and the contacts they mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from jdneg.domain.filters import Filter, parse_filter
from jdneg.domain.filters.views import expanded
from jdneg.domain.records.base import Stored
from jdneg.errors import BadUsage
from jdneg.i18n import t
from jdneg.session import Session


def read_filter(session: Session, words: Sequence[str] | None, *, loan: str | None = None) -> Filter:
    """The filter of the words typed; ``loan`` (of a fixed flag) is one more term."""
    typed = list(words or ())
    for word in typed:
        if word.startswith("--"):  # an option misspelt, not a tag turned round
            raise BadUsage(detail=t("app.unknown_option", name=word, close="--help"))
    asked = [*expanded(typed, session.config), *([f"loan:{loan}"] if loan else [])]
    loans = session.store.select("loan") if any("lender" in word.lower() for word in asked) else ()
    return parse_filter(asked, session.now, session.zone, loans, session.store.get, lambda: _findable(session))


def _findable(session: Session) -> Iterator[str]:
    """The rules that a contact can be found against."""
    rules = session.rules.rules.values()
    return (one.id for one in rules if one.id.startswith("conduct.") and one.check != "info")


def contacts(session: Session) -> Iterator[Stored[Any]]:
    """Every live contact in the order of ids, then the letters that came."""
    from jdneg.domain.correspondence.received import as_contacts

    yield from session.store.stream("contact")
    yield from as_contacts(session.store.select("letter"))


def picked(session: Session, wanted: Filter) -> Iterator[Stored[Any]]:
    """The contacts a filter means, one after the other."""
    if not wanted.needs_findings:
        return (one for one in contacts(session) if wanted.admits(one))
    from jdneg.commands.shared.judging import check_journal

    found = by_contact(check_journal(session).findings)
    return (one for one in contacts(session) if wanted.matches(one, found.get(one.id, ())))


def by_contact(findings: Iterable[Any]) -> dict[str | None, list[Any]]:
    found: dict[str | None, list[Any]] = {}
    for one in findings:
        found.setdefault(one.contact, []).append(one)
    return found
