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

    For ``add``, ``id`` is None: a `LocalRef` with this change's index in its batch stands for it. An amendment is a
    correction unless it is a ``step``: something that happened since, with nothing said before being wrong.
    """

    op: Op
    kind: str
    record: Record | None = None
    id: Id | None = None
    reason: str | None = None
    step: bool = False


def add(kind: str, record: Record) -> Change:
    """A new record; it gets its id when it is committed."""
    return Change("add", kind, record)


def amend(kind: str, record_id: str, record: Record, reason: str) -> Change:
    """The whole new record in the place of the one with this id."""
    return Change("amend", kind, record, record_id, reason)


def step(kind: str, record_id: str, record: Record, what: str) -> Change:
    """The record after something more happened to it (an offer, the sending of a letter): no correction."""
    return Change("amend", kind, record, record_id, what, step=True)


def withdraw(kind: str, record_id: str, reason: str) -> Change:
    """The record counts no longer; it stays readable."""
    return Change("withdraw", kind, None, record_id, reason)
