"""What kind of letter it is, what in it is to be doubted, and how to verify where it is from."""

from __future__ import annotations

from typing import Any

from jdneg.blocks import Block, Bullets, Facts, Heading, Paragraph
from jdneg.domain.correspondence.classify import Classified
from jdneg.domain.directory import Directory
from jdneg.domain.records.base import Stored
from jdneg.domain.scam.screen import Screening
from jdneg.i18n import pick, t
from jdneg.result import Result


def classified_page(found: Classified, fraud: Screening) -> Result:
    """``letter classify``; its doubts are questions, so it exits 0 whatever they are."""
    doubts = [{"id": flag.id, "quote": quote, "reason": pick(flag.reason)} for flag, quote in found.doubts]
    named = {one["id"] for one in doubts}
    doubts += [
        {"id": one.signal.id, "quote": one.quote, "reason": pick(one.signal.reason)}
        for one in fraud.signals
        if one.signal.id not in named
    ]
    data = {
        "class": found.kind.id if found.kind else None,
        "reasons": list(found.because),
        "authenticity": doubts,
        "scam": fraud.verdict,
        "next": pick(found.kind.next) if found.kind else None,
    }
    title = pick(found.kind.name) if found.kind else t("paper.class_unknown")
    blocks: list[Block] = [Heading(title)]
    if found.because:
        blocks.append(Paragraph(t("paper.because", words="、".join(f"「{one}」" for one in found.because))))
    if found.kind:
        blocks.append(Paragraph(pick(found.kind.next)))
    if doubts:
        blocks.append(Heading(t("paper.doubts"), 2))
        blocks.append(Facts(tuple((f"「{one['quote']}」", str(one["reason"])) for one in doubts)))
    blocks.append(Paragraph(t(f"paper.scam_{fraud.verdict}")))
    return Result(data, tuple(blocks))


def steps_page(found: Stored[Any], known: Directory) -> Result:
    """How to verify where a letter is from, and how to record what came out."""
    own = [pick(one) for one in known.steps[:-1]]
    steps = [t("paper.verify_not_inside"), *own, t("paper.verify_record", id=found.id)]
    checks = list(found.record.source_checks)
    blocks: tuple[Block, ...] = (Heading(t("paper.verify_title", id=found.id)), Bullets(tuple(steps), numbered=True))
    return Result({"id": found.id, "steps": steps, "source_checks": checks}, blocks)
