"""An agreement's instalments as rows: from its start they are what is owed, and when."""

from __future__ import annotations

from decimal import Decimal

from jdneg.domain.debt.ledger import OpenRow, Owed
from jdneg.domain.messages import Message, info
from jdneg.domain.money import ZERO, half_up
from jdneg.domain.records.case import Agreement, Waived
from jdneg.values import dataclass


@dataclass(frozen=True, slots=True)
class Bound:
    """An agreement as one loan feels it (its own share, where it is about several), and what it lets go."""

    agreement: Agreement
    waived: tuple[Waived, ...] = ()
    case: str = ""


def agreed_rows(agreement: Agreement, owed: Owed) -> tuple[list[OpenRow], Owed, tuple[Message, ...]]:
    """The rows, what of the old sums they carry, and how the instalments were read.

    Less than was owed: the rest is let go, penalty first, then interest, fee, principal. More: the surplus is
    agreed interest and falls due with each instalment in proportion; what is due on the first day bears none.
    """
    total = sum((one.amount for one in agreement.instalments), ZERO)
    carried = _reduced(owed, total)
    known = carried.total
    notes: list[Message] = []
    if owed.total > total:
        notes.append(info("debt.agreement_less", total=total, before=owed.total))
    elif total > known:
        notes.append(info("debt.agreement_more", total=total, before=known))
    return _rows(agreement, carried.principal, total, max(total - known, ZERO)), carried, tuple(notes)


def _reduced(owed: Owed, total: Decimal) -> Owed:
    excess = max(owed.total - total, ZERO)
    parts: list[Decimal] = []
    for part in (owed.penalty, owed.interest, owed.fee, owed.principal):
        gone = min(half_up(part), excess)
        parts.append(half_up(part) - gone)
        excess -= gone
    penalty, interest, fee, principal = parts
    return Owed(principal, interest, penalty, fee)


def _rows(agreement: Agreement, principal: Decimal, total: Decimal, surplus: Decimal) -> list[OpenRow]:
    rows: list[OpenRow] = []
    left, extra = principal, surplus
    stated = sorted(agreement.instalments, key=lambda one: one.due)
    bearing = sum((one.amount for one in stated if one.due > agreement.starts), ZERO)
    for n, one in enumerate(stated, 1):
        last = n == len(stated)
        share = half_up(principal * one.amount / total) if one.principal is None else one.principal
        part = left if last else min(share, left)
        own = half_up(surplus * one.amount / bearing) if one.due > agreement.starts else ZERO
        adds = extra if last else min(own, extra)
        left, extra = left - part, extra - adds
        rows.append(OpenRow(n, one.due, one.amount, part, ZERO, adds))
    return rows
