"""The schedule of a loan: when, how much, and how much of it is principal, interest and fee.

The contract's own table or payment always wins; else the rows follow from the terms. Interest is rounded half up
to the fen in each row, and the last row settles what is left, so that the parts of principal sum to the loan.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from jdneg.domain.debt.charges import Charged, charged
from jdneg.domain.debt.contract import contract_schedule, payments_alone
from jdneg.domain.debt.duedates import whole_month
from jdneg.domain.debt.interest import period_fraction
from jdneg.domain.debt.periods import in_days, last_day_of
from jdneg.domain.debt.rows import Period, Row, Schedule
from jdneg.domain.debt.terms import LONGEST, Terms, name_of, read_terms
from jdneg.domain.messages import Message, info, warning
from jdneg.domain.money import ZERO, half_up
from jdneg.domain.rate import Rate
from jdneg.domain.records.base import Stored
from jdneg.domain.records.loan import Loan
from jdneg.errors import NotComputable, NoTerm

# (index of the row, balance, interest owed) -> (interest paid, principal paid) in a row that is not the last
Plan = Callable[[int, Decimal, Decimal], tuple[Decimal, Decimal]]
_NOTICEABLE = Decimal("1.00")


def build_schedule(loan: Loan, *, by_days: bool = False) -> Schedule:
    """The schedule by the contract. Raises NotComputable, BadDueDay.

    ``by_days`` counts the actual days of every month, also where a whole month would bear a twelfth of the year.
    """
    if loan.schedule or _derived_from_payments(loan):
        return contract_schedule(loan)
    terms = read_terms(loan)
    fees = charged(loan, terms.dues)
    last_day = Decimal(0)
    periods = _periods(loan, terms, fees, by_days=by_days)
    if terms.method in ("bullet", "daily"):
        periods = _joined(periods)
    if loan.count_last and periods and terms.rates is not None:
        last_day = last_day_of(terms.rates, periods[-1], terms.due_day, by_days=by_days)
    plan, notes = _plan(loan, terms, periods)
    if last_day:  # the level payment is solved without it; the last row settles
        periods[-1] = replace(periods[-1], fraction=periods[-1].fraction + last_day)
    rows = amortise(terms.principal, periods, plan)
    if len(rows) == LONGEST and loan.term is None:
        raise NoTerm(loan=name_of(loan))
    doubts = _payment_doubts(loan, rows) if terms.method == "equal-payment" else ()
    if doubts and (own := payments_alone(loan)) is not None:
        return replace(own, assumptions=(*own.assumptions, *doubts))
    used = periods[: len(rows)]
    return Schedule(
        rows,
        (*terms.assumptions, *fees.notes, *notes, *doubts),
        terms.principal,
        terms.start,
        tuple(period.fraction for period in used),
        tuple(piece for period in used for piece in period.pieces),
        fees.at_start,
        last_day if len(rows) == len(periods) else Decimal(0),
    )


def schedule_of(loan: Stored[Loan]) -> Schedule:
    """The same for a loan of the journal; the errors name its id."""
    try:
        return build_schedule(loan.record)
    except NotComputable as error:
        raise type(error)(**{**error.facts, "loan": loan.id}) from None


def _derived_from_payments(loan: Loan) -> bool:
    """A stated payment without a rate: the split has to be worked out backwards."""
    return loan.rate is None and loan.payment is not None and loan.term is not None


def _periods(loan: Loan, terms: Terms, fees: Charged, *, by_days: bool) -> list[Period]:
    periods, before = [], terms.start
    for due, charge in zip(terms.dues, fees.by_row, strict=True):
        regular = whole_month(before, due, terms.due_day)
        first = loan.count_first is False and before == terms.start
        pieces = in_days(terms.rates, before, due, regular=regular and not by_days, skip_first=first)
        fraction = sum((one.fraction for one in pieces), Decimal(0))
        fee = charge + half_up(terms.principal * _fee_fraction(terms, before, due))
        periods.append(Period(before, due, fraction, fee, pieces))
        before = due
    return periods


def _fee_fraction(terms: Terms, start: dt.date, due: dt.date) -> Decimal:
    return Decimal(0) if terms.fee is None else period_fraction(terms.fee, start, due, terms.basis, regular=True)


def _joined(periods: Sequence[Period]) -> list[Period]:
    """All periods as one: what falls due in one sum at the end."""
    if not periods:
        return []
    fraction = sum((one.fraction for one in periods), Decimal(0))
    fee = sum((one.fee for one in periods), ZERO)
    pieces = tuple(piece for one in periods for piece in one.pieces)
    return [Period(periods[0].start, periods[-1].due, fraction, fee, pieces)]


def _plan(loan: Loan, terms: Terms, periods: Sequence[Period]) -> tuple[Plan, tuple[Message, ...]]:
    if terms.method == "equal-payment":
        if loan.payment is None:
            return _level_plan(terms, periods), _solved_anew(loan)
        payment = loan.payment
        return lambda _, balance, owed: _level(payment, balance, owed), _too_small(payment, terms, periods)
    if terms.method in ("equal-principal", "flat-fee"):
        part = half_up(terms.principal / len(periods))
        return lambda _, balance, owed: (owed, min(part, balance)), ()
    return lambda _, __, owed: (owed, ZERO), ()


def _level_plan(terms: Terms, periods: Sequence[Period]) -> Plan:
    """The equal payment, solved anew for what is left when a period starts at another rate than the one before."""
    solved: dict[int, Decimal] = {}
    if terms.rates is None or len(terms.rates.steps) == 1:
        payment = level_payment(terms.principal, [one.fraction for one in periods])
        return lambda _, balance, owed: _level(payment, balance, owed)
    rates = terms.rates

    def plan(index: int, balance: Decimal, owed: Decimal) -> tuple[Decimal, Decimal]:
        rate = rates.at(periods[index].start)
        if index == 0 or rate != rates.at(periods[index - 1].start):
            solved[0] = level_payment(balance, foreseen(rate, terms, periods[index:]))
        return _level(solved[0], balance, owed)

    return plan


def foreseen(rate: Rate, terms: Terms, periods: Iterable[Period]) -> list[Decimal]:
    """The fractions of periods as they look while ``rate`` is in force."""
    return [
        period_fraction(rate, one.start, one.due, terms.basis, regular=whole_month(one.start, one.due, terms.due_day))
        for one in periods
    ]


def _solved_anew(loan: Loan) -> tuple[Message, ...]:
    return (info("debt.payment_solved_anew"),) if loan.rate_changes else ()


def _payment_doubts(loan: Loan, rows: Sequence[Row]) -> tuple[Message, ...]:
    """A stated payment that the rate does not explain leaves its mark on the last row."""
    if loan.payment is None or loan.rate is None or loan.term is None or not rows:
        return ()
    last = rows[-1].payment - rows[-1].fee
    if len(rows) == loan.term and abs(last - loan.payment) <= max(_NOTICEABLE, len(rows) * Decimal("0.02")):
        return ()
    rate = loan.rate
    return (warning("debt.payment_rate_differs", payment=loan.payment, rate=rate, last=last, rows=len(rows)),)


def _too_small(payment: Decimal, terms: Terms, periods: Sequence[Period]) -> tuple[Message, ...]:
    interest = half_up(terms.principal * periods[0].fraction)
    if payment > interest:
        return ()
    return (warning("debt.payment_below_interest", payment=payment, interest=interest),)


def _level(payment: Decimal, balance: Decimal, owed: Decimal) -> tuple[Decimal, Decimal]:
    """Interest first; what the payment does not cover waits, without bearing interest itself."""
    interest = min(owed, payment)
    return interest, min(payment - interest, balance)


def level_payment(principal: Decimal, fractions: Iterable[Decimal]) -> Decimal:
    """The equal payment that settles ``principal`` over periods of these rates, half up to the fen."""
    return half_up(exact_payment(principal, fractions))


def exact_payment(principal: Decimal, fractions: Iterable[Decimal]) -> Decimal:
    """The same before rounding: PMT of the spreadsheets, for periods that may differ.

    Each period multiplies the balance by 1 + fraction, so the payment is principal x all growth over the sum of
    the growth that each payment still sees; for equal periods this is the annuity formula.
    """
    growth, seen = Decimal(1), Decimal(0)
    for fraction in fractions:
        growth *= 1 + fraction
        seen = seen * (1 + fraction) + 1
    return principal * growth / seen


def amortise(principal: Decimal, periods: Sequence[Period], plan: Plan) -> tuple[Row, ...]:
    """Rows until the balance is gone; the last period takes whatever is left."""
    rows: list[Row] = []
    balance, waiting = principal, ZERO
    for n, period in enumerate(periods, 1):
        owed = waiting + half_up(balance * period.fraction)
        interest, part = (owed, balance) if n == len(periods) else plan(n - 1, balance, owed)
        if part == balance:
            interest = owed
        balance, waiting = balance - part, owed - interest
        rows.append(Row(n, period.due, part + interest + period.fee, part, interest, period.fee, balance))
        if balance == 0:
            break
    return tuple(rows)
