"""The directory of official channels: what is confirmed, by whom and when, and what is only reported."""

from __future__ import annotations

import datetime as dt

from jdneg.blocks import Block, Bullets, Facts, Heading, Paragraph, Table
from jdneg.domain.directory import Directory, Entry, last_confirmed
from jdneg.domain.messages import Message, warning
from jdneg.i18n import pick, t
from jdneg.result import Result
from jdneg.views.words import label, time, word


def directory_page(found: Directory, day: dt.date) -> Result:
    headers = tuple(label(name) for name in ("id", "name", "kind", "value", "state", "confirmed"))
    rows = tuple(
        (
            one.record or one.id, pick(one.name), word(one.kind), one.value, t(f"directory.{found.state(one, day)}"),
            _last(one, day) or _checked(one),
        )
        for one in found.entries
    )  # fmt: skip
    data = {"as_of": day, "entries": [_json(one, found, day) for one in found.entries]}
    blocks: tuple[Block, ...] = (Table(headers, rows), Paragraph(t("directory.nothing_confirmed_for_you")))
    return Result(data, blocks, _stale(found, day))


def entry_page(entry: Entry, found: Directory, day: dt.date) -> Result:
    rows = [
        (label("value"), entry.value),
        (label("kind"), word(entry.kind)),
        (label("state"), t(f"directory.{found.state(entry, day)}")),
        (label("source"), _checked(entry) or entry.source or "-"),
        (label("confirmed"), "; ".join(_said(one) for one in entry.confirmed) or "-"),
    ]
    blocks: list[Block] = [Heading(pick(entry.name)), Facts(tuple(rows))]
    if entry.about:
        blocks.append(Paragraph(pick(entry.about)))
    blocks += [Paragraph(t("directory.how_to_verify"), strong=True)]
    blocks.append(Bullets(tuple(map(pick, found.steps)), numbered=True))
    blocks.append(Paragraph(t("directory.spoofed")))
    messages = _stale_messages([entry], found, day)
    return Result(_json(entry, found, day) | {"steps": [pick(one) for one in found.steps]}, tuple(blocks), messages)


def _json(entry: Entry, found: Directory, day: dt.date) -> dict[str, object]:
    last = last_confirmed(entry, day)
    return {
        "id": entry.record or entry.id, "entry": entry.id, "name": pick(entry.name), "kind": entry.kind,
        "value": entry.value, "state": found.state(entry, day), "row": entry.row, "checked": entry.checked,
        "source": entry.source, "about": pick(entry.about) if entry.about else None,
        "confirmed_at": last.at if last else None, "confirmed_by": last.by if last else None,
        "how": last.how if last else None,
    }  # fmt: skip


def _last(entry: Entry, day: dt.date) -> str:
    last = last_confirmed(entry, day)
    return _said(last) if last else ""


def _said(one: object) -> str:
    at, by, how = (getattr(one, name) for name in ("at", "by", "how"))
    return t("directory.confirmed_by", day=time(at)[:10], by=by, how=how)


def _checked(entry: Entry) -> str:
    if entry.row is None:
        return ""
    return t("directory.shipped", how=word(entry.checked or "unconfirmed"), row=entry.row)


def _stale(found: Directory, day: dt.date) -> tuple[Message, ...]:
    return _stale_messages(found.entries, found, day)


def _stale_messages(entries: object, found: Directory, day: dt.date) -> tuple[Message, ...]:
    old = [one for one in entries if found.state(one, day) == "stale"]  # type: ignore[attr-defined]
    return tuple(
        warning("directory.stale_warning", value=one.value, days=found.stale_after, id=one.record or one.id)
        for one in old
    )
