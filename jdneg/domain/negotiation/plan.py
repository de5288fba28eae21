"""A plan: who is paid what on which day until nothing is owed, or a plain word that it never ends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from jdneg.domain.messages import Message, hint, info, warning
from jdneg.domain.money import FEN, ZERO, half_up
from jdneg.domain.negotiation.account import NEVER
from jdneg.domain.negotiation.best import Best, best
from jdneg.domain.negotiation.cash import Cash
from jdneg.domain.negotiation.compiled import month_of
from jdneg.domain.negotiation.growing import growing, growth, no_end
from jdneg.domain.negotiation.missed import settlements_missed
from jdneg.domain.negotiation.plan_debt import PlanDebt, check, not_plannable, plannable, with_hand
from jdneg.domain.negotiation.run import Hole, RawRow, Run, Short, yuan
from jdneg.domain.negotiation.simulate import simulate
from jdneg.domain.negotiation.strategies import BEST, CUSTOM, Spread, in_this_order
from jdneg.errors import BadOrder, NotInPlan, raise_all
from jdneg.values import dataclass

MONTHS_LIMIT = 600
_YEAR = 12
_MUCH = 2  # times what is owed today: from there on most of what is paid only covers what comes up


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One payment on one day. ``cost`` is what came up since the row before, of which ``interest`` alone;
    ``principal`` is what the payment takes off the balance, below zero where it does not even cover what came up.
    """

    date: dt.date
    loan: str
    payment: Decimal
    cost: Decimal
    interest: Decimal
    principal: Decimal
    balance: Decimal


@dataclass(frozen=True, slots=True)
class PlanTotals:
    """The sums of the plan's rows; ``months`` counts calendar months from the first row to the last.

    ``cost`` is what came up, of which ``penalty`` and ``fees``; ``lowest`` is the least money there is at the
    end of any day on which some goes out, below zero where necessary costs find too little.
    """

    paid: Decimal
    cost: Decimal
    months: int
    last_date: dt.date | None
    penalty: Decimal = ZERO
    fees: Decimal = ZERO
    lowest: Decimal = ZERO

    @property
    def interest(self) -> Decimal:
        """What of the cost is interest alone."""
        return self.cost - self.penalty - self.fees


@dataclass(frozen=True, slots=True)
class Plan:
    """``ends`` is the day of the last payment, None if there is none; then ``grows_by`` is yuan a month where the
    whole grows, and the rows show the first twelve months only. ``best`` says how far a best plan is proved.
    """

    strategy: str
    available: Decimal
    rows: tuple[PlanRow, ...]
    totals: PlanTotals
    ends: dt.date | None
    grows_by: Decimal | None
    not_plannable: tuple[Message, ...]
    messages: tuple[Message, ...]
    best: Best | None = None


def make_plan(
    debts: Sequence[PlanDebt],
    money: Cash | Decimal,
    strategy: str,
    start: dt.date,
    months_limit: int = MONTHS_LIMIT,
    order: Sequence[str] = (),
) -> Plan:
    """The plan for ``money`` (a sum is so many yuan a calendar month) from ``start``, whose own day pays nothing by a
    due day. ``order`` is the user's own, for the strategy ``custom``.

    Raises BadChoice, BadOrder, NegativeAmount, BadDueDay; what is only missing is listed under ``not_plannable``.
    """
    cash, able = plannable_with(money, debts, order)
    found = best(able, cash, start, months_limit, orders=[order] if order else []) if strategy == BEST else None
    run = found.run if found else simulate(able, cash, spread_named(strategy, order), start, months_limit)
    grows_by = growth(run, start)
    rows = run.rows if run.ended or grows_by is None else _first_year(run.rows)
    pays = any(row[2] for row in rows)
    return Plan(
        strategy=strategy,
        available=cash.average,
        rows=_rows(rows, able) if pays else (),
        totals=_totals(run, rows if pays else []),
        ends=dt.date.fromordinal(rows[-1][0]) if run.ended and rows else None,
        grows_by=grows_by,
        not_plannable=tuple(message for debt in debts if (message := not_plannable(debt))),
        messages=(
            *_about_debts(able, start),
            *settlements_missed(able, run, start),
            *_about_run(run, able, start, months_limit),
            *_about_payday(run, able, cash),
            *about_best(found),
            *_advice(pays, whole=grows_by is None),
        ),
        best=found,
    )


def plannable_with(
    money: Cash | Decimal, debts: Sequence[PlanDebt], order: Sequence[str]
) -> tuple[Cash, list[PlanDebt]]:
    """What every plan starts from: the money, and those debts of which enough is known.

    Raises NegativeAmount, BadDueDay, BadOrder, NotInPlan.
    """
    cash = as_cash(money)
    check(debts, cash.monthly)
    cash.check()
    check_order(debts, order)
    return cash, with_hand(plannable(debts), cash.hand)


def _advice(pays: bool, *, whole: bool) -> list[Message]:
    """``whole``: all rows are shown, not those of the first year alone."""
    paying = [*([] if whole else [info("plan.first_year")]), hint("plan.minimum_on_time")]
    return [*(paying if pays else []), hint("plan.no_new_debt")]


def as_cash(money: Cash | Decimal) -> Cash:
    """A bare sum is what there is each calendar month."""
    return money if isinstance(money, Cash) else Cash(monthly=money)


def spread_named(strategy: str, order: Sequence[str]) -> str | Spread:
    return in_this_order(order) if strategy == CUSTOM else strategy


def check_order(debts: Sequence[PlanDebt], order: Sequence[str]) -> None:
    """Raises BadOrder where a loan is named twice, NotInPlan where it is none of the plan's; all at once."""
    known = [debt.loan for debt in debts]
    twice = [loan for n, loan in enumerate(order) if loan in order[:n]]
    strange = [loan for loan in order if loan not in known]
    raise_all(
        [
            kind(value=", ".join(dict.fromkeys(wrong)), known=", ".join(known) or "-")
            for kind, wrong in ((BadOrder, twice), (NotInPlan, strange))
            if wrong
        ]
    )


def _first_year(rows: Sequence[RawRow]) -> list[RawRow]:
    return [row for row in rows if month_of(row[0]) < month_of(rows[0][0]) + _YEAR]


def _rows(rows: Sequence[RawRow], debts: Sequence[PlanDebt]) -> tuple[PlanRow, ...]:
    """Written out in one expression: a long plan has tens of thousands of rows."""
    date, names, number, unit = dt.date.fromordinal, [debt.named for debt in debts], Decimal, FEN
    return tuple(
        [
            PlanRow(
                date(day),
                names[n],
                number(pay) * unit,
                number(cost) * unit,
                number(cost - charges) * unit,
                number(pay - cost) * unit,
                number(left) * unit,
            )
            for day, n, pay, cost, charges, left in rows
        ]
    )


def _totals(run: Run, rows: Sequence[RawRow]) -> PlanTotals:
    if not rows:
        return PlanTotals(ZERO, ZERO, 0, None)
    return PlanTotals(
        paid=yuan(sum(row[2] for row in rows)),
        cost=yuan(sum(row[3] for row in rows)),
        months=month_of(rows[-1][0]) - month_of(rows[0][0]) + 1,
        last_date=dt.date.fromordinal(rows[-1][0]),
        penalty=yuan(run.penalties),
        fees=yuan(run.fees),
        lowest=yuan(run.lowest),
    )


def _about_debts(debts: Sequence[PlanDebt], start: dt.date) -> list[Message]:
    found = []
    for debt in debts:
        facts = {"loan": debt.named, "name": debt.name}
        if debt.agreement:
            found += [_about_agreement(debt)] if debt.balance else []
            found += _about_oral(debt)
        elif debt.basis == "claimed":
            found.append(hint("plan.claimed_basis", **facts))
        if debt.meanwhile is not None:
            found.append(debt.meanwhile)
        if debt.balance == 0 and not debt.agreement:
            found.append(hint("plan.only_to_come", **facts))
        if debt.disputed:
            found.append(info("plan.disputed_apart", **facts, amount=debt.disputed))
        if debt.balance and debt.run is not None and not debt.run.schedule_rows and debt.due_day == start.day:
            found.append(warning("plan.due_today", **facts, minimum=debt.minimum))
        if debt.overdue and debt.penalty is None and not debt.agreement:
            found.append(hint("plan.penalty_unknown", **facts))
    return found


def _about_agreement(debt: PlanDebt) -> Message:
    """Agreed instalments are paid as they stand. Whether paying early would gain anything: their interest says."""
    facts = {"loan": debt.named, "name": debt.name}
    if debt.run is None or not debt.run.replaced:  # only the sums are known
        return info("plan.agreement_sums", **facts)
    interest = half_up(debt.run.to_fall_due())
    if interest:
        look = ", ".join(f"jdneg verify {one}" for one in debt.loans or (debt.loan,))
        return info("plan.agreement_interest", **facts, interest=interest, look=look)
    return info("plan.agreement_kept", **facts)


def _about_oral(debt: PlanDebt) -> list[Message]:
    if not debt.oral:
        return []
    said = [warning("plan.agreement_oral", loan=debt.named, name=debt.name)]
    if debt.contract_total is not None:
        said.append(info("plan.oral_beside", loan=debt.named, agreed=debt.balance, contract=debt.contract_total))
    return said


def _about_run(run: Run, debts: Sequence[PlanDebt], start: dt.date, limit: int) -> list[Message]:
    found = []
    nothing = not any(row[2] for row in run.rows)
    if not debts:
        found.append(info("plan.nothing_to_plan"))
    if run.hole is not None:
        found += [hole_message(run.hole), warning("plan.free_help")]
    if run.short and not nothing:
        found += [short_message(run.short), *_kept(run.short), warning("plan.token_or_pause"), hint("plan.propose")]
    if not nothing:
        found += _starved(run, debts)
    if run.waits:
        found.append(hint("plan.kept_for_later"))
    if debts and run.rows and nothing:
        found += [warning("plan.nothing_left"), warning("plan.token_or_pause"), warning("plan.free_help")]
    if not run.ended:
        found += [*growing(run, debts, start), no_end(run, start, limit)]
    elif run.paid > _MUCH * run.owed[0] > 0:
        years = (len(run.owed) - 1 + _YEAR - 1) // _YEAR
        sums = {"paid": yuan(run.paid), "owed": yuan(run.owed[0])}
        found.append(warning("plan.very_long", years=years, **sums, loan=debts[0].named))
    return found


def _starved(run: Run, debts: Sequence[PlanDebt]) -> list[Message]:
    """Debts that are due and get nothing while others are paid."""
    due: dict[int, int] = {}
    paid: dict[int, int] = {}
    for day, n, pay, *_ in run.rows:
        due.setdefault(n, day)
        if pay:
            paid.setdefault(n, day)
    found = []
    for n, since in sorted(due.items()):
        first = paid.get(n, NEVER)
        if since < first and any(day < first for other, day in paid.items() if other != n):
            facts = {"loan": debts[n].named, "name": debts[n].name}
            found.append(
                warning("plan.starved_always", **facts)
                if first == NEVER
                else warning("plan.starved", **facts, date=dt.date.fromordinal(first))
            )
    return found


def _about_payday(run: Run, debts: Sequence[PlanDebt], cash: Cash) -> list[Message]:
    """Where a due day comes before the money does, another due day is the plainest thing to ask for."""
    if run.short is None or cash.day is None:
        return []
    early = [one for one in debts if one.due_day is not None and one.due_day < cash.day and one.balance]
    return [before_payday(one.loan, one.name, one.due_day, cash.day) for one in early]


def before_payday(loan: str, name: str, due_day: int | None, payday: int) -> Message:
    """Another due day is the plainest thing to ask for where this one comes before the money does."""
    asked = min(payday + 1, 28)
    return hint("plan.due_before_payday", loan=loan, name=name, due_day=due_day, payday=payday, asked=asked)


def about_best(found: Best | None) -> list[Message]:
    """How far it is proved."""
    if found is None:
        return []
    if found.proved:
        return [info("plan.best_proved")]
    if found.gap is None:
        return [info("plan.best_unproved")]
    return [info("plan.best_unproved_gap", gap=yuan(found.gap))]


def short_message(short: Short) -> Message:
    """The first month in which the money is below what must be paid."""
    return warning(
        "plan.minimums_above",
        month=f"{dt.date.fromordinal(short.day or short.month):{'%Y-%m-%d' if short.day else '%Y-%m'}}",
        minimums=yuan(short.need),
        available=yuan(short.money),
        short=yuan(short.need - short.money),
    )


def hole_message(hole: Hole) -> Message:
    """Necessary costs find too little, whatever the debts get."""
    return warning("plan.hole", date=dt.date.fromordinal(hole.day), missing=yuan(hole.missing))


def _kept(short: Short) -> list[Message]:
    return [info("plan.kept_for_costs", kept=yuan(short.kept))] if short.kept else []
