"""The contact log as a list: numbers and names of private people are masked unless asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from jdneg.blocks import Table
from jdneg.domain.messages import hint
from jdneg.domain.records.base import Stored
from jdneg.domain.records.contact import Contact
from jdneg.domain.redact import collect_names, mask_record
from jdneg.i18n import t
from jdneg.result import Result
from jdneg.views.records import empty, rows_of
from jdneg.views.words import clip, label, minute, word


def contact_list(contacts: Sequence[Stored[Contact]], last: int | None, *, reveal: bool) -> Result:
    """In the order they happened; ``last`` keeps the newest."""
    if not contacts:
        return empty("contact.none", "contacts")
    ordered = sorted(contacts, key=lambda one: (_sortable(one.record), one.id))[-(last or len(contacts)) :]
    shown = ordered if reveal else _masked(ordered)
    headers = ("id", "happened_at", "loan", "channel", "number", "agent", "said", "result")
    rows = tuple((one.id, *_cells(one.record)) for one in shown)
    messages = () if reveal or shown == ordered else (hint("app.masked"),)
    table = Table(tuple(label(name) for name in headers), rows)
    return Result({"contacts": rows_of(shown), "count": len(contacts)}, (table,), messages)


def _sortable(contact: Contact) -> str:
    return contact.happened_at.isoformat()


def _masked(contacts: Sequence[Stored[Contact]]) -> list[Stored[Contact]]:
    names = collect_names(one.record for one in contacts)
    return [replace(one, record=mask_record(one.record, names)) for one in contacts]


def _cells(contact: Contact) -> tuple[str, ...]:
    about = "~" if contact.approximate else ""
    channel = word(contact.channel) + (f" ({t('word.mine')})" if contact.direction == "out" else "")
    return (
        about + minute(contact.happened_at), str(contact.loan or "-"), channel, contact.number or "-",
        contact.agent or contact.sender or "-", clip(contact.said or contact.i_said or contact.summary),
        clip(contact.result, 16) or "-",
    )  # fmt: skip
