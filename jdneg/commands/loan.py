"""``jdneg loan``: the register of debts."""

from __future__ import annotations

from typing import Any

from jdneg.commands.options import Many, Need, Question, Switch, Text, complete
from jdneg.commands.reading import Reader, choose, due_day as read_due_day, positive, whole, words_of
from jdneg.commands.termflags import TermFlags, with_terms
from jdneg.domain.money import parse_amount
from jdneg.domain.rate import parse_rate
from jdneg.i18n import t
from jdneg.result import Result
from jdneg.session import Session


def add(
    session: Session,
    lender: Text = None,
    kind: Text = None,
    product: Text = None,
    party: Text = None,
    contract_no: Text = None,
    signed: Text = None,
    principal: Text = None,
    received: Text = None,
    rate: Text = None,
    fee: Text = None,
    start: Text = None,
    term: Text = None,
    due_day: Text = None,
    method: Text = None,
    basis: Text = None,
    payment: Text = None,
    minimum: Text = None,
    penalty_factor: Text = None,
    penalty_rate: Text = None,
    penalty_base: Text = None,
    compound: Switch = False,
    grace_days: Text = None,
    credit_card: Text = None,
    joint_lending: Text = None,
    credit_sale: Text = None,
    holder: Text = None,
    holder_role: Text = None,
    agency: Many = None,
    agreed_hours: Text = None,
    note: Text = None,
    *,
    terms: TermFlags,
) -> Result:
    from dataclasses import replace

    from jdneg.commands.choices import BASES, BASES_OF_PENALTY, KINDS, METHODS, ROLES
    from jdneg.commands.naming import sure_of_lender
    from jdneg.domain import changes
    from jdneg.domain.loans import check_loan, loan_messages
    from jdneg.domain.records.loan import Loan, OverdueTerms
    from jdneg.views.written import written

    lender, kind, principal, start, product, rate, fee, term, due_day, method = complete(
        session,
        [
            Question("--lender", lender),
            Question("--kind", kind, optional=True, check=lambda text: choose(text, KINDS)),
            Question("--principal", principal, check=parse_amount),
            Question("--start", start, check=session.day),
            Question("--product", product, optional=True),
            Question("--rate", rate, optional=True, check=parse_rate),
            Question("--fee", fee, optional=True, check=parse_rate),
            Question("--term", term, optional=True, check=lambda text: whole(text, 1, 600)),
            Question("--due-day", due_day, optional=True, check=read_due_day),
            Question("--method", method, optional=True, check=lambda text: choose(text, METHODS)),
        ],
    )
    read = Reader(session)
    overdue = OverdueTerms(
        factor=read.read(penalty_factor, positive, "--penalty-factor"),
        rate=read.rate(penalty_rate, "--penalty-rate"),
        base=read.choice(penalty_base, BASES_OF_PENALTY, "--penalty-base"),
        compound=compound,
        grace_days=read.number(grace_days, "--grace-days", most=366) or 0,
    )
    loan = Loan(
        lender=lender, kind=read.choice(kind, KINDS, "--kind") or "unknown", product=product, party=party,
        contract_no=contract_no, signed_on=read.day(signed, "--signed"),
        principal=read.amount(principal, "--principal", zero=False),
        received=read.amount(received, "--received", zero=False), rate=read.rate(rate, "--rate"),
        fee=read.rate(fee, "--fee"), start=read.day(start, "--start"),
        term=read.number(term, "--term", least=1, most=600), due_day=read.due_day(due_day, "--due-day"),
        method=read.choice(method, METHODS, "--method"), basis=read.choice(basis, BASES, "--basis"),
        payment=read.amount(payment, "--payment", zero=False), minimum=read.amount(minimum, "--minimum"),
        overdue=None if overdue == OverdueTerms() else overdue,
        credit_card=read.yes(credit_card, "--credit-card"), joint_lending=read.yes(joint_lending, "--joint-lending"),
        credit_sale=read.yes(credit_sale, "--credit-sale"), holder=holder,
        holder_role=read.choice(holder_role, ROLES, "--holder-role"), agencies=words_of(agency),
        agreed_hours=agreed_hours, note=note,
    )  # fmt: skip
    loan = with_terms(read, terms, loan)
    read.done()
    check_loan(loan, session.today)
    lender, doubts = sure_of_lender(session, loan.lender)
    loan = replace(loan, lender=lender)
    receipt = session.commit([changes.add("loan", loan)])
    said = t("loan.added", id=receipt.ids[0], lender=lender)
    return written(receipt, loan, said, messages=(*doubts, *loan_messages(loan, receipt.ids[0], ())))


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

    from jdneg.commands.closing import steps_of
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
    from jdneg.commands.amending import amend, amend_record

    if not terms.given():
        return amend(session, loan, "loan", set_, reason, edit=edit)
    with_terms(read := Reader(session), terms, session.get(loan, "loan").record)
    read.done()
    return amend_record(session, loan, "loan", set_, reason, change=lambda one: with_terms(read, terms, one))


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
    from jdneg.commands.closing import Wanted, close_loan

    wanted = Wanted(
        at=at, certificate=certificate, auto_debit_off=auto_debit_off, credit_checked=credit_checked,
        contact_stop=contact_stop, reason=reason,
    )  # fmt: skip
    return close_loan(session, loan, wanted)
