"""The flags of the log commands, in the sets they share."""

from __future__ import annotations

from jdneg.commands.shared.options import LoanAndTags, Many, Switch, Text
from jdneg.values import dataclass


@dataclass(frozen=True)
class Common:
    """Flags that every kind of contact takes."""

    loan: LoanAndTags = None
    at: Text = None
    approx: Switch = False
    reconstructed: Switch = False
    out: Switch = False
    number: Text = None
    agency: Text = None
    agent: Text = None
    role: Text = None
    verified: Text = None
    identity: Text = None
    agreed: Text = None
    to_whom: Text = None
    third_party: Text = None
    disclosed: Many = None
    told_by: Text = None
    demand: Text = None
    demand_due: Text = None
    whole_balance: Text = None
    fee_pressed: Text = None
    borrowing_pressed: Text = None
    private_payee: Text = None
    they_promise: Many = None
    i_promise: Many = None
    result: Text = None
    refusal: Text = None
    attitude: Text = None
    next_: Text = None
    impact: Text = None
    witness: Text = None
    attach: Many = None
    tag: Many = None
    case: Text = None
    note: Text = None


@dataclass(frozen=True)
class Talk:
    """Flags of a spoken contact."""

    said: Text = None
    said_file: Text = None
    i_said: Text = None
    summary: Text = None
    until: Text = None
    duration: Text = None
    wait: Text = None
    inconvenient: Text = None


@dataclass(frozen=True)
class LetterFlags:
    """What a letter that came is: how it came, from whom, about what."""

    via: Text = None
    from_: Text = None
    subject: Text = None
    account: Text = None
    transaction: Text = None
    reply_by: Text = None


@dataclass(frozen=True)
class VisitFlags:
    """What was seen at a visit: yes, no or unknown each."""

    people: Text = None
    consent: Text = None
    notice: Text = None
    purpose: Text = None
    id_shown: Text = None
    authorisation: Text = None
    entered: Text = None
    touched: Text = None
    said_before_others: Text = None
    photographed: Text = None
    asked_to_leave: Text = None
    left_after: Text = None
    police: Text = None
