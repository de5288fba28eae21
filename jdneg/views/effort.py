"""``report negotiation``: the effort made, line by line, with sums; neutral, for somebody outside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jdneg.blocks import Block, Bullets, Facts, Heading, Paragraph, Table
from jdneg.domain.messages import hint
from jdneg.domain.negotiation.effort import Effort, Try
from jdneg.domain.negotiation.playbook import StuckReason
from jdneg.i18n import pick, t
from jdneg.result import Result
from jdneg.views.cases import offers_table, promises_table
from jdneg.views.words import amount, clip, label, minute, word

Reasons = Mapping[str, StuckReason]


def effort_page(found: Effort, reasons: Reasons, *, masked: bool = False) -> Result:
    case = found.case.record
    data = {
        "case": found.case.id, "goal": case.goal, "state": found.state, "as_of": found.as_of,
        "lenders": list(found.lenders), "contacts": [_try_json(one) for one in found.tries],
        "count": len(found.tries), "waited_seconds": found.waited, "waits_noted": found.waits_noted,
        "days": found.days, "refusals": dict(found.refusals), "ticket": case.ticket, "offers": list(found.offers),
    }  # fmt: skip
    return Result(data, tuple(effort_blocks(found, reasons)), (hint("app.masked"),) if masked else ())


def effort_blocks(found: Effort, reasons: Reasons) -> list[Block]:
    blocks: list[Block] = [Heading(t("effort.title", case=found.case.id)), _facts(found)]
    blocks += [_contacts(found)] if found.tries else [Paragraph(t("effort.none", case=found.case.id))]
    if found.refusals:
        blocks += [
            Heading(t("effort.refusals"), 2),
            Bullets(tuple(_refusal(*one, reasons) for one in found.refusals)),
        ]
    notes = tuple(t("effort.attitude", id=one.id, words=one.attitude) for one in found.tries if one.attitude)
    if notes:
        blocks += [Heading(t("effort.attitudes"), 2), Bullets(notes)]
    if found.offers:
        blocks += [Heading(t("effort.offers"), 2), offers_table(found.offers)]
    if found.promises:
        blocks.append(promises_table(found.case.record, found.promises))
    return [*blocks, Paragraph(t("effort.note"))]


def _refusal(code: str, count: int, reasons: Reasons) -> str:
    return t("effort.refused", reason=pick(reasons[code].title), count=count)


def _facts(found: Effort) -> Facts:
    case = found.case.record
    rows = [
        (label("lender"), ", ".join(found.lenders)), (label("goal"), case.goal),
        (label("loss"), amount(found.loss) if found.loss is not None else None), (label("ticket"), case.ticket),
        (label("state"), word(found.state)), (label("opened_on"), case.opened_on.isoformat()),
        (t("effort.contacts"), t("effort.count", count=len(found.tries), days=found.days)),
        (t("effort.waited"), waited(found.waited) if found.waits_noted else None),
        (t("effort.as_of"), found.as_of.isoformat()),
    ]  # fmt: skip
    return Facts(tuple((name, value) for name, value in rows if value))


def waited(seconds: int | None) -> str:
    """``12:05``, minutes and seconds."""
    return "-" if seconds is None else f"{seconds // 60}:{seconds % 60:02d}"


def _contacts(found: Effort) -> Table:
    names = ("contact", "at", "channel", "agent", "wait_seconds", "result", "refusal", "exhibits")
    rows = tuple(
        (
            one.id, minute(one.at), _way(one), one.agent or one.agency or one.number or "-", waited(one.wait_seconds),
            clip(one.answer, 40) or "-", word(one.refusal) if one.refusal else "-", ", ".join(one.exhibits) or "-",
        )
        for one in found.tries
    )  # fmt: skip
    return Table(tuple(label(name) for name in names), rows, right=(4,))


def _way(one: Try) -> str:
    """Who called whom, where it is known."""
    return f"{word(one.channel)} · {word(one.direction)}" if one.direction else word(one.channel)


def _try_json(one: Try) -> dict[str, Any]:
    return {
        "id": one.id, "at": one.at, "channel": one.channel, "direction": one.direction, "agent": one.agent,
        "agency": one.agency, "number": one.number, "wait_seconds": one.wait_seconds, "answer": one.answer,
        "attitude": one.attitude, "refusal": one.refusal, "exhibits": list(one.exhibits),
    }  # fmt: skip
