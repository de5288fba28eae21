"""``log-call``, ``log-sms``, ``log-chat``, ``log-email``, ``log-visit``: a contact, in seconds.

A contact logged here came from the other side unless ``--out`` says that the user made it. Nothing else is
assumed: what was not said stays unknown.
"""

from __future__ import annotations

from typing import Any

from jdneg.commands.contactflags import Common, Talk, VisitFlags
from jdneg.commands.options import Many, Question, Text, complete
from jdneg.commands.reading import Reader, file_text
from jdneg.result import Result
from jdneg.session import Session


def log_call(
    session: Session, common: Common, talk: Talk, answered: Text = None, robot: Text = None, recording: Many = None
) -> Result:
    from jdneg.commands.logging import complete_spoken, log_contact

    common, talk = complete_spoken(session, common, talk)
    read = Reader(session)
    more = {"answered": read.yes(answered), "robot": read.yes(robot)}
    return log_contact(session, read, "call", common, talk, more, files=[*(recording or ()), *(common.attach or ())])


def log_sms(session: Session, common: Common, text: Text = None, text_file: Text = None) -> Result:
    return _message(session, "sms", common, text, text_file)


def log_chat(session: Session, common: Common, text: Text = None, text_file: Text = None) -> Result:
    return _message(session, "chat", common, text, text_file)


def log_email(session: Session, common: Common, text: Text = None, text_file: Text = None) -> Result:
    return _message(session, "email", common, text, text_file)


def log_visit(session: Session, common: Common, talk: Talk, visit: VisitFlags, photos: Many = None) -> Result:
    from jdneg.commands.logging import complete_spoken, log_contact, visit_of

    common, talk = complete_spoken(session, common, talk)
    read = Reader(session)
    more: dict[str, Any] = {"visit": visit_of(read, visit)}
    return log_contact(session, read, "visit", common, talk, more, files=[*(photos or ()), *(common.attach or ())])


def _message(session: Session, channel: str, common: Common, text: str | None, text_file: str | None) -> Result:
    """A written message: its words are verbatim theirs, or (with ``--out``) mine."""
    from dataclasses import replace

    from jdneg.commands.logging import log_contact

    text = text or (file_text(text_file, "--text-file") if text_file else None)
    loan, at, number, text = complete(
        session,
        [
            Question("LOAN", common.loan, optional=True, check=lambda text: session.get(text, "loan")),
            Question("--at", common.at, check=session.moment),
            Question("--number", common.number, optional=True),
            Question("--text", text),
        ],
    )
    common = replace(common, loan=loan, at=at, number=number)
    talk = Talk(i_said=text) if common.out else Talk(said=text)
    return log_contact(session, Reader(session), channel, common, talk, {}, files=common.attach or [])
