"""The records a report is made of, gathered from the journal; masked unless asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from jdneg.errors import JdnegError, NoSplitDay
from jdneg.result import Result
from jdneg.session import Session

if TYPE_CHECKING:
    from jdneg.domain.filters import Filter
    from jdneg.domain.negotiation.effort import Effort
    from jdneg.domain.negotiation.playbook import StuckReason
    from jdneg.views.patterns import PatternPage


def pattern_page(session: Session, words: list[str] | None, split: str | None, *, reveal: bool) -> PatternPage:
    """One run of the check over everything, the contacts that a filter means counted as they go by."""
    from jdneg.commands.shared.filtering import read_filter
    from jdneg.commands.shared.judging import watched
    from jdneg.views.patterns import PatternPage

    wanted = read_filter(session, words)
    at = _split_day(session, split) if split is not None else None
    every, kept, watcher = watched(session, wanted)
    found = watcher.pattern(every.findings, kept.findings, at[0] if at else None, session.as_of)
    return PatternPage(found, wanted.words, session.as_of, at, reveal)


def _split_day(session: Session, text: str) -> tuple[dt.date, str]:
    """The day a case was agreed on, a letter was sent, or the day itself, and what it is of. Raises NoSplitDay."""
    from jdneg.domain.dates import shanghai_day

    name = text.strip().upper()
    if name[:1] == "G" and name[1:].isdecimal():
        case = session.get(name, "case")
        if case.record.agreement is None:
            raise NoSplitDay(id=case.id)
        return shanghai_day(case.record.agreement.agreed_at), case.id
    if name[:1] == "T" and name[1:].isdecimal():
        letter = session.get(name, "letter")
        if letter.record.sent_at is None:
            raise NoSplitDay(id=letter.id)
        return shanghai_day(letter.record.sent_at), letter.id
    day = session.day(text)
    return day, day.isoformat()


# What happened


def timeline_page(session: Session, words: list[str] | None, *, reveal: bool) -> Result:
    """Everything by time; with a filter the contacts and letters it means, and nothing else."""
    from jdneg.commands.papers.bundling import case_file
    from jdneg.commands.papers.scope import scope_of
    from jdneg.commands.shared.filtering import read_filter
    from jdneg.domain.dates import shanghai_day
    from jdneg.domain.evidence.instalments import case_states
    from jdneg.domain.evidence.timeline import timeline
    from jdneg.views.timelines import timeline_result

    wanted = read_filter(session, words)
    file = case_file(scope_of(session, None, None))
    names = _names(session) if not reveal else ()
    states = () if wanted.words else case_states(file, session.as_of)
    picked = _picked(session, wanted) if wanted.words else None
    shown = _masked_file(file, names) if not reveal else file
    events = tuple(
        one for one in timeline(shown, states)
        if shanghai_day(one.at) <= session.as_of and (picked is None or one.id in picked)
    )  # fmt: skip
    return timeline_result(events, shown, wanted.words, session.as_of, masked=not reveal)


def _picked(session: Session, wanted: Filter) -> set[str]:
    from jdneg.commands.shared.filtering import picked

    return {one.id for one in picked(session, wanted)}


def _names(session: Session) -> Sequence[str]:
    """Whoever the records name."""
    from jdneg.domain.redact import collect_names

    kinds = ("contact", "letter", "loan", "profile")
    return sorted(collect_names(one.record for kind in kinds for one in session.store.all(kind)))


def _masked_file(file: Any, names: Sequence[str]) -> Any:
    from jdneg.domain.redact import mask_list, numbers_in, told_apart

    parts = ("contacts", "letters", "payments", "claims", "cases", "complaints", "loans")
    numbers = told_apart(numbers_in([*file.contacts, *file.letters]))
    return replace(file, **{part: tuple(mask_list(getattr(file, part), names, numbers)) for part in parts})


# All on one page


def summary_page(session: Session, *, reveal: bool) -> Result:
    """Debts, what is disputed, contacts, findings, agreements, deadlines."""
    from jdneg.commands.shared.dossier import Dossier
    from jdneg.commands.shared.judging import watched
    from jdneg.commands.talks.today import known
    from jdneg.domain.agenda.agenda import agenda
    from jdneg.domain.filters import Filter
    from jdneg.views.summaries import DebtLine, Summary, summary_result

    day = session.as_of
    lines = []
    for loan in session.store.all("loan"):
        file = Dossier(session, loan)
        found = None
        with suppress(JdnegError):  # what cannot be computed stands as unknown; verify says why
            found = file.verification(day)
        lines.append(DebtLine(loan, file.latest_claim(day), found))
    every, kept, watcher = watched(session, Filter())
    pattern = watcher.pattern(every.findings, kept.findings, None, day)
    items = agenda(known(session), day)
    cases = session.store.all("case")
    letters = session.store.all("letter")
    summary = Summary(
        lines, pattern, kept.findings, cases, letters, session.store.all("complaint"), items, session.rules
    )
    return summary_result(summary, day, None if reveal else _names(session))


# The effort made in a case


def effort_in(session: Session, case: str, *, reveal: bool) -> tuple[Effort, Mapping[str, StuckReason]]:
    """What was tried, with whoever is named masked unless revealed; and the reasons why a case is stuck."""
    from jdneg.commands.talks.negotiate import case_facts
    from jdneg.domain.negotiation.effort import effort
    from jdneg.domain.redact import mask_list
    from jdneg.storage.texts import stuck_reasons

    facts, loans = case_facts(session, session.get(case, "case")), list(session.store.select("loan"))
    if not reveal:
        names = _names(session)
        (own,), loans = mask_list([facts.case], names), mask_list(loans, names)
        facts = replace(facts, case=own, contacts=tuple(mask_list(facts.contacts, names)))
    return effort(facts, {one.id: one.record for one in loans}, session.as_of), stuck_reasons()
