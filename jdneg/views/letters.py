"""Letters as lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from jdneg.blocks import Facts, Table
from jdneg.domain.correspondence.letters import KINDS
from jdneg.domain.correspondence.received import as_contact, as_contacts
from jdneg.domain.messages import hint
from jdneg.domain.paging import Page
from jdneg.domain.records.base import Stored
from jdneg.domain.records.paper import Letter
from jdneg.domain.redact import collect_names, mask_list
from jdneg.i18n import t
from jdneg.result import Result
from jdneg.views.records import empty, record_page, rows_of
from jdneg.views.words import clip, facts, label, minute, time, word


def kind_name(kind: str) -> str:
    """What a letter of this kind is called."""
    return t(f"letter.kind_{kind}")


def kinds_page() -> Result:
    """``letter kinds``."""
    rows = tuple((kind, kind_name(kind)) for kind in KINDS)
    return Result({"kinds": [{"kind": kind, "title": title} for kind, title in rows]}, (Facts(rows),))


def letter_list(every: Sequence[Stored[Letter]], page: Page, *, reveal: bool) -> Result:
    """``letter list``: what the user wrote and what came."""
    if not every:
        return empty("paper.no_letters", "letters")
    letters = page.of(every)
    shown = letters if reveal else mask_list(letters, collect_names(as_contacts(letters)))
    headers = tuple(label(name) for name in ("id", "direction", "kind", "loan", "at", "via", "reply_by", "missing"))
    rows = tuple((one.id, *_cells(one.record)) for one in shown)
    masked = () if reveal or list(shown) == list(letters) else (hint("app.masked"),)
    data = {"letters": rows_of(shown), "count": len(every)}
    return Result(data, (Table(headers, rows),), (*masked, *page.older(len(every))))


def _cells(letter: Letter) -> tuple[str, ...]:
    what = clip(letter.subject, 24) or kind_name(letter.kind)
    return (
        t(f"paper.{letter.direction}"), what, str(letter.loan or "-"), _at(letter), _via(letter),
        time(letter.reply_by), str(len(letter.missing) or "-"),
    )  # fmt: skip


def _at(letter: Letter) -> str:
    if letter.received is not None:
        return minute(letter.received.happened_at)
    return minute(letter.sent_at) if letter.sent_at else t("paper.drafted_on", day=letter.drafted_on)


def _via(letter: Letter) -> str:
    """Of one that came the way is one of ours; of one that was sent, in the user's own words."""
    return word(f"way_{letter.via}") if letter.received is not None else letter.via or "-"


def letter_page(found: Stored[Letter]) -> Result:
    """One letter; of one that came, how it came too."""
    letter, came = found.record, as_contact(found)
    page = record_page(found, skip=("kind", "via", "direction", "received", *(("drafted_on",) if came else ())))
    title, shown = page.view
    assert isinstance(shown, Facts)
    rows = [(label("kind"), kind_name(letter.kind))] if came is None else []
    rows += [(label("direction"), t(f"paper.{letter.direction}"))]
    rows += [(label("via"), _via(letter))] if letter.via else []
    rows += facts(came.record, skip=("channel", "loan", "case", "said", "direction")).rows if came else ()
    return replace(page, view=(title, Facts((*rows, *shown.rows))))
