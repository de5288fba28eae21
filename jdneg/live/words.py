"""The words a call's notes are put into, for the screen and the line mode."""

from __future__ import annotations

from collections.abc import Iterator

from jdneg.blocks import Block, Bullets, Facts, Heading, Paragraph
from jdneg.domain.livecall.script import CallScript
from jdneg.i18n import pick, t


def names_of(script: CallScript) -> dict[str, str]:
    """The reader's words for both sides, each question and each tag."""
    texts = {one.id: pick(one.short) for one in script.questions} | {one.id: pick(one.short) for one in script.tags}
    sides = {"they": t("assist.who_they"), "me": t("assist.who_me")}
    return texts | sides | {"asked": t("assist.asked"), "late": t("assist.late")}


def lines_of(block: Block) -> Iterator[tuple[str, str]]:
    """Each line of a block of the script, and its look: ``heading``, ``item``, ``strong`` or ``source``."""
    if isinstance(block, Heading):
        yield block.text, "heading"
    elif isinstance(block, Bullets):
        for number, item in enumerate(block.items, 1):
            yield (f"{number}. {item}", "item") if block.numbered else (item, "source")
    elif isinstance(block, Facts):
        yield from ((f"{label}  {value}", "item") for label, value in block.rows)
    elif isinstance(block, Paragraph):
        yield block.text, "strong" if block.strong else "item"
