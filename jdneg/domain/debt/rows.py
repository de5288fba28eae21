"""The shapes of a schedule."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from jdneg.domain.messages import Message
from jdneg.values import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One instalment in yuan: payment = principal + interest + fee; ``balance`` is the principal after it."""

    n: int
    due: dt.date
    payment: Decimal
    principal: Decimal
    interest: Decimal
    fee: Decimal
    balance: Decimal


@dataclass(frozen=True, slots=True)
class Schedule:
    """``fractions`` is, row by row, the exact interest of the period on one yuan of balance.

    A loan without a due date (on demand) has no rows.
    """

    rows: tuple[Row, ...]
    assumptions: tuple[Message, ...]
    principal: Decimal
    start: dt.date
    fractions: tuple[Decimal, ...] = ()


@dataclass(frozen=True, slots=True)
class Period:
    """One period from the due date before to its own; ``days`` are actual."""

    start: dt.date
    due: dt.date
    fraction: Decimal
    fee: Decimal
