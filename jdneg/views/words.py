"""Values in words: amounts, times, yes and no, the names of fields and choices."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import Any

from jdneg.blocks import Facts
from jdneg.domain.ids import LocalRef
from jdneg.domain.money import grouped
from jdneg.domain.phrases.spans import shown_duration
from jdneg.domain.rate import Rate
from jdneg.i18n import area, language, rate_words, t


def amount(value: Decimal | None) -> str:
    """``16,480.55``; a hyphen for unknown."""
    return "-" if value is None else grouped(value)


def percent(value: Decimal | None) -> str:
    """A fraction as a percentage with two places."""
    return "-" if value is None else f"{round(value * 100, 2) + 0:.2f}%"


def time(value: dt.date | dt.datetime | None) -> str:
    """``2026-11-20 21:30 +08:00`` or the bare date."""
    if isinstance(value, dt.datetime):
        offset = value.strftime("%z")
        seconds = value.strftime(":%S") if value.second else ""
        return f"{value:%Y-%m-%d %H:%M}{seconds} {offset[:3]}:{offset[3:5]}"
    return "-" if value is None else value.isoformat()


def minute(value: dt.date | dt.datetime | None) -> str:
    """As `time`, for a table: to the minute, without the offset."""
    return f"{value:%Y-%m-%d %H:%M}" if isinstance(value, dt.datetime) else time(value)


def weekday(day: dt.date) -> str:
    """The reader's word for the day of the week."""
    return t(f"word.weekday_{day.weekday()}")


def word(value: str) -> str:
    """The reader's word for a fixed choice (``microlender``); any other text as it is."""
    return area(language(), "word").get(value, value)


def label(name: str) -> str:
    """The reader's word for a field."""
    return area(language(), "field").get(name, name)


# Fields whose texts are fixed choices; every other text is somebody's words and stays as it is.
_CHOICES = frozenset(
    ("kind", "method", "base", "channel", "direction", "to_whom", "by", "state", "waive", "problem", "holder_role",
     "every", "compound_every", "part", "allocation", "refusal", "outcome")
)  # fmt: skip


def shown(value: Any, *, choice: bool = False) -> str:
    """Any field's value for a reader; a fixed choice in the reader's own word."""
    if value is None:
        return "-"
    if isinstance(value, bool):
        return t("word.yes") if value else t("word.no")
    if isinstance(value, Decimal):
        return amount(value) if value == round(value, 2) else f"{value:f}"
    if isinstance(value, dt.date):
        return time(value)
    if isinstance(value, tuple):
        return ", ".join(shown(one, choice=choice) for one in value)
    if isinstance(value, str):
        return word(value) if choice else value
    if isinstance(value, Rate):
        return rate_words(value)
    if is_dataclass(value) and not isinstance(value, LocalRef | type):
        return "; ".join(f"{name} {text}" for name, text in _pairs(value, ()))
    return str(value)


def _pairs(record: Any, skip: Iterable[str]) -> list[tuple[str, str]]:
    """What is known of a record: unknown fields, and fields at their empty default, are left out."""
    pairs = []
    for one in fields(record):
        value = getattr(record, one.name)
        if one.name not in skip and value is not None and value != one.default:
            pairs.append((_label_in(record, one.name), field_text(one.name, value)))
    return pairs


def _label_in(record: Any, name: str) -> str:
    """An offer's number is not a telephone's."""
    return area(language(), "field").get(f"{type(record).__name__.lower()}_{name}") or label(name)


def field_text(name: str, value: Any) -> str:
    """A field's value by its name, which decides whether a text is a fixed choice and a number a length of time."""
    if name.endswith("_seconds") and isinstance(value, int):
        return shown_duration(value)
    if name == "promises":
        return "; ".join(promise(one) for one in value)
    return shown(value, choice=name in _CHOICES)


def promise(one: Any) -> str:
    """Who promised what, by when, and what became of it where that is known."""
    due = f" @{one.due}" if one.due else ""
    state = "" if one.state == "unknown" else f" ({word(one.state)})"
    return f"{word(one.by)}: {one.what}{due}{state}"


def facts(record: Any, skip: Iterable[str] = ()) -> Facts:
    """A record's known fields, but for those in ``skip``."""
    return Facts(tuple(_pairs(record, tuple(skip))))


def clip(text: str | None, size: int = 40) -> str:
    """One line of a longer text."""
    flat = " ".join((text or "").split())
    return flat if len(flat) <= size else flat[: size - 2] + ".."
