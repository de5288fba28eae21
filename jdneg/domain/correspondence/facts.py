"""What all letters draw on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import field
from decimal import Decimal
from typing import Any

from jdneg.domain.correspondence.context import Exhibits
from jdneg.domain.correspondence.grounds import Ground
from jdneg.domain.debt.ceiling import Ceiling
from jdneg.domain.records.account import Claim, Payment
from jdneg.domain.records.base import Stored
from jdneg.domain.records.case import Case
from jdneg.domain.records.contact import Contact
from jdneg.domain.records.journal import Profile
from jdneg.domain.records.loan import Loan
from jdneg.domain.records.paper import ContactTerms, Letter, LetterClass
from jdneg.values import dataclass

# What a request for documents can ask for.
# Asked for unless the writer names items; what only a settled debt needs is asked for by name.
REQUESTS = ("contract", "disbursement", "statement", "calculation", "fees", "assignment", "credit_report")
ITEMS = (*REQUESTS, "settlement")

# A builder's answer: the facts of its text, and the records they came from.
Built = tuple[dict[str, Any], tuple[Stored[Any], ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFacts:
    """All a letter may draw on. ``contacts`` are those to be told of; ``claim`` is the latest of the loan;
    ``other_loans`` are those of the case beside ``loan``.

    ``computed`` holds the verification's figures by component name (principal, interest, penalty, fee, total) on
    ``computed_on``, the claim's own day; a component it could not give is absent or None. ``over`` are the ceilings
    it found passed. ``budget`` holds income, spending, reserve, available, short, and what was said of it: cause,
    dependants, expected, later. ``came`` is the letter that is
    answered, ``came_class`` what it is taken for.
    """

    drafted_on: dt.date
    loan: Stored[Loan]
    profile: Profile | None = None
    recipient: str | None = None
    claim: Stored[Claim] | None = None
    computed: Mapping[str, Decimal | None] = field(default_factory=dict)
    computed_on: dt.date | None = None
    over: tuple[Ceiling, ...] = ()
    payments: tuple[Stored[Payment], ...] = ()
    contacts: tuple[Stored[Contact], ...] = ()
    case: Stored[Case] | None = None
    other_loans: tuple[Stored[Loan], ...] = ()
    exhibits: Exhibits = field(default_factory=Exhibits)
    grounds: tuple[Ground, ...] = ()
    terms: ContactTerms = field(default_factory=ContactTerms)
    requests: tuple[str, ...] = REQUESTS
    budget: Mapping[str, Any] | None = None
    guarded: bool = False
    came: Stored[Letter] | None = None
    came_class: LetterClass | None = None


def present(stored: Stored[Any] | None) -> tuple[Stored[Any], ...]:
    """The record as a group of one for `cited`, or of none."""
    return () if stored is None else (stored,)
