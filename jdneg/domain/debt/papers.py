"""What is needed to be sure of a debt, and which of it the records do not show yet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from jdneg.domain.debt.late import penalty_rate
from jdneg.domain.messages import Message, hint, warning
from jdneg.domain.records.account import Payment
from jdneg.domain.records.base import Stored
from jdneg.domain.records.exhibit import Exhibit
from jdneg.domain.records.loan import Loan

# An exhibit counts for a paper when its name or what it is said to prove names it.
_WORDS = {
    "contract": ("合同", "协议", "contract", "agreement"),
    "disbursement": ("放款", "到账", "出借凭证", "流水", "disburs", "payout", "bank statement"),
    "schedule": ("还款计划", "还款表", "分期表", "账单", "schedule"),
    "payments": ("还款记录", "还款明细", "还款凭证", "扣款", "payment record", "payment history", "receipt"),
    "fees": ("费用表", "收费", "息费", "融资成本", "fee table", "fee schedule", "cost sheet"),
    "authority": ("授权", "委托", "催收公示", "authoris", "authoriz"),
    "assignment": ("债权转让", "转让通知", "assignment"),
}


def missing_papers(
    loan: Stored[Loan], payments: Sequence[Payment], exhibits: Sequence[Stored[Exhibit]]
) -> tuple[Message, ...]:
    """One message for each paper that the records do not show, the contract first."""
    terms, said = loan.record, [_said(one.record) for one in exhibits if loan.id in one.record.supports]
    wanted = [
        ("contract", True),
        ("disbursement", True),
        ("schedule", not terms.schedule),
        ("payments", not payments or not any(one.exhibits for one in payments)),
        ("fees", True),
        ("authority", bool(terms.agencies)),
        ("assignment", terms.holder_role == "assignee"),
    ]
    found = [
        hint(f"debt.missing_{paper}", id=loan.id) for paper, needed in wanted if needed and not _has(paper, said)
    ]
    if penalty_rate(terms) is None:
        found.append(warning("debt.missing_overdue_terms", id=loan.id))
    return tuple(found)


def _said(exhibit: Exhibit) -> str:
    return f"{exhibit.name} {exhibit.proves or ''}".casefold()


def _has(paper: str, said: Iterable[str]) -> bool:
    return any(word in text for text in said for word in _WORDS[paper])
