"""History, undo and the doctor's report in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from jdneg.blocks import Bullets, Paragraph, Table
from jdneg.domain.codec import decode
from jdneg.domain.messages import Message
from jdneg.domain.records import class_of
from jdneg.i18n import say, t
from jdneg.result import Result
from jdneg.views.words import clip, field_text, label, time, word

if TYPE_CHECKING:
    from jdneg.storage.history import HistoryEntry
    from jdneg.storage.undo import UndoReceipt

_LONGEST = 90


def history_page(entries: Sequence[HistoryEntry]) -> Result:
    """``history``."""
    data = {"entries": [_entry_json(one) for one in entries]}
    if not entries:
        return Result(data, (Paragraph(t("view.history_none")),))
    headers = (t("view.when"), t("view.batch"), t("field.id"), t("view.operation"), t("view.what"))
    rows = tuple((time(one.recorded_at), one.batch, one.id, _op(one), _what(one)) for one in entries)
    return Result(data, (Table(headers, rows),))


def _entry_json(one: HistoryEntry) -> dict[str, object]:
    return {
        "seq": one.seq, "batch": one.batch, "op": one.op, "kind": one.kind, "id": one.id,
        "recorded_at": one.recorded_at, "clock_set": one.clock_set, "reason": one.reason, "undoes": one.undoes,
        "redoes": one.redoes, "before": one.before, "after": one.after, "purged": one.purged,
        "step": one.step,
    }  # fmt: skip


def _op(one: HistoryEntry) -> str:
    return word("step" if one.step else one.op)


def _what(one: HistoryEntry) -> str:
    """The reason and, for an amendment, field by field what it was and what it is, in words."""
    changes = _changes(one.kind, one.before, one.after) if one.op == "amend" else []
    return "; ".join(part for part in (one.reason, *changes) if part)


def _changes(kind: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> list[str]:
    if before is None or after is None:
        return []
    old, new = (decode(class_of(kind), payload) for payload in (before, after))
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return [_change(name, getattr(old, name), getattr(new, name)) for name in names]


def _change(name: str, before: Any, after: Any) -> str:
    """What was and what is; of a list only what is not in both."""
    if isinstance(before, tuple) and isinstance(after, tuple):
        before, after = (tuple(one for one in a if one not in b) for a, b in ((before, after), (after, before)))
    if before == ():
        return t("view.added_to", field=label(name), added=_short(name, after))
    return t("view.changed", field=label(name), before=_short(name, before), after=_short(name, after))


def _short(name: str, value: Any) -> str:
    return clip(field_text(name, value), _LONGEST) or "-"


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
