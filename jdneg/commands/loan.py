"""``jdneg loan``: the register of debts."""

from __future__ import annotations

from jdneg.commands.options import Many, Need, Question, Switch, Text, complete
from jdneg.commands.reading import Reader, choose, due_day as read_due_day, existing, positive, whole, words_of
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
    schedule: Text = None,
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
) -> Result:
    from jdneg.commands.choices import BASES, BASES_OF_PENALTY, KINDS, METHODS, ROLES
    from jdneg.domain import changes
    from jdneg.domain.loans import check_loan, contract_schedule, loan_messages
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
        factor=read.read(penalty_factor, positive),
        rate=read.rate(penalty_rate),
        base=read.choice(penalty_base, BASES_OF_PENALTY),
        compound=compound,
        grace_days=read.number(grace_days, most=366) or 0,
    )
    loan = Loan(
        lender=lender, kind=read.choice(kind, KINDS) or "unknown", product=product, party=party,
        contract_no=contract_no, signed_on=read.day(signed), principal=read.amount(principal, zero=False),
        received=read.amount(received, zero=False), rate=read.rate(rate), fee=read.rate(fee), start=read.day(start),
        term=read.number(term, least=1, most=600), due_day=read.due_day(due_day),
        method=read.choice(method, METHODS), basis=read.choice(basis, BASES),
        payment=read.amount(payment, zero=False), minimum=read.amount(minimum),
        schedule=read.read(schedule, lambda path: contract_schedule(existing(path).read_bytes(), path)) or (),
        overdue=None if overdue == OverdueTerms() else overdue, credit_card=read.yes(credit_card),
        joint_lending=read.yes(joint_lending), credit_sale=read.yes(credit_sale), holder=holder,
        holder_role=read.choice(holder_role, ROLES), agencies=words_of(agency), agreed_hours=agreed_hours, note=note,
    )  # fmt: skip
    read.done()
    check_loan(loan, session.today)
    receipt = session.commit([changes.add("loan", loan)])
    said = t("loan.added", id=receipt.ids[0], lender=lender)
    return written(receipt, loan, said, messages=loan_messages(loan, receipt.ids[0], ()))


def list_(session: Session) -> Result:
    from jdneg.views.loans import loan_list

    return loan_list(session.store.all("loan"))


def show(session: Session, loan: Need) -> Result:
    from jdneg.domain.loans import loan_messages
    from jdneg.views.records import record_page

    found = session.get(loan, "loan")
    exhibits = [one for one in session.store.all("exhibit") if found.id in one.record.supports]
    return record_page(found, loan_messages(found.record, found.id, exhibits))


def amend(session: Session, loan: Need, set_: Many = None, reason: Text = None) -> Result:
    from jdneg.commands.amending import amend_record

    return amend_record(session, loan, "loan", set_, reason)


def close(session: Session, loan: Need, at: Text = None, reason: Text = None) -> Result:
    from jdneg.commands.amending import amend_record

    (at,) = complete(session, [Question("--at", at, check=session.day)])
    day = session.day(at)
    said = reason or t("loan.closed_reason")
    return amend_record(session, loan, "loan", [f"closed_on={day.isoformat()}"], said, step=True)
