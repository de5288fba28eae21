"""A letter that came is a contact too: counted, filtered, judged and shown as one, under its own id (T3).

The letter holds what it is (subject, account, text, loan), its ``received`` how it came; each fact stands once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from jdneg.domain.records.base import Stored

if TYPE_CHECKING:
    from jdneg.domain.records.contact import Channel, Contact
    from jdneg.domain.records.paper import Letter

# How a letter may come, and the channel whose rules it is judged by: one in the app or on paper has no hour.
WAYS: Mapping[str, Channel] = {
    "sms": "sms", "email": "email", "chat": "chat", "social": "social", "app": "letter", "post": "letter",
    "hand": "letter", "other": "letter",
}  # fmt: skip


def as_contact(letter: Stored[Letter]) -> Stored[Contact] | None:
    """The letter as a contact; None for one that the user wrote, or that was noted without how it came."""
    came = letter.record.received
    if came is None:
        return None
    record, subject = letter.record, letter.record.subject
    said = "\n".join(one for one in (subject, record.text) if one) or None
    contact = replace(came, loan=record.loan, case=record.case, said=said)
    return Stored(letter.id, contact, letter.recorded_at, letter.payload_sha256, letter.amended, letter.clock_set)


def as_contacts(letters: Iterable[Stored[Letter]]) -> list[Stored[Contact]]:
    """Those of the letters that came."""
    return [one for one in map(as_contact, letters) if one is not None]
