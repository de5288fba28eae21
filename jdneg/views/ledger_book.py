"""The ledger and the schedule as sheets of live formulas, equal to the engine to the fen."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from jdneg.documents.workbook import Cell, Form, Formula, Number, Row, Sheet
from jdneg.domain.debt.accrual import Position
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


def ledger_sheet(name: str, at: Position) -> Ledger:
    """One line a step: amount = base x rate x days, balance = balance above + change; rounded in the last line."""
    final = {one: getattr(at, one) for one in PARTS}
    steps = replay(at.ledger, final)
    rows = [_step(line, step, steps.steps[line - _FIRST - 1] if line > _FIRST else None)
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


def _step(line: int, step: Step, before: Step | None) -> Row:
    ledger = step.line
    head: tuple[Cell, ...] = (ledger.date, t(f"debt.event_{ledger.event}"))
    if step.rate is None or ledger.base is None or ledger.days is None or step.runs_on is None:
        middle: tuple[Cell, ...] = (None, None, None, Number(ledger.amount))
    else:
        amount = Formula(f"=D{line}*E{line}*C{line}", step.changes[step.runs_on], "fine")
        days, rate = Number(Decimal(ledger.days), "count"), Number(step.rate, "daily")
        middle = (days, _base(line, ledger.base, before), rate, amount)
    return Row((*head, *middle, *(_change(line, part, step) for part in PARTS), *_balances(line, step.balances)))


def _base(line: int, base: Decimal, before: Step | None) -> Cell:
    """The principal above, where it is the base; else the figure itself."""
    if before is not None and base == before.balances["principal"]:
        return Formula(f"={_BALANCES['principal']}{line - 1}", base)
    return Number(base)


def _change(line: int, part: str, step: Step) -> Cell:
    if part not in step.changes:
        return None
    if part == step.runs_on:
        return Formula(f"=F{line}", step.changes[part], "fine")
    if part in step.cleared:
        return Formula(f"=-{_BALANCES[part]}{line - 1}", step.changes[part], _form(part))
    return Number(step.changes[part])


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
