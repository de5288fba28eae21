"""What the domain asks to be written: values only. `session.commit` turns them into journal entries."""

from __future__ import annotations

from typing import Literal

from jdneg.domain.ids import Id
from jdneg.domain.records.base import Record
from jdneg.values import dataclass

Op = Literal["add", "amend", "withdraw", "reinstate"]


@dataclass(frozen=True, slots=True)
class Change:
    """One entry to be. ``record`` is the whole new payload for add and amend, else None.

    For ``add``, ``id`` is None: a `LocalRef` with this change's index in its batch stands for it.
    """

    op: Op
    kind: str
    record: Record | None = None
    id: Id | None = None
    reason: str | None = None


def add(kind: str, record: Record) -> Change:
    return Change("add", kind, record)


def amend(kind: str, record_id: str, record: Record, reason: str) -> Change:
    return Change("amend", kind, record, record_id, reason)


def withdraw(kind: str, record_id: str, reason: str) -> Change:
    return Change("withdraw", kind, None, record_id, reason)
