"""``jdneg pay L1,L2``: one payment on several debts to the same creditor, split by law where nobody designated."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from jdneg.commands.attaching import MAIN, attachments
from jdneg.commands.dossier import Dossier, dossier
from jdneg.commands.limits import gate_notice, limitation_notice
from jdneg.commands.options import Question, complete
from jdneg.commands.reading import Reader
from jdneg.domain import changes
from jdneg.domain.dates import shanghai_day
from jdneg.domain.ids import LocalRef
from jdneg.domain.messages import Message, hint
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
    notices = tuple(one for file in files for one in (*limitation_notice(session, file), *gate_notice(session, file)))
    questions = [
        Question("AMOUNT", amount, check=lambda text: parse_amount(text, zero=False)),
        Question("--at", flags.at, check=session.moment),
    ]
    amount, at = complete(session, questions)
    read = Reader(session)
    paid, when = read.amount(amount, "AMOUNT", zero=False), read.moment(at, "--at")
    read.done()
    ids = [file.loan.id for file in files]
    # What cannot be split is said before a file is taken.
    shares, known = _shares(session, ids, paid, shanghai_day(when))
    extra, cited = attachments(session, flags.evidence)
    plain = Payment(loan="", amount=paid, at=when, via=flags.via, to=flags.to, exhibits=cited, note=flags.note)

    def decide() -> list[changes.Change]:
        nonlocal shares, known
        shares, known = _shares(session, ids, paid, shanghai_day(when))
        return _batch([replace(plain, loan=one.loan, amount=one.amount) for one in shares if one.amount], extra)

    receipt = session.transact(decide)
    written = [session.store.get(one) for one in receipt.ids if one.startswith("Y")]
    return paid_page(receipt, written, shares, paid, (*notices, *known, hint("payment.may_designate", loan=ids[0])))


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


def _shares(
    session: Session, ids: Sequence[str], paid: Decimal, day: dt.date
) -> tuple[tuple[Share, ...], tuple[Message, ...]]:
    """What each debt gets, and what had to be left open for want of a fact."""
    from jdneg.domain.debt.designation import as_one_debt, designate, open_facts

    files = [dossier(session, one) for one in ids]
    debts = [_due(file, day) for file in files]
    if _one_agreement(files, day):
        debts = as_one_debt(debts)
    shares = designate(paid, debts)
    if not any(one.amount for one in shares):
        raise NothingOwed(loans=", ".join(ids), date=day)
    return shares, open_facts(debts)


def _one_agreement(files: Sequence[Dossier], day: dt.date) -> bool:
    """Whether one written agreement covers them all: then each gets its share of what is paid."""
    from jdneg.domain.agreements import in_force

    found = [in_force(file.cases, file.loan.id, day) for file in files]
    return all(file.agreed(day).shared for file in files) and len({one.case for one in found if one}) == 1


def _due(file: Dossier, day: dt.date) -> DueDebt:
    """The debt as it stood on the day of the payment."""
    from jdneg.domain.debt.accrual import payments_of
    from jdneg.domain.debt.designation import due_debt
    from jdneg.domain.debt.schedule import schedule_of
    from jdneg.domain.debt.sound import check_sound

    check_sound(file.loan, file.payments)
    agreed = file.agreed(day)
    paid = payments_of(file.loan.id, file.payments)
    return due_debt(file.loan, schedule_of(file.loan), paid, agreed.agreement, day, agreed.waived)


def _batch(payments: Sequence[Payment], extra: Sequence[changes.Change]) -> list[changes.Change]:
    """The first payment, the exhibits (whose places in the batch are fixed already), the other payments."""
    first, *others = (changes.add("payment", one) for one in payments)
    mains = (MAIN, *(LocalRef(1 + len(extra) + n) for n in range(len(others))))
    return [first, *(_supporting(one, mains) for one in extra), *others]


def _supporting(change: changes.Change, mains: Sequence[LocalRef]) -> changes.Change:
    """The exhibit supports every payment, not the first alone."""
    kept = (one for one in change.record.supports if one != MAIN)  # type: ignore[union-attr]
    return replace(change, record=replace(change.record, supports=(*kept, *mains)))  # type: ignore[type-var]
