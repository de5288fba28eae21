"""Claims and payments as lists."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from jdneg.blocks import Facts, Paragraph, Table
from jdneg.domain.claims import PARTS, ClaimStep, claim_steps
from jdneg.domain.ids import number_of
from jdneg.domain.paging import Page
from jdneg.domain.records.account import Claim, Payment
from jdneg.domain.records.base import Stored
from jdneg.i18n import t
from jdneg.result import Result
from jdneg.views.records import empty, rows_of
from jdneg.views.words import amount, label, time, word


def claim_list(claims: Sequence[Stored[Claim]], payments: Sequence[Stored[Payment]], loan: str | None) -> Result:
    """Each loan's claims, oldest first, beside the one before; what does not fit together is said beside them."""
    if not claims:
        return _no_claims(loan)
    steps = [step for name in sorted({str(one.record.loan) for one in claims}, key=number_of)
             for step in _steps(name, claims, payments)]  # fmt: skip
    messages = tuple(one for step in steps for one in step.messages)
    data = {"claims": rows_of(claims), "steps": [step_json(one) for one in steps], "contradictions": list(messages)}
    return Result(data, (claims_table(steps, with_loan=loan is None),), messages)


def _no_claims(loan: str | None) -> Result:
    if loan is None:
        return empty("claim.none", "claims")
    return Result({"claims": [], "steps": [], "contradictions": []}, (Paragraph(t("claim.none_of", loan=loan)),))


def _steps(loan: str, claims: Sequence[Stored[Claim]], payments: Sequence[Stored[Payment]]) -> Sequence[ClaimStep]:
    own = [one for one in claims if one.record.loan == loan]
    ordered = sorted(own, key=lambda one: (one.record.at, one.recorded_at, number_of(one.id)))
    return claim_steps(ordered, [one.record for one in payments if one.record.loan == loan])


def claims_table(steps: Sequence[ClaimStep], *, with_loan: bool = False) -> Table:
    names = ("total", *PARTS)
    loan = (label("loan"),) if with_loan else ()
    headers = (
        t("field.id"), *loan, label("at"), *(word(name) for name in names), t("sheet.change"),
        t("sheet.paid_between"), label("source"),
    )  # fmt: skip
    shift = len(loan)
    rows = tuple(_claim_row(one, names, with_loan=with_loan) for one in steps)
    return Table(headers, rows, right=tuple(range(2 + shift, 4 + len(names) + shift)))


def _claim_row(step: ClaimStep, names: Sequence[str], *, with_loan: bool) -> tuple[str, ...]:
    claim = step.claim.record
    figures = [amount(getattr(claim, name)) for name in names]
    change = "-" if step.change is None else f"{step.change:+,.2f}" if step.change else "0.00"
    moved = (change, amount(step.paid)) if step.before else ("", "")
    loan = (str(claim.loan),) if with_loan else ()
    return (step.claim.id, *loan, claim.at.isoformat(), *figures, *moved, word(claim.source or "-"))


def step_json(step: ClaimStep) -> dict[str, object]:
    claim = step.claim.record
    return {
        "id": step.claim.id, "at": claim.at, "total": claim.total, **{name: getattr(claim, name) for name in PARTS},
        "before": step.before.id if step.before else None, "days": step.days, "change": step.change,
        "paid_between": step.paid, "source": claim.source,
    }  # fmt: skip


def payment_list(payments: Sequence[Stored[Payment]], page: Page) -> Result:
    """``payment list``; the total is of all."""
    if not payments:
        return empty("payment.none", "payments")
    headers = (t("field.id"), label("loan"), label("at"), label("amount"), label("via"), label("exhibits"))
    rows = tuple(
        (
            one.id, str(one.record.loan), time(one.record.at), amount(one.record.amount), one.record.via or "-",
            ", ".join(map(str, one.record.exhibits)) or "-",
        )
        for one in page.of(payments)
    )  # fmt: skip
    total = sum((one.record.amount for one in payments), Decimal("0.00"))
    data = {"payments": rows_of(page.of(payments)), "count": len(payments), "total": total}
    blocks = (Table(headers, rows, right=(3,)), Facts(((label("total"), amount(total)),)))
    return Result(data, blocks, page.older(len(payments)))
