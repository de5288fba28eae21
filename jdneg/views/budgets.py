"""Income, spending and what is left."""

from __future__ import annotations

from jdneg.blocks import Block, Paragraph, Table
from jdneg.domain.messages import Message
from jdneg.domain.negotiation.budget import summary
from jdneg.domain.records.base import Stored
from jdneg.domain.records.budget import Budget
from jdneg.i18n import t
from jdneg.result import Result
from jdneg.views.words import amount, label, word


def no_budget() -> Result:
    """``budget show`` before there is one."""
    left = {"income": None, "spending": None, "available": None}
    return Result({"id": None, "budget": None} | left, (Paragraph(t("budget.none")),))


def budget_page(found: Stored[Budget]) -> Result:
    """``budget show``."""
    data = {"id": found.id, "budget": found.record} | budget_json(found.record)
    return Result(data, tuple(budget_view(found.record)), budget_messages(found.record))


def budget_json(budget: Budget) -> dict[str, object]:
    """Income, spending and what is available, yuan."""
    left = summary(budget)
    return {"income": left.income, "spending": left.spending, "available": left.available}


def budget_view(budget: Budget) -> list[Block]:
    """The same for a reader, line by line."""
    left = summary(budget)
    rows = [(label("income"), amount(left.income))]
    rows += [(f"− {word(line.name)}", amount(line.amount)) for line in budget.spending]
    rows.append((label("available"), amount(left.available)))
    return [Table((t("view.monthly"), t("view.yuan")), tuple(rows), right=(1,))]


def budget_messages(budget: Budget) -> tuple[Message, ...]:
    return tuple(summary(budget).messages)
