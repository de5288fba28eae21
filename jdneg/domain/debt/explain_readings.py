"""The readings of a contract that a lender may have used, each a small change of how the account is run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import combinations, product
from typing import Any, Literal

from jdneg.domain.dates import shanghai_day
from jdneg.domain.debt.known import lent
from jdneg.domain.debt.rules import LAW_ORDER, ONCE, Rounding
from jdneg.domain.messages import Message, info
from jdneg.domain.money import grouped
from jdneg.domain.records.account import Payment
from jdneg.domain.records.loan import Basis, Loan, Part, PenaltyBase
from jdneg.values import dataclass

Months = Literal["contract", "days", "thirty", "twelfth"]
Compound = Literal["none", "interest", "due", "month", "quarter"]
Fees = Literal["due", "all", "none"]
# On the whole balance, while the interest of the schedule runs on beside it.
Base = PenaltyBase | Literal["balance_scheduled"]

_FACTORS = tuple(map(Decimal, ("1", "1.3", "1.5", "2")))
_LATEST = 3  # payments that are tried as left out
_BASES: dict[tuple[Base, Base], str] = {
    ("balance", "overdue_instalment"): "debt.reads_balance_for_instalment",
    ("balance", "overdue_principal"): "debt.reads_balance_for_principal",
    ("overdue_instalment", "balance"): "debt.reads_instalment_for_balance",
    ("overdue_instalment", "overdue_principal"): "debt.reads_instalment_for_principal",
    ("overdue_principal", "balance"): "debt.reads_principal_for_balance",
    ("overdue_principal", "overdue_instalment"): "debt.reads_principal_for_instalment",
}
_COMPOUND = {
    "none": "debt.reads_compound_none", "interest": "debt.reads_compound_interest", "due": "debt.reads_compound_due",
    "month": "debt.reads_compound_month", "quarter": "debt.reads_compound_quarter",
}  # fmt: skip
_ROUNDINGS = {
    Rounding("step"): "debt.reads_round_step", Rounding("day"): "debt.reads_round_day",
    Rounding("once", down=True): "debt.reads_round_down", Rounding("step", down=True): "debt.reads_round_step_down",
    Rounding("day", down=True): "debt.reads_round_day_down",
}  # fmt: skip
_ORDERS: dict[tuple[Part, ...], str] = {
    ("penalty", "fee", "interest", "principal"): "debt.reads_penalty_first",
    ("fee", "principal", "interest", "penalty"): "debt.reads_principal_first",
    ("fee", "interest", "principal", "penalty"): "debt.reads_penalty_last",
    LAW_ORDER: "debt.reads_order_of_law",
}
_MONTHS = {
    "days": "debt.reads_months_by_days", "thirty": "debt.reads_months_of_thirty",
    "twelfth": "debt.reads_months_twelfth",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Setting:
    """One way to run the account. ``factor`` None: the contract's own penalty rate, or no penalty at all.

    ``count`` days are added to the time of lateness; ``stated`` takes the contract's sum for the principal;
    ``to_the_end`` adds the interest of all instalments to come; ``left_out`` is a payment that is not booked.
    """

    day: dt.date
    basis: Basis
    base: Base
    compound: Compound
    order: tuple[Part, ...]
    factor: Decimal | None = None
    beside: bool = False
    months: Months = "contract"
    count: Literal["contract", "both", "neither"] = "contract"
    rounding: Rounding = ONCE
    fees: Fees = "due"
    stated: bool = False
    to_the_end: bool = False
    left_out: int | None = None
    grace: bool = True
    changes: bool = True
    agreed: bool = True


@dataclass(frozen=True, slots=True)
class Choice:
    """Another value for one ``axis`` (a field of `Setting`), and the words for it."""

    axis: str
    value: Any
    words: Message


@dataclass(frozen=True, slots=True)
class Ground:
    """What the readings start from: the facts of the loan and the contract's own setting."""

    loan: Loan
    payments: tuple[Payment, ...]
    own: Setting
    ratio: Decimal | None
    knows_penalty: bool
    claimed_on: dt.date
    last_due: dt.date | None
    has_fees: bool
    has_rows_to_come: bool
    has_schedule: bool
    under_agreement: bool


def readings(ground: Ground, limit: int, idle: Collection[Choice]) -> Iterator[tuple[tuple[Choice, ...], Setting]]:
    """The contract's own setting, then every reading with one change, with two, with three, up to ``limit``.

    The caller puts into ``idle`` what alone changed no figure: it is still tried with one other, not with two.
    """
    axes = [choices for choices in _axes(ground) if choices]
    yield (), ground.own
    left = limit - 1
    for size in (1, 2, 3):
        if size == 3:
            axes = [kept for choices in axes if (kept := [one for one in choices if one not in idle])]
        for some in combinations(axes, size):
            for chosen in product(*some):
                if left <= 0:
                    return
                left -= 1
                yield chosen, _changed(ground.own, chosen)


def _changed(own: Setting, chosen: tuple[Choice, ...]) -> Setting:
    changes: dict[str, Any] = {one.axis: one.value for one in chosen}
    return replace(own, **changes)


def _axes(ground: Ground) -> list[list[Choice]]:
    """The likeliest first, so that a limit cuts off the unlikely."""
    return [
        _bases(ground), _factors(ground), _beside(ground), _compounds(ground), _days(ground), _left_out(ground),
        _counts(), _fees(ground), _months(ground), _basis(ground), _orders(ground), _to_the_end(ground),
        _principal(ground), _graces(ground), _rate_changes(ground), _agreement(ground), _roundings(),
    ]  # fmt: skip


def _choices(axis: str, said: Mapping[Any, str], own: object) -> list[Choice]:
    return [Choice(axis, value, info(code)) for value, code in said.items() if value != own]


def _interest_runs(ground: Ground) -> bool:
    return ground.loan.rate is not None or _late_rate(ground)


def _late_rate(ground: Ground) -> bool:
    return ground.loan.overdue is not None and ground.loan.overdue.rate is not None


def _bases(ground: Ground) -> list[Choice]:
    own = ground.own.base
    bases: tuple[PenaltyBase, ...] = ("balance", "overdue_instalment", "overdue_principal")
    found = [Choice("base", one, info(_BASES[one, own])) for one in bases if one != own]
    if ground.has_schedule and ground.loan.rate is not None and not ground.own.beside:
        found.append(Choice("base", "balance_scheduled", info("debt.reads_balance_scheduled")))
    return found


def _factors(ground: Ground) -> list[Choice]:
    """Multiples of the contract's rate, but for the one the contract has."""
    if ground.loan.rate is None:
        return []
    return [
        Choice("factor", one, info("debt.reads_factor", factor=f"{one:f}")) for one in _FACTORS if one != ground.ratio
    ]


def _beside(ground: Ground) -> list[Choice]:
    if not _interest_runs(ground):
        return []
    code = "debt.reads_in_place" if ground.own.beside else "debt.reads_beside"
    return [Choice("beside", not ground.own.beside, info(code))]


def _compounds(ground: Ground) -> list[Choice]:
    return _choices("compound", _COMPOUND, ground.own.compound) if _interest_runs(ground) else []


def _days(ground: Ground) -> list[Choice]:
    """Their figure may run to another day: the claim's own, or the last due date."""
    found = []
    if ground.claimed_on != ground.own.day:
        found.append(Choice("day", ground.claimed_on, info("debt.reads_claim_day", date=ground.claimed_on)))
    if ground.last_due is not None and ground.last_due not in (ground.own.day, ground.claimed_on):
        found.append(Choice("day", ground.last_due, info("debt.reads_last_due", date=ground.last_due)))
    return found


def days_of(ground: Ground) -> tuple[dt.date, ...]:
    """Every day on which a reading may look at the account, in order."""
    return tuple(sorted({ground.own.day, *(one.value for one in _days(ground))}))


def _left_out(ground: Ground) -> list[Choice]:
    known = [(n, shanghai_day(one.at), one.amount) for n, one in enumerate(ground.payments)]
    return [
        Choice("left_out", n, info("debt.reads_payment_left_out", date=day, amount=grouped(amount)))
        for n, day, amount in reversed(known[-_LATEST:])
        if day <= ground.own.day
    ]


def _counts() -> list[Choice]:
    return _choices("count", {"both": "debt.reads_both_days", "neither": "debt.reads_neither_day"}, None)


def _fees(ground: Ground) -> list[Choice]:
    said = {"all": "debt.reads_all_fees", "none": "debt.reads_no_fees"}
    return _choices("fees", said, None) if ground.has_fees else []


def _months(ground: Ground) -> list[Choice]:
    loan = ground.loan
    if loan.rate is None or loan.schedule:
        return []
    kinds = ("thirty", "twelfth") if loan.rate.per == "day" else ("days",)
    return [Choice("months", kind, info(_MONTHS[kind])) for kind in kinds]


def _basis(ground: Ground) -> list[Choice]:
    """Only a month or year rate has to be turned into days."""
    late = ground.loan.overdue.rate if ground.loan.overdue else None
    if all(rate is None or rate.per == "day" for rate in (ground.loan.rate, late)):
        return []
    bases: tuple[Basis, ...] = ("act/360", "act/365", "30/360", "act/act")
    return [Choice("basis", one, info("debt.reads_basis", basis=one)) for one in bases if one != ground.own.basis]


def _orders(ground: Ground) -> list[Choice]:
    return _choices("order", _ORDERS, ground.own.order) if ground.payments else []


def _to_the_end(ground: Ground) -> list[Choice]:
    return [Choice("to_the_end", True, info("debt.reads_to_the_end"))] if ground.has_rows_to_come else []


def _principal(ground: Ground) -> list[Choice]:
    loan = ground.loan
    if loan.received is None or loan.received >= lent(loan):
        return []
    words = info("debt.reads_stated_principal", stated=grouped(lent(loan)), received=grouped(loan.received))
    return [Choice("stated", True, words)]


def _graces(ground: Ground) -> list[Choice]:
    overdue = ground.loan.overdue
    if overdue is None or not overdue.grace_days:
        return []
    return [Choice("grace", False, info("debt.reads_no_grace", days=overdue.grace_days))]


def _rate_changes(ground: Ground) -> list[Choice]:
    return [Choice("changes", False, info("debt.reads_first_rate"))] if ground.loan.rate_changes else []


def _agreement(ground: Ground) -> list[Choice]:
    return [Choice("agreed", False, info("debt.reads_no_agreement"))] if ground.under_agreement else []


def _roundings() -> list[Choice]:
    return _choices("rounding", _ROUNDINGS, None)
