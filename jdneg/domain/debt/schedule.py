"""The schedule of a loan: when, how much, and how much of it is principal, interest and fee.

The contract's own table or payment always wins; else the rows follow from the terms. Interest is rounded half up
to the fen in each row, and the last row settles what is left, so that the parts of principal sum to the loan.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from jdneg.domain.debt.contract import contract_schedule
from jdneg.domain.debt.duedates import whole_month
from jdneg.domain.debt.interest import period_fraction
from jdneg.domain.debt.rows import Period, Row, Schedule
from jdneg.domain.debt.terms import LONGEST, Terms, name_of, read_terms
from jdneg.domain.messages import Message, warning
from jdneg.domain.money import ZERO, half_up
from jdneg.domain.rate import Rate
from jdneg.domain.records.base import Stored
from jdneg.domain.records.loan import Loan
from jdneg.errors import NoRate, NoTerm

# (balance, interest owed) -> (interest paid, principal paid) in a row that is not the last
Plan = Callable[[Decimal, Decimal], tuple[Decimal, Decimal]]


def build_schedule(loan: Loan) -> Schedule:
    """The schedule by the contract. Raises NoRate, NoTerm, BadDueDay."""
    if loan.schedule or _derived_from_payments(loan):
        return contract_schedule(loan)
    terms = read_terms(loan)
    periods = _periods(terms)
    if terms.method in ("bullet", "daily"):
        periods = _joined(periods)
    plan, notes = _plan(loan, terms, periods)
    rows = amortise(terms.principal, periods, plan)
    if len(rows) == LONGEST and loan.term is None:
        raise NoTerm(loan=name_of(loan))
    fractions = tuple(period.fraction for period in periods[: len(rows)])
    return Schedule(rows, (*terms.assumptions, *notes), terms.principal, terms.start, fractions)


def schedule_of(loan: Stored[Loan]) -> Schedule:
    """The same for a loan of the journal; the errors name its id."""
    try:
        return build_schedule(loan.record)
    except NoRate as error:
        raise type(error)(loan=loan.id) from None


def _derived_from_payments(loan: Loan) -> bool:
    """A stated payment without a rate: the split has to be worked out backwards."""
    return loan.rate is None and loan.payment is not None and loan.term is not None


def _periods(terms: Terms) -> list[Period]:
    periods, before = [], terms.start
    for due in terms.dues:
        regular = whole_month(before, due, terms.due_day)
        fraction = _fraction(terms.rate, before, due, terms, regular=regular)
        fee = half_up(terms.principal * _fraction(terms.fee, before, due, terms, regular=True))
        periods.append(Period(before, due, fraction, fee))
        before = due
    return periods


def _fraction(rate: Rate | None, start: dt.date, due: dt.date, terms: Terms, *, regular: bool) -> Decimal:
    return Decimal(0) if rate is None else period_fraction(rate, start, due, terms.basis, regular=regular)


def _joined(periods: Sequence[Period]) -> list[Period]:
    """All periods as one: what falls due in one sum at the end."""
    if not periods:
        return []
    fraction = sum((one.fraction for one in periods), Decimal(0))
    fee = sum((one.fee for one in periods), ZERO)
    return [Period(periods[0].start, periods[-1].due, fraction, fee)]


def _plan(loan: Loan, terms: Terms, periods: Sequence[Period]) -> tuple[Plan, tuple[Message, ...]]:
    if terms.method == "equal-payment":
        if loan.payment is None:
            return _level(level_payment(terms.principal, periods)), ()
        return _level(loan.payment), _too_small(loan.payment, terms, periods)
    if terms.method in ("equal-principal", "flat-fee"):
        part = half_up(terms.principal / len(periods))
        return lambda balance, owed: (owed, min(part, balance)), ()
    return lambda _, owed: (owed, ZERO), ()


def _too_small(payment: Decimal, terms: Terms, periods: Sequence[Period]) -> tuple[Message, ...]:
    interest = half_up(terms.principal * periods[0].fraction)
    if payment > interest:
        return ()
    return (warning("debt.payment_below_interest", payment=payment, interest=interest),)


def _level(payment: Decimal) -> Plan:
    """Interest first; what the payment does not cover waits, without bearing interest itself."""

    def plan(balance: Decimal, owed: Decimal) -> tuple[Decimal, Decimal]:
        interest = min(owed, payment)
        return interest, min(payment - interest, balance)

    return plan


def level_payment(principal: Decimal, periods: Iterable[Period]) -> Decimal:
    """The equal payment that settles ``principal`` over the periods, half up to the fen.

    Each period multiplies the balance by 1 + fraction, so the payment is principal x all growth over the sum of
    the growth that each payment still sees; for equal periods this is the annuity formula.
    """
    growth, seen = Decimal(1), Decimal(0)
    for period in periods:
        growth *= 1 + period.fraction
        seen = seen * (1 + period.fraction) + 1
    return half_up(principal * growth / seen)


def amortise(principal: Decimal, periods: Sequence[Period], plan: Plan) -> tuple[Row, ...]:
    """Rows until the balance is gone; the last period takes whatever is left."""
    rows: list[Row] = []
    balance, waiting = principal, ZERO
    for n, period in enumerate(periods, 1):
        owed = waiting + half_up(balance * period.fraction)
        interest, part = (owed, balance) if n == len(periods) else plan(balance, owed)
        if part == balance:
            interest = owed
        balance, waiting = balance - part, owed - interest
        rows.append(Row(n, period.due, part + interest + period.fee, part, interest, period.fee, balance))
        if balance == 0:
            break
    return tuple(rows)
