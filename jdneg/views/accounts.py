"""Claims and payments as lists."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from jdneg.blocks import Facts, Table
from jdneg.domain.records.account import Claim, Payment
from jdneg.domain.records.base import Stored
from jdneg.i18n import t
from jdneg.result import Result
from jdneg.views.records import empty, rows_of
from jdneg.views.words import amount, label, time, word


def claim_list(claims: Sequence[Stored[Claim]]) -> Result:
    if not claims:
        return empty("claim.none", "claims")
    figures = ("total", "principal", "interest", "penalty", "fee")
    headers = (t("field.id"), label("loan"), label("at"), *(label(name) for name in figures), label("source"))
    rows = tuple(
        (
            one.id, str(one.record.loan), one.record.at.isoformat(),
            *(amount(getattr(one.record, name)) for name in figures), word(one.record.source or "-"),
        )
        for one in claims
    )  # fmt: skip
    return Result({"claims": rows_of(claims)}, (Table(headers, rows, right=(3, 4, 5, 6, 7)),))


def payment_list(payments: Sequence[Stored[Payment]]) -> Result:
    if not payments:
        return empty("payment.none", "payments")
    headers = (t("field.id"), label("loan"), label("at"), label("amount"), label("via"), label("exhibits"))
    rows = tuple(
        (
            one.id, str(one.record.loan), time(one.record.at), amount(one.record.amount), one.record.via or "-",
            ", ".join(map(str, one.record.exhibits)) or "-",
        )
        for one in payments
    )  # fmt: skip
    total = sum((one.record.amount for one in payments), Decimal("0.00"))
    data = {"payments": rows_of(payments), "total": total}
    return Result(data, (Table(headers, rows, right=(3,)), Facts(((label("total"), amount(total)),))))
