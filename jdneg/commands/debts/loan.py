"""``jdneg loan``: the register of debts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jdneg.commands.debts.loanflags import LoanFlags, asked, loan_of
from jdneg.commands.debts.termflags import TermFlags, with_terms
from jdneg.commands.shared.options import Many, Need, Switch, Text
from jdneg.commands.shared.reading import Reader
from jdneg.i18n import t
from jdneg.result import Result
from jdneg.session import Session

if TYPE_CHECKING:
    from jdneg.domain.messages import Message


def add(session: Session, flags: LoanFlags, *, terms: TermFlags) -> Result:
    from dataclasses import replace

    from jdneg.commands.shared.naming import sure_of_lender
    from jdneg.domain import changes
    from jdneg.domain.loans import check_loan, loan_messages
    from jdneg.views.written import written

    read = Reader(session)
    loan = with_terms(read, terms, loan_of(read, asked(session, flags)))
    read.done()
    check_loan(loan, session.today)
    lender, doubts = sure_of_lender(session, loan.lender)
    loan = replace(loan, lender=lender)
    receipt = session.commit([changes.add("loan", loan)])
    said = t("loan.added", id=receipt.ids[0], lender=lender)
    told = (*loan_messages(loan, receipt.ids[0], ()), *_beyond(session, receipt.ids[0]))
    return written(receipt, loan, said, messages=(*doubts, *told))


def list_(session: Session) -> Result:
    from jdneg.views.loans import loan_list

    return loan_list(session.store.all("loan"))


def show(session: Session, loan: Need) -> Result:
    from jdneg.domain.loans import loan_messages
    from jdneg.views.records import record_page

    found = session.get(loan, "loan")
    if found.record.closed_on is not None:
        return _closed(session, found)
    exhibits = [one for one in session.store.all("exhibit") if found.id in one.record.supports]
    return record_page(found, loan_messages(found.record, found.id, exhibits))


def _closed(session: Session, found: Any) -> Result:
    """What a verification lacks no longer matters; what keeps the debt settled does."""
    from dataclasses import replace

    from jdneg.commands.debts.closing import steps_of
    from jdneg.views.closing import closing_blocks, closing_json
    from jdneg.views.records import record_page

    page, steps = record_page(found), steps_of(session, found.id)
    data = {**page.data, "closing": closing_json(found.id, steps)}
    return replace(page, data=data, view=(*page.view, *closing_blocks(found.id, steps, session.rules)))


def precheck(session: Session) -> Result:
    from jdneg.storage.texts import precheck as card
    from jdneg.views.precheck import precheck_page

    return precheck_page(card(), session.as_of)


def amend(
    session: Session, loan: Need, set_: Many = None, reason: Text = None, edit: Switch = False, *, terms: TermFlags
) -> Result:
    from jdneg.commands.shared.amending import amend, amend_record

    if not terms.given():
        return amend(session, loan, "loan", set_, reason, edit=edit)
    with_terms(read := Reader(session), terms, session.get(loan, "loan").record)
    read.done()
    return amend_record(
        session, loan, "loan", set_, reason, change=lambda one: with_terms(read, terms, one),
        doubts=lambda: _beyond(session, loan),
    )  # fmt: skip


def _beyond(session: Session, loan: str) -> tuple[Message, ...]:
    """More let go or paid back than there was, by the records so far."""
    from jdneg.commands.shared.dossier import dossier
    from jdneg.domain.debt.accrual import payments_of, position
    from jdneg.domain.debt.events import OVER
    from jdneg.domain.debt.schedule import schedule_of
    from jdneg.errors import NotComputable

    file, day = dossier(session, loan), session.today
    if not file.loan.record.adjustments:
        return ()
    try:
        schedule = schedule_of(file.loan)
    except NotComputable:  # told by itself
        return ()
    paid = payments_of(file.loan.id, file.payments)
    at = position(file.loan.record, schedule, paid, day, file.agreed(day).written)
    return tuple(one for one in at.assumptions if one.code in OVER)


def close(
    session: Session,
    loan: Need,
    at: Text = None,
    certificate: Text = None,
    auto_debit_off: Text = None,
    credit_checked: Text = None,
    contact_stop: Text = None,
    reason: Text = None,
) -> Result:
    from jdneg.commands.debts.closing import Wanted, close_loan

    wanted = Wanted(
        at=at, certificate=certificate, auto_debit_off=auto_debit_off, credit_checked=credit_checked,
        contact_stop=contact_stop, reason=reason,
    )  # fmt: skip
    return close_loan(session, loan, wanted)
