"""Plain words for a situation, a rule, a record: what it is, what it is not, what would clear it, what to do next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from jdneg.blocks import Block, Bullets, Facts, Heading, Paragraph, Table
from jdneg.domain.explaining import Card, CardLine, Cards
from jdneg.domain.ids import kind_of
from jdneg.domain.messages import Message
from jdneg.domain.records.base import Stored
from jdneg.domain.rulebook import Level, Reference, Rule, RuleBook, RuleValue
from jdneg.i18n import pick, say, t
from jdneg.result import Result
from jdneg.views.findings import finding_json, said
from jdneg.views.sources import source
from jdneg.views.words import facts, word


def topic_list(cards: Cards) -> Result:
    """``explain`` alone: every topic with the other words it answers to."""
    headers = (t("view.topic"), t("view.title"), t("view.also"))
    rows = tuple((one.id, pick(one.title), ", ".join(one.names)) for one in cards.values())
    data = {
        "topics": [{"topic": one.id, "title": pick(one.title), "names": list(one.names)} for one in cards.values()]
    }
    return Result(data, (Table(headers, rows), Paragraph(t("explain.how"))))


def card_page(card: Card, book: RuleBook, day: dt.date) -> Result:
    """One topic, its sources, and where to read on."""
    sources = [*_of_rules(card, book, day), *((one.reference, one.level) for one in card.sources)]
    blocks: list[Block] = [Heading(pick(card.title)), Paragraph(pick(card.says))]
    for part in card.parts:
        blocks += [Heading(pick(part.title), 2), Bullets(tuple(_line(one) for one in part.lines))]
    blocks += _sources(sources)
    more = [t("explain.see", names=", ".join(card.see))] if card.see else []
    more += [t("explain.rules", names=", ".join(card.rules))] if card.rules else []
    blocks += [Bullets(tuple(more))] if more else []
    blocks += [Heading(t("explain.commands"), 2), Bullets(card.commands)] if card.commands else []
    data = {
        "topic": card.id,
        "title": pick(card.title),
        "says": pick(card.says),
        "parts": [
            {
                "title": pick(one.title),
                "lines": [{"text": pick(line.text), "rows": list(line.rows)} for line in one.lines],
            }
            for one in card.parts
        ],
        "sources": [_source_json(*one) for one in sources],
        "rules": list(card.rules),
        "see": list(card.see),
        "commands": list(card.commands),
    }
    return Result(data, (*blocks, Paragraph(t("explain.not_advice"))))


def _line(line: CardLine) -> str:
    return pick(line.text) + (f" [{', '.join(line.rows)}]" if line.rows else "")


def _of_rules(card: Card, book: RuleBook, day: dt.date) -> Iterable[tuple[Reference, Level]]:
    """The references of the card's rules as they stand on the day, each once."""
    seen = set()
    for rule in map(book.get, card.rules):
        value = rule.on(day) or rule.values[-1]
        for one in value.references:
            if (one.row, one.article) not in seen:
                seen.add((one.row, one.article))
                yield one, rule.level


def _sources(found: Sequence[tuple[Reference, Level]]) -> list[Block]:
    if not found:
        return []
    lines = tuple(f"{source(one)} · {word(level)}" for one, level in found)
    return [Heading(t("explain.sources"), 2), Bullets(lines)]


def _source_json(one: Reference, level: Level) -> dict[str, object]:
    return {
        "row": one.row, "instrument": pick(one.instrument), "article": one.article, "level": level,
        "checked": one.checked, "checked_on": one.checked_on,
    }  # fmt: skip


def rule_card(rule: Rule, day: dt.date, topics: Sequence[str]) -> Result:
    """A rule in plain words, as it stands on the day; ``topics`` say what both sides may and must."""
    value = rule.on(day)
    binds = ", ".join(word(kind) for kind in rule.binds)
    rows = (
        (t("explain.is"), pick(rule.says)),
        (t("explain.force"), t(f"explain.force_{rule.level}")),
        (t("explain.is_not"), t(f"explain.not_{rule.level}")),
        (t("view.binds"), binds),
        (t("view.clears_if"), pick(rule.clears_if)),
        (t("explain.when"), _when(value, day)),
    )
    shown = value or rule.values[-1]
    data = {
        "rule": rule.id, "title": pick(rule.title), "level": rule.level, "binds": list(rule.binds),
        "says": pick(rule.says), "force": t(f"explain.force_{rule.level}"), "is_not": t(f"explain.not_{rule.level}"),
        "clears_if": pick(rule.clears_if), "on": day, "in_force_from": value.since if value else None,
        "until": value.until if value else None, "checked": shown.checked, "topics": list(topics),
        "sources": [_source_json(one, rule.level) for one in shown.references],
    }  # fmt: skip
    view = (
        Heading(pick(rule.title)), Facts(rows), *_sources([(one, rule.level) for one in shown.references]),
        *(Paragraph(t("explain.both_sides", command=f"jdneg explain {one}")) for one in topics),
        Paragraph(t("explain.not_advice")),
    )  # fmt: skip
    return Result(data, view)


def _when(value: RuleValue | None, day: dt.date) -> str:
    if value is None:
        return t("explain.not_in_force", day=day)
    until = t("explain.until", day=value.until) if value.until else ""
    return t("view.in_force", since=value.since) + until


def record_card(
    found: Stored[Any], findings: Sequence[Any], book: RuleBook, day: dt.date, fraud: Message | None = None
) -> Result:
    """A record of the journal: what it is, whether it looks like fraud, what was found about it, what comes next."""
    kind = _kind(found)
    blocks: list[Block] = [Heading(t("explain.record", id=found.id)), Paragraph(t(f"explain.kind_{kind}"))]
    data: dict[str, object] = {"id": found.id, "kind": kind_of(found.id), "what": t(f"explain.kind_{kind}")}
    if kind == "loan":
        lender = t(f"explain.lender_{found.record.kind}")
        binding = _binding(found.record.kind, book, day)
        blocks += [Paragraph(lender), Facts(((t("explain.binding"), binding),))]
        data |= {"lender": lender, "binding": binding}
    if fraud is not None:
        blocks.append(Paragraph(say(fraud)))
        data["fraud"] = say(fraud)
    if kind in ("contact", "received"):
        data["findings"] = [_finding_json(one, book) for one in findings]
        blocks += _told(findings, book)
    else:
        blocks.append(facts(found.record))
    steps = t(f"explain.next_{kind}", id=found.id)
    data["next"] = steps
    return Result(
        data, (*blocks, Heading(t("explain.next"), 2), Paragraph(steps), Paragraph(t("explain.not_advice")))
    )


def _kind(found: Stored[Any]) -> str:
    kind = kind_of(found.id)
    return "received" if kind == "letter" and found.record.direction == "in" else kind


def _binding(lender: str, book: RuleBook, day: dt.date) -> str:
    """How many rules in force bind this kind of lender, by their force."""
    counts: dict[str, int] = {}
    for rule in book.rules.values():
        if rule.id.startswith("conduct.") and rule.on(day) and rule.binds_kind(lender):
            counts[rule.level] = counts.get(rule.level, 0) + 1
    return ", ".join(f"{word(level)} {count}" for level, count in counts.items())


def _told(findings: Sequence[Any], book: RuleBook) -> list[Block]:
    if not findings:
        return [Paragraph(t("explain.nothing_found"))]
    blocks: list[Block] = []
    for one in findings:
        rule = book.get(one.rule)
        blocks.append(Heading(f"{word(one.result)} · {pick(rule.title)}", 2))
        rows = (
            (t("view.reason"), say(one.reason)),
            (t("view.quote"), f"「{one.quote}」" if one.quote else "-"),
            (t("explain.is"), pick(rule.says)),
            (t("explain.is_not"), t(f"explain.not_{rule.level}")),
            (t("view.confidence"), word(one.confidence)),
            (t("view.clears_if"), said(one.clears_if)),
            (t("explain.next"), t(f"explain.after_{one.result}")),
            (t("view.rule"), f"{rule.id} ({t('view.since')}{one.in_force_from})"),
        )
        blocks.append(Facts(tuple(row for row in rows if row[1] != "-")))
    return blocks


def _finding_json(one: Any, book: RuleBook) -> dict[str, object]:
    rule = book.get(one.rule)
    return finding_json(one) | {
        "title": pick(rule.title),
        "says": pick(rule.says),
        "is_not": t(f"explain.not_{rule.level}"),
        "next": t(f"explain.after_{one.result}"),
    }
