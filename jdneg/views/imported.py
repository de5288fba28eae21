"""What an import would do, or did."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from jdneg.blocks import Block, Facts, Paragraph, Table
from jdneg.domain.messages import Message, hint, warning
from jdneg.i18n import say, t
from jdneg.result import Result

if TYPE_CHECKING:
    from jdneg.importers.plan import ImportPlan

_SHOWN = 10


def import_page(plan: ImportPlan, batch: str | None, *, committed: bool) -> Result:
    """Exit 1 when rows were refused; the good ones stand."""
    counts = {
        "rows": plan.rows,
        "new": len(plan.new),
        "duplicate": len(plan.duplicates),
        "changed": len(plan.changed),
        "skipped": len(plan.skipped),
    }
    errors = [{"row": one.row, "reason": say(one.reason)} for one in plan.errors]
    data = {"recognised_as": plan.recognised_as, **counts, "errors": errors, "batch": batch}
    rows = tuple((t(f"pack.import_{name}"), str(count)) for name, count in counts.items())
    blocks: list[Block] = [Facts(((t("pack.import_format"), t(f"importing.{plan.recognised_as}")), *rows))]
    if errors:
        listed = tuple((str(one["row"]), str(one["reason"])) for one in errors[:_SHOWN])
        blocks.append(Table((t("pack.import_row"), t("view.reason")), listed))
    blocks.append(Paragraph(_outcome(plan, batch, committed=committed)))
    return Result(data, tuple(blocks), tuple(_remarks(plan)), 1 if errors else 0)


def _remarks(plan: ImportPlan) -> Iterator[Message]:
    """What the file does not say, and what an import of texts does not take."""
    if plan.attachments_left:
        yield warning("importing.attachments_left", count=plan.attachments_left)
    if plan.announced:
        yield hint("importing.fewer_than_said", said=plan.announced, found=plan.rows)
    if plan.changed:
        yield warning("importing.changed", ids=[one.id for one in plan.changed])
    yield hint("importing.missing_proves_nothing")


def _outcome(plan: ImportPlan, batch: str | None, *, committed: bool) -> str:
    if batch:
        return t("pack.import_done", count=len(plan.new), batch=batch)
    if committed:
        return t("pack.import_nothing")
    return t("pack.import_preview")
