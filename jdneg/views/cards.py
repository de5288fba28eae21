"""A card as blocks: what to do, then what it rests on, each source once and numbered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from jdneg.blocks import Block, Bullets, Heading, Paragraph
from jdneg.domain.cards import Card, CardItem
from jdneg.domain.precheck import CheckSource, in_force
from jdneg.domain.rulebook import RuleBook
from jdneg.i18n import pick, t
from jdneg.result import Result
from jdneg.views.sources import source, source_line
from jdneg.views.words import word


class Footnotes:
    """Sources in the order they are first cited, each with its number."""

    def __init__(self, book: RuleBook, day: dt.date) -> None:
        self._book = book
        self._day = day
        self.lines: list[str] = []
        self.rows: list[dict[str, Any]] = []

    def of(self, item: CardItem) -> list[int]:
        """The numbers of what an item rests on, on the day asked about; a rule not in force then is left out."""
        found = [self._number(line, row) for name in item.rules for line, row in self._of_rule(name)]
        found += [self._number(source_line(one), _row(one)) for one in in_force(item.sources, self._day)]
        return sorted(set(found))

    def _of_rule(self, name: str) -> Iterator[tuple[str, dict[str, Any]]]:
        rule = self._book.get(name)
        value = rule.on(self._day)
        if value is None:
            return
        for one in value.references:
            line = t("card.of_rule", source=source(one), level=word(rule.level), since=value.since, rule=name)
            yield line, {
                "row": one.row, "instrument": pick(one.instrument), "article": one.article, "level": rule.level,
                "checked": one.checked, "checked_on": one.checked_on, "since": value.since, "rule": name,
            }  # fmt: skip

    def _number(self, line: str, row: dict[str, Any]) -> int:
        if line not in self.lines:
            self.lines.append(line)
            self.rows.append({"number": len(self.lines), **row})
        return self.lines.index(line) + 1


def _row(one: CheckSource) -> dict[str, Any]:
    return {
        "row": one.row, "instrument": pick(one.instrument), "article": one.article, "level": one.level,
        "checked": one.checked, "checked_on": None, "since": one.since, "rule": None,
    }  # fmt: skip


def card_page(card: Card, book: RuleBook, day: dt.date) -> Result:
    """The card on a day: on the screen, as JSON, or printed on one page."""
    notes = Footnotes(book, day)
    blocks: list[Block] = [Heading(pick(card.title)), Paragraph(pick(card.lead), strong=True)]
    parts = []
    for part in card.parts:
        cited = [(pick(item.text), notes.of(item)) for item in part.items]
        blocks += [Heading(pick(part.title), 2), Bullets(tuple(map(_marked, cited)), numbered=part.ordered)]
        items = [{"text": text, "sources": numbers} for text, numbers in cited]
        parts.append({"title": pick(part.title), "ordered": part.ordered, "items": items})
    if notes.lines:
        blocks += [Heading(t("card.sources"), 2), Bullets(tuple(notes.lines), numbered=True)]
    blocks.append(Paragraph(t("card.end", day=day)))
    data = {"card": card.id, "as_of": day, "title": pick(card.title), "lead": pick(card.lead), "parts": parts}
    return Result({**data, "sources": notes.rows}, tuple(blocks))


def _marked(cited: tuple[str, list[int]]) -> str:
    text, numbers = cited
    return text + (f" [{', '.join(map(str, numbers))}]" if numbers else "")
