"""A payment split over several debts: who gets what, and by which rule."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from jdneg.blocks import Table
from jdneg.domain.debt.designation import Share, remainder
from jdneg.domain.messages import Message
from jdneg.domain.records.base import Stored
from jdneg.i18n import say, t
from jdneg.result import Result
from jdneg.views.words import amount as yuan, label, time
from jdneg.views.written import written

if TYPE_CHECKING:
    from jdneg.storage.store import Receipt


def paid_page(
    receipt: Receipt,
    payments: Sequence[Stored[Any]],
    shares: Sequence[Share],
    paid: Decimal,
    messages: Sequence[Message],
) -> Result:
    """The shape of every write, with ``split`` (one row a debt) and ``remainder`` (yuan) beside it."""
    ids = {str(one.record.loan): one.id for one in payments}
    rest = remainder(paid, shares)
    said = t(
        "payment.split", ids=", ".join(ids.values()), amount=yuan(paid), at=time(payments[0].record.at),
        loans=", ".join(ids),
    )  # fmt: skip
    split = [{"loan": one.loan, "payment": ids.get(one.loan), "amount": one.amount, "why": one.why} for one in shares]
    left = paid - sum((one.amount for one in shares), Decimal("0.00"))
    return written(
        receipt, payments[0].record, said, view=(_table(shares, ids),),
        messages=(*messages, *([rest] if rest else [])), more={"split": split, "remainder": left},
    )  # fmt: skip


def _table(shares: Sequence[Share], ids: dict[str, str]) -> Table:
    headers = (label("loan"), label("amount"), t("field.id"), t("payment.why"))
    rows = tuple((one.loan, yuan(one.amount), ids.get(one.loan, "-"), say(one.why)) for one in shares)
    return Table(headers, rows, title=t("payment.split_title"), right=(1,))
