"""The two sides' figures beside each other, and the part nobody disputes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
    return tuple(row for row in rows if row["name"] != "total" and (row["difference"] or ZERO) > ZERO)


def unexplained(rows: Iterable[Mapping[str, Any]]) -> tuple[Mapping[str, Any], ...]:
    """Components claimed that could not be computed: to be explained, neither agreed nor denied."""
    return tuple(row for row in rows if row["name"] != "total" and row["claimed"] and row["computed"] is None)


def undisputed(rows: Iterable[Mapping[str, Any]]) -> tuple[dict[str, Any], ...]:
    """Of each component both sides have a figure for, the lower one, as far as it is above zero."""
    both = (row for row in rows if row["name"] != "total" and row["difference"] is not None)
    agreed = ({"name": row["name"], "amount": min(row["claimed"], row["computed"])} for row in both)
    return tuple(row for row in agreed if row["amount"] > ZERO)


def total(rows: Iterable[Mapping[str, Any]]) -> Decimal:
    """The sum of the rows, yuan."""
    return sum((row["amount"] for row in rows), ZERO)


def stated_sum(claim: Claim) -> Decimal | None:
    """What the claimed components add up to, where all that matter are stated; None otherwise."""
    stated = [getattr(claim, name) for name in COMPONENTS if getattr(claim, name) is not None]
    return sum(stated, ZERO) if stated else None
