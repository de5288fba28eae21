"""What every writing command answers: the id, the batch, the record, what was found, and how to undo."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from jdneg.blocks import Block, Paragraph
from jdneg.domain.messages import Message
from jdneg.i18n import t
from jdneg.result import Result

if TYPE_CHECKING:
    from jdneg.storage.store import Receipt


def written(
    receipt: Receipt,
    record: Any,
    said: str,
    *,
    view: Sequence[Block] = (),
    findings: Sequence[Any] = (),
    messages: Sequence[Message] = (),
    record_id: str | None = None,
    more: dict[str, Any] | None = None,
) -> Result:
    """``said`` is the sentence that confirms the write; messages of level warning are in ``warnings`` too."""
    main = record_id or receipt.ids[0]
    data = {
        "id": main,
        "ids": list(receipt.ids),
        "batch": receipt.batch,
        "record": record,
        "findings": list(findings),
        "warnings": [one for one in messages if one.level == "warning"],
        "undo": f"jdneg undo {receipt.batch}",
    } | (more or {})
    undo = Paragraph(t("app.undo_with", batch=receipt.batch))
    return Result(data, (Paragraph(said), *view, undo), tuple(messages))


def unchanged(record_id: str, record: Any, message: Message) -> Result:
    """The same shape where there was nothing to write: no batch, nothing to undo."""
    data = {"id": record_id, "ids": [record_id], "batch": None, "record": record, "findings": [], "warnings": []}
    return Result(data | {"undo": None}, messages=(message,))
