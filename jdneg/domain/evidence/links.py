"""All that a bundle is made from, and which record cites which exhibit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace
from functools import cached_property
from typing import Any

from jdneg.domain.correspondence.received import as_contacts
from jdneg.domain.ids import number_of
from jdneg.domain.records.account import Claim, Payment
from jdneg.domain.records.base import Stored, When
from jdneg.domain.records.case import Case
from jdneg.domain.records.contact import Contact
from jdneg.domain.records.exhibit import Exhibit
from jdneg.domain.records.loan import Instalment, Loan
from jdneg.domain.records.paper import Complaint, Letter
from jdneg.values import dataclass


@dataclass(frozen=True, kw_only=True)
class CaseFile:
    """The live records of a case. ``schedules`` gives a loan's instalments in force, by loan id, where the
    contract's own table does not stand in the record."""

    loans: Sequence[Stored[Loan]] = ()
    contacts: Sequence[Stored[Contact]] = ()
    claims: Sequence[Stored[Claim]] = ()
    payments: Sequence[Stored[Payment]] = ()
    exhibits: Sequence[Stored[Exhibit]] = ()
    cases: Sequence[Stored[Case]] = ()
    letters: Sequence[Stored[Letter]] = ()
    complaints: Sequence[Stored[Complaint]] = ()
    schedules: Mapping[str, Sequence[Instalment]] = field(default_factory=dict)

    @cached_property
    def by_id(self) -> Mapping[str, Stored[Any]]:
        return {one.id: one for one in self.all()}

    def all(self) -> list[Stored[Any]]:
        """Every record, loans first, in the order of their ids within a kind."""
        groups: tuple[Sequence[Stored[Any]], ...] = (
            self.loans, self.contacts, self.claims, self.payments, self.cases, self.letters, self.complaints,
            self.exhibits,
        )  # fmt: skip
        return [one for group in groups for one in sorted(group, key=lambda stored: number_of(stored.id))]

    def without_drafts(self) -> CaseFile:
        """Only what left the user's hands or reached them: letters sent or received, complaints filed."""
        return replace(
            self,
            letters=tuple(one for one in self.letters if is_out(one.record)),
            complaints=tuple(one for one in self.complaints if is_out(one.record)),
        )

    @cached_property
    def contacted(self) -> Sequence[Stored[Contact]]:
        """Every contact, the letters that came among them."""
        return (*self.contacts, *as_contacts(self.letters))

    @cached_property
    def shown_by(self) -> Mapping[str, tuple[str, ...]]:
        """For each exhibit the live records it is evidence of: those it supports, else those that hold it.

        A letter or complaint that cites it says nothing of what it is.
        """
        held: dict[str, list[str]] = {}
        for stored in self.all():
            for ref in held_exhibits(stored.record):
                held.setdefault(ref, []).append(stored.id)
        supported = {
            one.id: tuple(str(ref) for ref in one.record.supports if str(ref) in self.by_id) for one in self.exhibits
        }
        return {one: records or tuple(held.get(one, ())) for one, records in supported.items()}

    @cached_property
    def citing(self) -> Mapping[str, tuple[str, ...]]:
        """For each exhibit the ids of the live records it supports or that name it."""
        found: dict[str, list[str]] = {one.id: [] for one in self.exhibits}
        for exhibit in self.exhibits:
            found[exhibit.id] += [str(ref) for ref in exhibit.record.supports if str(ref) in self.by_id]
        for stored in self.all():
            for ref in cited_exhibits(stored.record):
                if ref in found and stored.id not in found[ref]:
                    found[ref].append(stored.id)
        return {key: tuple(value) for key, value in found.items()}

    @cached_property
    def exhibits_of(self) -> Mapping[str, tuple[str, ...]]:
        """The other way round: for each record the exhibits that go with it."""
        found: dict[str, list[str]] = {}
        for exhibit, records in self.citing.items():
            for record in records:
                found.setdefault(record, []).append(exhibit)
        return {key: tuple(sorted(value, key=number_of)) for key, value in found.items()}


def is_out(record: Letter | Complaint) -> bool:
    """Whether a paper is more than a draft: sent or received, or filed."""
    if isinstance(record, Letter):
        return record.sent_at is not None or record.direction == "in"
    return record.filed_at is not None


def held_exhibits(record: Any) -> tuple[str, ...]:
    """The exhibits that are a record's own evidence: recordings, receipts, an agreement's proof, a letter as sent."""
    came = getattr(record, "received", None)  # a loan's is an amount
    refs = [*getattr(record, "exhibits", ()), *getattr(came, "exhibits", ()), getattr(record, "final", None)]
    if isinstance(record, Case):
        refs += [proof for made in record.agreements for proof in made.proof]
    return _exhibits(refs)


def cited_exhibits(record: Any) -> tuple[str, ...]:
    """The exhibits a record itself names, for whatever reason."""
    return tuple(dict.fromkeys((*held_exhibits(record), *_exhibits(getattr(record, "cites", ())))))


def _exhibits(refs: Iterable[Any]) -> tuple[str, ...]:
    return tuple(ref for ref in refs if isinstance(ref, str) and ref.startswith("E"))


def happened(record: Any) -> When | None:
    """When what a record tells of took place, if it says."""
    came = getattr(record, "received", None)
    if isinstance(came, Contact):
        return came.happened_at
    for name in ("happened_at", "filed_at", "sent_at", "at", "signed_on", "start", "opened_on", "drafted_on"):
        value = getattr(record, name, None)
        if isinstance(value, dt.date):
            return value
    return None
