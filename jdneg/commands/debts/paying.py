"""``jdneg pay``: money the borrower paid, with its proof.

One payment on several debts to the same creditor is split by law where nobody designated.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from jdneg.commands.shared.attaching import MAIN, attachments, look_at
from jdneg.commands.shared.glance import Glance, glance
from jdneg.commands.shared.limits import gate_notice, lapse_notice, limitation_notice
from jdneg.commands.shared.options import Arg, Many, Need, Question, Text, complete
from jdneg.commands.shared.reading import Reader, words_of
from jdneg.domain import changes
from jdneg.domain.dates import comes_before, shanghai_day
from jdneg.domain.ids import LocalRef
from jdneg.domain.messages import Message, hint, warning
from jdneg.domain.money import parse_amount
from jdneg.domain.records.account import Payment
from jdneg.errors import DifferentCreditors, NothingOwed
from jdneg.i18n import t
from jdneg.result import Result
from jdneg.session import Session
from jdneg.values import dataclass

if TYPE_CHECKING:
    from jdneg.domain.debt.designation import DueDebt, Share
    from jdneg.domain.records.base import Stored, When


@dataclass(frozen=True)
class PayFlags:
    """What is typed beside the loans and the amount."""

    at: Text = None
    via: Text = None
    to: Text = None
    evidence: Many = None
    note: Text = None


def pay(session: Session, loan: Need, amount: Arg = None, *, flags: PayFlags) -> Result:
    names = words_of([loan])
    files = _files(session, names if len(names) > 1 else [loan])
    notices = tuple(one for file in files for one in (*limitation_notice(session, file), *gate_notice(session, file)))
    paid, when = _what(session, amount, flags)
    notices = (
        *notices,
        *lapse_notice(session, files, shanghai_day(when)),
        *_too_early(files[0], shanghai_day(when)),
        *_private(session, files[0].loan.record, flags),
    )
    payment = Payment(loan=files[0].loan.id, amount=paid, at=when, via=flags.via, to=flags.to, note=flags.note)
    if len(names) > 1:
        return _several(session, [file.loan.id for file in files], payment, flags, notices)
    return _one(
        session,
        files[0].loan,
        payment,
        flags,
        (*notices, *_of_several(files[0], payment), *_twice(files[0], payment)),
    )


def _private(session: Session, loan: Any, flags: PayFlags) -> tuple[Message, ...]:
    """A payee that reads like somebody's own account, where the lender is no private person."""
    from jdneg.domain.scam.screen import screen

    if flags.to is None or loan.kind == "private":
        return ()
    found = screen(f"还款到{flags.to}", None, session.scams).signals
    return (
        (warning("payment.private_payee", to=flags.to),)
        if any(one.signal.id == "private_payee" for one in found)
        else ()
    )


def _what(session: Session, amount: str | None, flags: PayFlags) -> tuple[Decimal, When]:
    questions = [
        Question("AMOUNT", amount, check=lambda text: parse_amount(text, zero=False)),
        Question("--at", flags.at, check=session.moment),
    ]
    amount, at = complete(session, questions)
    read = Reader(session)
    paid, when = read.amount(amount, "AMOUNT", zero=False), read.moment(at, "--at")
    for one in flags.evidence or ():
        read.read(one, lambda text: look_at(session, text), "--evidence")
    read.done()
    return paid, when


def _one(
    session: Session, debt: Stored[Any], payment: Payment, flags: PayFlags, notices: Sequence[Message]
) -> Result:
    from jdneg.commands.talks.track import doubts_of
    from jdneg.views.words import amount as yuan, time
    from jdneg.views.written import written

    exhibits, ids = attachments(session, flags.evidence)
    payment = replace(payment, exhibits=ids)
    receipt = session.commit([changes.add("payment", payment), *exhibits])
    payment_id, day = receipt.ids[0], shanghai_day(payment.at)
    if comes_before(day, debt.record.start):
        early = warning("payment.before_start", date=day, loan=debt.id, start=debt.record.start, id=payment_id)
        notices = (*notices, early)
    closed = debt.record.closed_on
    if closed is not None and day > closed:
        notices = (*notices, warning("payment.after_closing", loan=debt.id, closed=closed, id=payment_id))
    said = t("payment.added", id=payment_id, loan=debt.id, amount=yuan(payment.amount), at=time(payment.at))
    told = (*notices, *doubts_of(session, payment_id))
    return written(receipt, session.store.get(payment_id).record, said, messages=told)


def _too_early(file: Glance, day: dt.date) -> tuple[Message, ...]:
    """Before an agreement starts the contract runs, and with it what is paid."""
    from jdneg.domain.agreements import not_begun

    return tuple(
        warning("payment.before_agreement", case=one.case, starts=one.agreement.starts)
        for one in not_begun(file.cases, file.loan.id, day) if one.agreement.instalments
    )  # fmt: skip


def _of_several(file: Glance, payment: Payment) -> tuple[Message, ...]:
    """An instalment of an agreement about several loans, typed with one of them alone, leaves the others unpaid."""
    from jdneg.domain.agreements import in_force

    day = shanghai_day(payment.at)
    found = in_force(file.cases, file.loan.id, day)
    if found is None or len(found.loans) < 2:
        return ()
    facts = {"case": found.case, "loan": file.loan.id, "loans": ",".join(found.loans)}
    return (warning("payment.one_of_several", **facts, amount=payment.amount, date=day),)


def _twice(file: Glance, payment: Payment) -> tuple[Message, ...]:
    """The same sum was noted for the same day: two payments, or one typed twice."""
    day = shanghai_day(payment.at)
    same = (one for one in file.payments if (shanghai_day(one.record.at), one.record.amount) == (day, payment.amount))
    found = next((one for one in same if one.record.loan == file.loan.id), None)
    return () if found is None else (hint("payment.twice", id=found.id, amount=payment.amount, date=day),)


def _several(
    session: Session, ids: Sequence[str], payment: Payment, flags: PayFlags, notices: Sequence[Message]
) -> Result:
    """The split by Civil Code 560 and one payment a loan, in one batch."""
    from jdneg.commands.talks.track import doubts_of
    from jdneg.views.paid import paid_page

    paid, day = payment.amount, shanghai_day(payment.at)
    shares, known = _shares(session, ids, paid, day)  # what cannot be split is said before a file is taken
    extra, cited = attachments(session, flags.evidence)
    plain = replace(payment, exhibits=cited)

    def decide() -> list[changes.Change]:
        nonlocal shares, known
        shares, known = _shares(session, ids, paid, day)
        return _batch([replace(plain, loan=one.loan, amount=one.amount) for one in shares if one.amount], extra)

    receipt = session.transact(decide)
    made = [session.store.get(one) for one in receipt.ids if one.startswith("Y")]
    doubts = [doubt for one in made for doubt in doubts_of(session, one.id)]
    told = (*notices, *known, *doubts, hint("payment.may_designate", loan=ids[0]))
    return paid_page(receipt, made, shares, paid, told)


def _files(session: Session, names: Sequence[str]) -> list[Glance]:
    """Each loan once. Raises DifferentCreditors: the order of the law is for debts to one creditor."""
    files = {file.loan.id: file for file in (glance(session, name) for name in names)}
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

    files = [glance(session, one) for one in ids]
    debts = [_due(file, day) for file in files]
    if _one_agreement(files, day):
        debts = as_one_debt(debts)
    shares = designate(paid, debts)
    if not any(one.amount for one in shares):
        raise NothingOwed(loans=", ".join(ids), date=day)
    return shares, open_facts(debts)


def _one_agreement(files: Sequence[Glance], day: dt.date) -> bool:
    """Whether one written agreement covers them all: then each gets its share of what is paid."""
    shared = {file.agreed(day).shared for file in files}
    return len(shared) == 1 and None not in shared


def _due(file: Glance, day: dt.date) -> DueDebt:
    """The debt as it stood on the day of the payment."""
    from jdneg.domain.debt.accrual import payments_of
    from jdneg.domain.debt.designation import due_debt
    from jdneg.domain.debt.schedule import schedule_of
    from jdneg.domain.debt.sound import check_sound

    check_sound(file.loan, file.payments)
    agreed = file.agreed(day).written
    paid = payments_of(file.loan.id, file.payments)
    return due_debt(file.loan, schedule_of(file.loan), paid, day, agreed)


def _batch(payments: Sequence[Payment], extra: Sequence[changes.Change]) -> list[changes.Change]:
    """The first payment, the exhibits (whose places in the batch are fixed already), the other payments."""
    first, *others = (changes.add("payment", one) for one in payments)
    mains = (MAIN, *(LocalRef(1 + len(extra) + n) for n in range(len(others))))
    return [first, *(_supporting(one, mains) for one in extra), *others]


def _supporting(change: changes.Change, mains: Sequence[LocalRef]) -> changes.Change:
    """The exhibit supports every payment, not the first alone."""
    kept = (one for one in change.record.supports if one != MAIN)  # type: ignore[union-attr]
    return replace(change, record=replace(change.record, supports=(*kept, *mains)))  # type: ignore[type-var]
