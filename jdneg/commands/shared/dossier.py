"""All the journal holds about one loan, gathered once, for the commands that need the whole of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from jdneg.domain.records.base import Stored
from jdneg.session import Session
from jdneg.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jdneg.domain.debt.shares import OwnPart
    from jdneg.domain.debt.verify import Verification
    from jdneg.domain.messages import Message


@dataclass(frozen=True)
class Dossier:
    """``loan`` and what cites it; computed parts are made when asked for."""

    session: Session
    loan: Stored[Any]

    def _mine(self, kind: str) -> tuple[Stored[Any], ...]:
        return tuple(one for one in self.session.store.all(kind) if one.record.loan == self.loan.id)

    @cached_property
    def claims(self) -> tuple[Stored[Any], ...]:
        return self._mine("claim")

    @cached_property
    def payments(self) -> tuple[Stored[Any], ...]:
        return self._mine("payment")

    @cached_property
    def contacts(self) -> tuple[Stored[Any], ...]:
        return self._mine("contact")

    @cached_property
    def contacted(self) -> tuple[Stored[Any], ...]:
        """Every contact, the letters that came among them."""
        from jdneg.domain.correspondence.received import as_contacts

        return (*self.contacts, *as_contacts(self.letters))

    @cached_property
    def letters(self) -> tuple[Stored[Any], ...]:
        return self._mine("letter")

    @cached_property
    def complaints(self) -> tuple[Stored[Any], ...]:
        return self._mine("complaint")

    @cached_property
    def cases(self) -> tuple[Stored[Any], ...]:
        return tuple(one for one in self.session.store.all("case") if self.loan.id in one.record.loans)

    @cached_property
    def exhibits(self) -> tuple[Stored[Any], ...]:
        return self.session.store.all("exhibit")

    def agreed(self, day: dt.date) -> OwnPart:
        """The agreement in force as it falls on this loan: its own share, where it is about several."""
        from jdneg.domain.agreements import in_force
        from jdneg.domain.debt.shares import own_part

        found, store = in_force(self.cases, self.loan.id, day), self.session.store
        if found is None or len(found.loans) == 1:
            return own_part(found, self.loan.id, (self.loan,), ())
        paid = tuple(one for one in store.all("payment") if one.record.loan in found.loans)
        return own_part(found, self.loan.id, [store.get(one) for one in found.loans], paid)

    def verification(self, day: dt.date) -> Verification:
        """Raises NoRate when the loan's terms do not let anything be computed."""
        from jdneg.domain.debt.shares import earlier_notes
        from jdneg.domain.debt.verify import verify

        agreed = self.agreed(day)
        # Only a private loan is held against the LPR; reading it costs every other one two milliseconds.
        lpr = self.session.lpr if self.loan.record.kind in ("private", "unknown") else ()
        found = verify(
            self.loan, self.claims, self.payments, self.exhibits, agreed.agreement, self.session.rules, lpr, day,
            agreed.waived, self._spoke(),
        )  # fmt: skip
        limitation = None if found.closed_on else self.old_debt(day)
        notes = (*agreed.notes, *earlier_notes(self.cases, self.loan.id, day))
        return replace(found, assumptions=(*notes, *found.assumptions), limitation=limitation)

    def _spoke(self) -> Iterator[Stored[Any]]:
        """This loan's letters that came and its contacts, one by one, read by the index."""
        from jdneg.domain.correspondence.received import as_contacts

        yield from as_contacts(self.session.store.select("letter", loan=self.loan.id))
        yield from self.session.store.select("contact", loan=self.loan.id)

    def latest_claim(self, day: dt.date) -> Stored[Any] | None:
        from jdneg.domain.debt.verify import claims_of

        known = claims_of(self.loan.id, self.claims, day)
        return known[-1] if known else None

    def old_debt(self, day: dt.date) -> Message | None:
        """The notice about the limitation period, when the debt may be old."""
        from jdneg.domain.debt.timebar import limitation, may_be_old

        if not may_be_old(self.loan.record, day):
            return None
        return limitation(self.loan, self.payments, self.contacts, self.letters, self.cases, day)


def dossier(session: Session, loan: str) -> Dossier:
    return Dossier(session, session.get(loan, "loan"))
