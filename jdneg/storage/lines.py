"""One line of the journal: one entry, built once and checked from its raw bytes, never serialised again.

A line is compact UTF-8 JSON with its fields in this order::

    seq, batch, op, kind, id, recorded_at, clock?, payload_sha256, prev, commit?, counters?, hash, payload

``hash`` is SHA-256 over the bytes before ``,"hash"``, ``prev`` the previous line's ``hash`` (64 zeros before the
first), ``payload_sha256`` covers the payload's bytes as written. ``commit`` (lines in the batch) and
``counters`` (the next number of each id prefix) stand on a batch's last line alone. A payload is
``null`` where `purge` dropped it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from jdneg.domain.messages import Message
from jdneg.errors import InvalidValue
from jdneg.storage import digest
from jdneg.values import dataclass

# What a line or two is checked and read with; `expect_many` changes both.
sha256 = digest.sha256
loads: Callable[[bytes], Any] = json.loads

Json = dict[str, Any]

FORMAT = 1
NO_HASH = "0" * 64
PURGED = b"null"

# A hash is looked at by being compared, byte for byte; matching its digits one by one would take as long as the rest.
_HEX = rb".{64}"
_DIGITS = rb"[0-9a-f]{64}"
_HEADER = re.compile(
    rb'\{"seq":([1-9]\d*),"batch":"(B[1-9]\d*)","op":"([a-z]+)","kind":"([a-z]+)","id":"([A-Z][1-9]\d*)",'
    rb'"recorded_at":"([0-9T:.+-]+)",(?:"clock":"(set)",)?"payload_sha256":"('
    + _HEX
    + rb')","prev":"('
    + _HEX
    + rb')"'
    rb'(?:,"commit":([1-9]\d*),"counters":(\{[^{}]*\}))?,"hash":"(' + _HEX + rb')","payload":'
)
_SEQ, _BATCH, _OP, _KIND, _ID, _AT, _CLOCK, _PAYLOAD_SHA, _PREV, _COMMIT, _COUNTERS, _HASH = range(1, 13)
_BEFORE_HASH = len(b',"hash":"')
_END = b"}\n"
_PURGED_END = PURGED + _END

UNDOES = b'{"undoes":"'
REDOES = b'{"redoes":"'
_ENVELOPE = rb'\{(?:"(undoes|redoes)":"B\d+",)?("step":true,)?'


def expect_many() -> None:
    """Before a long stretch of lines: OpenSSL and orjson take 4 ms to load and are then several times as fast."""
    global sha256, loads  # noqa: PLW0603 -- looked up by every line, so they must be plain names
    from hashlib import sha256

    try:
        from orjson import loads
    except ImportError:  # the extra `fast` is not installed
        loads = json.loads


class BadLine(ValueError):
    """Not a line we wrote. ``reason`` says what is wrong, for the reader of the error."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.reason = Message(f"integrity.{what}")


class Line:
    """A checked line; its fields are read from the raw bytes when asked for. ``raw`` ends with its newline."""

    __slots__ = ("_match", "offset", "raw")

    def __init__(self, raw: bytes, offset: int, match: re.Match[bytes]) -> None:
        self.raw = raw
        self.offset = offset
        self._match = match

    @property
    def seq(self) -> int:
        return int(self._match[_SEQ])

    @property
    def batch(self) -> str:
        return self._match[_BATCH].decode()

    @property
    def op(self) -> str:
        return self._match[_OP].decode()

    @property
    def adds(self) -> bool:
        """Whether ``op`` is add; asked of every line."""
        return self._match[_OP] == b"add"

    @property
    def kind(self) -> str:
        return self._match[_KIND].decode()

    @property
    def id(self) -> str:
        return self._match[_ID].decode()

    @property
    def recorded_at(self) -> str:
        return self._match[_AT].decode()

    @property
    def facts(self) -> tuple[str, str, str]:
        """id, recorded_at and payload_sha256 in one look: a sweep asks for them of every line."""
        found = self._match.group(_ID, _AT, _PAYLOAD_SHA)
        return found[0].decode(), found[1].decode(), found[2].decode()

    @property
    def clock_set(self) -> bool:
        return self._match[_CLOCK] is not None

    @property
    def payload_sha256(self) -> str:
        return self._match[_PAYLOAD_SHA].decode()

    @property
    def prev(self) -> str:
        return self._match[_PREV].decode()

    @property
    def hash(self) -> str:
        return self._match[_HASH].decode()

    @property
    def commit(self) -> int | None:
        """How many lines the batch has, on its last line; None on the others."""
        found = self._match[_COMMIT]
        return None if found is None else int(found)

    @property
    def counters(self) -> dict[str, int]:
        """The next number of each id prefix, batches (B) too. Only on a commit line."""
        found: dict[str, int] = loads(self._match[_COUNTERS])
        return found

    @property
    def is_commit(self) -> bool:
        return self._match[_COMMIT] is not None

    def follow(self, prev: bytes, seq: int) -> bytes:
        """Check that this line comes after line ``seq`` with hash ``prev``; its own hash. Raises BadLine."""
        match = self._match
        if match[_PREV] != prev:
            raise BadLine("chain_wrong")
        if int(match[_SEQ]) != seq + 1:
            raise BadLine("number_wrong")
        return match[_HASH]

    @property
    def end(self) -> int:
        """Where the next line starts."""
        return self.offset + len(self.raw)

    @property
    def payload(self) -> bytes:
        return self.raw[self._match.end() : -len(_END)]

    @property
    def purged(self) -> bool:
        return self.raw.endswith(_PURGED_END) and self.payload == PURGED

    @property
    def step(self) -> bool:
        """Whether an amendment only tells what happened next, as its payload's first field says."""
        found = re.match(_ENVELOPE, self.payload)
        return found is not None and found[2] is not None

    @property
    def corrections(self) -> int:
        """1 for a correction (or one done again), -1 where one is undone, 0 for a step and whatever else."""
        if self.op != "amend" or self.step:
            return 0
        found = re.match(_ENVELOPE, self.payload)
        return -1 if found is not None and found[1] == b"undoes" else 1

    def read(self) -> Json:
        """The payload's envelope: step, record, reason, undoes, redoes."""
        envelope: Json = loads(self.payload)
        return envelope

    @property
    def record(self) -> Any:
        """What the record says here; None where it was purged."""
        envelope = loads(self.payload)
        return None if envelope is None else envelope["record"]


def read_line(raw: bytes, offset: int) -> Line:
    """The line as it stands, its hashes not looked at: for bytes that were checked before. Raises BadLine."""
    match = _HEADER.match(raw)
    if match is None or not raw.endswith(_END):
        raise BadLine("not_a_line")
    return Line(raw, offset, match)


def check_line(raw: bytes, offset: int) -> Line:
    """The line, if its own hash and its payload's hash hold. Raises BadLine."""
    match = _HEADER.match(raw)
    if match is None or raw[-2:] != _END:
        raise BadLine("not_a_line")
    if sha256(raw[: match.start(_HASH) - _BEFORE_HASH]).hexdigest().encode() != match[_HASH]:
        raise BadLine("hash_wrong")
    payload = raw[match.end() : -2]
    told = match[_PAYLOAD_SHA]
    if sha256(payload).hexdigest().encode() != told and (payload != PURGED or not re.fullmatch(_DIGITS, told)):
        raise BadLine("payload_wrong")
    return Line(raw, offset, match)


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What a line says besides its payload; the writer's side of `Line`."""

    seq: int
    batch: str
    op: str
    kind: str
    id: str
    recorded_at: str
    clock_set: bool
    prev: str
    commit: int | None = None
    counters: Mapping[str, int] | None = None


def build_line(header: Header, payload: bytes) -> tuple[bytes, str]:
    """The bytes of a line with its newline, and its hash."""
    fields: Json = {
        "seq": header.seq, "batch": header.batch, "op": header.op, "kind": header.kind, "id": header.id,
        "recorded_at": header.recorded_at,
    }  # fmt: skip
    if header.clock_set:
        fields["clock"] = "set"
    fields["payload_sha256"] = sha256(payload).hexdigest()
    fields["prev"] = header.prev
    if header.commit is not None:
        fields |= {"commit": header.commit, "counters": dict(header.counters or {})}
    head = dumps(fields)[:-1]
    own = sha256(head).hexdigest()
    return b'%s,"hash":"%s","payload":%s}\n' % (head, own.encode(), payload), own


def dumps(value: object) -> bytes:
    """Compact UTF-8 JSON. Text that is no Unicode (a lone surrogate) raises InvalidValue."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise InvalidValue(value=ascii(error.object[error.start : error.end]), flag="JSON") from error


def format_of(first: bytes) -> int | None:
    """The format a journal's first line states, in whatever shape its writer gave it; None if it states none."""
    try:
        stated = json.loads(first)["payload"]["record"]["format"]
    except (ValueError, KeyError, TypeError):
        return None
    return stated if isinstance(stated, int) else None
