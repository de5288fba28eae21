"""``today``: the agenda line by line, each with its day, and one suggested command."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from jdneg.blocks import Block, Heading, Paragraph, Table
from jdneg.domain.agenda.agenda import suggested
from jdneg.domain.agenda.item import AGREED, Item
from jdneg.domain.messages import Message
from jdneg.i18n import area, language, say, t
from jdneg.result import Result
from jdneg.views.words import time, weekday, word

_PAY = "pay "


def today_page(items: Sequence[Item], as_of: dt.date, *, loans: int) -> Result:
    """Items in their order; ``next`` is the command of the one to begin with."""
    first = suggested(items, as_of)
    data = {
        "as_of": as_of,
        "items": [item_json(one, as_of) for one in items],
        "next": f"jdneg {first.command}" if first else None,
    }
    title = Heading(t("today.title", day=as_of.isoformat(), weekday=weekday(as_of)), 2)
    if not items:
        return Result(data, (title, Paragraph(t("today.nothing" if loans else "today.empty"))))
    blocks: list[Block] = [title, _table(items, as_of)]
    if any(one.kind in AGREED and (one.command or "").startswith(_PAY) for one in items):
        blocks.append(Paragraph(t("track.keep_paying")))
    if first is not None:
        key = "today.next_pay" if (first.command or "").startswith(_PAY) else "today.next"
        blocks.append(Paragraph(t(key, command=f"jdneg {first.command}"), strong=True))
    return Result(data, tuple(blocks))


def item_json(one: Item, as_of: dt.date) -> dict[str, object]:
    """``days`` is how many are left, below zero how many it is late."""
    return {
        "kind": one.kind, "id": one.id or None, "state": one.state(as_of), "due": one.due,
        "days": None if one.due is None else (one.due - as_of).days, "amount": one.amount,
        "text": sentence(one.what), "command": f"jdneg {one.command}" if one.command else None,
    }  # fmt: skip


def _table(items: Sequence[Item], as_of: dt.date) -> Table:
    rows = tuple((when(one, as_of), sentence(one.what)) for one in items)
    return Table((t("today.when"), t("today.what")), rows)


def when(one: Item, as_of: dt.date) -> str:
    """``in 3 days``, ``today``, ``5 days late``: in words, with the date in the sentence beside it."""
    if one.due is None:
        return t("today.open")
    days = (one.due - as_of).days
    if days == 0:
        return t("today.today")
    return t("today.late", days=-days) if days < 0 else t("today.in_days", days=days)


def sentence(what: Message) -> str:
    """Names of kinds and channels in the reader's words, moments as they are written everywhere."""
    return say(replace(what, facts={name: _fact(name, value) for name, value in what.facts.items()}))


def _fact(name: str, value: object) -> object:
    if name == "letter_kind":
        return area(language(), "letter").get(f"kind_{value}", value)
    if name == "to" and isinstance(value, str):
        return word(value)
    return time(value) if isinstance(value, dt.date) else value
