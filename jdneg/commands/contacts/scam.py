"""``jdneg scam check``: does a text, a number, a letter or a logged contact look like fraud? No journal needed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jdneg.commands.shared.options import Arg, Switch, Text
from jdneg.commands.shared.reading import words_or_file
from jdneg.domain.phones import classify
from jdneg.errors import BadId, EmptyText, MissingFlags, NoPhoneNumber
from jdneg.result import Result
from jdneg.session import Session
from jdneg.values import dataclass

if TYPE_CHECKING:
    from jdneg.domain.messages import Message


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked at; ``facts``: signals that a logged contact states without words."""

    text: str | None
    number: str | None
    facts: tuple[str, ...] = ()


def check(
    session: Session,
    of: Arg = None,
    text: Text = None,
    text_file: Text = None,
    number: Text = None,
    helper: Switch = False,
) -> Result:
    from jdneg.commands.contacts.directory import directory_of
    from jdneg.domain.scam.screen import screen
    from jdneg.storage.cards import scam_card
    from jdneg.views.scams import helper_page, scam_page

    asked = _asked(session, of, text, text_file, number)
    if asked.text is None and asked.number is None:
        if helper:
            return helper_page(scam_card())
        raise MissingFlags(flags="ID --text --text-file --number --helper")
    known = directory_of(session)
    hosts = known.confirmed_hosts(session.as_of)
    found = screen(asked.text or "", asked.number, session.scams, hosts, asked.facts)
    return scam_page(found, scam_card(), asked.number, known, session.as_of, helper=helper)


def verdict_of(session: Session, record_id: str) -> Message | None:
    """One line on a contact or a letter, and where to read on; of a contact only where there are signs."""
    from jdneg.commands.contacts.directory import directory_of
    from jdneg.domain.messages import hint, warning
    from jdneg.domain.scam.screen import screen

    asked = _logged(session, record_id)
    hosts = directory_of(session).confirmed_hosts(session.as_of)
    verdict = screen(asked.text or "", asked.number, session.scams, hosts, asked.facts).verdict
    if verdict != "no_signal":
        return warning(f"scam.line_{verdict}", id=record_id)
    return hint("scam.line_no_signal", id=record_id) if record_id.startswith("T") else None


def _asked(session: Session, of: str | None, text: str | None, text_file: str | None, number: str | None) -> Asked:
    """What was typed wins over what the record says."""
    words = words_or_file(text, text_file, "--text")
    if words is not None and not words.strip():
        raise EmptyText(flag="--text")
    if number is not None and not number.strip():
        raise EmptyText(flag="--number")
    if number is not None and not any(one.isdecimal() for one in number) and classify(number) != "hidden":
        raise NoPhoneNumber(value=number)
    if of is None:
        return Asked(words, number)
    logged = _logged(session, of)
    return Asked(words or logged.text or "", number or logged.number, logged.facts)


def _as_contact(stored: Any) -> Any:
    """A letter that came is read as the contact it was; any other record as it is."""
    from jdneg.domain.correspondence.received import as_contact

    came = as_contact(stored) if stored.id.startswith("T") else None
    return stored.record if came is None else came.record


def _logged(session: Session, of: str) -> Asked:
    """A contact (C17) or a letter (T4): its words, what the caller said to be, its number."""
    from jdneg.domain.ids import kind_of, parse_id

    found = parse_id(of)
    if kind_of(found) not in ("contact", "letter"):
        raise BadId(value=of, expected="C1, T1")
    record = _as_contact(session.store.get(found))
    parts = (getattr(record, name, None) for name in ("sender", "role_claimed", "said", "summary", "text"))
    stated = {"private_payee": "private_payee", "borrowing_pressed": "borrow_and_send"}
    facts = tuple(signal for field, signal in stated.items() if getattr(record, field, None))
    return Asked("\n".join(str(part) for part in parts if part), getattr(record, "number", None), facts)
