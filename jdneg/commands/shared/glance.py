"""A loan's dossier found by the index alone: whoever is on the telephone does not wait for the whole journal."""

from __future__ import annotations

from typing import Any

from jdneg.commands.shared.dossier import Dossier
from jdneg.domain.records.base import Stored


class Glance(Dossier):
    """The same, without reading every line; the lines it reads are checked."""

    def _every(self, kind: str) -> tuple[Stored[Any], ...]:
        return tuple(self.session.store.select(kind))

    def _of(self, kind: str, loan: str) -> tuple[Stored[Any], ...]:
        return tuple(self.session.store.select(kind, loan=loan))
