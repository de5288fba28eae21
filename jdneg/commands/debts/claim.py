"""``jdneg claim``: what the other side says is owed, on a day. Never overwritten."""

from __future__ import annotations

from jdneg.commands.shared.options import Arg, Many, Need, Question, Text, complete
from jdneg.commands.shared.reading import Reader
from jdneg.domain.money import parse_amount
from jdneg.i18n import t
from jdneg.result import Result
from jdneg.session import Session


def add(
    session: Session,
    loan: Need,
    at: Text = None,
    total: Text = None,
    principal: Text = None,
    interest: Text = None,
    penalty: Text = None,
    fee: Text = None,
    source: Text = None,
    contact: Text = None,
    evidence: Many = None,
    note: Text = None,
) -> Result:
    from dataclasses import replace

    from jdneg.commands.shared.attaching import attachments
    from jdneg.commands.shared.choices import CLAIM_SOURCES
    from jdneg.domain import changes
    from jdneg.domain.claims import check_claim, claim_messages
    from jdneg.domain.records.account import Claim
    from jdneg.views.written import written

    at, total = complete(
        session,
        [
            Question("--at", at, check=session.day),
            Question("--total", total, optional=any((principal, interest, penalty, fee)), check=parse_amount),
        ],
    )
    read = Reader(session)
    debt = session.get(loan, "loan")
    claim = Claim(
        loan=debt.id, at=read.day(at, "--at"), total=read.amount(total, "--total"),
        principal=read.amount(principal, "--principal"), interest=read.amount(interest, "--interest"),
        penalty=read.amount(penalty, "--penalty"), fee=read.amount(fee, "--fee"),
        source=read.choice(source, CLAIM_SOURCES, "--source"), contact=_said_in(session, contact), note=note,
    )  # fmt: skip
    read.done()
    check_claim(claim, session.today)
    exhibits, ids = attachments(session, evidence)
    claim = replace(claim, exhibits=ids)
    receipt = session.commit([changes.add("claim", claim), *exhibits])
    claim_id = receipt.ids[0]
    said = t("claim.added", id=claim_id, loan=debt.id)
    return written(receipt, session.store.get(claim_id).record, said, messages=claim_messages(claim, claim_id))


def _said_in(session: Session, contact: str | None) -> str | None:
    """The contact, or the letter that came, in which it was claimed."""
    if not contact:
        return None
    return session.get(contact, "letter" if contact.strip().upper().startswith("T") else "contact").id


def list_(session: Session, loan: Arg = None) -> Result:
    from jdneg.domain.dates import shanghai_day
    from jdneg.views.accounts import claim_list

    about = session.get(loan, "loan").id if loan else None
    last = session.as_of
    claims = [one for one in session.store.all("claim") if about in (None, one.record.loan) and one.record.at <= last]
    payments = [one for one in session.store.all("payment") if shanghai_day(one.record.at) <= last]
    return claim_list(claims, payments, about)


def show(session: Session, claim: Need) -> Result:
    from jdneg.views.records import record_page

    return record_page(session.get(claim, "claim"))
