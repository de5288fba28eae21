"""A promise of either side, in a contact or in a case."""

from __future__ import annotations

import datetime as dt
from dataclasses import field
from typing import Literal

from jdneg.domain.ids import Id
from jdneg.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What one side said it would do, and by when.

    ``contact`` is where it was said, ``seen_on`` the day its state was noted. Replaced: another word took its place.
    """

    by: Literal["me", "lender"]
    what: str = field(metadata={"sensitive": "text"})
    due: dt.date | None = None
    state: Literal["unknown", "kept", "late", "broken", "replaced"] = "unknown"
    contact: Id | None = None
    seen_on: dt.date | None = None
