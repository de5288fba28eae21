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
    from collections.abc import Iterable, Iterator
    from decimal import Decimal

    from jdneg.domain.agreements import InForce
    from jdneg.domain.debt.accrual import Position
    from jdneg.domain.debt.asked import Asked
    from jdneg.domain.debt.lapse import Lapse
    from jdneg.domain.debt.shares import Terms
    from jdneg.domain.debt.verify import Verification
    from jdneg.domain.messages import Message
    from jdneg.domain.records.case import Agreement


@dataclass(frozen=True)
class Dossier:
    """``loan`` and what cites it; computed parts are made when asked for."""

    session: Session
    loan: Stored[Any]

    def _every(self, kind: str) -> tuple[Stored[Any], ...]:
        return self.session.store.all(kind)

    def _of(self, kind: str, loan: str) -> tuple[Stored[Any], ...]:
        return tuple(one for one in self._every(kind) if one.record.loan == loan)

    def _mine(self, kind: str) -> tuple[Stored[Any], ...]:
        return self._of(kind, self.loan.id)

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
        return tuple(one for one in self._every("case") if self.loan.id in one.record.loans)

    @cached_property
    def exhibits(self) -> tuple[Stored[Any], ...]:
        return self._every("exhibit")

    def agreed(self, day: dt.date) -> Terms:
        """The agreements that count for this loan on ``day``, and those that may."""
        from jdneg.domain.debt.shares import terms_of

        return terms_of(self._every("case"), self.loan.id, day, self._other)

    def _other(self, loan: str) -> tuple[Stored[Any], tuple[Stored[Any], ...]]:
        return self.session.store.get(loan), self._of("payment", loan)

    def lapse(self, day: dt.date) -> Lapse | None:
        """What a missed day of the agreement in force may cost."""
        from jdneg.domain.debt.lapse import lapse
        from jdneg.domain.instalments import paid_by_day

        found, accounts = self._under(day)
        if found is None:
            return None
        paid = paid_by_day(one.record for loan in found.loans for one in self._of("payment", loan))
        return lapse(found.case, found.agreement, paid, accounts, day)

    def under(self, agreement: Agreement, loans: Iterable[str], day: dt.date) -> tuple[Position, ...]:
        """Where each of the loans stands under their agreement; empty where that cannot be told."""
        from jdneg.domain.debt.lapse import accounts_under

        return accounts_under(agreement, loans, self._every("case"), self._other, day)

    def spared(self, day: dt.date) -> Decimal:
        """What of the instalments of the agreement in force is asked no more, for all was paid early."""
        from jdneg.domain.debt.early import spared

        return spared(self._under(day)[1])

    def _under(self, day: dt.date) -> tuple[InForce | None, tuple[Position, ...]]:
        """The agreement in force, and where its loans stand under it."""
        from jdneg.domain.agreements import in_force

        found = in_force(self.cases, self.loan.id, day)
        return (None, ()) if found is None else (found, self.under(found.agreement, found.loans, day))

    def verification(self, day: dt.date) -> Verification:
        """Raises NotComputable when the loan's terms do not let anything be computed."""
        from jdneg.domain.debt.verify import verify

        agreed = self.agreed(day)
        # Only a private loan is held against the LPR; reading it costs every other one two milliseconds.
        lpr = self.session.lpr if self.loan.record.kind in ("private", "unknown") else ()
        found = verify(
            self.loan, self.claims, self.payments, self.exhibits, agreed, self.session.rules, lpr, day, self._spoke(),
        )  # fmt: skip
        limitation = None if found.closed_on else self.old_debt(day)
        return replace(found, limitation=limitation)

    def claims_alone(self, day: dt.date) -> Asked:
        """What can be said of a debt of unknown size."""
        from jdneg.domain.debt.asked import claims_alone

        found = claims_alone(self.loan, self.claims, self.payments, self.exhibits, day, self._spoke())
        return found if found.closed_on else replace(found, limitation=self.old_debt(day))

    def _spoke(self) -> Iterator[Stored[Any]]:
        """This loan's letters that came and its contacts, one by one, read by the index."""
        from jdneg.domain.correspondence.received import as_contacts

        yield from as_contacts(self.session.store.select("letter", loan=self.loan.id))
        yield from self.session.store.select("contact", loan=self.loan.id)

    def latest_claim(self, day: dt.date) -> Stored[Any] | None:
        from jdneg.domain.claims import claims_of

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
