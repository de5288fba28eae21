"""Loans to test with, and the readers of worked cases."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from jdneg.domain.rate import parse_rate
from jdneg.domain.records.base import Stored
from jdneg.domain.records.loan import Loan

ROOT = Path(__file__).resolve().parents[3]
NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.timezone(dt.timedelta(hours=8)))

GOLD = Loan(
    lender="重庆京东盛际小额贷款有限公司",
    kind="microlender",
    product="金条",
    principal=Decimal("20000.00"),
    rate=parse_rate("0.05%/day"),
    start=dt.date(2026, 3, 10),
    term=12,
    due_day=10,
    method="equal-payment",
)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def gold(**changes: Any) -> Loan:
    return replace(GOLD, **changes)


def stored(record: Any, record_id: str = "L1") -> Stored[Any]:
    return Stored(record_id, record, NOW)


def cases(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((ROOT / "tests" / "cases" / name).read_text(encoding="utf-8"))
    return found


def samples(name: str) -> list[dict[str, Any]]:
    """Worked examples beside the project; the test is skipped where that folder is missing."""
    path = ROOT / "../shared/samples/finance" / name
    if not path.is_file():
        pytest.skip(f"no samples beside the project: {name}")
    found: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return found
