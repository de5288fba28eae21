"""The readings that may lie behind their figures, as a short list and as JSON."""

from __future__ import annotations

from dataclasses import replace

from jdneg.blocks import Block, Bullets, Heading, Paragraph
from jdneg.domain.debt.explain import Explained, Explanation
from jdneg.i18n import say, t
from jdneg.result import Result
from jdneg.views.words import amount, word


def with_explanations(page: Result, found: Explained) -> Result:
    """The page of ``verify`` with the readings after it."""
    data = {**page.data, "explanations": [_json(one) for one in found.found], "readings_tried": found.tried}
    return replace(page, data=data, view=(*page.view, *_blocks(found)))


def _blocks(found: Explained) -> tuple[Block, ...]:
    first, *rest = (Paragraph(say(one)) for one in found.notes)
    listed = (Bullets(tuple(_line(one) for one in found.found)),) if found.found else ()
    return (Heading(t("view.explain_title"), 2), first, *listed, *(rest if listed else ()))


def _line(one: Explanation) -> str:
    outcome = t("view.explain_closest", distance=amount(one.distance))
    if one.fits:
        names = ", ".join(f"{word(name)} {amount(one.components[name])}" for name in one.fits)
        outcome = t("view.explain_fits", names=names)
    return t("view.explain_row", readings=_words(one), outcome=outcome)


def _words(one: Explanation) -> str:
    return "; ".join(say(choice.words) for choice in one.readings)


def _json(one: Explanation) -> dict[str, object]:
    return {
        "readings": [
            {"axis": choice.axis, "code": choice.words.code.removeprefix("debt.reads_"), "text": say(choice.words)}
            for choice in one.readings
        ],
        "components": dict(one.components), "fits": list(one.fits), "distance": one.distance, "exact": one.exact,
    }  # fmt: skip
