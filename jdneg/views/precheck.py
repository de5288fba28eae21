"""The card to read before signing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from jdneg.blocks import Block, Bullets, Heading, Paragraph
from jdneg.domain.precheck import Check, on_day
from jdneg.i18n import pick, t
from jdneg.result import Result
from jdneg.views.sources import source_line


def precheck_page(card: Sequence[Check], day: dt.date) -> Result:
    checks = on_day(card, day)
    blocks: list[Block] = [Heading(t("precheck.title")), Paragraph(t("precheck.intro"))]
    for number, one in enumerate(checks, 1):
        blocks += [Heading(f"{number}. {pick(one.title)}", 2), Paragraph(pick(one.text))]
        if one.sources:
            blocks.append(Bullets(tuple(map(source_line, one.sources))))
    blocks.append(Paragraph(t("precheck.end")))
    return Result({"as_of": day, "checks": [_json(one) for one in checks]}, tuple(blocks))


def _json(one: Check) -> dict[str, object]:
    sources = [
        {
            "row": source.row, "instrument": pick(source.instrument), "article": source.article,
            "level": source.level, "checked": source.checked, "since": source.since,
        }
        for source in one.sources
    ]  # fmt: skip
    return {"id": one.id, "title": pick(one.title), "text": pick(one.text), "sources": sources}
