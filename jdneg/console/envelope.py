"""JSON as every command prints it: one envelope, values as text that no terminal obeys."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import is_dataclass
from decimal import Decimal
from itertools import islice
from typing import Any, TextIO

from jdneg.console.words import sentence
from jdneg.domain.messages import Message
from jdneg.domain.plaintext import replaced
from jdneg.errors import JdnegError
from jdneg.i18n import say
from jdneg.values import dataclass

SCHEMA = "jdneg/1"
_PIECES = 10_000  # of a long answer, written together


def write(
    stream: TextIO,
    command: str,
    exit_code: int,
    data: Mapping[str, object],
    messages: Sequence[Message],
    errors: Sequence[JdnegError],
) -> None:
    body = {
        "schema": SCHEMA,
        "command": command,
        "status": "findings" if exit_code == 1 else "error" if exit_code else "ok",
        "exit_code": exit_code,
        "data": plain(data),
        "messages": plain(messages),
        "errors": [{"code": one.code, "message": sentence(one), "details": plain(one.facts)} for one in errors],
    }
    unicode = _speaks_unicode(stream)
    form = json.JSONEncoder(ensure_ascii=not unicode, sort_keys=True, indent=2, default=_Later.plain)
    pieces = form.iterencode(body)
    while text := "".join(islice(pieces, _PIECES)):
        stream.write(replaced(text, _as_json))
    stream.write("\n")
    stream.flush()


def plain(value: object) -> Any:
    """Any result as JSON values: money and rates as strings, times with their offset, records as dicts."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, Decimal):
        return f"{value if value else abs(value):f}"
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    if isinstance(value, Sequence):
        return [_Later(value, index) for index in range(len(value))]
    if isinstance(value, Message):
        return {"code": value.code, "level": value.level, "text": say(value)}
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        from jdneg.domain.codec import encode

        return encode(value)
    return str(value)


@dataclass(frozen=True, slots=True)
class _Later:
    """A row of a sequence that makes its rows when asked: it is asked when the row is written."""

    rows: Sequence[object]
    index: int

    def plain(self) -> Any:
        return plain(self.rows[self.index])


def _as_json(char: str) -> str:
    """What a terminal might obey and JSON leaves as it is, as an escape: the value stays the same."""
    return json.dumps(char)[1:-1]


def _speaks_unicode(stream: TextIO) -> bool:
    return (getattr(stream, "encoding", None) or "").lower().replace("-", "").startswith(("utf", "gb18030"))
