"""The echo of a log command: when, what was found, how to undo."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from jdneg.blocks import Block, Paragraph
from jdneg.domain.dates import in_small_hours
from jdneg.domain.ids import kind_of
from jdneg.domain.messages import Message, hint
from jdneg.domain.records.base import Stored
from jdneg.domain.rulebook import RuleBook
from jdneg.i18n import t
from jdneg.result import Result
from jdneg.storage.store import Receipt
from jdneg.views.findings import finding_json, finding_lines
from jdneg.views.words import label, time, weekday, word
from jdneg.views.written import written

if TYPE_CHECKING:
    from jdneg.domain.records.paper import Letter


def logged(
    receipt: Receipt,
    kept: Stored[Any],
    stored: Stored[Any],
    findings: Sequence[Any],
    book: RuleBook,
    told: Sequence[Message] = (),
) -> Result:
    """What every log command answers: of the record ``kept``, and of it as the contact that it is."""
    contact, letter = stored.record, kept.record if kind_of(kept.id) == "letter" else None
    when = contact.happened_at
    typed = f"{contact.at_text} → " if contact.at_text and contact.at_text != when.isoformat() else ""
    said = t(
        "contact.logged",
        id=stored.id,
        channel=word("letter" if letter else contact.channel),
        when=f"{typed}{_when(when)}",
    )
    view: list[Block] = [*finding_lines(findings, book)]
    if not findings:
        view.append(Paragraph(t("contact.nothing_found", id=stored.id)))
    return written(
        receipt, kept.record, said, view=view, findings=[finding_json(one) for one in findings],
        messages=(*_messages(kept.id, contact), *(_gaps(kept.id, letter) if letter else ()), *told),
        record_id=stored.id,
    )  # fmt: skip


def _when(when: dt.date | dt.datetime) -> str:
    """The absolute time; in the small hours with its weekday, because 昨晚1点 is easily misread."""
    if in_small_hours(when):
        return f"{time(when)} ({weekday(when)})"
    return time(when)


def _gaps(record_id: str, letter: Letter) -> tuple[Message, ...]:
    """What the first step of handling a letter still lacks: from whom, about what, its words, the account, a copy."""
    came = letter.received
    assert came is not None
    known = {
        "sender": came.sender or came.number, "subject": letter.subject, "text": letter.text,
        "account": letter.account or letter.transaction, "exhibits": came.exhibits,
    }  # fmt: skip
    missing = [label(name) for name, value in known.items() if not value]
    return (hint("paper.letter_gaps", id=record_id, items=missing),) if missing else ()


def _messages(record_id: str, contact: Any) -> tuple[Message, ...]:
    found = []
    if not isinstance(contact.happened_at, dt.datetime) and contact.channel != "letter":  # paper has no hour
        found.append(hint("contact.no_time_of_day", id=record_id))
    if contact.loan is None:
        found.append(hint("contact.no_loan"))
    return tuple(found)
