"""How every loan's instalments stand: the user's own lapses are part of the picture."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from jdneg.domain.agreements import InForce, agreed_states, in_force
from jdneg.domain.evidence.links import CaseFile
from jdneg.domain.instalments import InstalmentState, Paid, instalment_states, paid_by_day
from jdneg.values import dataclass


@dataclass(frozen=True, slots=True)
class LoanInstalment:
    """One instalment of a loan. ``oral``: it stands in an agreement that is not in writing yet."""

    loan: str
    row: InstalmentState
    oral: bool = False


def case_states(file: CaseFile, as_of: dt.date) -> tuple[LoanInstalment, ...]:
    """Each loan by the schedule that ran: its own, and from an agreement's start the agreement's.

    While that is oral the contract's runs on, and both are given. An agreement about several loans stands under the
    first of them that is in the file.
    """
    found: list[LoanInstalment] = []
    told: set[str] = set()
    for loan in file.loans:
        agreed = in_force(file.cases, loan.id, as_of)
        if agreed is not None and not agreed.agreement.instalments:
            agreed = None
        own = file.schedules.get(loan.id) or loan.record.schedule
        paid = _paid(file, loan.id)
        if agreed is not None and not agreed.agreement.oral:
            own = [row for row in own if row.due < agreed.agreement.starts]
            paid = [one for one in paid if one[0] < agreed.agreement.starts]
        found += (LoanInstalment(loan.id, row) for row in instalment_states(own, paid, as_of))
        if agreed is not None and agreed.case not in told:
            found += _agreed(file, loan.id, agreed, as_of)
            told.add(agreed.case)
    return tuple(found)


def _agreed(file: CaseFile, loan: str, found: InForce, as_of: dt.date) -> Iterator[LoanInstalment]:
    for row in agreed_states(found.agreement, _paid(file, *found.loans), as_of):
        yield LoanInstalment(loan, row, found.agreement.oral)


def _paid(file: CaseFile, *loans: str) -> Paid:
    return paid_by_day(one.record for one in file.payments if one.record.loan in loans)
