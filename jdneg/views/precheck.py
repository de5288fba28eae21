"""The card to read before signing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from jdneg.blocks import Block, Bullets, Heading, Paragraph
from jdneg.domain.precheck import Check, CheckSource, on_day
from jdneg.i18n import pick, t
from jdneg.result import Result
from jdneg.views.words import word


def precheck_page(card: Sequence[Check], day: dt.date) -> Result:
    checks = on_day(card, day)
    blocks: list[Block] = [Heading(t("precheck.title")), Paragraph(t("precheck.intro"))]
    for number, one in enumerate(checks, 1):
        blocks += [Heading(f"{number}. {pick(one.title)}", 2), Paragraph(pick(one.text))]
        if one.sources:
            blocks.append(Bullets(tuple(map(_source, one.sources))))
    blocks.append(Paragraph(t("precheck.end")))
    return Result({"as_of": day, "checks": [_json(one) for one in checks]}, tuple(blocks))


def _source(one: CheckSource) -> str:
    article = "" if one.article == "not verified" else t("sheet.article", article=one.article)
    binds = t("precheck.binds", who=pick(one.binds)) if one.binds else ""
    how = t("precheck.source", level=word(one.level), checked=word(one.checked), since=one.since, row=one.row)
    return f"{pick(one.instrument)}{article}{how}{binds}"


def _json(one: Check) -> dict[str, object]:
    sources = [
        {
            "row": source.row, "instrument": pick(source.instrument), "article": source.article,
            "level": source.level, "checked": source.checked, "since": source.since,
        }
        for source in one.sources
    ]  # fmt: skip
    return {"id": one.id, "title": pick(one.title), "text": pick(one.text), "sources": sources}
