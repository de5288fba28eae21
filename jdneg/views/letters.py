"""Letters as lists."""

from __future__ import annotations

from collections.abc import Sequence

from jdneg.blocks import Facts, Table
from jdneg.domain.correspondence.letters import KINDS
from jdneg.domain.records.base import Stored
from jdneg.domain.records.paper import Letter
from jdneg.i18n import t
from jdneg.result import Result
from jdneg.views.records import empty, rows_of
from jdneg.views.words import label, time


def kind_name(kind: str) -> str:
    """What a letter of this kind is called."""
    return t(f"letter.kind_{kind}")


def kinds_page() -> Result:
    """``letter kinds``."""
    rows = tuple((kind, kind_name(kind)) for kind in KINDS)
    return Result({"kinds": [{"kind": kind, "title": title} for kind, title in rows]}, (Facts(rows),))


def letter_list(letters: Sequence[Stored[Letter]]) -> Result:
    """``letter list``."""
    if not letters:
        return empty("paper.no_letters", "letters")
    headers = tuple(label(name) for name in ("id", "kind", "loan", "drafted_on", "sent_at", "via", "missing"))
    rows = tuple((one.id, *_cells(one.record)) for one in letters)
    return Result({"letters": rows_of(letters)}, (Table(headers, rows),))


def _cells(letter: Letter) -> tuple[str, ...]:
    return (
        kind_name(letter.kind), str(letter.loan or "-"), letter.drafted_on.isoformat(), time(letter.sent_at),
        letter.via or "-", str(len(letter.missing) or "-"),
    )  # fmt: skip
