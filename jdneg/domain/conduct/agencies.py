"""Agencies: whether the debtor was told before one started. The log alone cannot show it, so it only asks."""

from __future__ import annotations

from jdneg.domain.conduct.findings import Suspicion
from jdneg.domain.conduct.seen import Seen
from jdneg.domain.messages import Message

CHECK = "outsourcing"
Key = tuple[str, str]


def meet(known: dict[Key, Seen], seen: Seen) -> None:
    """Keep the earliest contact of each agency that does not stand on the loan."""
    agency, loan = seen.contact.agency, seen.loan
    if agency is None or loan is None or agency == loan.lender or agency in loan.agencies:
        return
    key = (loan.lender, agency)
    first = known.get(key)
    if first is None or seen.day < first.day or (seen.day == first.day and _earlier(seen, first)):
        known[key] = seen


def _earlier(seen: Seen, first: Seen) -> bool:
    return first.moment is not None and (seen.moment is None or seen.moment < first.moment)


def unannounced(seen: Seen) -> Suspicion:
    """Told of once, with what would settle it."""
    facts = {"agency": seen.contact.agency, "loan": seen.loan_id}
    clears = Message("conduct.clears_agency", facts)
    return Suspicion("cannot_tell", Message("conduct.agency_unannounced", facts), seen.fact, clears_if=clears)
