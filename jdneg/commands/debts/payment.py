"""``jdneg payment``: the register of what the borrower paid; `jdneg.commands.debts.paying` adds to it."""

from __future__ import annotations

from jdneg.commands.shared.options import Many, Need, Switch, Text
from jdneg.result import Result
from jdneg.session import Session


def list_(session: Session, last: Text = None, page: Text = None) -> Result:
    from jdneg.commands.shared.reading import Reader
    from jdneg.views.accounts import payment_list

    read = Reader(session)
    shown = read.page(last, page)
    read.done()
    return payment_list(session.store.all("payment"), shown)


def show(session: Session, payment: Need) -> Result:
    from jdneg.views.records import record_page

    return record_page(session.get(payment, "payment"))


def amend(session: Session, payment: Need, set_: Many = None, reason: Text = None, edit: Switch = False) -> Result:
    from jdneg.commands.shared.amending import amend

    return amend(session, payment, "payment", set_, reason, edit=edit)


def withdraw(session: Session, payment: Need, reason: Text = None) -> Result:
    from jdneg.commands.shared.amending import withdraw_record

    return withdraw_record(session, payment, "payment", reason)
