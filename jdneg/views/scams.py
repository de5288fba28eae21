"""What ``scam check`` answers. ``no_signal`` is never shown as safe, and no number is told but the police's."""

from __future__ import annotations

import datetime as dt

from jdneg.blocks import Block, Bullets, Facts, Heading, Paragraph
from jdneg.domain.directory import Directory
from jdneg.domain.messages import Message, hint, warning
from jdneg.domain.scam.card import ScamCard
from jdneg.domain.scam.screen import Found, Screening
from jdneg.i18n import pick, t
from jdneg.result import Result
from jdneg.views.words import word


def scam_page(
    found: Screening, card: ScamCard, number: str | None, known: Directory, day: dt.date, *, helper: bool
) -> Result:
    """Exit 1 for likely fraud and for what is suspicious."""
    data: dict[str, object] = {
        "verdict": found.verdict,
        "signals": [_json(one) for one in found.signals],
        "actions": [pick(one) for one in card.actions],
        "meaning": t(f"scam.{found.verdict}"),
    }
    blocks: list[Block] = [Heading(t(f"scam.title_{found.verdict}")), Paragraph(t(f"scam.{found.verdict}"))]
    for one in found.signals:
        blocks.append(Facts(_rows(one)))
    title = t("scam.doubt") if found.verdict == "no_signal" else t("scam.now")
    blocks += [Heading(title, 2), Bullets(tuple(map(pick, card.actions)), numbered=True)]
    if helper:
        data |= _helper_json(card)
        blocks += _helper_blocks(card)
    notes = _number_notes(number, known, day) if number else ()
    return Result(data, tuple(blocks), notes, 0 if found.verdict == "no_signal" else 1)


def helper_page(card: ScamCard) -> Result:
    """The questions before paying anybody who offers help; nothing was judged."""
    return Result(_helper_json(card), tuple(_helper_blocks(card)))


def _helper_blocks(card: ScamCard) -> list[Block]:
    return [
        Heading(t("scam.before_paying"), 2),
        Bullets(tuple(map(pick, card.questions)), numbered=True),
        Paragraph(pick(card.free)),
    ]


def _helper_json(card: ScamCard) -> dict[str, object]:
    return {"questions": [pick(one) for one in card.questions], "free": pick(card.free), "row": card.row}


def _json(one: Found) -> dict[str, object]:
    signal = one.signal
    return {
        "id": signal.id, "quote": one.quote or None, "reason": pick(signal.reason), "grade": signal.grade,
        "row": signal.row, "checked": signal.checked,
    }  # fmt: skip


def _rows(one: Found) -> tuple[tuple[str, str], ...]:
    quote = ((t("view.quote"), f"「{one.quote}」"),) if one.quote else ()
    told = t("scam.checked", how=word(one.signal.checked), row=one.signal.row)
    return ((t("view.reason"), pick(one.signal.reason)), *quote, (t("scam.source"), told))


def _number_notes(number: str, known: Directory, day: dt.date) -> tuple[Message, ...]:
    """What the directory knows of the number: never that a call from it is genuine."""
    found = known.with_number(number)
    if not found:
        return (hint("scam.number_unknown"),)
    entry = next((one for one in found if known.state(one, day) == "confirmed"), found[0])
    return (warning(f"scam.number_{known.state(entry, day)}", name=pick(entry.name), id=entry.record or entry.id),)
