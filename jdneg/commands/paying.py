"""``jdneg pay L1,L2``: one payment on several debts to the same creditor, split by law where nobody designated."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from jdneg.commands.attaching import MAIN, attachments
from jdneg.commands.dossier import Dossier, dossier
from jdneg.commands.limits import limitation_notice
from jdneg.commands.options import Question, complete
from jdneg.commands.reading import Reader
from jdneg.domain import changes
from jdneg.domain.dates import shanghai_day
from jdneg.domain.ids import LocalRef
from jdneg.domain.messages import Message, hint, info
from jdneg.domain.money import parse_amount
from jdneg.domain.records.account import Payment
from jdneg.errors import DifferentCreditors, NothingOwed
from jdneg.result import Result
from jdneg.session import Session
from jdneg.values import dataclass

if TYPE_CHECKING:
    from jdneg.domain.debt.designation import DueDebt, Share


@dataclass(frozen=True, slots=True, kw_only=True)
class PayFlags:
    """What was typed beside the loans and the amount."""

    at: str | None
    via: str | None
    to: str | None
    evidence: Sequence[str] | None
    note: str | None


def pay_several(session: Session, names: Sequence[str], amount: str | None, flags: PayFlags) -> Result:
    """The split by Civil Code 560 and one payment a loan, in one batch."""
    from jdneg.views.paid import paid_page

    files = _files(session, names)
    notices = tuple(one for file in files for one in limitation_notice(session, file))
    questions = [
        Question("AMOUNT", amount, check=lambda text: parse_amount(text, zero=False)),
        Question("--at", flags.at, check=session.moment),
    ]
    amount, at = complete(session, questions)
    read = Reader(session)
    paid, when = read.amount(amount, zero=False), read.moment(at)
    read.done()
    ids = [file.loan.id for file in files]
    shares = _shares(session, ids, paid, shanghai_day(when))  # what cannot be split is said before a file is taken
    extra, cited = attachments(session, flags.evidence)
    plain = Payment(loan="", amount=paid, at=when, via=flags.via, to=flags.to, exhibits=cited, note=flags.note)

    def decide() -> list[changes.Change]:
        nonlocal shares
        shares = _shares(session, ids, paid, shanghai_day(when))
        return _batch([replace(plain, loan=one.loan, amount=one.amount) for one in shares if one.amount], extra)

    receipt = session.transact(decide)
    written = [session.store.get(one) for one in receipt.ids if one.startswith("Y")]
    return paid_page(receipt, written, shares, paid, (*notices, *_said(ids)))


def _said(ids: Sequence[str]) -> tuple[Message, ...]:
    return info("payment.security_unknown"), hint("payment.may_designate", loan=ids[0])


def _files(session: Session, names: Sequence[str]) -> list[Dossier]:
    """Each loan once. Raises DifferentCreditors: the order of the law is for debts to one creditor."""
    files = {file.loan.id: file for file in (dossier(session, name) for name in names)}
    first, *others = files.values()
    for other in others:
        mine, theirs = _creditor(first.loan.record), _creditor(other.loan.record)
        if mine != theirs:
            raise DifferentCreditors(
                first=first.loan.id, first_creditor=mine, second=other.loan.id, second_creditor=theirs
            )
    return list(files.values())


def _creditor(loan: Any) -> str:
    """Who holds the debt now, else the party on the contract, else the lender as noted."""
    return str(loan.holder or loan.party or loan.lender).strip()


def _shares(session: Session, ids: Sequence[str], paid: Decimal, day: dt.date) -> tuple[Share, ...]:
    from jdneg.domain.debt.designation import designate

    shares = designate(paid, [_due(dossier(session, one), day) for one in ids])
    if not any(one.amount for one in shares):
        raise NothingOwed(loans=", ".join(ids), date=day)
    return shares


def _due(file: Dossier, day: dt.date) -> DueDebt:
    """The debt as it stood on the day of the payment."""
    from jdneg.domain.agreements import in_force
    from jdneg.domain.debt.accrual import payments_of
    from jdneg.domain.debt.designation import due_debt
    from jdneg.domain.debt.schedule import schedule_of
    from jdneg.domain.debt.sound import check_sound

    check_sound(file.loan, file.payments)
    found = in_force(file.cases, file.loan.id, day)
    agreed, waived = (found.agreement, found.waived) if found else (None, ())
    paid = payments_of(file.loan.id, file.payments)
    return due_debt(file.loan, schedule_of(file.loan), paid, agreed, day, waived)


def _batch(payments: Sequence[Payment], extra: Sequence[changes.Change]) -> list[changes.Change]:
    """The first payment, the exhibits (whose places in the batch are fixed already), the other payments."""
    first, *others = (changes.add("payment", one) for one in payments)
    mains = (MAIN, *(LocalRef(1 + len(extra) + n) for n in range(len(others))))
    return [first, *(_supporting(one, mains) for one in extra), *others]


def _supporting(change: changes.Change, mains: Sequence[LocalRef]) -> changes.Change:
    """The exhibit supports every payment, not the first alone."""
    kept = (one for one in change.record.supports if one != MAIN)  # type: ignore[union-attr]
    return replace(change, record=replace(change.record, supports=(*kept, *mains)))  # type: ignore[type-var]
