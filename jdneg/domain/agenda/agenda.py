"""What is due or late, in one fixed order, and one thing to do next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import chain

from jdneg.domain.agenda.dues import agreed, all_settled, by_contract, unverified
from jdneg.domain.agenda.item import AGREED, KINDS, Item
from jdneg.domain.agenda.known import Known
from jdneg.domain.agenda.papers import after_the_end, of_complaints, of_letters
from jdneg.domain.agenda.talks import of_cases, of_contacts, of_left_call
from jdneg.domain.correspondence.received import as_contacts
from jdneg.domain.dates import has_come
from jdneg.domain.ids import number_of

SOON = dt.timedelta(days=3)


def agenda(known: Known, as_of: dt.date, days: int = 14) -> tuple[Item, ...]:
    """All that is late, due by ``as_of`` plus ``days``, or open without a day; the next agreed instalment always."""
    horizon = as_of + dt.timedelta(days=days)
    running = [one for one in known.loans if not has_come(one.record.closed_on, as_of)]
    closed = [one for one in known.loans if one not in running]
    came = as_contacts(known.letters)  # a letter has appointments and promises too
    found = chain(
        agreed([one for one in known.cases if not all_settled(one, known.loans, as_of)], known, as_of),
        by_contract(running, known, as_of),
        of_cases(known, as_of),
        of_contacts(chain(known.contacts, came), known.cases, as_of, horizon),
        unverified(running, known, as_of),
        of_letters(known.letters, known.cases, as_of),
        of_complaints(known.complaints, {one.id: one.record for one in known.loans}, known.channels, as_of),
        of_left_call(known.left_call, as_of),
        *(after_the_end(one, chain(known.of_loan(one.id), came), as_of) for one in closed),
    )
    near = (one for one in found if one.due is None or one.due <= horizon or one.kind in AGREED)
    return tuple(sorted(near, key=lambda one: _place(one, as_of)))


def _place(one: Item, as_of: dt.date) -> tuple[int, dt.date, int, int, str]:
    """Agreed instalments first; then what is late or due, what comes, what has no day."""
    group = 0 if one.kind in AGREED else {"overdue": 1, "today": 1, "coming": 2, "open": 3}[one.state(as_of)]
    return group, one.due or dt.date.max, KINDS.index(one.kind), number_of(one.id) if one.id else 0, one.what.code


def suggested(items: Sequence[Item], as_of: dt.date) -> Item | None:
    """The one thing to do next: what is behind or due within three days, an agreement to get in writing, the rest."""
    first = (
        lambda one: one.kind in AGREED and one.due is not None and one.due <= as_of + SOON,
        lambda one: one.kind == "oral",
        lambda one: one.kind not in AGREED and one.state(as_of) in ("overdue", "today"),
        lambda one: one.kind not in AGREED and one.due is None,
        lambda one: one.command is not None,
    )
    for wanted in first:
        found = next((one for one in items if one.command and wanted(one)), None)
        if found is not None:
            return found
    return None
