"""Everything by time, as the bundle has it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from jdneg.blocks import Block, Heading, Paragraph, Table
from jdneg.documents.bundle_pages import Contents, timeline_table
from jdneg.documents.bundle_words import Words
from jdneg.domain.evidence.links import CaseFile
from jdneg.domain.evidence.timeline import Event
from jdneg.domain.messages import hint
from jdneg.i18n import language, t
from jdneg.result import Result


def timeline_result(
    events: Sequence[Event], file: CaseFile, filter_: Sequence[str], as_of: dt.date, *, masked: bool
) -> Result:
    """Each event with how long after it was written down, and the exhibits that go with it."""
    words = Words(language())
    data = {
        "filter": list(filter_),
        "as_of": as_of,
        "count": len(events),
        "events": [_event(words, one) for one in events],
    }
    if not events:
        return Result(data, (Paragraph(t("report.no_events")),))
    contents = Contents(words, file, (), (), tuple(events), (), (), None, as_of, "lawyer", ())
    head: list[Block] = [Heading(words.say("timeline"))]
    head += [Paragraph(t("pattern.filter", words=" ".join(filter_)))] if filter_ else []
    table = timeline_table(contents)
    shown = [index for index in range(len(table.headers)) if any(row[index] for row in table.rows)]
    table = Table(_of(table.headers, shown), tuple(_of(row, shown, words.say("none")) for row in table.rows))
    return Result(
        data, (*head, Paragraph(words.say("timeline_note")), table), (hint("app.masked"),) if masked else ()
    )


def _of(row: Sequence[str], columns: Sequence[int], nothing: str = "") -> tuple[str, ...]:
    """Some columns of a row; a dash that is two cells wide on many terminals as a hyphen."""
    return tuple("-" if nothing and row[index] == nothing else row[index] for index in columns)


def _event(words: Words, one: Event) -> dict[str, Any]:
    return {
        "at": one.at, "id": one.id, "what": words.message(one.what),
        "more": [words.message(each) for each in one.more],
        "quote": one.quote, "recorded_at": one.recorded_at, "gap_days": one.gap_days, "marks": list(one.marks),
    }  # fmt: skip
