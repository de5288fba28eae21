"""What must be known of a record before it is relied on: told by somebody else, put together later, corrected."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from jdneg.domain.records.base import Stored
from jdneg.domain.records.contact import Contact

Mark = Literal["approximate", "no_time", "hearsay", "clock_set", "amended", "imported", "mine", "reconstructed"]


def contact_marks(one: Contact) -> list[Mark]:
    """Those of the contact's own facts."""
    marks: list[Mark] = ["approximate"] if one.approximate else []
    marks += ["reconstructed"] if one.reconstructed else []
    marks += [] if isinstance(one.happened_at, dt.datetime) else ["no_time"]
    marks += ["hearsay"] if one.told_by or (one.to_whom and one.to_whom != "me" and not one.exhibits) else []
    marks += ["imported"] if one.source else []
    return marks


def journal_marks(stored: Stored[Any]) -> list[Mark]:
    """Those of how it was written."""
    marks: list[Mark] = ["clock_set"] if stored.clock_set else []
    return marks + (["amended"] if stored.amended else [])
