"""One record, whole, with what the journal knows of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from jdneg.blocks import Facts, Paragraph
from jdneg.domain.codec import encode
from jdneg.domain.contacts import gap_days
from jdneg.domain.correspondence.received import as_contact
from jdneg.domain.ids import kind_of
from jdneg.domain.messages import Message
from jdneg.domain.records.base import Stored
from jdneg.i18n import t
from jdneg.result import Result
from jdneg.views.words import facts, label, time


def record_page(found: Stored[Any], messages: Sequence[Message] = (), skip: Sequence[str] = ()) -> Result:
    """The record's fields, when it was recorded, whether it was amended or written under a set clock."""
    rows = facts(found.record, skip).rows
    about = [(label("recorded_at"), time(found.recorded_at) + _remarks(found))]
    data = {"id": found.id, "record": found.record, "recorded_at": found.recorded_at, "amended": found.amended}
    return Result(data, (Paragraph(found.id, strong=True), Facts((*rows, *about))), tuple(messages))


def _remarks(found: Stored[Any]) -> str:
    late = _gap(found)
    remarks = [t("view.late", days=late)] if late > 0 else []
    remarks += [t("view.amended")] if found.amended else []
    remarks += [t("view.clock_set")] if found.clock_set else []
    return f" ({', '.join(remarks)})" if remarks else ""


def _gap(found: Stored[Any]) -> int:
    """Days between a contact (a letter that came too) and its record; 0 for other kinds."""
    kind = kind_of(found.id)
    contact = found if kind == "contact" else as_contact(found) if kind == "letter" else None
    return gap_days(contact) if contact else 0


def empty(key: str, name: str) -> Result:
    """Nothing here yet, and what to type next."""
    return Result({name: []}, (Paragraph(t(key)),))


class Rows(Sequence[Any]):
    """Records as JSON rows, each made when it is asked for: a list shown as text needs none."""

    def __init__(self, found: Sequence[Stored[Any]]) -> None:
        self._found = found

    def __len__(self) -> int:
        return len(self._found)

    def __getitem__(self, index: Any) -> Any:
        one = self._found[index]
        return Rows(one) if isinstance(index, slice) else _row(one)


def _row(one: Stored[Any]) -> dict[str, object]:
    return {"id": one.id, "recorded_at": one.recorded_at} | encode(one.record)


def rows_of(found: Sequence[Stored[Any]]) -> Rows:
    """Records of a list as JSON rows."""
    return Rows(found)
