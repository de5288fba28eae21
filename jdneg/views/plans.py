"""Plans and their comparison: totals first, then the rows, on real dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from jdneg.blocks import Block, Facts, Paragraph, Table
from jdneg.domain.negotiation.compare import Comparison
from jdneg.domain.negotiation.plan import Plan, PlanRow
from jdneg.domain.negotiation.plan_debt import PlanDebt, not_plannable
from jdneg.i18n import t
from jdneg.result import Result
from jdneg.views.words import amount, label, word

_ROWS = 24


def plan_page(
    plan: Plan, debts: Sequence[PlanDebt], left: Mapping[str, Any], as_of: dt.date, shown: int | None
) -> Result:
    """``plan``."""
    data = {
        "as_of": as_of,
        "budget": _budget_json(left),
        "strategy": plan.strategy,
        "debts": [_debt_json(one) for one in debts],
        "rows": [_row_json(row) for row in plan.rows],
        "totals": {"paid": plan.totals.paid, "interest": plan.totals.interest, "months": plan.totals.months},
        "ends": plan.ends,
        "grows_by": plan.grows_by,
    }
    if not debts:
        return Result(data, (Paragraph(t("loan.none")),), tuple(left["messages"]))
    blocks: list[Block] = [_summary(plan, left), _debts(debts)]
    if plan.rows:
        blocks.append(_rows(plan.rows[: shown or _ROWS]))
    hidden = len(plan.rows) - (shown or _ROWS)
    if hidden > 0:
        blocks.append(Paragraph(t("view.more_rows", count=hidden, all=len(plan.rows))))
    return Result(data, tuple(blocks), (*left["messages"], *plan.not_plannable, *plan.messages))


def _budget_json(left: Mapping[str, Any]) -> dict[str, object]:
    return {name: left[name] for name in ("income", "spending", "available")}


def _debt_json(debt: PlanDebt) -> dict[str, object]:
    return {
        "loan": debt.loan, "balance": debt.balance, "basis": debt.basis, "disputed": debt.disputed,
        "minimum": debt.minimum,
    }  # fmt: skip


def _row_json(row: PlanRow) -> dict[str, object]:
    return {
        "date": row.date, "loan": row.loan, "payment": row.payment, "interest": row.interest,
        "principal": row.principal, "balance": row.balance,
    }  # fmt: skip


def _summary(plan: Plan, left: Mapping[str, Any]) -> Facts:
    ends = plan.ends.isoformat() if plan.ends else _never(plan.grows_by)
    return Facts(
        (
            (t("view.available"), amount(left["available"])), (t("view.strategy"), word(plan.strategy)),
            (t("view.ends"), ends), (t("view.paid"), amount(plan.totals.paid)),
            (t("view.interest_total"), amount(plan.totals.interest)), (t("view.months"), str(plan.totals.months)),
        )
    )  # fmt: skip


def _never(grows: Decimal | None) -> str:
    return t("view.never", grows=amount(grows)) if grows is not None else "-"


def _debts(debts: Sequence[PlanDebt]) -> Table:
    headers = (t("view.loan"), label("name"), t("view.left"), t("view.basis"), t("view.disputed"), t("view.minimum"))
    rows = tuple(
        (
            one.loan, one.name, amount(one.balance), word(one.basis) if one.basis else "-", amount(one.disputed),
            amount(one.minimum),
        )
        for one in debts
    )  # fmt: skip
    return Table(headers, rows, right=(2, 4, 5))


def _rows(rows: Sequence[PlanRow]) -> Table:
    headers = (t("view.due"), t("view.loan"), t("view.pay"), label("interest"), label("principal"), t("view.left"))
    cells = tuple(
        (
            row.date.isoformat(), row.loan, amount(row.payment), amount(row.interest), amount(row.principal),
            amount(row.balance),
        )
        for row in rows
    )  # fmt: skip
    return Table(headers, cells, right=(2, 3, 4, 5))


def compare_page(
    found: Sequence[Comparison], debts: Sequence[PlanDebt], left: Mapping[str, Any], as_of: dt.date
) -> Result:
    """``plan compare``."""
    data = {
        "as_of": as_of,
        "budget": _budget_json(left),
        "debts": [_debt_json(one) for one in debts],
        "strategies": [_comparison_json(one) for one in found],
    }
    if not debts:
        return Result(data, (Paragraph(t("loan.none")),), tuple(left["messages"]))
    headers = (
        t("view.strategy"), t("view.first"), t("view.months"), t("view.ends"), t("view.interest_total"),
        t("view.paid"), t("view.keeps_minimums"),
    )  # fmt: skip
    table = Table(headers, tuple(_comparison_cells(one) for one in found), right=(1, 2, 4, 5))
    left_out = tuple(message for one in debts if (message := not_plannable(one)))
    blocks = (Facts(((t("view.available"), amount(left["available"])),)), _debts(debts), table)
    return Result(data, blocks, (*left["messages"], *left_out))


def _comparison_json(one: Comparison) -> dict[str, object]:
    return {
        "strategy": one.strategy, "first_payment": one.first_payment, "months": one.months, "ends": one.ends,
        "interest": one.interest, "paid": one.paid, "grows_by": one.grows_by, "keeps_minimums": one.keeps_minimums,
    }  # fmt: skip


def _comparison_cells(one: Comparison) -> tuple[str, ...]:
    ends = one.ends.isoformat() if one.ends else _never(one.grows_by)
    months = str(one.months) if one.months is not None else "-"
    keeps = t("word.yes") if one.keeps_minimums else t("word.no")
    return (
        word(one.strategy),
        amount(one.first_payment),
        months,
        ends,
        amount(one.interest),
        amount(one.paid),
        keeps,
    )
