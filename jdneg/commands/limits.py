"""The warning that must stand before anything that could restart a limitation period or give up the defence."""

from __future__ import annotations

from jdneg.commands.dossier import Dossier
from jdneg.domain.messages import Message
from jdneg.session import Session


def limitation_notice(session: Session, file: Dossier) -> tuple[Message, ...]:
    """Told at once on a terminal, before anything is asked or written; returned so that JSON has it too."""
    notice = file.old_debt(session.today)
    if notice is None:
        return ()
    session.ports.tell(notice)
    return (notice,)
