"""A loan's dossier found by the index alone: a call or a payment does not wait for the whole journal."""

from __future__ import annotations

from typing import Any

from jdneg.commands.shared.dossier import Dossier
from jdneg.domain.records.base import Stored
from jdneg.session import Session


class Glance(Dossier):
    """The same, without reading every line; the lines it reads are checked."""

    def _every(self, kind: str) -> tuple[Stored[Any], ...]:
        return tuple(self.session.store.select(kind))

    def _of(self, kind: str, loan: str) -> tuple[Stored[Any], ...]:
        return tuple(self.session.store.select(kind, loan=loan))


def glance(session: Session, loan: str) -> Glance:
    return Glance(session, session.get(loan, "loan"))
