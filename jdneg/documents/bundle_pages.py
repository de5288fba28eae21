"""The pages of a bundle as blocks: 证据目录, timeline, findings, debts. Pure: from what is given, nothing else.

Nothing here concludes. A finding is shown with its level and its result, and the user's own lapses stand
beside the other side's.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from jdneg.blocks import Block, Bullets, Facts, Heading, Paragraph, Table
from jdneg.documents.bundle_words import Words
from jdneg.domain.evidence.catalogue import GROUPS, Row
from jdneg.domain.evidence.instalments import LoanInstalment
from jdneg.domain.evidence.links import CaseFile, happened
from jdneg.domain.evidence.timeline import Event
from jdneg.values import dataclass

FINDING_FIELDS = ("rule", "level", "contact", "result", "confidence", "quote", "in_force_from", "reason", "clears_if")


@dataclass(frozen=True, slots=True)
class Item:
    """A row of the catalogue and the file in the bundle that goes with it."""

    row: Row
    path: str
    name: str
    masked: bool = False


@dataclass(frozen=True, slots=True)
class Withheld:
    """What is not in the bundle: an original, or a record taken back; ``reason`` is a sentence."""

    number: str
    id: str
    name: str
    reason: str
    sha256: str = ""
    on: dt.date | None = None
    quoted_in: tuple[str, ...] = ()


@dataclass(frozen=True)
class Contents:
    """Everything the pages are made from, already fit for the reader of this profile."""

    words: Words
    file: CaseFile
    items: tuple[Item, ...]
    withheld: tuple[Withheld, ...]
    events: tuple[Event, ...]
    states: tuple[LoanInstalment, ...]
    findings: tuple[Mapping[str, Any], ...]
    owner_name: str | None
    created: dt.date
    profile: str
    people: tuple[str, ...]

    @property
    def numbers(self) -> Mapping[str, str]:
        return {item.row.id: item.row.number for item in self.items}

    def exhibits(self, record: str) -> str:
        """The numbers of the exhibits in the bundle that go with a record."""
        numbers = self.numbers
        return "、".join(numbers[one] for one in self.file.exhibits_of.get(record, ()) if one in numbers)


# -- 证据目录


def index_headers(words: Words) -> tuple[str, ...]:
    """The catalogue's columns."""
    names = ("number", "name", "source", "proves", "summary", "pages", "original", "copy")
    return tuple(words.say(f"col_{name}") for name in names)


def index_row(contents: Contents, item: Item) -> tuple[str, ...]:
    """One exhibit, in the order of `index_headers`."""
    words, row = contents.words, item.row
    return (
        row.number,
        item.name,
        words.text(row.source),
        words.or_blank(row.proves),
        words.or_blank(row.summary),
        _pages(words, row),
        words.or_blank(row.original),
        words.say("copy_masked" if item.masked else "copy_exact"),
    )


def _pages(words: Words, row: Row) -> str:
    if row.media in ("audio", "video"):
        return words.say("pages_sound", length=words.length(row.seconds))
    return words.say("blank") if row.pages is None else str(row.pages)


def index_blocks(contents: Contents) -> list[Block]:
    """The page of the catalogue of exhibits."""
    words = contents.words
    blocks: list[Block] = [Heading(words.say("index")), Paragraph(words.say("index_note"))]
    for position, group in enumerate(GROUPS, start=1):
        rows = tuple(index_row(contents, item) for item in contents.items if item.row.group == group)
        if rows:
            blocks.append(Heading(group_title(words, group, position), 2))
            blocks.append(Table(index_headers(words), rows))
    if not contents.items:
        blocks.append(Paragraph(words.say("index_empty")))
    blocks += [Paragraph(line, strong=True) for line in left_out(contents)]
    return [*blocks, *_signature(contents)]


def left_out(contents: Contents) -> tuple[str, ...]:
    """How many originals were kept back, and, which is another thing, how many records were taken back."""
    taken_back = sum(one.on is not None for one in contents.withheld)
    counts = {"index_withheld": len(contents.withheld) - taken_back, "index_taken_back": taken_back}
    return tuple(contents.words.say(key, count=count) for key, count in counts.items() if count)


def group_title(words: Words, group: str, position: int) -> str:
    """A group of exhibits with its ordinal."""
    number = "一二三四五六"[position - 1] if words.lang == "zh" else str(position)
    return words.say("group_title", number=number, name=words.say(f"group_{group}"))


def _signature(contents: Contents) -> list[Block]:
    words = contents.words
    return [
        Facts(
            (
                (words.say("submitted_by"), contents.owner_name or words.say("blank")),
                (words.say("submitted_on"), words.say("blank")),
                (words.say("signature"), words.say("signature_line")),
                (words.say("copies"), words.say("copies_note")),
            )
        )
    ]


def index_csv(contents: Contents) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """The catalogue of exhibits as CSV."""
    words = contents.words
    more = ("group", "file", "sha256", "size", "id", "supports")
    headers = (*index_headers(words), *(words.say(f"col_{name}") for name in more))
    rows = []
    for item in contents.items:
        row = item.row
        tail = (words.say(f"group_{row.group}"), item.path, row.sha256, str(row.size), row.id)
        rows.append((*index_row(contents, item), *tail, " ".join(row.supports)))
    return headers, rows


# -- timeline


def timeline_table(contents: Contents) -> Table:
    """Every event, with how long after it was written down."""
    words = contents.words
    names = ("when", "event", "quote", "recorded", "gap", "marks", "exhibits", "id")
    rows = tuple(
        (
            words.time(event.at),
            words.say("joint").join(words.message(one) for one in (event.what, *event.more)),
            event.quote or "",
            words.time(event.recorded_at),
            _gap(words, event.gap_days),
            "、".join(words.say(f"mark_{mark}") for mark in event.marks),
            contents.exhibits(event.id),
            event.id,
        )
        for event in contents.events
    )
    return Table(tuple(words.say(f"col_{name}") for name in names), rows)


def _gap(words: Words, days: int | None) -> str:
    if days is None:
        return words.say("none")
    if days == 0:
        return words.say("gap_same")
    return words.say("gap_after" if days > 0 else "gap_before", days=abs(days))


def timeline_blocks(contents: Contents) -> list[Block]:
    """The page of all events."""
    words = contents.words
    return [Heading(words.say("timeline")), Paragraph(words.say("timeline_note")), timeline_table(contents)]


# -- findings


def findings_table(contents: Contents) -> Table:
    """Every finding with its rule and what would clear it."""
    words = contents.words
    names = ("id", "when", "rule", "level", "result", "confidence", "quote", "in_force_from", "reason", "clears_if")
    rows = tuple(_finding(contents, one) for one in contents.findings)
    return Table((*(words.say(f"col_{name}") for name in names), words.say("col_exhibits")), rows)


def _finding(contents: Contents, finding: Mapping[str, Any]) -> tuple[str, ...]:
    words = contents.words
    contact = str(finding["contact"] or "")
    stored = contents.file.by_id.get(contact)
    return (
        contact or words.say("none"),
        words.time(happened(stored.record) if stored else None),
        words.text(finding["rule"]),
        words.word(finding["level"]),
        words.word(finding["result"]),
        words.word(finding["confidence"]),
        words.text(finding["quote"]),
        words.text(finding["in_force_from"]),
        words.text(finding["reason"]),
        words.text(finding["clears_if"]),
        contents.exhibits(contact),
    )


def results_in_words(words: Words) -> dict[str, str]:
    """Our words for the results that are no breach, to be explained in their own terms."""
    return {result: words.word(result) for result in ("review", "cannot_tell")}


def findings_blocks(contents: Contents) -> list[Block]:
    """The page of findings."""
    words = contents.words
    head: list[Block] = [
        Heading(words.say("findings")),
        Paragraph(words.say("findings_note", **results_in_words(words))),
        Paragraph(words.say("levels_note")),
    ]
    if not contents.findings:
        return [*head, Paragraph(words.say("findings_none"))]
    return [*head, findings_table(contents)]


# -- debts


def debt_blocks(contents: Contents, verifications: Sequence[Block]) -> list[Block]:
    """The page of what is owed on each loan."""
    words = contents.words
    head: list[Block] = [Heading(words.say("debts")), Paragraph(words.say("debts_note"))]
    return [*head, *(verifications or [Paragraph(words.say("debts_none"))])]


# -- the rest


def missing_lines(contents: Contents) -> tuple[str, ...]:
    """What stands as 【待填】 in the catalogue, one line an exhibit."""
    words = contents.words
    columns = index_headers(words)
    lines = []
    for item in contents.items:
        cells = index_row(contents, item)
        gaps = [columns[index] for index, cell in enumerate(cells) if words.say("blank") in cell]
        lines += [f"{item.row.number} {item.row.id}: {'、'.join(gaps)}"] if gaps else []
    return tuple(lines)


def withheld_csv(contents: Contents) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """What was kept back, and why, as CSV."""
    words = contents.words
    names = ("number", "id", "name", "why", "sha256", "date")
    rows: list[tuple[str, ...]] = [
        (one.number, one.id, one.name, one.reason, one.sha256, words.time(one.on)) for one in contents.withheld
    ]
    return tuple(words.say(f"col_{name}") for name in names), rows


def as_mapping(finding: Any) -> Mapping[str, Any]:
    """A finding by the fields of its JSON shape, whatever class it is of."""
    if isinstance(finding, Mapping):
        return {name: finding.get(name) for name in FINDING_FIELDS}
    return {name: getattr(finding, name, None) for name in FINDING_FIELDS}


def limits(words: Words) -> Iterable[Block]:
    """What the bundle does and does not show."""
    items = tuple(words.say(f"limit_{index}", **results_in_words(words)) for index in range(1, 7))
    return (Heading(words.say("limits"), 2), Bullets(items))
