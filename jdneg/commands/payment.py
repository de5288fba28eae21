"""``jdneg pay`` and ``jdneg payment``: money the borrower paid, with its proof."""

from __future__ import annotations

from jdneg.commands.options import Arg, Many, Need, Question, Switch, Text, complete
from jdneg.commands.reading import Reader, words_of
from jdneg.domain.money import parse_amount
from jdneg.i18n import t
from jdneg.result import Result
from jdneg.session import Session


def pay(
    session: Session,
    loan: Need,
    amount: Arg = None,
    at: Text = None,
    via: Text = None,
    to: Text = None,
    evidence: Many = None,
    note: Text = None,
) -> Result:
    from jdneg.commands.attaching import attachments
    from jdneg.commands.dossier import Dossier
    from jdneg.commands.limits import gate_notice, limitation_notice
    from jdneg.commands.track import doubts_of
    from jdneg.domain import changes
    from jdneg.domain.dates import shanghai_day
    from jdneg.domain.messages import warning
    from jdneg.domain.records.account import Payment
    from jdneg.views.words import amount as yuan, time
    from jdneg.views.written import written

    if len(names := words_of([loan])) > 1:
        from jdneg.commands.paying import PayFlags, pay_several

        return pay_several(session, names, amount, PayFlags(at=at, via=via, to=to, evidence=evidence, note=note))
    debt = session.get(loan, "loan")
    file = Dossier(session, debt)
    notice = (*limitation_notice(session, file), *gate_notice(session, file))
    amount, at = complete(
        session,
        [
            Question("AMOUNT", amount, check=lambda text: parse_amount(text, zero=False)),
            Question("--at", at, check=session.moment),
        ],
    )
    read = Reader(session)
    paid, when = read.amount(amount, "AMOUNT", zero=False), read.moment(at, "--at")
    read.done()
    exhibits, ids = attachments(session, evidence)
    payment = Payment(loan=debt.id, amount=paid, at=when, via=via, to=to, exhibits=ids, note=note)
    receipt = session.commit([changes.add("payment", payment), *exhibits])
    payment_id = receipt.ids[0]
    if shanghai_day(when) < debt.record.start:
        facts = {"date": shanghai_day(when), "loan": debt.id, "start": debt.record.start, "id": payment_id}
        notice = (*notice, warning("payment.before_start", **facts))
    notice = (*notice, *doubts_of(session, payment_id))
    said = t("payment.added", id=payment_id, loan=debt.id, amount=yuan(paid), at=time(when))
    return written(receipt, session.store.get(payment_id).record, said, messages=notice)


def list_(session: Session) -> Result:
    from jdneg.views.accounts import payment_list

    return payment_list(session.store.all("payment"))


def show(session: Session, payment: Need) -> Result:
    from jdneg.views.records import record_page

    return record_page(session.get(payment, "payment"))


def amend(session: Session, payment: Need, set_: Many = None, reason: Text = None, edit: Switch = False) -> Result:
    from jdneg.commands.amending import amend

    return amend(session, payment, "payment", set_, reason, edit=edit)


def withdraw(session: Session, payment: Need, reason: Text = None) -> Result:
    from jdneg.commands.amending import withdraw_record

    return withdraw_record(session, payment, "payment", reason)
