"""``jdneg verify``: claimed beside computed, the ceilings, what is missing."""

from __future__ import annotations

from jdneg.commands.options import Need, Switch
from jdneg.result import Result
from jdneg.session import Session


def verify(session: Session, loan: Need, ledger: Switch = False) -> Result:
    from jdneg.commands.dossier import dossier
    from jdneg.views.verification import verification_page

    found = dossier(session, loan).verification(session.as_of)
    return verification_page(found, session.rules, ledger=ledger)
