"""证据目录: the exhibits in groups, numbered 1-1, 1-2, with what each is, where from and what it is meant to show.

What an exhibit shows is the user's own sentence, else a neutral one where it is certain: by what the user said the
paper is, or by the one event it is evidence of: that a contact took place and what was in it, never that somebody did
wrong. A file that merely goes with a loan may be anything. What nobody said stays None (【待填】).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

from jdneg.domain.dates import first_moment
from jdneg.domain.evidence.links import CaseFile, happened
from jdneg.domain.evidence.pages import media_class
from jdneg.domain.ids import kind_of, number_of
from jdneg.domain.messages import Message, info
from jdneg.domain.records.base import Stored, When
from jdneg.domain.records.exhibit import Exhibit, PaperName
from jdneg.values import dataclass

Group = Literal["contract", "payment", "negotiation", "collection", "complaint", "other"]
GROUPS: tuple[Group, ...] = ("contract", "payment", "negotiation", "collection", "complaint", "other")

_LONGEST_SUMMARY = 80
# Which of several records decides: the nearest to one event first, the loan itself last.
_RANK = ("complaint", "case", "payment", "contact", "letter", "claim", "loan")

_PAPERS: Mapping[PaperName, Group] = {
    "contract": "contract", "disbursement": "contract", "schedule": "contract", "fees": "contract",
    "assignment": "contract", "payments": "payment", "settlement": "payment", "authority": "collection",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the 证据目录. ``supports`` are the records it goes with; ``at`` when the first of them happened.

    ``pages`` is a number, None where nobody knows, and unused for sound and film, whose ``seconds`` count.
    """

    number: str
    group: Group
    id: str
    name: str
    media: str
    source: Message
    proves: Message | str | None
    summary: Message | str | None
    pages: int | None
    seconds: int | None
    original: str | None
    sha256: str
    size: int
    supports: tuple[str, ...]
    at: When | None


def catalogue(file: CaseFile, count: Callable[[Exhibit], int | None]) -> tuple[Row, ...]:
    """Every exhibit once, by group, then time, then id. ``count`` gives a document's pages where it can."""
    rows = []
    for position, group in enumerate(GROUPS, start=1):
        members = [one for one in file.exhibits if _group(file, one) == group]
        for index, stored in enumerate(sorted(members, key=lambda one: _order(file, one)), start=1):
            rows.append(_row(file, stored, group, f"{position}-{index}", count(stored.record)))
    return tuple(rows)


def numbers(rows: Sequence[Row]) -> Mapping[str, str]:
    """Exhibit id to number: ``E3`` -> ``4-1``."""
    return {row.id: row.number for row in rows}


def _order(file: CaseFile, stored: Stored[Exhibit]) -> tuple[object, int]:
    leading = _leading(file, stored.id)
    at = happened(leading.record) if leading else None
    return (first_moment(at or stored.recorded_at), number_of(stored.id))


def _leading(file: CaseFile, exhibit: str) -> Stored[Any] | None:
    """The record that decides what an exhibit is."""
    ids = sorted(file.shown_by[exhibit], key=lambda one: (_rank(one), number_of(one)))
    return file.by_id[ids[0]] if ids else None


def _rank(record: str) -> int:
    kind = kind_of(record)
    return _RANK.index(kind) if kind in _RANK else len(_RANK)


def _group(file: CaseFile, stored: Stored[Exhibit]) -> Group:
    leading = _leading(file, stored.id)
    if stored.record.paper is not None:
        return _PAPERS[stored.record.paper]
    return group_of(kind_of(leading.id), leading.record) if leading else "other"


def group_of(kind: str, record: Any) -> Group:
    """The group of whatever belongs to this record."""
    if kind == "contact":
        return "negotiation" if record.case or record.direction == "out" else "collection"
    if kind == "letter":
        return "negotiation" if record.direction == "out" else "collection"
    if kind == "claim":
        return "contract" if record.source in ("statement", "app") else "collection"
    fixed: dict[str, Group] = {
        "loan": "contract", "payment": "payment", "case": "negotiation", "complaint": "complaint",
    }  # fmt: skip
    return fixed.get(kind, "other")


def _row(file: CaseFile, stored: Stored[Exhibit], group: Group, number: str, pages: int | None) -> Row:
    exhibit, leading = stored.record, _leading(file, stored.id)
    return Row(
        number=number,
        group=group,
        id=stored.id,
        name=exhibit.name,
        media=media_class(exhibit.name, exhibit.media_type),
        source=_about("source", leading) or info("bundle.source_self"),
        proves=exhibit.proves or _proves(file, stored, leading),
        summary=exhibit.note or _summary(leading),
        pages=pages,
        seconds=exhibit.duration_seconds,
        original=exhibit.original,
        sha256=exhibit.sha256,
        size=exhibit.size,
        supports=file.citing[stored.id],
        at=happened(leading.record) if leading else None,
    )


def _proves(file: CaseFile, stored: Stored[Exhibit], leading: Stored[Any] | None) -> Message | None:
    """A neutral purpose, where there is only one it can have."""
    if stored.record.paper == "contract" and leading is not None and kind_of(leading.id) == "loan":
        return _about("proves", leading)
    if stored.record.paper is not None:
        return info("bundle.proves_paper", paper=stored.record.paper)
    events = [one for one in file.shown_by[stored.id] if kind_of(one) != "loan"]
    return _about("proves", leading) if len(events) == 1 else None


def _about(what: str, leading: Stored[Any] | None) -> Message | None:
    """``bundle.source_contact`` and its like, with the record's own facts."""
    if leading is None:
        return None
    record, kind = leading.record, kind_of(leading.id)
    facts: dict[str, object] = {"id": leading.id, "when": happened(record)}
    if kind == "contact":
        facts |= {"channel": record.channel, "who": record.number or record.sender or record.agency}
    elif kind == "loan":
        facts |= {"lender": record.party or record.lender}
    elif kind in ("payment", "claim"):
        facts |= {"amount": getattr(record, "amount", None) or getattr(record, "total", None), "loan": record.loan}
    return Message(f"bundle.{what}_{kind}", facts)


def _summary(leading: Stored[Any] | None) -> Message | None:
    """What the user noted of the contact, marked as their note."""
    if leading is None or kind_of(leading.id) != "contact":
        return None
    text = leading.record.summary or leading.record.said
    if not text:
        return None
    line = " ".join(text.split())
    return info("bundle.noted", text=line if len(line) <= _LONGEST_SUMMARY else line[: _LONGEST_SUMMARY - 1] + "…")
