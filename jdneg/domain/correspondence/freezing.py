"""What a sent letter or a filed complaint rested on, held as it stood that day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from jdneg.domain.ids import Id
from jdneg.domain.records.base import Stored
from jdneg.domain.records.paper import Cited
from jdneg.errors import NotFound

Change = Literal["changed", "withdrawn"]


def freeze(cites: Iterable[Id], stored_by_id: Mapping[str, Stored[Any]]) -> tuple[Cited, ...]:
    """Each cited id with the hash of its payload now; NotFound for one that is no longer live.

    A later correction of the record changes its hash, so the paper shows that it was filed on the earlier text.
    """
    return tuple(Cited(id=one, payload_sha256=_live(str(one), stored_by_id).payload_sha256) for one in cites)


def moved_on(frozen: Iterable[Cited], stored_by_id: Mapping[str, Stored[Any]]) -> dict[str, Change]:
    """Which of the records have another text now than what was sent rested on, or are withdrawn, by id."""
    found: dict[str, Change] = {}
    for one in frozen:
        live = stored_by_id.get(str(one.id))
        if live is None:
            found[str(one.id)] = "withdrawn"
        elif live.payload_sha256 != one.payload_sha256:
            found[str(one.id)] = "changed"
    return found


def _live(record_id: str, stored_by_id: Mapping[str, Stored[Any]]) -> Stored[Any]:
    found = stored_by_id.get(record_id)
    if found is None:
        raise NotFound(id=record_id)
    return found
