"""The rule book: what each rule says, its force, how it was checked, since when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from jdneg.blocks import Block, Facts, Heading, Paragraph, Table
from jdneg.domain.rulebook import Reference, Rule, RuleBook, RuleValue
from jdneg.domain.rulestale import Stale
from jdneg.i18n import pick, t
from jdneg.result import Result
from jdneg.views.words import word


def rule_list(book: RuleBook, day: dt.date) -> Result:
    """``rules list``."""
    found = [(rule, rule.on(day)) for rule in book.rules.values()]
    rows = tuple(
        (rule.id, pick(rule.title), word(rule.level), word(value.checked) if value else "-", _state(value))
        for rule, value in found
    )
    headers = (t("view.rule"), t("view.title"), t("view.level"), t("view.checked"), t("view.on", day=day))
    data = {"on": day, "version": book.version, "rules": [rule_json(rule, value) for rule, value in found]}
    return Result(data, (Table(headers, rows),))


def _state(value: RuleValue | None) -> str:
    return t("view.in_force", since=value.since) if value else t("view.not_in_force")


def rule_json(rule: Rule, value: RuleValue | None) -> dict[str, object]:
    """A rule with its value in force, if it has one."""
    return {
        "rule": rule.id,
        "title": pick(rule.title),
        "level": rule.level,
        "binds": list(rule.binds),
        "checked": value.checked if value else None,
        "in_force_from": value.since if value else None,
        "until": value.until if value else None,
        "numbers": dict(value.numbers) if value else {},
    }


def stale_list(found: Sequence[Stale], day: dt.date, horizon: int) -> Result:
    """``rules stale``."""
    data = {
        "on": day,
        "older_than_days": horizon,
        "count": len(found),
        "rules": [
            {
                "rule": one.rule.id, "title": pick(one.rule.title), "level": one.rule.level,
                "checked": one.value.checked, "checked_on": one.checked_on, "age_days": one.age,
                "reasons": list(one.reasons),
            }
            for one in found
        ],
    }  # fmt: skip
    if not found:
        return Result(data, (Paragraph(t("view.no_stale", day=day)),))
    headers = (t("view.rule"), t("view.level"), t("view.checked_on"), t("view.why"))
    rows = tuple((one.rule.id, word(one.rule.level), one.checked_on.isoformat(), _why(one, horizon)) for one in found)
    return Result(data, (Table(headers, rows), Paragraph(t("view.stale_count", count=len(found), day=day))))


def _why(one: Stale, horizon: int) -> str:
    return ", ".join(t(f"view.stale_{reason}", age=one.age, days=horizon) for reason in one.reasons)


def rule_page(rule: Rule, day: dt.date) -> Result:
    """``rules show``: every value it had, and which of them holds on the day."""
    blocks: list[Block] = [Heading(pick(rule.title)), Paragraph(pick(rule.says))]
    binds = ", ".join(word(kind) for kind in rule.binds)
    blocks.append(Facts(((t("view.level"), word(rule.level)), (t("view.binds"), binds))))
    blocks.append(Facts(((t("view.clears_if"), pick(rule.clears_if)), (t("view.on", day=day), _state(rule.on(day))))))
    for value in rule.values:
        blocks.append(Heading(_state(value) + (f" – {value.until}" if value.until else ""), 2))
        blocks.append(Table(_headers(), tuple(_reference(one) for one in value.references)))
    data = rule_json(rule, rule.on(day)) | {
        "on": day,
        "says": pick(rule.says),
        "clears_if": pick(rule.clears_if),
        "values": [
            {
                "from": value.since,
                "until": value.until,
                "references": [_reference_json(one) for one in value.references],
            }
            for value in rule.values
        ],
    }
    return Result(data, tuple(blocks))


def _headers() -> tuple[str, ...]:
    return (t("view.instrument"), t("view.article"), t("view.checked"), t("view.checked_on"), t("view.row"))


def _reference(one: Reference) -> tuple[str, ...]:
    return (pick(one.instrument), one.article, word(one.checked), one.checked_on.isoformat(), one.row)


def _reference_json(one: Reference) -> dict[str, object]:
    return {
        "instrument": pick(one.instrument), "article": one.article, "checked": one.checked,
        "checked_on": one.checked_on, "row": one.row, "url": one.url,
    }  # fmt: skip
