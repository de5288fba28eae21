"""What a loan's own terms tell before anything is computed: contradictions and gaps."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from jdneg.domain.dates import comes_before, known_day
from jdneg.domain.debt.known import missing_terms, unknown_terms
from jdneg.domain.debt.schedule import build_schedule
from jdneg.domain.debt.sound import faults_of
from jdneg.domain.messages import Message, hint, warning
from jdneg.domain.money import parse_amount
from jdneg.domain.records.base import Stored
from jdneg.domain.records.exhibit import Exhibit
from jdneg.domain.records.loan import Instalment, Loan
from jdneg.errors import (
    BadDueDay,
    BadForeignFile,
    BadLoan,
    InvalidValue,
    JdnegError,
    NegativeAmount,
    NotAboveZero,
    raise_all,
)

_LAST_DAY = 31


def check_loan(loan: Loan, today: dt.date) -> None:
    """Raise what cannot be true of one contract, all at once."""
    faults: list[JdnegError] = []
    if loan.received is not None and loan.principal is not None and loan.received > loan.principal:
        faults.append(BadLoan(detail=Message("loan.received_above_principal"), where="--received"))
    if comes_before(today, loan.start):
        faults.append(BadLoan(detail=Message("loan.starts_later", {"start": loan.start}), where="--start"))
    if comes_before(loan.start, loan.signed_on):
        faults.append(BadLoan(detail=Message("loan.signed_after_start"), where="--signed"))
    if loan.schedule and loan.start is not None and loan.schedule[0].due <= loan.start:
        faults.append(
            BadLoan(detail=Message("loan.due_before_start", {"due": loan.schedule[0].due}), where="--schedule")
        )
    if loan.due_day is not None and not 1 <= loan.due_day <= _LAST_DAY:
        faults.append(BadDueDay(value=loan.due_day, where="--due-day"))
    faults += [
        fault(value=f"{value:f}", where=flag)
        for fault, flag, value in _must_be_above_zero(loan) if value is not None and value <= 0
    ]  # fmt: skip
    if loan.method == "flat-fee" and loan.fee is None:
        faults.append(BadLoan(detail=Message("loan.flat_fee_without_fee"), where="--fee"))
    raise_all([*faults, *faults_of(loan)])


def _must_be_above_zero(loan: Loan) -> tuple[tuple[type[JdnegError], str, Decimal | None], ...]:
    factor = loan.overdue.factor if loan.overdue else None
    term = None if loan.term is None else Decimal(loan.term)
    return (
        (NegativeAmount, "--principal", loan.principal), (NegativeAmount, "--received", loan.received),
        (NegativeAmount, "--payment", loan.payment), (NotAboveZero, "--term", term),
        (NotAboveZero, "--penalty-factor", factor),
    )  # fmt: skip


def loan_messages(loan: Loan, loan_id: str, exhibits: Sequence[Stored[Exhibit]]) -> tuple[Message, ...]:
    """What does not fit together in the terms, and what is missing for a full verification."""
    found = doubts_of(loan)
    if not exhibits:
        found.append(warning("loan.no_contract", id=loan_id))
    missing = unknown_terms(loan)
    if missing:
        code = "loan.no_rate" if missing == ("rate",) else "loan.not_computable"
        found.append(warning(code, id=loan_id, **missing_terms(loan)))
    if loan.kind == "unknown":
        found.append(hint("loan.kind_unknown", id=loan_id))
    if loan.overdue is None:
        found.append(hint("loan.no_overdue_terms", id=loan_id))
    return tuple(found)


def doubts_of(loan: Loan) -> list[Message]:
    """Terms that contradict one another though each may stand: which is followed, and how to mend the other."""
    try:
        notes = build_schedule(loan).assumptions
    except InvalidValue:  # what is missing is said elsewhere
        return []
    return [one for one in notes if one.level == "warning"]


_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_NEEDED = frozenset({"date", "amount"})
_AMOUNTS = ("amount", "principal", "interest", "fee")


def contract_schedule(raw: bytes, path: str) -> tuple[Instalment, ...]:
    """The contract's own table: CSV with ``date,amount`` and, where known, ``principal,interest,fee``.

    Raises BadForeignFile for what is no such table, else every fault of every row at once, the row as a
    spreadsheet numbers it: the heading is the first.
    """
    try:
        reader = csv.DictReader(io.StringIO(raw.decode("utf-8-sig")))
        rows = [(reader.line_num, row) for row in reader]
    except (UnicodeDecodeError, csv.Error) as error:
        raise BadForeignFile(path=path, reason=Message("loan.schedule_columns")) from error
    if not rows or not {"date", "amount"} <= rows[0][1].keys():
        raise BadForeignFile(path=path, reason=Message("loan.schedule_columns" if rows else "loan.schedule_empty"))
    faults: list[JdnegError] = []
    dues: list[dt.date] = []
    table: list[tuple[dt.date, dict[str, Any]]] = []
    for number, row in rows:
        due = _cell(faults, number, "date", row["date"], _due)
        amounts = {name: _cell(faults, number, name, row.get(name), parse_amount) for name in _AMOUNTS}
        if due is not None and dues and due <= dues[-1]:
            faults.append(BadLoan(
                detail=Message("loan.rows_out_of_order", {"first": dues[-1], "second": due}),
                where=_place(number, "date"),
            ))  # fmt: skip
        dues += [due] if due is not None else []
        table.append((due, amounts))
    raise_all(faults)
    return tuple(Instalment(due=due, **amounts) for due, amounts in table)


def _due(text: str) -> dt.date:
    try:
        if _ISO.fullmatch(text):  # Python reads weeks and bare figures too
            return known_day(dt.date.fromisoformat(text))
    except ValueError:
        pass
    raise BadLoan(detail=Message("loan.schedule_date", {"value": text}))


def _cell(faults: list[JdnegError], number: int, name: str, text: str | None, read: Callable[[str], Any]) -> Any:
    """What a cell says; None for an empty one, or for a fault, which is kept with its row and column."""
    plain = (text or "").strip()
    if not plain and name not in _NEEDED:
        return None
    try:
        return read(plain)
    except JdnegError as error:
        faults.append(type(error)(**{**error.facts, "where": _place(number, name)}))
        return None


def _place(number: int, name: str) -> Message:
    return Message("loan.schedule_cell", {"row": number, "name": name})
