"""Findings of the conduct check, as JSON of a fixed shape and in words. Level and result are different things."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from jdneg.blocks import Block, Bullets, Facts, Heading
from jdneg.domain.rulebook import RuleBook
from jdneg.i18n import pick, say, t
from jdneg.views.words import word


def finding_json(finding: Any) -> dict[str, object]:
    """The shape that ``check`` promises."""
    return {
        "rule": finding.rule,
        "level": finding.level,
        "contact": finding.contact,
        "result": finding.result,
        "confidence": finding.confidence,
        "quote": finding.quote,
        "in_force_from": finding.in_force_from,
        "reason": say(finding.reason),
        "clears_if": said(finding.clears_if),
    }


def said(text: Any) -> str:
    """A message in words, or the right one of a rule's own bilingual texts."""
    return say(text) if hasattr(text, "code") else pick(text)


def finding_blocks(findings: Sequence[Any], book: RuleBook) -> list[Block]:
    """Each finding with its rule, level, how sure, the words it rests on, and what would clear it."""
    blocks: list[Block] = []
    for one in findings:
        rule = book.get(one.rule)
        where = f"{one.contact}  " if one.contact else ""
        blocks.append(Heading(f"{where}{word(one.result)} · {pick(rule.title)}", 2))
        rows = [
            (t("view.reason"), say(one.reason)),
            (t("view.quote"), f"「{one.quote}」" if one.quote else "-"),
            (t("view.level"), f"{word(one.level)} · {t('view.confidence')}{word(one.confidence)}"),
            (t("view.clears_if"), said(one.clears_if)),
            (t("view.rule"), f"{one.rule} ({t('view.since')}{one.in_force_from})"),
        ]
        blocks.append(Facts(tuple(row for row in rows if row[1] != "-")))
    return blocks


def finding_lines(findings: Sequence[Any], book: RuleBook) -> list[Block]:
    """One line each, for the echo of a log command."""
    lines = tuple(
        f"{word(one.result)} · {pick(book.get(one.rule).title)} ({word(one.level)})"
        + (f" 「{one.quote}」" if one.quote else "")
        for one in findings
    )
    return [Bullets(lines)] if lines else []
