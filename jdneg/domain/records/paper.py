"""Letters and complaints."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from jdneg.domain.ids import Id
from jdneg.domain.records.base import Direction, When, private
from jdneg.domain.records.contact import Contact
from jdneg.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """What a sent letter or a filed complaint rested on: the record and the hash of its payload that day."""

    id: Id
    payload_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactTerms:
    """What a contact-preference letter asks for; a sent one opens a watch."""

    hours: str | None = None
    channels: tuple[str, ...] = ()
    no_third_party: bool = False


LetterClass = Literal["account", "transaction", "loan", "feedback"]
SourceResult = Literal["confirmed", "fake", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCheck:
    """One attempt to verify where a letter is from: who answered, by which channel, what they said."""

    at: When
    by: str
    via: str
    outcome: SourceResult
    answer: str | None = private("text")
    agent: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter drafted or received. ``text`` is what was written, as Markdown, so that it stays readable.

    ``final`` is the file that was really sent; without it ``text`` is the draft as it was generated. One that came
    has ``received``: when, from whom and how, as a contact (`jdneg.domain.correspondence.received`); ``drafted_on``
    is then the day it came, ``account`` and ``transaction`` the numbers it names, ``letter_class`` what the user took
    it for. ``answers`` is the letter that one of the user's replies to; ``outcome`` how it ended, once it is closed.
    """

    kind: str
    direction: Direction
    drafted_on: dt.date
    loan: Id | None = None
    case: Id | None = None
    recipient: str | None = None
    text: str | None = private("text")
    missing: tuple[str, ...] = ()
    cites: tuple[Id, ...] = ()
    terms: ContactTerms | None = None
    sent_at: When | None = None
    final: Id | None = None
    via: str | None = None
    tracking: str | None = None
    frozen: tuple[Cited, ...] = ()
    note: str | None = None
    received: Contact | None = None
    subject: str | None = private("text")
    account: str | None = private("number")
    transaction: str | None = private("number")
    reply_by: dt.date | None = None
    source_checks: tuple[SourceCheck, ...] = ()
    delivered_on: dt.date | None = None
    letter_class: LetterClass | None = None
    answers: Id | None = None
    closed_at: When | None = None
    outcome: str | None = private("text")


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """A complaint to a channel (``platform``, ``xiaoxie``). Filing freezes what it cited."""

    to: str
    drafted_on: dt.date
    loan: Id | None = None
    case: Id | None = None
    text: str | None = private("text")
    missing: tuple[str, ...] = ()
    cites: tuple[Id, ...] = ()
    filed_at: When | None = None
    number: str | None = None
    frozen: tuple[Cited, ...] = ()
    note: str | None = None
