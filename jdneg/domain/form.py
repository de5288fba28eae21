"""A record as a form to edit: ``name: value`` a line, a longer text in lines set in under ``name: |``.

Only what was changed is set, in the words of ``amend --set``; what nobody touched is never read back. Lines that
begin with # say something to the reader and are not read. Every field stands there: an empty one is unknown.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import Any

from jdneg.domain.codec import field_types, inner_record
from jdneg.domain.phrases import shown_duration
from jdneg.domain.records.promise import Promise
from jdneg.errors import BadFormLine, JdnegError, raise_all

_INDENT = "  "
# What only its own command or an import may make.
_FIXED = frozenset({"source", "frozen", "cites", "terms", "missing", "closing", "drafted_on"})
# Part of every record of its kind, known or not; other inner records only where there are some.
_ALWAYS = frozenset({"demand", "overdue"})


# A letter that came: its own fields hold these facts, or only one that was sent has them.
_OF_RECEIVED = frozenset({
    "kind", "direction", "recipient", "sent_at", "final", "tracking", "received.channel", "received.direction",
    "received.loan", "received.case", "received.said",
})  # fmt: skip


def form_rows(record: Any, yes: str, no: str) -> list[tuple[str, str]]:
    """Every field that may be edited, as its name (``demand.due``) and its value as it would be typed."""
    rows = ((key, yes if value is True else no if value is False else _typed(key, value))
            for key, value in _rows(record, type(record), ""))  # fmt: skip
    came = getattr(record, "received", None)
    left_out = _OF_RECEIVED if is_dataclass(came) else ()
    return [(key, value) for key, value in rows if key not in left_out]


def _rows(record: Any, cls: type, before: str) -> Iterator[tuple[str, Any]]:
    hints = field_types(cls)
    for one in fields(cls):
        value = None if record is None else getattr(record, one.name)
        inner = inner_record(hints[one.name])
        if one.name in _FIXED or (inner and _is_many(hints[one.name]) and inner is not Promise):
            continue
        if inner and inner is not Promise:
            if value is not None or one.name in _ALWAYS:
                yield from _rows(value, inner, f"{before}{one.name}.")
        else:
            yield before + one.name, value


def _is_many(hint: Any) -> bool:
    return "tuple[" in str(hint)


def _typed(key: str, value: Any) -> str:
    if value is None:
        return ""
    if key.endswith("_seconds"):
        return shown_duration(value)
    if isinstance(value, Promise):
        return f"{value.by}:{_typed(key, value.what)}" + (f"@{value.due}" if value.due else "")
    if isinstance(value, tuple):
        parted = "; " if value and isinstance(value[0], Promise) else ", "
        return parted.join(_typed(key, one) for one in value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, dt.datetime):
        return _time(value)
    return str(value).replace("\r\n", "\n").replace("\r", "\n")


def _time(value: dt.datetime) -> str:
    """``2026-11-20 21:30 +08:00``: to the second, or finer where it is known so."""
    day, _, rest = value.isoformat().partition("T")
    clock, offset = rest[: -len("+08:00")], rest[-len("+08:00") :]
    return f"{day} {clock.removesuffix(':00') if clock.count(':') > 1 else clock} {offset}"


def write_form(rows: Sequence[tuple[str, str]], names: Mapping[str, str], comments: Sequence[str]) -> str:
    """The form; ``names`` gives each field its word for the reader."""
    lines = [f"# {line}".rstrip() for line in comments]
    for key, value in rows:
        lines.append(f"{names[key]}:" + (" |" if _is_long(value) else f" {value}" if value else ""))
        lines += [_INDENT + line for line in value.split("\n")] if _is_long(value) else []
    return "\n".join(lines) + "\n"


def _is_long(value: str) -> bool:
    return "\n" in value or value != value.strip() or value.startswith("|")


def read_form(text: str, names: Mapping[str, str]) -> dict[str, str]:
    """The values of a form by field; those left out are not in it. Raises every BadFormLine at once."""
    keys = {_plain(shown): key for key, shown in names.items()} | {key: key for key in names}
    found: dict[str, str] = {}
    faults: list[JdnegError] = []
    lines = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff").split("\n")
    at = 0
    while at < len(lines):
        line = lines[at]
        at += 1
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        name, *value = re.split("[:：]", line, maxsplit=1)
        key = keys.get(_plain(name))
        if not value or key is None or key in found:
            faults.append(BadFormLine(text=line.strip()[:60]))
            continue
        found[key] = value[0].strip()
        if found[key] == "|":
            found[key], at = _block(lines, at)
    raise_all(faults)
    return found


def _block(lines: Sequence[str], at: int) -> tuple[str, int]:
    """The lines set in from ``at`` on, and where they end."""
    end = at
    while end < len(lines) and (lines[end].startswith((_INDENT, "\t")) or not lines[end].strip()):
        end += 1
    block = [
        line.removeprefix("\t") if line.startswith("\t") else line.removeprefix(_INDENT) for line in lines[at:end]
    ]
    return "\n".join(block).rstrip("\n "), end


def _plain(name: str) -> str:
    return name.strip().casefold()


def changed(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """What to set: ``field=value`` for each that is not as it was; a line taken out leaves its field alone."""
    return [f"{key}={value}" for key, value in after.items() if value.strip() != before.get(key, "").strip()]
