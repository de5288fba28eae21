"""What the loans of a case come to today: what its offers and its agreement are held against."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from jdneg.errors import NotComputable
from jdneg.session import Session

if TYPE_CHECKING:
    from jdneg.domain.negotiation.held import Held


def owed_in(session: Session, case: Any, day: dt.date) -> Held:
    """All loans of the case together on a day, and the instalments of the schedules in force; neither where one of
    them cannot be computed. The due day is the first loan's."""
    from jdneg.commands.shared.glance import glance
    from jdneg.domain.negotiation.held import Held
    from jdneg.domain.negotiation.owed import owed_of, together
    from jdneg.domain.records.loan import Instalment

    files = [glance(session, str(one)) for one in case.loans]
    due_day = files[0].loan.record.due_day
    try:
        found = [(file.loan.record, file.verification(day).position) for file in files]
    except NotComputable:
        return Held(due_day=due_day)
    rows: dict[Any, Any] = {}
    for _, at in found:
        for row in at.rows:
            rows[row.due] = rows.get(row.due, 0) + row.payment
    contract = tuple(Instalment(due=due, amount=amount) for due, amount in sorted(rows.items()) if amount)
    return Held(together([owed_of(loan, at) for loan, at in found]), due_day, contract)
