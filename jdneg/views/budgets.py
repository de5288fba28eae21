"""Income, spending and what is left."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from jdneg.blocks import Block, Facts, Paragraph, Table
from jdneg.domain.messages import Message
from jdneg.domain.negotiation.budget import monthly_income, summary
from jdneg.domain.records.base import Stored
from jdneg.domain.records.budget import Budget, Income
from jdneg.i18n import t
from jdneg.result import Result
from jdneg.views.words import amount, label, word


def no_budget() -> Result:
    """``budget show`` before there is one."""
    data: dict[str, object] = {
        "id": None, "budget": None, "income": None, "spending": None, "available": None, "earlier": [],
    }  # fmt: skip
    return Result(data, (Paragraph(t("budget.none")),))


def budget_page(found: Stored[Budget], earlier: Sequence[Stored[Budget]]) -> Result:
    """``budget show``."""
    before = [{"id": one.id, "at": one.record.at, "available": summary(one.record).available} for one in earlier]
    data = {"id": found.id, "budget": found.record, "earlier": before} | budget_json(found.record)
    blocks = budget_view(found.record)
    if before:
        rows = tuple((str(one["id"]), str(one["at"]), amount(one["available"])) for one in before)  # type: ignore[arg-type]
        headers = (t("budget.earlier"), t("view.day"), label("available"))
        blocks.append(Table(headers, rows, right=(2,)))
    return Result(data, tuple(blocks), budget_messages(found.record))


def budget_json(budget: Budget) -> dict[str, object]:
    """Income, spending and what is available, yuan."""
    left = summary(budget)
    return {"income": left.income, "spending": left.spending, "available": left.available}


def budget_view(budget: Budget) -> list[Block]:
    """The same for a reader, line by line."""
    found: list[Block] = [budget_table(budget)]
    facts = []
    if budget.cause:
        facts.append((label("cause"), budget.cause))
    if budget.dependants is not None:
        facts.append((label("dependants"), str(budget.dependants)))
    if budget.hand is not None:
        facts.append((label("hand"), amount(budget.hand)))
    facts += [(t("budget.once"), f"{one.on} {amount(one.amount)}") for one in budget.incomes if one.every == "once"]
    facts += [(t("budget.later"), f"{one.on} {amount(one.amount)}") for one in budget.incomes if one.every == "from"]
    facts += [(one.name, f"{one.on or '-'} {amount(one.amount)}") for one in budget.one_off]
    facts += [(word(line.name), line.note) for line in budget.spending if line.note]
    if facts:
        found.append(Facts(tuple(facts)))
    return found


def budget_table(budget: Budget) -> Table:
    left = summary(budget)
    regular = [one for one in budget.incomes if one.every not in ("once", "from")]
    about = any(one.every != "month" for one in regular)
    shown = about or len(regular) > 1
    rows = [(_income_name(one), amount(monthly_income([one]))) for one in regular] if shown else []
    rows.append((t("budget.about_income") if about else label("income"), amount(left.income)))
    rows += [(f"− {word(line.name)}", amount(line.amount)) for line in budget.spending]
    if budget.reserve:
        rows.append((f"− {_reserve_name(budget.reserve, left.reserve)}", amount(left.reserve)))
    rows.append((label("available"), amount(left.available)))
    return Table((t("view.monthly"), t("view.yuan")), tuple(rows), right=(1,))


def _income_name(one: Income) -> str:
    """With what the figure of a month rests on, where no month brings just that."""
    if one.every == "week":
        day = (t("budget.on_weekday", day=word(f"weekday_{one.day - 1}")),) if one.day else ()
        return "+ " + t("budget.every_week", amount=amount(one.amount), day="".join(day))
    seen = t("budget.list").join(amount(each) for each in one.seen or (one.amount,))
    return "+ " + t(f"budget.every_{one.every}", seen=seen)


def _reserve_name(wished: Decimal, kept: Decimal) -> str:
    """Where less can be kept than was wished for, both are told."""
    name = label("reserve")
    return name if kept == wished else t("budget.reserve_wished", reserve=name, wished=amount(wished))


def budget_messages(budget: Budget) -> tuple[Message, ...]:
    return tuple(summary(budget).messages)
