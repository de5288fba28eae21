"""History, undo and the doctor's report in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from jdneg.blocks import Bullets, Paragraph, Table
from jdneg.domain.messages import Message
from jdneg.i18n import say, t
from jdneg.result import Result
from jdneg.views.words import clip, label, time, word

if TYPE_CHECKING:
    from jdneg.storage.history import HistoryEntry
    from jdneg.storage.undo import UndoReceipt


def history_page(entries: Sequence[HistoryEntry]) -> Result:
    """``history``."""
    data = {"entries": [_entry_json(one) for one in entries]}
    if not entries:
        return Result(data, (Paragraph(t("view.history_none")),))
    headers = (t("view.when"), t("view.batch"), t("field.id"), t("view.operation"), t("view.what"))
    rows = tuple((time(one.recorded_at), one.batch, one.id, word(one.op), _what(one)) for one in entries)
    return Result(data, (Table(headers, rows),))


def _entry_json(one: HistoryEntry) -> dict[str, object]:
    return {
        "seq": one.seq, "batch": one.batch, "op": one.op, "kind": one.kind, "id": one.id,
        "recorded_at": one.recorded_at, "clock_set": one.clock_set, "reason": one.reason, "undoes": one.undoes,
        "redoes": one.redoes, "before": one.before, "after": one.after, "purged": one.purged,
    }  # fmt: skip


def _what(one: HistoryEntry) -> str:
    """The reason and, for a correction, field by field what it was and what it is."""
    changes = _changes(one.before, one.after) if one.op == "amend" else []
    return "; ".join(part for part in (one.reason, *changes) if part)


def _changes(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> list[str]:
    if before is None or after is None:
        return []
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return [
        t("view.changed", field=label(name), before=_short(before.get(name)), after=_short(after.get(name)))
        for name in names
    ]


def _short(value: Any) -> str:
    return "-" if value is None else clip(str(value), 60)


def undone(receipt: UndoReceipt, how: str, back: str) -> Result:
    """What an undo or redo touched, and how to go back."""
    lines = tuple(f"{one.id}: {word(one.op)}" for one in receipt.lines)
    data = {
        "batch": receipt.batch,
        "undone": receipt.undone,
        "lines": [{"id": one.id, "kind": one.kind, "op": one.op} for one in receipt.lines],
        "undo": back,
    }
    said = Paragraph(t(f"view.{how}", batch=receipt.undone))
    return Result(data, (said, Bullets(lines), Paragraph(t("view.reverse_with", command=back))))


def doctor_page(problems: Sequence[Message], home: str) -> Result:
    """Exit 4 for damage, 1 for what needs a look, 0 for what is only left over."""
    data = {"home": home, "problems": list(problems)}
    levels = {one.level for one in problems}
    if not levels & {"error", "warning"}:
        return Result(data, (Paragraph(t("view.doctor_ok", home=home)),), tuple(problems))
    marks = {"error": t("view.damage"), "warning": t("view.look"), "info": t("view.left_over")}
    lines = Bullets(tuple(f"{marks[one.level]}{say(one)}" for one in problems if one.level in marks))
    return Result(data, (lines,), (), 4 if "error" in levels else 1)
