"""Ceilings as a table, each with whom it binds and why it came out so."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from jdneg.blocks import Block, Bullets, Table
from jdneg.domain.debt.ceiling import Ceiling
from jdneg.domain.rulebook import Rule, RuleBook
from jdneg.i18n import pick, say, t
from jdneg.views.words import amount, percent, word


def ceiling_blocks(lines: Sequence[Ceiling], book: RuleBook) -> list[Block]:
    names = ("ceiling", "level", "checked", "limit", "value", "result")
    rows = tuple(_ceiling(one, book) for one in lines)
    table = Table(tuple(t(f"view.{name}") for name in names), rows, right=(3, 4))
    return [table, Bullets(_reasons(lines, book))]


def _reasons(lines: Sequence[Ceiling], book: RuleBook) -> tuple[str, ...]:
    return tuple(
        t("view.ceiling_reason", title=name_of(one, book), binds=_bound(book.get(one.rule)), reason=say(one.reason))
        for one in lines
    )


def name_of(one: Ceiling, book: RuleBook) -> str:
    """The rule's title, and what was held against it where one rule has several lines."""
    title, measured = pick(book.get(one.rule).title), one.measures[0][0] if one.measures else ""
    what = {"nominal_12": "contract", "penalty_rate": "late", "to_date": "to_date"}.get(measured)
    return t("view.ceiling_name", title=title, what=t(f"view.measured_{what}")) if what else title


def _bound(rule: Rule) -> str:
    """Whom it binds, and those for whom that is arguable."""
    bound = t("view.list_join").join(word(one) for one in rule.binds)
    arguable = rule.scope.get("arguable", ())
    names = t("view.list_join").join(word(one) for one in arguable)
    return t("view.binds_arguable", binds=bound, arguable=names) if arguable else bound


def _ceiling(one: Ceiling, book: RuleBook) -> tuple[str, ...]:
    return (
        name_of(one, book),
        word(one.level),
        word(one.checked),
        _figure(one, one.limit),
        _figure(one, one.value),
        word(one.result),
    )


def _figure(one: Ceiling, value: Decimal | None) -> str:
    if value is None:
        return "-"
    return percent(value) if one.unit == "rate" else f"{value:f}" if one.unit == "factor" else amount(value)


def ceiling_json(one: Ceiling, book: RuleBook) -> dict[str, object]:
    return {
        "rule": one.rule, "binds": list(book.get(one.rule).binds), "level": one.level, "checked": one.checked,
        "limit": one.limit, "value": one.value,
        "result": one.result, "reason": say(one.reason), "measures": dict(one.measures),
    }  # fmt: skip
