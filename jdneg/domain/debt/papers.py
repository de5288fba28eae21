"""What is needed to be sure of a debt: each paper, whether the records show it, and what asks for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal

from jdneg.domain.debt.late import penalty_rate
from jdneg.domain.messages import Message, hint, warning
from jdneg.domain.records.account import Payment
from jdneg.domain.records.base import Stored
from jdneg.domain.records.contact import Contact
from jdneg.domain.records.exhibit import Exhibit
from jdneg.domain.records.loan import Loan
from jdneg.values import dataclass

State = Literal["present", "missing", "not_needed"]

# An exhibit nobody said the kind of counts for a paper when its name or what it is said to prove names it.
_WORDS = {
    "contract": ("合同", "协议", "contract", "agreement"),
    "disbursement": ("放款", "到账", "出借凭证", "流水", "disburs", "payout", "bank statement"),
    "schedule": ("还款计划", "还款表", "分期表", "账单", "schedule"),
    "payments": ("还款记录", "还款明细", "还款凭证", "扣款", "payment record", "payment history", "receipt"),
    "fees": ("费用表", "收费", "息费", "融资成本", "fee table", "fee schedule", "cost sheet"),
    "authority": ("授权", "委托", "催收公示", "authoris", "authoriz"),
    "assignment": ("债权转让", "转让通知", "assignment"),
    "settlement": ("结清证明", "结清", "settlement certificate", "paid in full"),
}
# Who speaks for another firm, by the name or role they give, and by what they say of themselves.
_OTHERS = re.compile("律所|律师|事务所|催收公司|外包|law firm|lawyer|attorney|agency", re.IGNORECASE)
_MANDATED = re.compile(
    "受.{0,16}(?:委托|委派)|委托(?:我们|我司|我方|本所|我公司|本公司)|受托|on behalf of|mandated by|acting for",
    re.IGNORECASE,
)
# The letter that asks for it and the item it names there.
_ASK = {
    "contract": ("request-info", "contract"),
    "disbursement": ("request-info", "disbursement"),
    "schedule": ("request-info", "statement"),
    "payments": ("request-info", "statement"),
    "fees": ("request-info", "fees"),
    "authority": ("agency-authorisation", None),
    "assignment": ("request-info", "assignment"),
}


@dataclass(frozen=True, slots=True)
class Paper:
    """``exhibit`` shows it, None where the record itself does. ``letter`` and ``item`` ask for what is missing."""

    name: str
    state: State
    exhibit: str | None = None
    letter: str | None = None
    item: str | None = None


def papers(
    loan: Stored[Loan],
    payments: Sequence[Payment],
    exhibits: Sequence[Stored[Exhibit]],
    contacts: Iterable[Stored[Contact]] = (),
) -> tuple[Paper, ...]:
    """The seven papers, the contract first. ``payments`` and ``contacts`` are this loan's."""
    terms, own = loan.record, [one for one in exhibits if loan.id in one.record.supports]
    receipt = next((str(ref) for one in payments for ref in one.exhibits), None)
    in_record = {"schedule": bool(terms.schedule)}
    by_others = bool(terms.agencies) or any(_for_another(one.record) for one in contacts)
    needed = {"authority": by_others, "assignment": terms.holder_role == "assignee"}
    found = []
    for name, ask in _ASK.items():
        exhibit = shown_by(name, own) or (receipt if name == "payments" else None)
        if exhibit or in_record.get(name):
            found.append(Paper(name, "present", exhibit))
        elif not needed.get(name, True):
            found.append(Paper(name, "not_needed"))
        else:
            found.append(Paper(name, "missing", None, *ask))
    return tuple(found)


def missing_papers(loan: Stored[Loan], known: Iterable[Paper]) -> tuple[Message, ...]:
    """One message for each paper that the records do not show, the contract first."""
    found = [hint(f"debt.missing_{one.name}", id=loan.id) for one in known if one.state == "missing"]
    if penalty_rate(loan.record) is None:
        found.append(warning("debt.missing_overdue_terms", id=loan.id))
    return tuple(found)


def shown_by(paper: str, exhibits: Iterable[Stored[Exhibit]]) -> str | None:
    """The first exhibit said to be this paper, else the first whose words name it."""
    own = list(exhibits)
    said = (one.id for one in own if one.record.paper == paper)
    named = (one.id for one in own if one.record.paper is None and _names(paper, one.record))
    return next(said, None) or next(named, None)


def _for_another(contact: Contact) -> bool:
    """Whether they came, or said that they came, for the lender: an agency, a law firm, somebody mandated."""
    who = f"{contact.agent or ''} {contact.role_claimed or ''}"
    return contact.agency is not None or bool(_OTHERS.search(who) or _MANDATED.search(contact.said or ""))


def _names(paper: str, exhibit: Exhibit) -> bool:
    text = f"{exhibit.name} {exhibit.proves or ''}".casefold()
    return any(word in text for word in _WORDS[paper])
