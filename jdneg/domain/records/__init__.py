"""The kinds of records and where each is defined."""

from __future__ import annotations

from importlib import import_module

_HOMES = {
    "journal": ("journal", "JournalHeader"),
    "profile": ("journal", "Profile"),
    "loan": ("loan", "Loan"),
    "contact": ("contact", "Contact"),
    "claim": ("account", "Claim"),
    "payment": ("account", "Payment"),
    "exhibit": ("exhibit", "Exhibit"),
    "case": ("case", "Case"),
    "budget": ("budget", "Budget"),
    "letter": ("paper", "Letter"),
    "complaint": ("paper", "Complaint"),
    "official": ("official", "Official"),
}
RECORD_KINDS = tuple(_HOMES)


def class_of(kind: str) -> type:
    """The record class of a kind; imports its module on first use."""
    module, name = _HOMES[kind]
    found: type = getattr(import_module(f"jdneg.domain.records.{module}"), name)
    return found
