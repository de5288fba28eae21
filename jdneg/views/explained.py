"""The readings that may lie behind their figures, as a short list and as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from jdneg.blocks import Block, Bullets, Heading, Paragraph
from jdneg.domain.debt.explain import Explained, Explanation
from jdneg.i18n import say, t
from jdneg.result import Result
from jdneg.views.words import amount, word


def with_explanations(page: Result, found: Explained) -> Result:
    """The page of ``verify`` with the readings after it."""
    data = {
        **page.data, "explanations": [_json(one, found) for one in found.found], "readings_tried": found.tried,
        "met_already": list(found.met),
    }  # fmt: skip
    return replace(page, data=data, view=(*page.view, *_blocks(found)))


def _blocks(found: Explained) -> tuple[Block, ...]:
    first, *rest = (Paragraph(say(one)) for one in found.notes)
    heading = Heading(t("view.explain_title"), 2)
    if not found.found:
        return heading, first
    listed = Bullets(tuple(_line(one, found) for one in found.found))
    return heading, first, listed, *_met(found), *rest


def _met(found: Explained) -> tuple[Block, ...]:
    """What speaks for no reading, since the contract's own gives it too."""
    names = _names((name, amount(found.claimed[name])) for name in found.met)
    return (Paragraph(t("view.explain_met", names=names)),) if found.met else ()


def _line(one: Explanation, found: Explained) -> str:
    """The readings, the figures they meet, and beside each they do not what they lead to."""
    parts = []
    if one.fits:
        parts.append(t("view.explain_fits", names=_names((name, amount(one.components[name])) for name in one.fits)))
    else:
        parts.append(t("view.explain_closest", distance=amount(one.distance)))
    parts += [
        t(
            "view.explain_misses",
            name=word(name),
            claimed=amount(found.claimed[name]),
            read=amount(one.components[name]),
        )
        for name in one.misses
    ]
    return t("view.explain_row", readings=_words(one), outcome=t("view.explain_join").join(parts))


def _names(pairs: Iterable[tuple[str, str]]) -> str:
    return t("view.list_join").join(f"{word(name)} {figure}" for name, figure in pairs)


def _words(one: Explanation) -> str:
    return t("view.explain_join").join(say(choice.words) for choice in one.readings)


def _json(one: Explanation, found: Explained) -> dict[str, object]:
    return {
        "readings": [
            {"axis": choice.axis, "code": choice.words.code.removeprefix("debt.reads_"), "text": say(choice.words)}
            for choice in one.readings
        ],
        "components": dict(one.components), "fits": list(one.fits), "distance": one.distance, "exact": one.exact,
        "misses": [
            {"name": name, "claimed": found.claimed[name], "read": one.components[name],
             "difference": found.claimed[name] - one.components[name]}
            for name in one.misses
        ],
    }  # fmt: skip
