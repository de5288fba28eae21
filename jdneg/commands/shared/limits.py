"""The warning that must stand before anything that could restart a limitation period or give up the defence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from itertools import chain

from jdneg.commands.shared.dossier import Dossier
from jdneg.domain.messages import Message
from jdneg.session import Session


def limitation_notice(session: Session, file: Dossier) -> tuple[Message, ...]:
    """Told at once on a terminal, before anything is asked or written; returned so that JSON has it too."""
    notice = file.old_debt(session.today)
    if notice is None:
        return ()
    session.ports.tell(notice)
    return (notice,)


def gate_notice(session: Session, file: Dossier) -> tuple[Message, ...]:
    """While what was agreed about the loan is not in writing: told before a payment."""
    from jdneg.domain.agreements import chain, gate, in_force

    found = in_force(file.cases, file.loan.id, session.today)
    led = chain(file.cases, file.loan.id, session.today)
    notice = gate(found.agreement, led[-1].agreement if led else None) if found else None
    if notice is None:
        return ()
    session.ports.tell(notice)
    return (notice,)


def lapse_notice(session: Session, files: Iterable[Dossier], day: dt.date) -> tuple[Message, ...]:
    """Where a day of an agreement was missed: told once, before a payment of ``day`` is written."""
    found = {one.case: one.messages for file in files if (one := file.lapse(day))}
    notices = tuple(chain.from_iterable(found.values()))
    for notice in notices:
        session.ports.tell(notice)
    return notices


def settled_notice(session: Session, loans: Iterable[object]) -> tuple[Message, ...]:
    """Before talks about a loan that is recorded as settled."""
    from jdneg.domain.messages import warning

    found = [session.store.get(str(one)) for one in loans]
    notices = tuple(
        warning("case.loan_settled", loan=one.id, closed=one.record.closed_on)
        for one in found if one.record.closed_on is not None
    )  # fmt: skip
    for notice in notices:
        session.ports.tell(notice)
    return notices
