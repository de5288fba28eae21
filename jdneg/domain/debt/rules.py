"""How an account runs: every choice a lender could read differently, in one value."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Literal

from jdneg.domain.debt.interest import DEFAULT_BASIS
from jdneg.domain.debt.known import start_of
from jdneg.domain.debt.late import LateTerms
from jdneg.domain.debt.ratetable import RateTable
from jdneg.domain.messages import Message, info
from jdneg.domain.money import FEN
from jdneg.domain.records.loan import Loan, Part
from jdneg.values import dataclass

# Our assumption: Civil Code 561 puts the costs of enforcing the claim first, then interest, then principal; it names
# neither fees of a loan nor a penalty.
LAW_ORDER: tuple[Part, ...] = ("fee", "interest", "penalty", "principal")
Step = Literal["once", "step", "day"]


@dataclass(frozen=True, slots=True)
class Rounding:
    """Interest and penalty to the fen: ``once`` at the end, at each ``step`` of the ledger, or each ``day``."""

    step: Step = "once"
    down: bool = False

    @property
    def exact(self) -> bool:
        """Nothing is rounded before the end."""
        return self.step == "once"

    def fen(self, value: Decimal) -> Decimal:
        """Half up, or down."""
        return value.quantize(FEN, ROUND_DOWN if self.down else ROUND_HALF_UP)

    def amount(self, base: Decimal, fraction: Decimal, days: int) -> Decimal:
        """``base`` x ``fraction`` over ``days``."""
        if self.step == "once":
            return base * fraction
        if self.step == "step":
            return self.fen(base * fraction)
        return self.fen(base * fraction / days) * days


ONCE = Rounding()


@dataclass(frozen=True, slots=True)
class Rules:
    """``rates`` hold after the last row, None without interest; ``late`` None: no penalty can be computed.

    ``late_rates`` give the penalty before ``late.factor``. Days: see `Loan.count_first` and ``count_last``.
    ``grace_days`` hold whether or not a penalty is known.
    """

    late: LateTerms | None = None
    rates: RateTable | None = None
    late_rates: RateTable | None = None
    order: tuple[Part, ...] = LAW_ORDER
    count_first: bool = True
    count_last: bool = False
    accelerated_on: dt.date | None = None
    grace_days: int = 0
    rounding: Rounding = ONCE


def rules_of(loan: Loan, late: LateTerms | None) -> Rules:
    """The rules of the contract."""
    basis = loan.basis or DEFAULT_BASIS
    rates = None if loan.rate is None else RateTable(loan.rate, start_of(loan), basis, loan.rate_changes)
    late_rates = rates
    if late is not None and late.factor is None:
        late_rates = RateTable(late.rate, start_of(loan), basis)
    return Rules(
        late=late,
        rates=rates,
        late_rates=late_rates,
        order=whole_order(loan.allocation) if loan.allocation else LAW_ORDER,
        count_first=loan.count_first is not False,
        count_last=bool(loan.count_last),
        accelerated_on=loan.accelerated_on,
        grace_days=loan.overdue.grace_days if loan.overdue else 0,
    )


def whole_order(said: Sequence[Part]) -> tuple[Part, ...]:
    """The order as said, what it leaves out following in the order of the law."""
    return tuple(dict.fromkeys((*said, *LAW_ORDER)))


def order_note(loan: Loan) -> Message:
    """How payments are counted."""
    if not loan.allocation:
        return info("debt.allocation_order")
    parts = tuple(Message(f"word.{part}") for part in whole_order(loan.allocation))
    return info("debt.allocation_contract", order=parts)
