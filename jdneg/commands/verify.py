"""``jdneg verify``: claimed beside computed, the ceilings, what is missing; on the screen or as a sheet to print."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jdneg.commands.options import Need, Switch, Text
from jdneg.result import Result
from jdneg.session import Session

if TYPE_CHECKING:
    from jdneg.commands.dossier import Dossier
    from jdneg.domain.debt.verify import Verification
    from jdneg.views.sheet import SheetInput


def verify(session: Session, loan: Need, ledger: Switch = False, output: Text = None) -> Result:
    from jdneg.commands.dossier import dossier
    from jdneg.views.verification import verification_page

    file = dossier(session, loan)
    found = file.verification(session.as_of)
    page = verification_page(found, session.rules, ledger=ledger)
    return _with_sheet(session, file, found, output, page) if output else page


def _with_sheet(session: Session, file: Dossier, found: Verification, output: str, page: Result) -> Result:
    """The same answer, and the whole sheet as a file in the format its name asks for."""
    from jdneg.blocks import Paragraph
    from jdneg.documents.writers import write
    from jdneg.i18n import t
    from jdneg.session import expanded
    from jdneg.views.sheet import sheet_blocks
    from jdneg.views.sheet_book import sheet_book

    given = sheet_input(session, file, found)
    path = write(sheet_blocks(given), expanded(output), book=lambda: sheet_book(given))
    said = Paragraph(t("sheet.written", path=str(path)))
    return replace(page, data={**page.data, "path": str(path)}, view=(*page.view, said))


def sheet_input(session: Session, file: Dossier, found: Verification) -> SheetInput:
    from jdneg.domain.dates import first_moment, shanghai_day
    from jdneg.views.sheet import SheetInput

    known = (one for one in file.payments if shanghai_day(one.record.at) <= found.as_of)
    payments = tuple(sorted(known, key=lambda one: first_moment(one.record.at)))
    return SheetInput(file.loan, found, payments, session.rules)
