"""A file in the vault."""

from __future__ import annotations

import datetime as dt
from dataclasses import field
from typing import Literal

from jdneg.domain.ids import Id
from jdneg.values import dataclass

PaperName = Literal[
    "contract", "disbursement", "schedule", "payments", "fees", "authority", "assignment", "settlement"
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """A file in the vault: byte for byte, addressed by its SHA-256. ``original`` is where the original is.

    ``paper`` is what the user says it is; None: nobody said.
    """

    sha256: str
    name: str = field(metadata={"sensitive": "filename"})
    size: int
    modified_at: dt.datetime | None = None
    media_type: str | None = None
    original: str | None = None
    supports: tuple[Id, ...] = ()
    proves: str | None = None
    paper: PaperName | None = None
    pages: int | None = None
    duration_seconds: int | None = None
    note: str | None = None
