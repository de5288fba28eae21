"""``log-call``, ``log-sms``, ``log-chat``, ``log-email``, ``log-visit``, ``log-letter``: a contact, in seconds.

A contact logged here came from the other side unless ``--out`` says that the user made it. Nothing else is
assumed: what was not said stays unknown.
"""

from __future__ import annotations

from typing import Any

from jdneg.commands.contacts.contactflags import Common, LetterFlags, Talk, VisitFlags
from jdneg.commands.shared.options import Many, Question, Switch, Text, complete
from jdneg.commands.shared.reading import Reader, choose, words_or_file
from jdneg.result import Result
from jdneg.session import Session


def log_call(
    session: Session, common: Common, talk: Talk, answered: Text = None, robot: Text = None, recording: Many = None
) -> Result:
    from jdneg.commands.contacts.logging import complete_spoken, log_contact, sorted_out

    common, talk, _ = complete_spoken(session, "log-call", sorted_out(common), talk)
    read = Reader(session)
    more = {"answered": read.yes(answered), "robot": read.yes(robot)}
    return log_contact(session, read, "call", common, talk, more, files=[*(recording or ()), *(common.attach or ())])


def log_sms(session: Session, common: Common, text: Text = None, text_file: Text = None) -> Result:
    return _message(session, "sms", common, text, text_file)


def log_chat(
    session: Session, common: Common, text: Text = None, text_file: Text = None, social: Switch = False
) -> Result:
    return _message(session, "social" if social else "chat", common, text, text_file)


def log_email(session: Session, common: Common, text: Text = None, text_file: Text = None) -> Result:
    return _message(session, "email", common, text, text_file)


def log_visit(session: Session, common: Common, talk: Talk, visit: VisitFlags, photos: Many = None) -> Result:
    from jdneg.commands.contacts.logging import complete_spoken, log_contact, sorted_out, visit_of

    common, talk, visit = complete_spoken(session, "log-visit", sorted_out(common), talk, visit)
    read = Reader(session)
    more: dict[str, Any] = {"visit": visit_of(read, visit)}
    return log_contact(session, read, "visit", common, talk, more, files=[*(photos or ()), *(common.attach or ())])


def log_letter(
    session: Session, common: Common, letter: LetterFlags, text: Text = None, text_file: Text = None
) -> Result:
    """A letter that came; the words may be in an attached file alone."""
    from dataclasses import replace

    from jdneg.commands.contacts.entering import entry_for
    from jdneg.commands.contacts.logging import log_contact, sender_of, sorted_out
    from jdneg.commands.shared.choices import WAYS

    common, letter = entry_for(session, "log-letter", sorted_out(common), letter)
    text = words_or_file(text, text_file, "--text") or None
    loan, at, via, from_, subject, text = complete(
        session,
        [
            Question("LOAN", common.loan, optional=True, check=lambda text: session.get(text, "loan")),
            Question("--at", common.at, check=session.moment),
            Question("--via", letter.via, check=lambda text: choose(text, WAYS)),
            Question("--from", letter.from_, optional=True),
            Question("--subject", letter.subject, optional=True),
            Question("--text", text, optional=bool(common.attach)),
        ],
    )
    number, sender = sender_of(from_)
    common = replace(common, loan=loan, at=at, number=common.number or number, out=False)
    letter = replace(letter, via=via, from_=from_, subject=subject)
    return log_contact(
        session,
        Reader(session),
        "letter",
        common,
        Talk(said=text),
        {"sender": sender},
        common.attach or [],
        letter=letter,
    )


def _message(session: Session, channel: str, common: Common, text: str | None, text_file: str | None) -> Result:
    """A written message: its words are verbatim theirs, or (with ``--out``) mine."""
    from dataclasses import replace

    from jdneg.commands.contacts.entering import entry_for
    from jdneg.commands.contacts.logging import log_contact, sorted_out

    command = "log-chat" if channel == "social" else f"log-{channel}"
    (common,) = entry_for(session, command, sorted_out(common))
    text = words_or_file(text, text_file, "--text") or None
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
