"""A contact with the other side."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Literal

from jdneg.domain.ids import Id
from jdneg.domain.records.base import Direction, When, private
from jdneg.domain.records.promise import Promise
from jdneg.values import dataclass

Channel = Literal["call", "sms", "chat", "email", "social", "visit", "letter"]
ToWhom = Literal["me", "family", "employer", "other"]
# Why they say they cannot: rules, risk control, departments out of step, no authority, no skill, no time.
Refusal = Literal["compliance", "risk", "internal-lag", "authority", "cs-unable", "cs-overload"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """What the other side asked to be paid, as they said it."""

    amount: Decimal | None = None
    due: dt.date | None = None
    whole_balance: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """Yes, no or unknown (None) for each; an unknown is never held against anybody."""

    people: int | None = None
    consent: bool | None = None
    notice: bool | None = None
    purpose: str | None = None
    id_shown: bool | None = None
    authorisation: bool | None = None
    entered: bool | None = None
    touched: bool | None = None
    said_before_others: bool | None = None
    photographed: bool | None = None
    asked_to_leave: bool | None = None
    left_after_minutes: int | None = None
    police_called: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where an imported record came from: the file's hash, the place in it, the key that tells doubles."""

    file_sha256: str
    row: int
    key: str
    format: str


@dataclass(frozen=True, kw_only=True)  # without slots: read by the hundred thousand, see `codec.decode`
class Contact:
    """One contact with the other side, on any channel. ``said`` is verbatim: their words or their message.

    ``agreed_time``: the borrower had asked for or agreed to a contact at this time. ``reconstructed``: put together
    later from memory, a bill or a call list. ``role_verified``: how the claimed role was looked into and what came
    out. ``private_payee``: they asked for money to a person, or to an account that is not the lender's.
    """

    channel: Channel
    happened_at: When
    direction: Direction | None = None
    loan: Id | None = None
    case: Id | None = None
    approximate: bool = False
    reconstructed: bool = False
    at_text: str | None = None
    ended_at: dt.datetime | None = None
    duration_seconds: int | None = None
    wait_seconds: int | None = None
    number: str | None = private("phone")
    sender: str | None = None
    agency: str | None = None
    agent: str | None = None
    role_claimed: str | None = None
    role_verified: str | None = private("text")
    to_whom: ToWhom | None = None
    third_party: str | None = private("name")
    disclosed: tuple[str, ...] = ()
    told_by: str | None = private("name")
    answered: bool | None = None
    robot: bool | None = None
    identity_stated: bool | None = None
    inconvenient: bool | None = None
    agreed_time: bool | None = None
    said: str | None = private("text")
    i_said: str | None = private("text")
    summary: str | None = private("text")
    demand: Demand | None = None
    fee_pressed: bool | None = None
    borrowing_pressed: bool | None = None
    private_payee: bool | None = None
    promises: tuple[Promise, ...] = ()
    result: str | None = None
    refusal: Refusal | None = None
    attitude: str | None = private("text")
    next_at: When | None = None
    next_text: str | None = None
    impact: str | None = private("text")
    witness: str | None = private("name")
    visit: Visit | None = None
    exhibits: tuple[Id, ...] = ()
    tags: tuple[str, ...] = ()
    source: Source | None = None
    note: str | None = private("text")
