"""Playbooks and stuck reasons: what to do at each step, what to ask next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from jdneg.blocks import Block, Bullets, Heading, Paragraph, Table
from jdneg.domain.negotiation.playbook import STEPS, Playbook, StuckReason
from jdneg.i18n import pick, t
from jdneg.result import Result
from jdneg.views.words import label, word


def guide_blocks(book: Playbook) -> list[Block]:
    """What it is about, and what to beware of."""
    blocks: list[Block] = [Paragraph(t("steps.guide", title=pick(book.title), about=pick(book.about)))]
    if book.caution is not None:
        blocks.append(Paragraph(t("steps.caution", text=pick(book.caution))))
    return blocks


def playbook_list(books: Sequence[Playbook], reasons: Mapping[str, StuckReason]) -> Result:
    """``negotiate playbook``."""
    data = {"playbooks": [_json(one) for one in books], "stuck": [_reason_json(one) for one in reasons.values()]}
    rows = tuple((one.id, word(one.problem) if one.problem else "-", pick(one.title)) for one in books)
    table = Table((label("playbook"), label("problem"), t("steps.about")), rows)
    if not reasons:
        return Result(data, (table,))
    codes = tuple((one.id, pick(one.title)) for one in reasons.values())
    return Result(data, (table, Table((t("steps.reason"), t("steps.about")), codes, title=t("steps.stuck_codes"))))


def playbook_page(book: Playbook) -> Result:
    """``negotiate playbook NAME``: all its items, step by step."""
    blocks: list[Block] = [Heading(pick(book.title), 2), *guide_blocks(book)]
    for n, name in enumerate(STEPS, 1):
        blocks.append(Heading(t("steps.step", n=n, name=t(f"steps.{name}")), 3))
        blocks.append(Bullets(tuple(f"{pick(one.text)} [{one.id}]" for one in book.at(name))))
    return Result(_json(book), tuple(blocks))


def ask_next(reason: StuckReason) -> list[Block]:
    title = t("steps.ask_next", reason=pick(reason.title))
    return [Paragraph(title, strong=True), Bullets(tuple(pick(one) for one in reason.ask))]


def _json(book: Playbook) -> dict[str, Any]:
    return {
        "id": book.id, "problem": book.problem or None, "title": pick(book.title), "about": pick(book.about),
        "caution": pick(book.caution) if book.caution else None, "source": book.source,
        "items": [{"id": one.id, "step": one.step, "text": pick(one.text)} for one in book.items],
    }  # fmt: skip


def _reason_json(reason: StuckReason) -> dict[str, Any]:
    return {
        "id": reason.id,
        "title": pick(reason.title),
        "source": reason.source,
        "ask": [pick(one) for one in reason.ask],
    }
