"""What is owed if an agreement counts of which that is not sure: beside the figures, never in their place."""

from __future__ import annotations

from jdneg.blocks import Block, Facts, Heading, Paragraph, Table
from jdneg.domain.debt.accrual import Position
from jdneg.domain.debt.asked import NAMES
from jdneg.domain.debt.verify import Verification
from jdneg.i18n import t
from jdneg.views.words import amount, word


def beside_blocks(found: Verification, *, rows: bool = False) -> list[Block]:
    """``rows``: with the instalments themselves, for a page that is printed."""
    blocks: list[Block] = []
    for one in found.beside:
        doubt = one.agreement
        blocks += [Heading(t(f"view.beside_{doubt.why}", case=doubt.case), 2), Facts(_facts(found, one.position))]
        blocks.append(_rows(one.position) if rows else Paragraph(t("view.beside_rows", case=doubt.case)))
    return blocks


def _facts(found: Verification, at: Position) -> tuple[tuple[str, str], ...]:
    return (
        (word("total"), t("view.beside_total", total=amount(at.total), contract=amount(found.position.total))),
        *((word(name), amount(getattr(at, name))) for name in NAMES[:-1]),
        (t("view.overdue"), amount(at.overdue_amount)),
        (t("view.beside_next"), f"{at.next_due.due} · {amount(at.next_due.payment)}" if at.next_due else "-"),
    )


def _rows(at: Position) -> Table:
    headers = (t("sheet.n"), t("view.due"), t("sheet.payment"))
    return Table(headers, tuple((str(row.n), str(row.due), amount(row.payment)) for row in at.rows), right=(0, 2))


def beside_json(found: Verification) -> list[dict[str, object]]:
    """Each doubted agreement, what is owed if it counts, and its rows."""
    return [
        {
            "why": one.agreement.why, "case": one.agreement.case, "since": one.agreement.since,
            **{name: getattr(one.position, name) for name in NAMES},
            "overdue_amount": one.position.overdue_amount,
            "rows": [{"n": row.n, "due": row.due, "payment": row.payment} for row in one.position.rows],
        }
        for one in found.beside
    ]  # fmt: skip
