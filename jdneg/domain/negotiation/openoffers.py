"""The open offers of cases as debts, so that they stand beside the other ways to pay."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace

from jdneg.domain.messages import Message
from jdneg.domain.money import ZERO
from jdneg.domain.negotiation.debts import agreed_account
from jdneg.domain.negotiation.held import Held
from jdneg.domain.negotiation.plan_debt import PlanDebt
from jdneg.domain.negotiation.ways import OpenOffer
from jdneg.domain.records.base import Stored
from jdneg.domain.records.case import Case, Offer
from jdneg.domain.records.loan import Instalment
from jdneg.errors import BadOffer, ManyErrors


def open_offers(
    cases: Sequence[Stored[Case]], debts: Sequence[PlanDebt], held: Mapping[str, Held], as_of: dt.date
) -> list[OpenOffer]:
    """Every offer in each case that has no agreement, while it is valid: nobody said that a later one replaces it.

    One about several loans is one debt in the place of theirs, as the agreement would be.
    """
    named = {one.loan for one in debts}
    found = []
    for case in cases:
        loans = [str(one) for one in case.record.loans]
        if case.record.agreements or not named & set(loans):
            continue
        for offer in case.record.offers:
            if offer.at > as_of or (offer.valid_until is not None and offer.valid_until < as_of):
                continue
            found.append(_as_debts(case.id, offer, loans, debts, held[case.id], as_of))
    return found


def _no_total(case: str, offer: Offer, why: Message) -> OpenOffer:
    return OpenOffer(case=case, number=offer.number, by=offer.by, debts=None, why=why)


def _as_debts(
    case: str, offer: Offer, loans: Sequence[str], debts: Sequence[PlanDebt], held: Held, as_of: dt.date
) -> OpenOffer:
    if offer.then_talk:
        return _no_total(case, offer, Message("plan.settles_nothing"))
    try:
        rows = held.rows(offer, as_of)
    except BadOffer as fault:
        return _no_total(case, offer, _why(fault))
    except ManyErrors as several:
        return _no_total(case, offer, _why(several.errors[0]))
    first, *others = [one for one in debts if one.loan in loans]
    joint = _instead(replace(first, loans=tuple(loans) if others else ()), rows, as_of)
    stand = tuple(joint if one is first else one for one in debts if one is first or one.loan not in loans)
    return OpenOffer(case=case, number=offer.number, by=offer.by, debts=stand, loan=first.loan, rows=rows)


def _why(fault: Exception) -> Message:
    detail = getattr(fault, "facts", {}).get("detail")
    return detail if isinstance(detail, Message) else Message("plan.offer_unknown")


def _instead(debt: PlanDebt, rows: Sequence[Instalment], as_of: dt.date) -> PlanDebt:
    total = sum((row.amount for row in rows), ZERO)
    return replace(
        debt, balance=total, minimum=rows[0].amount, run=agreed_account(rows, as_of), agreement=True,
        due_day=rows[-1].due.day, overdue=ZERO, overdue_since=None, disputed=ZERO,
    )  # fmt: skip
