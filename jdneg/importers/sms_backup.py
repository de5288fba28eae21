"""SMS Backup & Restore (Android), ``sms-*.xml``: ``<smses>`` of ``<sms>`` and ``<mms>``.

Read with expat as a stream. A document type or an entity is refused: no phone writes one. ``count`` is often wrong,
so too high a one is only told; ``readable_date`` is in the phone's language and not read. ``date`` is milliseconds
since 1970, in some files seconds. Type 1 came in, 2 went out: the borrower's own words.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import field
from pathlib import Path
from xml.parsers import expat

from jdneg.domain.dates import SHANGHAI
from jdneg.domain.messages import Message
from jdneg.domain.phones import normalise
from jdneg.domain.records.base import Direction
from jdneg.domain.records.contact import Contact, Source
from jdneg.errors import BadForeignFile
from jdneg.importers.base import Announced, Candidate, Row, RowError, Skipped, opened
from jdneg.importers.decoding import BAD_BYTES, decoded, survey
from jdneg.importers.xml_text import mended, restore
from jdneg.values import dataclass

FORMAT = "sms-backup-restore"
# A phone without a clock writes 1970; texts to phones as we know them are younger than this.
EARLIEST = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
LATEST = dt.datetime(2100, 1, 1, tzinfo=dt.UTC)
SECONDS_BELOW = 10**11
# Attachments stand inside the XML; one element is held in memory whole.
LARGEST_ELEMENT = 64 * 1024 * 1024

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_DIRECTIONS: dict[str, Direction] = {"1": "in", "2": "out"}
_NOT_SENT = {"3": "draft", "4": "outbox", "5": "failed", "6": "queued"}
_SENDER, _RECIPIENT = "137", "151"


class SmsBackup:
    """The importer for ``import sms``. Times are kept in ``tz``."""

    def __init__(self, tz: dt.tzinfo = SHANGHAI) -> None:
        self.tz = tz

    def extract(self, path: Path) -> Iterator[Row]:
        """Each message in the file's order. A file that breaks off ends with a RowError for where it broke."""
        with opened(path) as file:
            surveyed = survey(file)
            for element in _elements(mended(decoded(file, surveyed.encoding)), path):
                yield _row(element, surveyed.sha256, self.tz) if isinstance(element, _Element) else element


@dataclass(slots=True)
class _Element:
    """One ``<sms>`` or ``<mms>`` with what we read of it."""

    row: int
    name: str
    attributes: Mapping[str, str]
    texts: list[str] = field(default_factory=list)
    addresses: list[tuple[str, str]] = field(default_factory=list)
    attachments: int = 0


class _Reader:
    """Expat's handlers: collects finished messages in ``done``."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.rows = 0
        self.count = 0
        self.seen_root = False
        self.open: _Element | None = None
        self.done: list[_Element] = []
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse

    def _refuse(self, *_: object) -> None:
        raise BadForeignFile(path=str(self.path), reason=Message("importing.has_doctype"))

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if not self.seen_root:
            self.seen_root = True
            if name != "smses":
                raise BadForeignFile(
                    path=str(self.path), reason=Message("importing.not_sms_backup", {"root": name[:40]})
                )
            said = attributes.get("count", "")
            self.count = int(said) if re.fullmatch(r"[0-9]{1,9}", said) else 0
        elif name in ("sms", "mms") and self.open is None:
            self.rows += 1
            self.open = _Element(self.rows, name, attributes)
        elif self.open is not None:
            _take_in(self.open, name, attributes)

    def _end(self, name: str) -> None:
        if self.open is not None and name == self.open.name:
            self.done.append(self.open)
            self.open = None

    def take(self) -> list[_Element]:
        done, self.done = self.done, []
        return done


def _take_in(element: _Element, name: str, attributes: dict[str, str]) -> None:
    """A part or an address of an MMS."""
    if name == "addr":
        element.addresses.append((attributes.get("type", ""), attributes.get("address", "")))
    elif name == "part":
        kind = attributes.get("ct", "")
        if kind.startswith("text/plain"):
            element.texts.append(_given(attributes, "text") or "")
        elif kind != "application/smil":
            element.attachments += 1


def _elements(pieces: Iterator[str], path: Path) -> Iterator[_Element | RowError | Announced]:
    """Messages as they end; broken XML ends the reading with an error, after every message before it."""
    reader, since = _Reader(path), 0
    broken: Message | None = None
    for piece in pieces:
        try:
            reader.parser.Parse(piece, False)
        except expat.ExpatError as error:
            broken = Message("importing.broken_xml", {"line": error.lineno})
        done = reader.take()
        yield from done
        since = 0 if done else since + len(piece)
        if since > LARGEST_ELEMENT:
            broken = Message("importing.too_large")
        if broken:
            break
    broken = broken or _unfinished(reader)
    if broken and not reader.seen_root:
        raise BadForeignFile(path=str(path), reason=Message("importing.not_xml"))
    if broken:
        yield RowError(reader.rows + (reader.open is None), None, broken, breaks_off=True)
    elif reader.count > reader.rows:
        yield Announced(reader.count)


def _unfinished(reader: _Reader) -> Message | None:
    try:
        reader.parser.Parse("", True)
    except expat.ExpatError as error:
        return Message("importing.broken_xml", {"line": error.lineno})
    return None


def _row(element: _Element, file_sha256: str, tz: dt.tzinfo) -> Row:
    """The message as a candidate, or why it is none."""
    kind = element.attributes.get("type" if element.name == "sms" else "msg_box", "")
    if kind in _NOT_SENT:
        return Skipped(element.row, Message("importing.not_sent", {"state": _NOT_SENT[kind]}))
    if kind not in _DIRECTIONS:
        return RowError(element.row, "type", Message("importing.unknown_type", {"value": kind[:40]}))
    milliseconds = _milliseconds(element.attributes.get("date", ""))
    if milliseconds is None:
        return RowError(
            element.row, "date", Message("importing.bad_date", {"value": element.attributes.get("date", "")[:40]})
        )
    number, body = _number(element, kind), _body(element)
    if BAD_BYTES in (body or "") + number:
        return RowError(element.row, "body", Message("importing.bad_bytes"))
    slot, key = _keys(element.name, number, milliseconds, kind, body)
    source = Source(file_sha256=file_sha256, row=element.row, key=key, format=FORMAT)
    record = _contact(_DIRECTIONS[kind], number, body, _moment(milliseconds, tz), _name(element), source)
    return Candidate(record, slot, element.attachments)


def _contact(
    direction: Direction, number: str, body: str | None, at: dt.datetime, name: str | None, source: Source
) -> Contact:
    incoming = direction == "in"
    return Contact(
        channel="sms",
        happened_at=at,
        direction=direction,
        number=number or None,
        sender=name,
        to_whom="me" if incoming else None,
        said=body if incoming else None,
        i_said=None if incoming else body,
        source=source,
    )


def _given(attributes: Mapping[str, str], name: str) -> str | None:
    """An attribute's value; the app writes the word null for what is not there."""
    value = restore(attributes.get(name, ""))
    return None if value in ("", "null") else value


def _body(element: _Element) -> str | None:
    """The words, as they were written. A picture message may have a subject, words, both or none."""
    if element.name == "sms":
        return _given(element.attributes, "body")
    subject = _given(element.attributes, "sub")
    return "\n".join(text for text in (subject, *element.texts) if text) or None


def _number(element: _Element, kind: str) -> str:
    """Who it was from or to. A group message names several, divided by ``~``, in its address."""
    address = _given(element.attributes, "address") or ""
    role = _SENDER if _DIRECTIONS[kind] == "in" else _RECIPIENT
    named = [given for of_role, given in element.addresses if of_role == role and given != "insert-address-token"]
    return restore(named[0]) if "~" in address and len(named) == 1 else address


def _name(element: _Element) -> str | None:
    name = _given(element.attributes, "contact_name")
    return None if name == "(Unknown)" or BAD_BYTES in (name or "") else name


def _milliseconds(text: str) -> int | None:
    """The date in milliseconds; None when missing, no number or absurd."""
    if not re.fullmatch(r"[0-9]{1,15}", text):
        return None
    value = int(text) * (1000 if int(text) < SECONDS_BELOW else 1)
    return value if EARLIEST <= _moment(value, dt.UTC) < LATEST else None


def _moment(milliseconds: int, tz: dt.tzinfo) -> dt.datetime:
    """To the second: phones round what the network says anyway."""
    seconds = min(milliseconds // 1000, 10**11)
    return (_EPOCH + dt.timedelta(seconds=seconds)).astimezone(tz)


def _keys(name: str, number: str, milliseconds: int, kind: str, body: str | None) -> tuple[str, str]:
    """The message's place (whose, when, which way) and the same with its words, both as hashes: keys name nobody."""
    place = "\x1f".join((name, normalise(number), str(milliseconds), kind))
    slot = hashlib.sha256(place.encode("utf-8", "surrogatepass")).hexdigest()[:24]
    words = hashlib.sha256((body or "").encode("utf-8", "surrogatepass")).hexdigest()[:24]
    return slot, f"{slot}-{words}"
