"""What a loan's own terms tell before anything is computed: contradictions and gaps."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

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
    BadRecord,
    InvalidValue,
    JdnegError,
    NegativeAmount,
    raise_all,
)

_LAST_DAY = 31


def check_loan(loan: Loan, today: dt.date) -> None:
    """Raise what cannot be true of one contract, all at once."""
    faults: list[JdnegError] = []
    if loan.received is not None and loan.received > loan.principal:
        faults.append(BadLoan(detail=Message("loan.received_above_principal"), where="--received"))
    if loan.start > today:
        faults.append(BadLoan(detail=Message("loan.starts_later", {"start": loan.start}), where="--start"))
    if loan.signed_on is not None and loan.signed_on > loan.start:
        faults.append(BadLoan(detail=Message("loan.signed_after_start"), where="--signed"))
    if loan.schedule and loan.schedule[0].due <= loan.start:
        faults.append(
            BadLoan(detail=Message("loan.due_before_start", {"due": loan.schedule[0].due}), where="--schedule")
        )
    if loan.due_day is not None and not 1 <= loan.due_day <= _LAST_DAY:
        faults.append(BadDueDay(value=loan.due_day, where="--due-day"))
    faults += [
        NegativeAmount(value=f"{value:f}", where=flag)
        for flag, value in _must_be_above_zero(loan) if value is not None and value <= 0
    ]  # fmt: skip
    if loan.method == "flat-fee" and loan.fee is None:
        faults.append(BadLoan(detail=Message("loan.flat_fee_without_fee"), where="--fee"))
    raise_all([*faults, *faults_of(loan)])


def _must_be_above_zero(loan: Loan) -> tuple[tuple[str, Decimal | None], ...]:
    factor = loan.overdue.factor if loan.overdue else None
    term = None if loan.term is None else Decimal(loan.term)
    return (
        ("--principal", loan.principal), ("--received", loan.received), ("--payment", loan.payment),
        ("--term", term), ("--penalty-factor", factor),
    )  # fmt: skip


def loan_messages(loan: Loan, loan_id: str, exhibits: Sequence[Stored[Exhibit]]) -> tuple[Message, ...]:
    """What does not fit together in the terms, and what is missing for a full verification."""
    found = doubts_of(loan)
    if not exhibits:
        found.append(warning("loan.no_contract", id=loan_id))
    if loan.rate is None and loan.fee is None and not loan.schedule and loan.payment is None:
        found.append(warning("loan.no_rate", id=loan_id))
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


_AMOUNTS = ("amount", "principal", "interest", "fee")


def contract_schedule(raw: bytes, path: str) -> tuple[Instalment, ...]:
    """The contract's own table: CSV with ``date,amount`` and, where known, ``principal,interest,fee``."""
    try:
        rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))
        table = tuple(_instalment(number, row, path) for number, row in enumerate(rows, 1))
    except (UnicodeDecodeError, KeyError, ValueError, csv.Error) as error:
        raise BadForeignFile(path=path, reason=Message("loan.schedule_columns")) from error
    if not table or any(late.due <= early.due for early, late in pairwise(table)):
        raise BadForeignFile(path=path, reason=Message("loan.schedule_order"))
    return table


def _instalment(number: int, row: dict[str, str], path: str) -> Instalment:
    """A row as typed, held to what an instalment must be; amounts may have commas and a currency sign."""
    from jdneg.domain.schema import validate_part  # noqa: PLC0415 -- pydantic, for this alone

    payload = {"due": row["date"].strip()} if row["date"] else {}
    payload |= {name: f"{parse_amount(row[name]):f}" for name in _AMOUNTS if row.get(name)}
    try:
        found: Instalment = validate_part(Instalment, payload)
    except BadRecord as error:
        reason = Message("schema.row", {"row": number, "faults": error.facts["faults"]})
        raise BadForeignFile(path=path, reason=reason) from error
    return found
