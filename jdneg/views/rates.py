"""What the calculators found: a schedule, the rates of a flow, interest between two days."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

from jdneg.blocks import Block, Bullets, Facts, Heading, Preformatted, Table
from jdneg.domain.debt.between import Accrued
from jdneg.domain.debt.calculators import Computed, Cost
from jdneg.domain.debt.rates import six_places
from jdneg.domain.rate import Rate
from jdneg.i18n import rate_words, say, t
from jdneg.result import Result
from jdneg.views.words import amount, label, word

_PARTS = ("payment", "principal", "interest", "fee")


def schedule_page(found: Computed, *, as_csv: bool) -> Result:
    """Rows, totals and rates; or the flows and rows as CSV for another program."""
    data = {
        "rows": [
            {name: getattr(row, name) for name in ("n", "due", *_PARTS, "balance")} for row in found.rows
        ],
        "totals": _totals(found),
        "rate": cost_json(found.cost),
        "assumptions": list(found.assumptions),
    }  # fmt: skip
    if as_csv:
        return Result(data, (Preformatted(_csv(found)),), found.cost.summary.messages)
    totals = Facts(tuple((t(f"rate.total_{part}"), amount(found.total(part))) for part in _PARTS))
    said = Bullets(tuple(say(one) for one in found.assumptions))
    heads = Heading(t("rate.totals"), 2), Heading(t("rate.rates"), 2), Heading(t("view.assumptions"), 2)
    view: tuple[Block, ...] = (_rows(found), heads[0], totals, heads[1], cost_facts(found.cost), heads[2], said)
    return Result(data, view, found.cost.summary.messages)


def _totals(found: Computed) -> dict[str, object]:
    """Sums of the rows; and what the annuity formula gives before rounding, to set beside an advertised figure."""
    sums: dict[str, object] = {part: found.total(part) for part in _PARTS}
    if found.unrounded is not None:
        sums["unrounded"] = {
            "payment": six_places(found.unrounded.payment),
            "interest": found.unrounded.interest,
        }
    return sums


def _rows(found: Computed) -> Table:
    headers = (t("rate.n"), t("rate.due"), t("rate.total_payment"), *map(label, _PARTS[1:]), t("rate.balance"))
    rows = tuple(
        (str(row.n), row.due.isoformat(), *(amount(getattr(row, part)) for part in _PARTS), amount(row.balance))
        for row in found.rows
    )
    return Table(headers, rows, right=(0, 2, 3, 4, 5, 6))


def _csv(found: Computed) -> str:
    """Row 0 is the payout, so that ``rate irr --csv -`` can read it as it stands."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("n", "date", "amount", "principal", "interest", "fee", "balance"))
    start, paid_out = found.flows[0]
    balance = sum((row.principal for row in found.rows), Decimal("0.00"))
    writer.writerow((0, start, paid_out, "", "", "", balance))
    for row in found.rows:
        writer.writerow((row.n, row.due, row.payment, row.principal, row.interest, row.fee, row.balance))
    return out.getvalue().rstrip("\n")


def rate_page(found: Cost) -> Result:
    return Result(cost_json(found), (cost_facts(found),), found.summary.messages)


def cost_json(found: Cost) -> dict[str, object]:
    """The three rates that are always there, the simple ones, and those of a period where periods are even."""
    rates = found.summary
    named = {
        "nominal_12": rates.nominal_12, "effective": rates.effective, "xirr": rates.xirr,
        "simple_annual": found.simple,
    }  # fmt: skip
    data: dict[str, object] = {name: six_places(value) for name, value in named.items()}
    if found.in_use is not None:
        data["in_use_annual"] = six_places(found.in_use)
    if rates.period_rate is not None or found.nominal is not None:
        data["period_rate"] = six_places(rates.period_rate)
    if found.nominal is not None:
        data["nominal"] = six_places(found.nominal)
    if len(rates.every) > 1:
        data["every"] = [six_places(one) for one in rates.every]
    return data


def cost_facts(found: Cost) -> Facts:
    rates = found.summary
    rows = [
        (t("view.rate_nominal"), _fine(rates.nominal_12)),
        (t("view.rate_effective"), _fine(rates.effective)),
        (t("rate.simple_annual"), _fine(found.simple)),
    ]
    if found.in_use is not None:
        rows.append((t("rate.in_use_annual"), _fine(found.in_use)))
    if rates.xirr is not None and rates.xirr != rates.effective:
        rows.append((t("rate.xirr"), _fine(rates.xirr)))
    if rates.period_rate is not None:
        rows.append((t("rate.period_rate"), _fine(rates.period_rate)))
    if found.nominal is not None:
        rows.append((t("rate.nominal"), _fine(found.nominal)))
    return Facts(tuple(rows))


def _fine(value: Decimal | None) -> str:
    """Four places, as one would set beside a published figure."""
    return "-" if value is None else f"{round(value * 100, 4) + 0:.4f}%"


def accrual_page(found: Accrued) -> Result:
    rows = [
        (t("rate.days"), str(found.days)),
        (t("rate.rate_used"), rate_words(Rate(found.rate.percent.normalize(), found.rate.per))),
    ]
    rows += [(word(name), amount(getattr(found, name))) for name in ("interest", "penalty", "total")]
    data: dict[str, object] = {name: getattr(found, name) for name in ("days", "interest", "penalty", "total")}
    data |= {"rate": str(found.rate), "assumptions": list(found.assumptions)}
    if found.penalty:
        above = found.penalty - found.ordinary
        data |= {"at_contract_rate": found.ordinary, "above_contract_rate": above}
        rows += [(t("rate.at_contract_rate"), amount(found.ordinary)), (t("rate.above_contract_rate"), amount(above))]
    return Result(data, (Facts(tuple(rows)), Bullets(tuple(say(one) for one in found.assumptions))))
