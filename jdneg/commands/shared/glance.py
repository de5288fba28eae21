"""A loan's dossier found by the index alone: whoever is on the telephone does not wait for the whole journal."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from jdneg.commands.shared.dossier import Dossier
from jdneg.domain.records.base import Stored


class Glance(Dossier):
    """The same, without reading every line; the lines it reads are checked."""

    def _mine(self, kind: str) -> tuple[Stored[Any], ...]:
        return tuple(self.session.store.select(kind, loan=self.loan.id))

    @cached_property
    def cases(self) -> tuple[Stored[Any], ...]:
        return tuple(one for one in self.session.store.select("case") if self.loan.id in one.record.loans)

    @cached_property
    def exhibits(self) -> tuple[Stored[Any], ...]:
        return tuple(self.session.store.select("exhibit"))
