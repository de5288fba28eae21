"""Published cases in one form, and what jdneg makes of each.

A case asks one thing of one calculator: ``{"id", "source", "ask", ...its terms, "want": {figure: value}, "within"}``.
`restated` reads the ones kept in ``tests/cases/published``; `from_sample` puts an item of the samples folder into the
same form, or says why it asks for something that jdneg does not compute.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from jdneg.domain.claims import claim_messages
from jdneg.domain.debt.between import Span, accrue
from jdneg.domain.debt.calculators import (
    Cost,
    Wanted,
    compute_schedule,
    rate_of_cash,
    rate_of_flows,
)
from jdneg.domain.debt.cashflows import Flows
from jdneg.domain.debt.days import year_fraction
from jdneg.domain.debt.interest import yearly
from jdneg.domain.debt.rates import net_present_value
from jdneg.domain.debt.schedule import exact_payment
from jdneg.domain.debt.unitperiod import unit_periods
from jdneg.domain.rate import parse_rate
from jdneg.domain.records.account import Claim

Case = dict[str, Any]
FOLDER = Path(__file__).resolve().parents[2] / "cases" / "published"
_START = dt.date(2026, 1, 10)


def restated() -> Iterator[Case]:
    for path in sorted(FOLDER.glob("*.json")):
        for case in json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal):
            yield {"file": path.stem, **case}


def computed(case: Case) -> dict[str, Any]:
    """Every figure the case's calculator gives, as numbers."""
    return _ASK[case["ask"]](case)


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def _rates(cost: Cost) -> dict[str, Any]:
    found = cost.summary
    return {
        "nominal_12": found.nominal_12,
        "effective": found.effective,
        "period_rate": found.period_rate,
        "nominal": cost.nominal,
        "messages": [one.code for one in found.messages],
    }


def _cash(case: Case) -> dict[str, Any]:
    return _rates(rate_of_cash([Decimal(one) for one in case["cash"]], case.get("per_year", 12)))


def _flat(case: Case) -> dict[str, Any]:
    """Equal parts of principal and a flat fee, unrounded, as the conversion tables have it."""
    principal, months = Decimal(case["principal"]), case["months"]
    each = principal / months + principal * Decimal(case["fee"])
    return _rates(rate_of_cash([-principal, *[each] * months], 12))


def _dated(case: Case) -> dict[str, Any]:
    flows = tuple((_day(on), Decimal(amount)) for on, amount in case["flows"])
    return _rates(rate_of_flows(Flows(dated=flows), case.get("basis"), case.get("per_year")))


def _timed(case: Case) -> dict[str, Any]:
    """``series`` rows: first time in ``unit``ths of a year, amount, how many, step."""
    unit = Decimal(case.get("unit", 1))
    timed = tuple(
        ((Decimal(first) + n * Decimal(step)) / unit, Decimal(amount))
        for first, amount, count, step in case["series"]
        for n in range(count)
    )
    return _rates(rate_of_flows(Flows(timed=timed), None, case.get("per_year")))


def _schedule(case: Case) -> dict[str, Any]:
    rates = {name: parse_rate(case[name]) for name in ("rate", "fee") if name in case}
    found = compute_schedule(
        Wanted(
            principal=Decimal(case["principal"]), months=case["months"], start=_START, assumed_start=True,
            method=case.get("method"), **rates,
        )
    )  # fmt: skip
    rows = found.rows[case.get("first", 1) - 1 : case.get("last", len(found.rows))]
    formula = found.unrounded
    return _rates(found.cost) | {
        "payment": found.rows[0].payment,
        "interest": found.total("interest"),
        "fee": found.total("fee"),
        "rows_interest": sum(row.interest for row in rows),
        "rows_principal": sum(row.principal for row in rows),
        "unrounded_interest": formula and formula.interest,
        "unrounded_total": formula and formula.interest + found.total("principal"),
    }


def _payment(case: Case) -> dict[str, Any]:
    rate = Decimal(case["rate"]) / case.get("over", 1)
    return {"payment": exact_payment(Decimal(case["principal"]), [rate] * case["periods"])}


def _npv(case: Case) -> dict[str, Any]:
    flows = [(Decimal(n), Decimal(amount)) for n, amount in enumerate(case["cash"])]
    return {"value": net_present_value(flows, Decimal(case["rate"]) / case.get("over", 1))}


def _accrue(case: Case) -> dict[str, Any]:
    found = accrue(
        Span(
            principal=Decimal(case["principal"]), rate=parse_rate(case["rate"]), start=_day(case["from"]),
            end=_day(case["to"]), basis=case.get("basis"), include_last=case.get("include_last", False),
            factor=Decimal(case["factor"]) if "factor" in case else None, compound=case.get("compound", False),
        )
    )  # fmt: skip
    paid = Decimal(case.get("paid", 0))
    figures = {"days": found.days, "interest": found.interest - paid, "penalty": found.penalty, "total": found.total}
    return figures | {"percent": found.rate.percent}


def _yearly(case: Case) -> dict[str, Any]:
    return {"yearly": yearly(parse_rate(case["rate"]), "act/365")}


def _days(case: Case) -> dict[str, Any]:
    return {"years": year_fraction(_day(case["from"]), _day(case["to"]), case["basis"])}


def _units(case: Case) -> dict[str, Any]:
    whole, part = unit_periods(_day(case["from"]), _day(case["to"]), case["per_year"])
    return {"whole": whole, "part": part, "years": (whole + part) / case["per_year"]}


def _sum(case: Case) -> dict[str, Any]:
    """A claim of these components: what it says when they do not add up to the total."""
    first, second, *more = (Decimal(one) for one in case["parts"])
    stated = Decimal(case["want"]["total"])
    claim = Claim(
        loan="L1",
        at=_START,
        source="letter",
        principal=first,
        interest=second,
        penalty=sum(more, Decimal(0)),
        total=stated,
    )
    return {"total": stated - sum(one.facts["rest"] for one in claim_messages(claim, "D1"))}


_ASK: dict[str, Callable[[Case], dict[str, Any]]] = {
    "cash": _cash, "flat": _flat, "dated": _dated, "timed": _timed, "schedule": _schedule, "payment": _payment,
    "npv": _npv, "accrue": _accrue, "yearly": _yearly, "days": _days, "units": _units, "sum": _sum,
}  # fmt: skip
