"""A plan: totals first, then the debts, then the rows on real dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from jdneg.blocks import Block, Facts, Paragraph, Table
from jdneg.domain.messages import Message, info
from jdneg.domain.negotiation.funds import Funds
from jdneg.domain.negotiation.plan import Plan, PlanRow
from jdneg.domain.negotiation.plan_debt import PlanDebt
from jdneg.domain.negotiation.run import yuan
from jdneg.domain.negotiation.whatif import PAUSE
from jdneg.i18n import say, t
from jdneg.result import Result
from jdneg.views.words import amount, label, word

_ROWS = 24


def plan_page(
    plan: Plan, debts: Sequence[PlanDebt], funds: Funds, as_of: dt.date, shown: int | None, *, known: bool
) -> Result:
    """``plan``; ``known``: there are loans, owed or not."""
    data = {
        "as_of": as_of,
        "budget": funds.json(),
        "strategy": plan.strategy,
        "debts": [debt_json(one) for one in debts],
        "rows": [_row_json(row) for row in plan.rows],
        "totals": _totals_json(plan),
        "ends": plan.ends,
        "grows_by": plan.grows_by,
        "best": _best_json(plan),
        "supposed": [one.text for one in funds.supposed],
        "available_from": later_json(funds),
    }
    if not debts:
        return Result(data, (nothing_owed(known=known),), funds.messages)
    blocks: list[Block] = [_summary(plan, funds), debts_table(debts)]
    if plan.rows:
        blocks.append(_rows(plan.rows[: shown or _ROWS]))
    hidden = len(plan.rows) - (shown or _ROWS)
    if hidden > 0:
        blocks.append(Paragraph(t("view.more_rows", count=hidden, all=len(plan.rows))))
    said = (
        *funds.messages,
        *supposed(funds),
        *plan.not_plannable,
        *_consequences(debts),
        *plan.messages,
        *_legend(plan, debts),
    )
    return Result(data, tuple(blocks), once(said))


def _legend(plan: Plan, debts: Sequence[PlanDebt]) -> Iterator[Message]:
    """How to read what looks strange in the tables."""
    if any(one.overdue and one.minimum for one in debts):
        yield info("plan.minimum_late")
    if any(not row.payment for row in plan.rows):
        yield info("plan.row_unpaid")
    if plan.rows and plan.ends is None:
        yield info("plan.no_totals")


def nothing_owed(*, known: bool) -> Paragraph:
    """``known``: there are loans, and all of them are settled or paid up."""
    return Paragraph(t("plan.none_open" if known else "loan.none"))


def once(messages: Sequence[Message]) -> tuple[Message, ...]:
    """Each sentence once: a deficit and a plan with nothing to spend say much the same."""
    seen: dict[str, Message] = {}
    for one in messages:
        seen.setdefault(say(one), one)
    return tuple(seen.values())


def supposed(funds: Funds) -> tuple[Message, ...]:
    told = [info("plan.supposed", text=one.text) for one in funds.supposed]
    mine = any(one.what == PAUSE and not one.text.startswith("begin=") for one in funds.supposed)
    return (*told, info("plan.supposed_pause")) if mine else tuple(told)


def later_json(funds: Funds) -> list[dict[str, object]]:
    return [{"from": day, "available": there} for day, there in funds.later]


def available_facts(funds: Funds) -> tuple[tuple[str, str], ...]:
    """What there is a month, and from each day on which a supposed change makes it another."""
    later = ((t("plan.available_from", date=day), amount(there)) for day, there in funds.later)
    return ((t("view.available"), amount(funds.available)), *later)


def _consequences(debts: Sequence[PlanDebt]) -> tuple[Message, ...]:
    """What lateness may bring, for those where something is late."""
    found = []
    for one in debts:
        if one.overdue and one.consequence is not None:
            found.append(info("plan.if_late", loan=one.loan, name=one.name, what=one.consequence))
    return tuple(found)


def debt_json(debt: PlanDebt) -> dict[str, object]:
    return {
        "loan": debt.named, "balance": debt.balance, "basis": debt.basis, "disputed": debt.disputed,
        "minimum": debt.minimum, "overdue": debt.overdue, "due_day": debt.due_day,
        "rate": str(debt.rate) if debt.rate else None, "penalty_rate": str(debt.penalty) if debt.penalty else None,
        "agreement": debt.agreement, "oral": debt.oral,
        "if_late": say(debt.consequence) if debt.consequence else None,
    }  # fmt: skip


def _row_json(row: PlanRow) -> dict[str, object]:
    return {
        "date": row.date, "loan": row.loan, "payment": row.payment, "cost": row.cost, "interest": row.interest,
        "principal": row.principal, "balance": row.balance,
    }  # fmt: skip


def _totals_json(plan: Plan) -> dict[str, object]:
    at = plan.totals
    return {
        "paid": at.paid, "cost": at.cost, "interest": at.interest, "penalty": at.penalty, "fees": at.fees,
        "months": at.months, "lowest": at.lowest,
    }  # fmt: skip


def _best_json(plan: Plan) -> dict[str, Any] | None:
    if plan.best is None:
        return None
    gap = None if plan.best.gap is None else yuan(plan.best.gap)
    return {"proved": plan.best.proved, "gap": gap, "like": plan.best.like}


def _summary(plan: Plan, funds: Funds) -> Facts:
    """Of what does not end within the plan there are no totals."""
    ends = plan.ends.isoformat() if plan.ends else never(plan.grows_by)
    done = plan.totals if plan.ends else None
    return Facts(
        (
            *available_facts(funds), (t("view.strategy"), word(plan.strategy)),
            (t("view.ends"), ends), (t("view.paid"), amount(done.paid if done else None)),
            (t("plan.cost"), amount(done.cost if done else None)),
            (t("view.months"), str(done.months) if done else "-"),
        )
    )  # fmt: skip


def never(grows: Decimal | None) -> str:
    return t("view.never", grows=amount(grows)) if grows is not None else "-"


def debts_table(debts: Sequence[PlanDebt]) -> Table:
    headers = (t("view.loan"), label("name"), t("view.left"), t("view.basis"), t("view.disputed"), t("view.minimum"))
    rows = tuple(
        (one.named, one.name, amount(one.balance), _basis(one), amount(one.disputed), amount(one.minimum))
        for one in debts
    )
    return Table(headers, rows, right=(2, 4, 5), key=1)


def _basis(one: PlanDebt) -> str:
    if one.basis is None:
        return "-"
    if one.oral:
        return t("plan.basis_oral", basis=word(one.basis))
    return t("plan.basis_agreed") if one.agreement else word(one.basis)


def _rows(rows: Sequence[PlanRow]) -> Table:
    headers = (t("view.due"), t("view.loan"), t("view.pay"), t("plan.cost"), t("plan.off"), t("view.left"))
    cells = tuple(
        (
            row.date.isoformat(), row.loan, amount(row.payment), amount(row.cost), amount(row.principal),
            amount(row.balance),
        )
        for row in rows
    )  # fmt: skip
    return Table(headers, cells, right=(2, 3, 4, 5), key=2)
