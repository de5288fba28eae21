"""``jdneg verify``: claimed beside computed, the ceilings, what is missing; on the screen or as a sheet to print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jdneg.commands.shared.options import Need, Switch, Text
from jdneg.result import Result
from jdneg.session import Session

if TYPE_CHECKING:
    from jdneg.commands.shared.dossier import Dossier
    from jdneg.domain.debt.verify import Verification
    from jdneg.views.sheet import SheetInput


def verify(
    session: Session, loan: Need, ledger: Switch = False, explain: Switch = False, output: Text = None
) -> Result:
    from jdneg.commands.shared.dossier import dossier
    from jdneg.domain.debt.sound import check_sound
    from jdneg.errors import NoPayout
    from jdneg.views.verification import claims_page, verification_page

    file = dossier(session, loan)
    check_sound(file.loan, file.payments)
    try:
        found = file.verification(session.as_of)
    except NoPayout:
        if explain or output:  # both are about figures of ours
            raise
        return claims_page(file.claims_alone(session.as_of))
    page = verification_page(found, session.rules, ledger=ledger)
    if explain:
        page = _explained(session, file, found, page)
    return _with_sheet(session, file, found, output, page) if output else page


def _explained(session: Session, file: Dossier, found: Verification, page: Result) -> Result:
    """The readings that may lie behind the claim; without a claim there is nothing to explain."""
    from jdneg.commands.shared.patience import progress
    from jdneg.domain.debt.accrual import payments_of
    from jdneg.domain.debt.explain import explain
    from jdneg.views.explained import with_explanations

    if not found.claims:
        return page
    agreed = file.agreed(found.as_of).written
    result = explain(
        file.loan.record, payments_of(file.loan.id, file.payments), found.claims[-1].record,
        found.as_of, agreed,
        progress=progress(session, "view.explain_progress"),
    )  # fmt: skip
    return with_explanations(page, result)


def _with_sheet(session: Session, file: Dossier, found: Verification, output: str, page: Result) -> Result:
    """The same answer, and the whole sheet as a file in the format its name asks for."""
    from jdneg.commands.shared.pages import noted
    from jdneg.documents.writers import write
    from jdneg.session import expanded
    from jdneg.views.sheet import sheet_blocks
    from jdneg.views.sheet_book import sheet_book

    given = sheet_input(session, file, found)
    return noted(page, write(sheet_blocks(given), expanded(output), book=lambda: sheet_book(given)))


def sheet_input(session: Session, file: Dossier, found: Verification) -> SheetInput:
    from jdneg.domain.dates import first_moment, shanghai_day
    from jdneg.views.sheet import SheetInput

    known = (one for one in file.payments if shanghai_day(one.record.at) <= found.as_of)
    payments = tuple(sorted(known, key=lambda one: first_moment(one.record.at)))
    return SheetInput(file.loan, found, payments, session.rules)
