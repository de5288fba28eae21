"""Offers a lender can answer, worked out from what one can pay: the payment from the term, the term from the payment,
the remission that fits both.

Nothing here is promised by anybody. Instalments are equal and the last row settles to the fen. Where interest goes
on, it runs on the principal alone, by the contract's rate; what has come up already is spread evenly and bears none.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import ROUND_CEILING, Decimal
from typing import Literal

from dateutil.relativedelta import relativedelta

from jdneg.domain.debt.interest import DEFAULT_BASIS, period_fraction
from jdneg.domain.debt.schedule import level_payment
from jdneg.domain.messages import Message, hint, info, warning
from jdneg.domain.money import FEN, ZERO, half_up
from jdneg.domain.negotiation.owed import Owed
from jdneg.domain.rate import Rate
from jdneg.domain.records.loan import Basis, Instalment
from jdneg.errors import BadOffer, JdnegError, raise_all
from jdneg.values import dataclass

LONGEST = 120  # months: a proposal for longer than ten years is none a lender can answer
_TERMS = (6, 12, 18, 24, 36, 48, 60)
Form = Literal["extension", "no_penalty", "no_interest", "remission", "pause", "lump", "due_day", "token"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What the offers are made for; None is open. ``monthly`` is what can be paid each month, ``lump`` at once."""

    monthly: Decimal | None = None
    months: int | None = None
    lump: Decimal | None = None
    pause: int | None = None
    due_day: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Debt:
    """What an offer is about: what is owed, how interest runs, and the contract's day and rows to come."""

    loan: str
    owed: Owed
    rate: Rate | None
    basis: Basis | None
    due_day: int | None
    to_come: tuple[Instalment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Yuan. ``rows`` are its dated instalments, ``total`` their sum; ``let_go`` what the lender gives up of what is
    owed today, ``interest`` what comes on top. ``words`` are the flags of `jdneg negotiate offer` that say the same.
    """

    form: Form
    months: int | None
    monthly: Decimal | None
    rows: tuple[Instalment, ...]
    total: Decimal
    interest: Decimal
    let_go: Decimal
    fits: bool
    words: tuple[str, ...]
    notes: tuple[Message, ...] = ()


def propose(debt: Debt, ask: Ask, as_of: dt.date) -> tuple[Proposal, ...]:
    """The offers that can be made, the one that asks least of the lender first. Raises BadOffer, all at once."""
    raise_all(_faults(debt, ask))
    found = [*_instalments(debt, ask, as_of), *_lump(debt, ask, as_of), *_moved_day(debt, ask, as_of)]
    if not any(one.fits for one in found) and ask.monthly:
        found += _token(debt, ask, as_of)
    return tuple(found)


def _faults(debt: Debt, ask: Ask) -> list[JdnegError]:
    faults: list[JdnegError] = []
    total = debt.owed.total
    if total is None:
        faults.append(_bad("propose_no_balance", loan=debt.loan))
    elif total <= 0:
        faults.append(_bad("propose_nothing_owed", loan=debt.loan))
    if debt.due_day is None and ask.due_day is None and not debt.to_come:
        faults.append(_bad("propose_no_day", loan=debt.loan))
    if ask.monthly is None and ask.months is None and ask.lump is None and ask.due_day is None:
        faults.append(_bad("propose_no_terms", loan=debt.loan))
    if total is not None and ask.lump is not None and ask.lump > total > 0:
        faults.append(_bad("propose_lump_above", lump=ask.lump, total=total))
    return faults


def _bad(code: str, **facts: object) -> BadOffer:
    return BadOffer(detail=Message(f"case.{code}", facts))


# --- instalments


@dataclass(frozen=True, slots=True)
class _Base:
    """What an offer spreads: ``principal`` bears interest where it goes on, ``rest`` bears none."""

    form: Form
    principal: Decimal
    rest: Decimal
    rate: Rate | None
    waive: tuple[str, ...]


def _bases(debt: Debt) -> Iterator[_Base]:
    owed = debt.owed
    total, penalty, interest = owed.total or ZERO, owed.penalty or ZERO, owed.interest or ZERO
    principal = min(owed.principal if owed.principal is not None else total, total)
    runs = debt.rate is not None and debt.rate.percent > 0
    if runs:
        yield _Base("extension", principal, total - principal, debt.rate, ())
        if penalty:
            yield _Base("no_penalty", principal, total - principal - penalty, debt.rate, ("penalty",))
    elif penalty:
        yield _Base("extension", principal, total - principal, None, ())
    gone = tuple(
        name for name, amount in (("penalty", penalty), ("interest", interest)) if amount or name == "interest"
    )
    yield _Base(
        "no_interest", principal, total - principal - penalty - interest, None, gone if runs else gone[:-1] or gone
    )


def _instalments(debt: Debt, ask: Ask, as_of: dt.date) -> Iterator[Proposal]:
    if ask.monthly is None and ask.months is None:
        return
    fitting = 0
    for base in _bases(debt):
        made = _spread(debt, base, ask, as_of)
        if made is not None:
            fitting += made.fits
            yield made
    if not fitting and ask.monthly and ask.months:
        yield from _remission(debt, ask, as_of)


def _spread(debt: Debt, base: _Base, ask: Ask, as_of: dt.date) -> Proposal | None:
    """One base by the term asked, else by the shortest term whose payment fits; None where none does."""
    days = _days(debt, ask, as_of)
    if ask.months is not None:
        return _made(debt, base, ask, days[: ask.months], as_of)
    assert ask.monthly is not None
    low, high = 1, LONGEST
    if _level(debt, base, days[:high], as_of) > ask.monthly:
        return None
    while low < high:
        middle = (low + high) // 2
        if _level(debt, base, days[:middle], as_of) <= ask.monthly:
            high = middle
        else:
            low = middle + 1
    return _made(debt, base, ask, days[:low], as_of)


def _days(debt: Debt, ask: Ask, as_of: dt.date) -> list[dt.date]:
    """The due days: the first later than ``as_of`` and than the pause, then month by month."""
    day = ask.due_day or debt.due_day or debt.to_come[0].due.day
    after = as_of + relativedelta(months=ask.pause or 0)
    first = after + relativedelta(day=day)
    if first <= after:
        first = after + relativedelta(months=1, day=day)
    count = max(ask.months or 0, LONGEST)
    return [as_of, *(first + relativedelta(months=n, day=day) for n in range(count))][1:]


def _fractions(debt: Debt, base: _Base, days: Sequence[dt.date], start: dt.date) -> list[Decimal]:
    if base.rate is None:
        return [Decimal(0)] * len(days)
    basis, before, found = debt.basis or DEFAULT_BASIS, start, []
    for n, day in enumerate(days):
        found.append(period_fraction(base.rate, before, day, basis, regular=n > 0))
        before = day
    return found


def _level(debt: Debt, base: _Base, days: Sequence[dt.date], start: dt.date) -> Decimal:
    """The equal payment."""
    parts = _fractions(debt, base, days, start)
    return level_payment(base.principal, parts) + half_up(base.rest / len(days))


def _made(debt: Debt, base: _Base, ask: Ask, days: Sequence[dt.date], as_of: dt.date) -> Proposal:
    level = _level(debt, base, days, as_of)
    rows, total = _rows(debt, base, days, as_of, level)
    spread = base.principal + base.rest
    fits = ask.monthly is None or all(row.amount <= ask.monthly for row in rows)
    pause = [] if ask.pause is None else ["--pause", str(ask.pause)]
    waive = ["--waive", ",".join(base.waive)] if base.waive else []
    day = ["--due-day", str(ask.due_day)] if ask.due_day is not None else []
    form: Form = "pause" if ask.pause else base.form
    return Proposal(
        form=form, months=len(rows), monthly=level, rows=rows, total=total, interest=total - spread,
        let_go=(debt.owed.total or ZERO) - spread, fits=fits,
        words=("--months", str(len(rows)), "--monthly", f"{level:f}", *waive, *pause, *day),
        notes=_about(base, level, debt),
    )  # fmt: skip


def _rows(
    debt: Debt, base: _Base, days: Sequence[dt.date], start: dt.date, level: Decimal
) -> tuple[tuple[Instalment, ...], Decimal]:
    rows: list[Instalment] = []
    left, rest, each = base.principal, base.rest, half_up(base.rest / len(days))
    for n, (day, part) in enumerate(zip(days, _fractions(debt, base, days, start), strict=True), 1):
        interest = half_up(left * part)
        last = n == len(days)
        share = rest if last else min(each, rest)
        principal = left if last else min(max(level - each - interest, ZERO), left)
        left, rest = left - principal, rest - share
        rows.append(Instalment(due=day, amount=principal + interest + share))
    return tuple(rows), sum((row.amount for row in rows), ZERO)


def _about(base: _Base, level: Decimal, debt: Debt) -> tuple[Message, ...]:
    monthly = debt.owed.monthly_interest
    if base.rate is not None and monthly and level < monthly:
        return (warning("case.below_interest", number=0, monthly=level, interest=monthly, grows_by=monthly - level),)
    return ()


def _remission(debt: Debt, ask: Ask, as_of: dt.date) -> Iterator[Proposal]:
    """Both the term and the payment are given: what would have to be let go for them to be enough."""
    assert ask.monthly is not None and ask.months is not None
    owed = debt.owed
    total, penalty, interest = owed.total or ZERO, owed.penalty or ZERO, owed.interest or ZERO
    paid = ask.monthly * ask.months
    gone = total - paid
    if gone <= 0:
        return
    days = _days(debt, ask, as_of)[: ask.months]
    rows = tuple(Instalment(due=day, amount=ask.monthly) for day in days)
    words = ["--months", str(ask.months), "--monthly", f"{ask.monthly:f}"]
    left = gone
    for name, there in (("penalty", penalty), ("interest", interest), ("principal", total - penalty - interest)):
        part = min(left, there)
        left -= part
        if part:
            words += ["--waive", name if part == there and name != "principal" else f"{name}={part:f}"]
    notes = [warning("plan.principal_let_go", amount=gone - penalty - interest)] if gone > penalty + interest else []
    yield Proposal(
        form="remission", months=ask.months, monthly=ask.monthly, rows=rows, total=paid, interest=ZERO, let_go=gone,
        fits=True, words=tuple(words), notes=tuple(notes),
    )  # fmt: skip


# --- other forms


def _lump(debt: Debt, ask: Ask, as_of: dt.date) -> Iterator[Proposal]:
    if ask.lump is None:
        return
    total = debt.owed.total or ZERO
    day = _days(debt, ask, as_of)[0]
    gone = total - ask.lump
    beyond = gone - (debt.owed.penalty or ZERO) - (debt.owed.interest or ZERO)
    notes: tuple[Message, ...] = (warning("plan.lump_in_writing"),)
    if beyond > 0:
        notes = (*notes, warning("plan.principal_let_go", amount=beyond))
    yield Proposal(
        form="lump", months=None, monthly=None, rows=(Instalment(due=day, amount=ask.lump),), total=ask.lump,
        interest=ZERO, let_go=gone, fits=True, words=("--lump-sum", f"{ask.lump:f}", "--first-due", day.isoformat()),
        notes=notes,
    )  # fmt: skip


def _moved_day(debt: Debt, ask: Ask, as_of: dt.date) -> Iterator[Proposal]:
    """The contract's own rows, on another day of the month."""
    rows = sorted((row for row in debt.to_come if row.due > as_of), key=lambda row: row.due)
    if ask.due_day is None or not rows or ask.due_day == rows[0].due.day:
        return
    first = rows[0].due + relativedelta(day=ask.due_day)
    shift = 0 if first > as_of else 1
    moved = tuple(replace(row, due=row.due + relativedelta(months=shift, day=ask.due_day)) for row in rows)
    most = max(row.amount for row in rows)
    yield Proposal(
        form="due_day", months=len(rows), monthly=most, rows=moved, total=sum((row.amount for row in rows), ZERO),
        interest=ZERO, let_go=ZERO, fits=ask.monthly is None or most <= ask.monthly,
        words=("--due-day", str(ask.due_day)), notes=(info("plan.due_day_interest"),),
    )  # fmt: skip


def _token(debt: Debt, ask: Ask, as_of: dt.date) -> Iterator[Proposal]:
    """What can be paid settles nothing in ten years even without interest: a small sum each month for half a year,
    and then talk again.
    """
    assert ask.monthly is not None
    days = _days(debt, ask, as_of)[: _TERMS[0]]
    rows = tuple(Instalment(due=day, amount=ask.monthly) for day in days)
    yield Proposal(
        form="token", months=len(rows), monthly=ask.monthly, rows=rows, total=ask.monthly * len(rows), interest=ZERO,
        let_go=ZERO, fits=True, words=("--months", str(len(rows)), "--monthly", f"{ask.monthly:f}"),
        notes=(hint("plan.token_then_talk", months=len(rows)),),
    )  # fmt: skip


def affordable(available: Decimal, minimums_of_others: Decimal, balance: Decimal, all_balances: Decimal) -> Decimal:
    """What one creditor can be offered a month: what the others' minimums leave, else its share by balance."""
    left = available - minimums_of_others
    if left > 0:
        return left
    share = available * balance / all_balances if all_balances else ZERO
    return (share / FEN).to_integral_value(ROUND_CEILING) * FEN if share else ZERO
