"""What a loan's own terms tell before anything is computed: contradictions and gaps."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from jdneg.domain.debt.sound import faults_of
from jdneg.domain.messages import Message, hint, warning
from jdneg.domain.money import parse_amount
from jdneg.domain.records.base import Stored
from jdneg.domain.records.exhibit import Exhibit
from jdneg.domain.records.loan import Instalment, Loan
from jdneg.errors import BadDueDay, BadForeignFile, BadLoan, BadRecord, JdnegError, NegativeAmount, raise_all

_LAST_DAY = 31


def check_loan(loan: Loan, today: dt.date) -> None:
    """Raise what cannot be true of one contract, all at once."""
    faults: list[JdnegError] = []
    if loan.received is not None and loan.received > loan.principal:
        faults.append(BadLoan(detail=Message("loan.received_above_principal")))
    if loan.start > today:
        faults.append(BadLoan(detail=Message("loan.starts_later", {"start": loan.start})))
    if loan.signed_on is not None and loan.signed_on > loan.start:
        faults.append(BadLoan(detail=Message("loan.signed_after_start")))
    if loan.schedule and loan.schedule[0].due <= loan.start:
        faults.append(BadLoan(detail=Message("loan.due_before_start", {"due": loan.schedule[0].due})))
    if loan.due_day is not None and not 1 <= loan.due_day <= _LAST_DAY:
        faults.append(BadDueDay(value=loan.due_day))
    faults += [NegativeAmount(value=one) for one in _must_be_above_zero(loan) if one is not None and one <= 0]
    if loan.method == "flat-fee" and loan.fee is None:
        faults.append(BadLoan(detail=Message("loan.flat_fee_without_fee")))
    raise_all([*faults, *faults_of(loan)])


def _must_be_above_zero(loan: Loan) -> tuple[Decimal | int | None, ...]:
    factor = loan.overdue.factor if loan.overdue else None
    return (loan.principal, loan.received, loan.payment, loan.term, factor)


def loan_messages(loan: Loan, loan_id: str, exhibits: Sequence[Stored[Exhibit]]) -> tuple[Message, ...]:
    """What is missing for a full verification."""
    found = []
    if not exhibits:
        found.append(warning("loan.no_contract", id=loan_id))
    if loan.rate is None and loan.fee is None and not loan.schedule and loan.payment is None:
        found.append(warning("loan.no_rate", id=loan_id))
    if loan.kind == "unknown":
        found.append(hint("loan.kind_unknown", id=loan_id))
    if loan.overdue is None:
        found.append(hint("loan.no_overdue_terms", id=loan_id))
    return tuple(found)


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
