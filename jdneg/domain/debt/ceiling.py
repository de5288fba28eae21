"""A ceiling's answer, and the comparison that gives no verdict near the line or where the measures differ."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from jdneg.domain.debt.rates import RateSummary, six_places
from jdneg.domain.messages import Message, info
from jdneg.domain.rulebook import Checked, Rule, RuleValue
from jdneg.values import dataclass

Outcome = Literal["within", "over", "cannot_tell"]
Measures = tuple[tuple[str, Decimal], ...]
_MARGIN = Decimal("0.01")
_HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Ceiling:
    """``limit``, ``value`` and ``measures`` are fractions a year (``unit`` rate), a factor, or yuan."""

    rule: str
    level: str
    checked: Checked
    unit: Literal["rate", "factor", "yuan"]
    limit: Decimal | None
    value: Decimal | None
    result: Outcome
    reason: Message
    measures: Measures = ()


def fraction(value: RuleValue, name: str) -> Decimal:
    """A percent of the rule book as a fraction."""
    return Decimal(str(value.numbers[name])) / 100


def measures(rates: RateSummary) -> Measures:
    """A loan's two yearly rates, as far as they are known, as fractions."""
    pairs = (("nominal_12", six_places(rates.nominal_12)), ("effective", six_places(rates.effective)))
    return tuple((name, value) for name, value in pairs if value is not None)


def compared(rule: Rule, value: RuleValue, limit: Decimal, found: Measures, over: str, **facts: object) -> Ceiling:
    """All measures clearly on one side of the line, or no verdict."""
    result, reason = _verdict(limit, found, over)
    shown = [_percent(one) for _, one in found]
    ends: dict[str, object] = {"low": min(shown), "high": max(shown), "measured": _range(shown)} if shown else {}
    return rate(rule, value, limit, found, result, info(reason, limit=_percent(limit), **ends, **facts))


def _verdict(limit: Decimal, found: Measures, over: str) -> tuple[Outcome, str]:
    if not found:
        return "cannot_tell", "debt.ceiling_no_rate"
    if any(abs(one - limit) <= _MARGIN for _, one in found):
        return "cannot_tell", "debt.ceiling_too_close"
    sides = {one > limit for _, one in found}
    if len(sides) > 1:
        return "cannot_tell", "debt.ceiling_measures_differ"
    return ("over", over) if sides == {True} else ("within", "debt.ceiling_within")


def _range(shown: Sequence[Decimal]) -> str:
    return "–".join(f"{one}%" for one in sorted(set(shown)))


def _percent(fraction: Decimal) -> Decimal:
    return (fraction * 100).quantize(_HUNDREDTH) + 0  # never -0.00


def rate(
    rule: Rule, value: RuleValue, limit: Decimal, measures: Measures, result: Outcome, reason: Message
) -> Ceiling:
    """A ceiling on a yearly rate; the first of the measures is the one shown."""
    first = measures[0][1] if measures else None
    return Ceiling(
        rule.id, rule.level, value.checked, "rate", six_places(limit), six_places(first), result, reason, measures
    )


def plain(
    rule: Rule,
    value: RuleValue,
    unit: Literal["factor", "yuan"],
    limit: Decimal | None,
    measured: Decimal | None,
    result: Outcome,
    reason: Message,
) -> Ceiling:
    """A ceiling on a factor or on yuan."""
    return Ceiling(rule.id, rule.level, value.checked, unit, limit, measured, result, reason)
