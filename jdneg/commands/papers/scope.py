"""What a bundle is about: everything, one loan, or one case with what belongs to it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from jdneg.errors import BothGiven
from jdneg.session import Session
from jdneg.values import dataclass


@dataclass(frozen=True)
class Scope:
    """``name`` is the id of the loan or the case, None for everything; ``loans`` are those it is about."""

    session: Session
    name: str | None
    loans: tuple[Any, ...]
    case: Any = None

    @property
    def everything(self) -> bool:
        return self.name is None

    def records(self, kind: str) -> tuple[Any, ...]:
        """All of a kind that belong here: of a case its own contacts and papers, of its loans the rest."""
        every = self.session.store.all(kind)
        if self.everything:
            return every
        if self.case is None or kind in ("claim", "payment"):
            return tuple(one for one in every if self._of_a_loan(one))
        if kind == "case":
            return (self.case,)
        if kind == "contact":
            return self._contacts()
        return tuple(one for one in every if one.record.case == self.case.id)

    def _of_a_loan(self, one: Any) -> bool:
        about = {str(getattr(one.record, "loan", None)), *map(str, getattr(one.record, "loans", ()))}
        return bool(about & {loan.id for loan in self.loans})

    def _contacts(self) -> tuple[Any, ...]:
        from jdneg.commands.talks.negotiate import case_facts

        return tuple(case_facts(self.session, self.case).contacts)

    def is_about(self, record_id: str, cited: Iterable[str]) -> bool:
        """Whether a record that was taken back, which cited these, belonged here."""
        if self.everything:
            return True
        own = {self.name} if self.case is not None else {loan.id for loan in self.loans}
        return bool(own & {record_id, *map(str, cited)})


def scope_of(session: Session, loan: str | None, case: str | None) -> Scope:
    """Raises BothGiven, NotFound."""
    if loan and case:
        raise BothGiven(first="--loan", second="--case")
    if case:
        found = session.get(case, "case")
        return Scope(session, found.id, tuple(session.get(str(one), "loan") for one in found.record.loans), found)
    if loan:
        only = session.get(loan, "loan")
        return Scope(session, only.id, (only,))
    return Scope(session, None, session.store.all("loan"))
