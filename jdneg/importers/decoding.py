"""Bytes of a foreign file as text: BOM, else UTF-8, else GB18030. Streaming; a broken byte never spoils the rest.

GB18030 is taken only when UTF-8 fails more often than it succeeds: UTF-8 Chinese with one damaged byte also decodes
as GB18030, into other people's words.
"""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Iterator
from typing import BinaryIO

from jdneg.values import dataclass

CHUNK = 1 << 16
# A Unicode noncharacter stands for bytes that could not be read, until the row that holds it is refused.
BAD_BYTES = "\U0001fffe"


def _mark_bad_bytes(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return BAD_BYTES, error.end


codecs.register_error("jdneg-mark", _mark_bad_bytes)


@dataclass(frozen=True, slots=True)
class Surveyed:
    """The file's hash and its encoding."""

    sha256: str
    encoding: str


def survey(file: BinaryIO) -> Surveyed:
    """Read the whole file once, in pieces, and go back to its start."""
    digest, utf8, valid = hashlib.sha256(), codecs.getincrementaldecoder("utf-8")("strict"), True
    head = b""
    for chunk in _chunks(file):
        head = head or chunk[:4]
        digest.update(chunk)
        if valid:
            valid = _decodes(utf8, chunk)
    file.seek(0)
    return Surveyed(digest.hexdigest(), _by_bom(head) or ("utf-8" if valid or _mostly_utf8(file) else "gb18030"))


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    while chunk := file.read(CHUNK):
        yield chunk


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes) -> bool:
    try:
        decoder.decode(chunk)
    except UnicodeDecodeError:
        return False
    return True


def _by_bom(head: bytes) -> str | None:
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    return "utf-16" if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else None


def _mostly_utf8(file: BinaryIO) -> bool:
    good = bad = 0
    for text in decoded(file, "utf-8"):
        broken = text.count(BAD_BYTES)
        bad += broken
        good += len(text) - len(text.encode("ascii", "ignore")) - broken
    file.seek(0)
    return good > bad


def decoded(file: BinaryIO, encoding: str) -> Iterator[str]:
    """The text in pieces, `BAD_BYTES` where a byte could not be read."""
    decoder = codecs.getincrementaldecoder(encoding)("jdneg-mark")
    for chunk in _chunks(file):
        yield decoder.decode(chunk)
    yield decoder.decode(b"", final=True)
