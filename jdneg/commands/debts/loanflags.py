"""The flags of ``loan add`` into a loan."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jdneg.commands.shared.choices import BASES, BASES_OF_PENALTY, KINDS, METHODS, ROLES
from jdneg.commands.shared.options import Many, Question, Switch, Text, complete
from jdneg.commands.shared.reading import Reader, choose, due_day as read_due_day, positive, whole, words_of
from jdneg.domain.money import parse_amount
from jdneg.domain.rate import parse_rate
from jdneg.session import Session
from jdneg.values import dataclass

if TYPE_CHECKING:
    from jdneg.domain.records.loan import Loan, OverdueTerms


@dataclass(frozen=True)
class LoanFlags:
    """What its contract says; its schedule in parts is `jdneg.commands.debts.termflags.TermFlags`."""

    lender: Text = None
    kind: Text = None
    product: Text = None
    party: Text = None
    contract_no: Text = None
    signed: Text = None
    principal: Text = None
    received: Text = None
    rate: Text = None
    fee: Text = None
    start: Text = None
    term: Text = None
    due_day: Text = None
    method: Text = None
    basis: Text = None
    payment: Text = None
    minimum: Text = None
    penalty_factor: Text = None
    penalty_rate: Text = None
    penalty_base: Text = None
    compound: Switch = False
    grace_days: Text = None
    credit_card: Text = None
    joint_lending: Text = None
    credit_sale: Text = None
    holder: Text = None
    holder_role: Text = None
    agency: Many = None
    agreed_hours: Text = None
    note: Text = None


def asked(session: Session, flags: LoanFlags) -> LoanFlags:
    """With the answers to what was not given. A lender is enough: who has only been dunned may know no more."""
    lender, kind, principal, start, product, rate, fee, term, due_day, method = complete(
        session,
        [
            Question("--lender", flags.lender),
            Question("--kind", flags.kind, optional=True, check=lambda text: choose(text, KINDS)),
            Question("--principal", flags.principal, optional=True, check=parse_amount),
            Question("--start", flags.start, optional=True, check=session.day),
            Question("--product", flags.product, optional=True),
            Question("--rate", flags.rate, optional=True, check=parse_rate),
            Question("--fee", flags.fee, optional=True, check=parse_rate),
            Question("--term", flags.term, optional=True, check=lambda text: whole(text, 1, 600)),
            Question("--due-day", flags.due_day, optional=True, check=read_due_day),
            Question("--method", flags.method, optional=True, check=lambda text: choose(text, METHODS)),
        ],
    )
    return replace(
        flags, lender=lender, kind=kind, principal=principal, start=start, product=product, rate=rate, fee=fee,
        term=term, due_day=due_day, method=method,
    )  # fmt: skip


def loan_of(read: Reader, flags: LoanFlags) -> Loan:
    """The loan as far as its flags can be read; `Reader.done` speaks of the rest."""
    from jdneg.domain.records.loan import Loan

    assert flags.lender is not None  # asked for
    overdue = _overdue(read, flags)
    return Loan(
        lender=flags.lender, kind=read.choice(flags.kind, KINDS, "--kind") or "unknown",
        product=flags.product, party=flags.party, contract_no=flags.contract_no,
        signed_on=read.day(flags.signed, "--signed"),
        principal=read.amount(flags.principal, "--principal", zero=False),
        received=read.amount(flags.received, "--received", zero=False), rate=read.rate(flags.rate, "--rate"),
        fee=read.rate(flags.fee, "--fee"), start=read.day(flags.start, "--start"),
        term=read.number(flags.term, "--term", least=1, most=600), due_day=read.due_day(flags.due_day, "--due-day"),
        method=read.choice(flags.method, METHODS, "--method"), basis=read.choice(flags.basis, BASES, "--basis"),
        payment=read.amount(flags.payment, "--payment", zero=False),
        minimum=read.amount(flags.minimum, "--minimum"), overdue=overdue,
        credit_card=read.yes(flags.credit_card, "--credit-card"),
        joint_lending=read.yes(flags.joint_lending, "--joint-lending"),
        credit_sale=read.yes(flags.credit_sale, "--credit-sale"), holder=flags.holder,
        holder_role=read.choice(flags.holder_role, ROLES, "--holder-role"), agencies=words_of(flags.agency),
        agreed_hours=flags.agreed_hours, note=flags.note,
    )  # fmt: skip


def _overdue(read: Reader, flags: LoanFlags) -> OverdueTerms | None:
    """None where the contract's words on being overdue were not given."""
    from jdneg.domain.records.loan import OverdueTerms

    terms = OverdueTerms(
        factor=read.read(flags.penalty_factor, positive, "--penalty-factor"),
        rate=read.rate(flags.penalty_rate, "--penalty-rate"),
        base=read.choice(flags.penalty_base, BASES_OF_PENALTY, "--penalty-base"),
        compound=flags.compound,
        grace_days=read.number(flags.grace_days, "--grace-days", most=366) or 0,
    )
    return None if terms == OverdueTerms() else terms
