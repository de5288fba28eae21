"""Ceilings a loan is over, as a letter may raise them: asked about, never decided; reducing is for a court."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from jdneg.domain.debt.ceiling import Ceiling

# By the code of a ceiling's reason: the kind of sentence, and the components the part above the line lies in.
_KINDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "debt.court_may_reduce": ("cost_policy", ("interest", "penalty", "fee")),
    "debt.court_may_reduce_late": ("late_policy", ("penalty",)),
    "debt.private_line": ("cost_private", ("interest", "penalty", "fee")),
    "debt.private_line_late": ("late_private", ("penalty",)),
    "debt.regulator_line": ("cost_regulator", ("interest", "fee")),
    "debt.joint_line": ("cost_joint", ("interest", "fee")),
    "debt.penalty_factor_over": ("factor", ("penalty",)),
    "debt.kept_back": ("upfront", ("principal", "interest")),
}


def over_lines(ceilings: Iterable[Ceiling]) -> tuple[dict[str, Any], ...]:
    """A row for each ceiling that is passed: kind, level, line and measure as printed, the components it touches."""
    return tuple(_row(one) for one in ceilings if one.result == "over" and one.reason.code in _KINDS)


def _row(one: Ceiling) -> dict[str, Any]:
    facts, (kind, components) = one.reason.facts, _KINDS[one.reason.code]
    low, high = facts.get("low"), facts.get("high")
    measured = f"{low}%" if low == high else f"{low}%至{high}%"
    return {
        "kind": kind,
        "level": f"level_{one.level}",
        "limit": _figure(facts.get("limit")),
        "measured": measured,
        "factor": _figure(facts.get("factor")),
        "kept": facts.get("kept"),
        "received": facts.get("received"),
        "components": components,
    }


def _figure(value: object) -> str | None:
    return f"{value.normalize():f}" if isinstance(value, Decimal) else None


def touched(lines: Iterable[dict[str, Any]]) -> frozenset[str]:
    """The components of which nothing is said to be right."""
    return frozenset(name for one in lines for name in one["components"])
