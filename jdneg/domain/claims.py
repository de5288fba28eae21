"""What a claim says by itself: whether its parts add up."""

from __future__ import annotations

import datetime as dt

from jdneg.domain.messages import Message, warning
from jdneg.domain.money import ZERO
from jdneg.domain.records.account import Claim
from jdneg.errors import BadLoan, FutureTime


def check_claim(claim: Claim, today: dt.date) -> None:
    """A claim needs a figure, and cannot be of tomorrow."""
    if claim.at > today:
        raise FutureTime(value=claim.at, resolved=claim.at)
    if all(part is None for part in (claim.total, claim.principal, claim.interest, claim.penalty, claim.fee)):
        raise BadLoan(detail=Message("claim.no_figure"))


def claim_messages(claim: Claim, claim_id: str) -> tuple[Message, ...]:
    """Components are kept as stated; a sum that differs is said, never mended."""
    parts = [part for part in (claim.principal, claim.interest, claim.penalty, claim.fee) if part is not None]
    if claim.total is None or not parts or claim.principal is None:
        return ()
    rest = claim.total - sum(parts, ZERO)
    return (warning("claim.does_not_add_up", id=claim_id, rest=rest),) if rest else ()
