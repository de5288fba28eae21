"""The two sides' figures beside each other, and the part in which no difference was found."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from typing import Any

from jdneg.domain.money import ZERO
from jdneg.domain.records.account import Claim

COMPONENTS = ("principal", "interest", "penalty", "fee")


def figures(claim: Claim | None, computed: Mapping[str, Decimal | None]) -> tuple[dict[str, Any], ...]:
    """A row for each component either side has a figure for, and the total: claimed, computed, difference."""
    rows = (_row(name, getattr(claim, name, None), computed.get(name)) for name in (*COMPONENTS, "total"))
    return tuple(row for row in rows if row["claimed"] is not None or row["computed"] is not None)


def _row(name: str, claimed: Decimal | None, computed: Decimal | None) -> dict[str, Any]:
    difference = claimed - computed if claimed is not None and computed is not None else None
    return {"name": name, "claimed": claimed, "computed": computed, "difference": difference}


def disputed(rows: Iterable[Mapping[str, Any]]) -> tuple[Mapping[str, Any], ...]:
    """Components (not the total) the other side puts higher than the contract gives."""
    return tuple(row for row in rows if row["name"] != "total" and _more(row))


def unexplained(rows: Iterable[Mapping[str, Any]]) -> tuple[Mapping[str, Any], ...]:
    """Components claimed that could not be computed: to be explained, neither agreed nor denied."""
    return tuple(row for row in rows if row["name"] != "total" and row["claimed"] and row["computed"] is None)


def undisputed(rows: Iterable[Mapping[str, Any]], but: Collection[str] = ()) -> tuple[dict[str, Any], ...]:
    """Components claimed no higher than computed, at the claimed figure: nothing of a higher one, nor of ``but``."""
    both = (row for row in rows if row["name"] not in ("total", *but) and row["difference"] is not None)
    return tuple({"name": row["name"], "amount": row["claimed"]} for row in both if not _more(row) and row["claimed"])


def argues(rows: Iterable[Mapping[str, Any]]) -> bool:
    """Whether anything, the total included, is claimed higher than it was computed."""
    return any(_more(row) for row in rows)


def shown(
    rows: Iterable[Mapping[str, Any]], *, argued: bool, but: Collection[str] = ()
) -> tuple[dict[str, Any], ...]:
    """The rows as the other side may read them: it is never told that it asks too little.

    A computed figure stands only beside a claimed one that is higher (or equal, unless in ``but``), or beside none
    where something else is ``argued``.
    """
    found = (dict(row) if argued and _tellable(row, but) else _claim_alone(row) for row in rows)
    return tuple(row for row in found if row["claimed"] is not None or row["computed"] is not None)


def _tellable(row: Mapping[str, Any], but: Collection[str]) -> bool:
    equal = row["difference"] == ZERO and row["name"] not in but
    return row["claimed"] is None or _more(row) or equal


def _claim_alone(row: Mapping[str, Any]) -> dict[str, Any]:
    return {**row, "computed": None, "difference": None}


def _more(row: Mapping[str, Any]) -> bool:
    return (row["difference"] or ZERO) > ZERO


def total(rows: Iterable[Mapping[str, Any]]) -> Decimal:
    """The sum of the rows, yuan."""
    return sum((row["amount"] for row in rows), ZERO)


def stated_sum(claim: Claim) -> Decimal | None:
    """What the claimed components add up to, where all that matter are stated; None otherwise."""
    stated = [getattr(claim, name) for name in COMPONENTS if getattr(claim, name) is not None]
    return sum(stated, ZERO) if stated else None
