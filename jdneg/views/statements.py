"""The statement of means for one creditor, on one page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from jdneg.blocks import Block, Bullets, Facts, Heading, Paragraph, Table
from jdneg.domain.messages import hint
from jdneg.domain.money import ZERO
from jdneg.domain.negotiation.statement import Statement
from jdneg.domain.records.journal import Profile
from jdneg.i18n import t
from jdneg.result import Result
from jdneg.views.budgets import budget_messages, budget_table
from jdneg.views.words import amount, label, word


def statement_page(made: Statement, profile: Profile | None, left_out: Sequence[str] = ()) -> Result:
    """``budget statement`` as terminal and JSON get it; ``left_out`` are papers kept for the loan and not named."""
    said = budget_messages(made.budget.record)
    if left_out:
        ids = ",".join(left_out)
        said = (*said, hint("budget.materials_there", loan=made.loan.id, ids=ids))
    return Result(_json(made), tuple(statement_blocks(made, profile)), said)


def _json(made: Statement) -> dict[str, Any]:
    left = made.left
    return {
        "as_of": made.as_of, "loan": made.loan.id, "budget": made.budget.id, "income": left.income,
        "spending": left.spending, "reserve": left.reserve, "available": left.available, "short": left.short,
        "debts": made.debts, "owed": made.owed, "claimed": made.claimed, "unknown": made.unknown,
        "balance": made.balance, "share": made.share, "materials": [one.id for one in made.papers], "path": None,
    }  # fmt: skip


def statement_blocks(made: Statement, profile: Profile | None) -> list[Block]:
    loan, budget = made.loan.record, made.budget.record
    name = (profile.name if profile else None) or t("budget.fill_in")
    who = [
        (t("budget.to"), loan.party or loan.lender),
        (t("budget.about"), loan.product or loan.contract_no or t("budget.fill_in")),
        (t("budget.from"), name), (t("view.day"), made.as_of.isoformat()),
    ]  # fmt: skip
    if budget.cause:
        who.append((label("cause"), budget.cause))
    if budget.dependants is not None:
        who.append((label("dependants"), str(budget.dependants)))
    found: list[Block] = [Heading(t("budget.statement")), Facts(tuple(who)), budget_table(budget), *_notes(made)]
    found += [Heading(t("budget.debts"), 2), Facts(tuple(_debts(made))), Paragraph(_plainly(made))]
    found += [Heading(t("budget.materials"), 2), _papers(made), Paragraph(t("budget.same_for_all"))]
    return found


def _notes(made: Statement) -> list[Block]:
    budget = made.budget.record
    lines = [word(one.name) + t("app.colon") + one.note for one in budget.spending if one.note]
    lines += [
        t("budget.line_cost", name=one.name, amount=amount(one.amount), day=one.on or "-") for one in budget.one_off
    ]
    lines += [
        t("budget.line_expected", amount=amount(one.amount), day=one.on)
        for one in budget.incomes if one.every == "once"
    ]  # fmt: skip
    lines += [
        t("budget.line_from", amount=amount(one.amount), day=one.on) for one in budget.incomes if one.every == "from"
    ]
    if budget.hand:
        lines.append(t("budget.line_hand", amount=amount(budget.hand)))
    return [Bullets(tuple(lines))] if lines else []


def _debts(made: Statement) -> list[tuple[str, str]]:
    rows = [
        (t("budget.debt_count"), str(made.debts)), (t("budget.debt_sum"), amount(made.owed)),
        (t("budget.yours_claimed" if made.only_claimed else "budget.yours"), amount(made.balance)),
        (t("budget.share"), amount(made.share)),
    ]  # fmt: skip
    if made.claimed:
        rows.insert(2, (t("budget.debt_claimed"), amount(made.claimed)))
    return [*rows, (t("budget.debt_unknown"), str(made.unknown))] if made.unknown else rows


def _plainly(made: Statement) -> str:
    left = made.left
    if left.deficit:
        return t("budget.plainly_short", short=amount(left.short))
    if left.available == ZERO:
        return t("budget.plainly_nothing")
    return t("budget.plainly_left", available=amount(left.available))


def _papers(made: Statement) -> Block:
    """Only what lies in the vault, each with the hash by which it can be known again."""
    if not made.papers:
        return Paragraph(t("budget.no_materials"))
    headers = (t("field.id"), label("name"), label("proves"), "SHA-256")
    rows = tuple(
        (one.id, one.record.name, one.record.proves or "-", f"{one.record.sha256[:12]}…") for one in made.papers
    )
    return Table(headers, rows)
