"""The ledger and the schedule as sheets of live formulas, equal to the engine to the fen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from jdneg.documents.workbook import Cell, Form, Formula, Number, Row, Sheet
from jdneg.domain.dates import ONE_DAY
from jdneg.domain.debt.accrual import Position
from jdneg.domain.debt.ledger import LedgerLine
from jdneg.domain.debt.replay import PARTS, Replay, Step, replay
from jdneg.domain.debt.rows import Row as Due, Schedule
from jdneg.domain.money import ZERO, half_up
from jdneg.i18n import t
from jdneg.values import dataclass
from jdneg.views.words import word

_CHANGES = dict(zip(PARTS, "GHIJ", strict=True))
_BALANCES = dict(zip(PARTS, "KLMN", strict=True))
_FIRST = 4  # the first line of figures, below the title, a note and the headers


@dataclass(frozen=True, slots=True)
class Ledger:
    """``ends`` names the cell in which each component's rounded figure stands."""

    sheet: Sheet
    ends: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sources:
    """Where figures of the ledger stand on other sheets: the balance after each due date, and each payment."""

    balances: tuple[tuple[dt.date, Decimal, str], ...] = ()
    payments: tuple[tuple[dt.date, Decimal, str], ...] = ()

    def left(self, on: dt.date) -> tuple[Decimal, str] | None:
        """What the schedule leaves after the last due date up to that day, and its cell."""
        known = [(value, cell) for due, value, cell in self.balances if due <= on]
        return known[-1] if known else None

    def source(self, line: LedgerLine, *, first: bool) -> str | None:
        """The cell that an amount is booked from: the payout is the schedule's principal, a payment its own row."""
        if line.event == "payment":
            return self.paid(line.date, line.amount)
        known = first and self.balances and self.balances[0][:2] == (line.date, line.amount)
        return self.balances[0][2] if known else None

    def paid(self, on: dt.date, amount: Decimal) -> str | None:
        """The cell of the one payment of that day and amount; None where none or several are."""
        cells = [cell for day, value, cell in self.payments if (day, value) == (on, amount)]
        return cells[0] if len(cells) == 1 else None


def schedule_cells(name: str, schedule: Schedule) -> tuple[tuple[dt.date, Decimal, str], ...]:
    """The balances of `schedule_sheet` with their cells, the start's first."""
    rows = [(schedule.start, schedule.principal), *((row.due, row.balance) for row in schedule.rows)]
    return tuple((day, value, f"'{name}'!G{line}") for line, (day, value) in enumerate(rows, _FIRST - 1))


def ledger_sheet(name: str, at: Position, known: Sources) -> Ledger:
    """One line a step: amount = base x rate x days, balance = balance above + change; rounded in the last line."""
    final = {one: getattr(at, one) for one in PARTS}
    steps = replay(at.ledger, final)
    rows = [_step(line, step, steps.steps[line - _FIRST - 1] if line > _FIRST else None, known)
            for line, step in enumerate(steps.steps, _FIRST)]  # fmt: skip
    rows += _rounding(_FIRST + len(rows), steps)
    last = _FIRST + len(rows) - 1
    rows.append(_ends(last, steps))
    top = (Row((t("sheet.ledger"),), "title", wide=True), Row((t("sheet.ledger_note"),), "note", wide=True))
    ends = {part: f"'{name}'!{_BALANCES[part]}{last + 1}" for part in PARTS}
    return Ledger(Sheet(name, (*top, Row(_headers(), "head"), *rows), frozen=_FIRST - 1), ends)


def _headers() -> tuple[str, ...]:
    shared = tuple(t(f"view.ledger_{name}") for name in ("date", "event", "days", "base"))
    changes = tuple(t("sheet.change_of", part=word(part)) for part in PARTS)
    balances = tuple(t("sheet.balance_of", part=word(part)) for part in PARTS)
    return (*shared, t("sheet.daily_rate"), t("sheet.amount"), *changes, *balances)


def _step(line: int, step: Step, before: Step | None, known: Sources) -> Row:
    ledger = step.line
    head: tuple[Cell, ...] = (ledger.date, t(f"debt.event_{ledger.event}"))
    if step.rate is None or ledger.base is None or ledger.days is None or step.runs_on is None:
        cell = known.source(ledger, first=before is None)
        booked: Cell = Formula(f"={cell}", ledger.amount) if cell else Number(ledger.amount)
        middle: tuple[Cell, ...] = (None, None, None, booked)
    else:
        amount = Formula(f"=D{line}*E{line}*C{line}", step.changes[step.runs_on], "fine")
        days, rate = Number(Decimal(ledger.days), "count"), Number(step.rate, "daily")
        middle = (days, _base(line, step, before, known), rate, amount)
    return Row((*head, *middle, *(_change(line, part, step) for part in PARTS), *_balances(line, step.balances)))


def _base(line: int, step: Step, before: Step | None, known: Sources) -> Cell:
    """What the base is made of, so that a changed payment or principal runs through it.

    Interest runs on the principal above, or on what the schedule leaves of it; a penalty on the principal above less
    what is not due yet, and on the part of overdue instalments that is no principal, a figure of its own.
    """
    base, days = step.line.base, step.line.days
    assert base is not None and days is not None
    if before is None:
        return Number(base)
    principal, above = before.balances["principal"], f"{_BALANCES['principal']}{line - 1}"
    left = known.left(step.line.date - days * ONE_DAY)
    if base == principal:
        return Formula(f"={above}", base)
    if left is not None and left[0] == base:
        return Formula(f"={left[1]}", base)
    if left is not None and step.runs_on == "penalty":
        return Formula(f"={above}-{left[1]}{_plus(base - principal + left[0])}", base)
    return Formula(f"={above}{_plus(base - principal)}", base)


def _plus(value: Decimal) -> str:
    return f"{value:+f}" if value else ""


def _change(line: int, part: str, step: Step) -> Cell:
    if part not in step.changes:
        return None
    if part == step.runs_on:
        return Formula(f"=F{line}", step.changes[part], "fine")
    if part in step.cleared:
        return Formula(f"=-{_BALANCES[part]}{line - 1}", step.changes[part], _form(part))
    return _rest(line, part, step) or Number(step.changes[part])


def _rest(line: int, part: str, step: Step) -> Cell:
    """What the amount of the line leaves after the other parts: the whole payout, the rest of a payment."""
    sign = 1 if step.changes[part] > 0 else -1
    others = [one for one in step.changes if one != part]
    if others and (sign > 0 or part != "principal"):
        return None
    taken = sum((half_up(step.changes[one]) for one in others), ZERO)
    if sign * step.line.amount - taken != step.changes[part]:
        return None
    rounded = "".join(f"-ROUND({_CHANGES[one]}{line},2)" for one in others)
    return Formula(f"={'' if sign > 0 else '-'}F{line}{rounded}", step.changes[part], _form(part))


def _form(part: str) -> Form:
    """What accrues is shown with four places."""
    return "fine" if part in ("interest", "penalty") else "yuan"


def _balances(line: int, after: Mapping[str, Decimal]) -> tuple[Cell, ...]:
    return tuple(
        Formula(f"={column}{line - 1}+{_CHANGES[part]}{line}" if line > _FIRST else f"={_CHANGES[part]}{line}",
                after[part], _form(part))
        for part, column in _BALANCES.items()
    )  # fmt: skip


def _rounding(line: int, found: Replay) -> list[Row]:
    """What the steps leave out of the engine's own figure, a fen at most; nothing as a rule."""
    if not found.rounding:
        return []
    after = {part: found.steps[-1].balances[part] + found.rounding.get(part, ZERO) for part in PARTS}
    changes = tuple(Number(found.rounding[part]) if part in found.rounding else None for part in PARTS)
    return [Row((None, t("sheet.rounding"), None, None, None, None, *changes, *_balances(line, after)))]


def _ends(last: int, found: Replay) -> Row:
    ends = {part: found.steps[-1].balances[part] + found.rounding.get(part, ZERO) for part in PARTS}
    sums = tuple(Formula(f"=SUM({column}{_FIRST}:{column}{last})", ends[part], _form(part))
                 for part, column in _CHANGES.items())  # fmt: skip
    rounded = tuple(Formula(f"=ROUND({column}{last},2)", half_up(ends[part])) for part, column in _BALANCES.items())
    return Row((word("total"), None, None, None, None, None, *sums, *rounded), "total")


def schedule_sheet(name: str, schedule: Schedule) -> Sheet:
    """Payment = principal + interest + fee, balance = balance above - principal; sums at the end."""
    parts = tuple(word(one) for one in ("principal", "interest", "fee"))
    headers = (t("sheet.n"), t("view.due"), t("sheet.payment"), *parts, t("view.left"))
    start = Row((None, schedule.start, None, None, None, None, Number(schedule.principal)))
    rows, balance = [], schedule.principal
    for line, row in enumerate(schedule.rows, _FIRST):
        rows.append(_due(line, row, balance))
        balance = row.balance
    last = _FIRST + len(rows) - 1
    sums = tuple(
        Formula(f"=SUM({column}{_FIRST}:{column}{last})", sum((getattr(one, part) for one in schedule.rows), ZERO))
        for column, part in zip("CDEF", ("payment", "principal", "interest", "fee"), strict=True)
    )
    top = (Row((t("sheet.schedule"),), "title", wide=True), Row(headers, "head"), start)
    return Sheet(name, (*top, *rows, Row((word("total"), None, *sums, None), "total")), frozen=2)


def _due(line: int, row: Due, before: Decimal) -> Row:
    parts = row.principal + row.interest + row.fee
    payment = Formula(f"=D{line}+E{line}+F{line}", parts) if parts == row.payment else Number(row.payment)
    left = before - row.principal
    balance = Formula(f"=G{line - 1}-D{line}", left) if left == row.balance else Number(row.balance)
    return Row((str(row.n), row.due, payment, Number(row.principal), Number(row.interest), Number(row.fee), balance))
