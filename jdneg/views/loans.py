"""The register of debts as a list."""

from __future__ import annotations

from collections.abc import Sequence

from jdneg.blocks import Table
from jdneg.domain.records.base import Stored
from jdneg.domain.records.loan import Loan
from jdneg.i18n import rate_words, t
from jdneg.result import Result
from jdneg.views.records import empty, rows_of
from jdneg.views.words import amount, label, time, word


def loan_list(loans: Sequence[Stored[Loan]]) -> Result:
    """``loan list``."""
    if not loans:
        return empty("loan.none", "loans")
    names = ("lender", "kind", "product", "principal", "rate", "start", "term", "due_day")
    rows = tuple((one.id, *_cells(one.record)) for one in loans)
    table = Table((t("field.id"), *(label(name) for name in names)), rows, right=(4,))
    return Result({"loans": rows_of(loans)}, (table,))


def _cells(loan: Loan) -> tuple[str, ...]:
    closed = f" ({t('word.closed')})" if loan.closed_on else ""
    rate = rate_words(loan.rate) if loan.rate else rate_words(loan.fee) if loan.fee else "-"
    numbers = (str(loan.term or "-"), str(loan.due_day or "-"))
    return (
        loan.lender + closed, word(loan.kind), loan.product or "-", amount(loan.principal), rate,
        time(loan.start), *numbers,
    )  # fmt: skip
