"""What the loans of a case come to today: what its offers and its agreement are held against."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from jdneg.errors import NotComputable
from jdneg.session import Session

if TYPE_CHECKING:
    from jdneg.domain.negotiation.owed import Owed
    from jdneg.domain.records.loan import Instalment


def owed_in(session: Session, case: Any, day: dt.date) -> tuple[Owed | None, tuple[Instalment, ...]]:
    """All loans of the case together on a day, and the instalments of the schedules in force; nothing where one of
    them cannot be computed."""
    from jdneg.commands.shared.glance import glance
    from jdneg.domain.negotiation.owed import owed_of, together
    from jdneg.domain.records.loan import Instalment

    files = [glance(session, str(one)) for one in case.loans]
    try:
        found = [(file.loan.record, file.verification(day).position) for file in files]
    except NotComputable:
        return None, ()
    rows: dict[Any, Any] = {}
    for _, at in found:
        for row in at.rows:
            rows[row.due] = rows.get(row.due, 0) + row.payment
    contract = tuple(Instalment(due=due, amount=amount) for due, amount in sorted(rows.items()) if amount)
    return together([owed_of(loan, at) for loan, at in found]), contract
