"""Reading the tag files of any bag, ours or not: bagit.txt, bag-info.txt, manifests, fetch.txt."""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Iterable

from jdneg.values import dataclass

_BAGIT_1 = re.compile(r"BagIt-Version: \d+\.\d+(?:\r\n|\r|\n)Tag-File-Character-Encoding: \S+(?:\r\n|\r|\n)?")
_BAGIT_0 = re.compile(
    r"BagIt-Version\s*:\s*(?P<version>\d+\.\d+)\s*[\r\n]+Tag-File-Character-Encoding\s*:\s*(?P<encoding>\S+)\s*"
)
_LINE = re.compile(r"(?P<digest>[0-9A-Fa-f]+)[ \t]+(?P<star>\*?)(?P<path>.+)")
_ESCAPE = re.compile("%(0[AaDd]|25)")
_NEWLINE = re.compile("\r\n|\r|\n")
_SCHEME = re.compile("[A-Za-z]:")

# Codecs that are not character sets, or whose cost is not linear.
_NOT_CHARSETS = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "utf_7", "mbcs", "oem"})
# A hash by the name a manifest's file name bears; only those of a fixed length.
_HASHES = {name.replace("_", ""): name for name in hashlib.algorithms_guaranteed if not name.startswith("shake")}


@dataclass(frozen=True, slots=True)
class Declaration:
    """bagit.txt: the version as numbers, and the encoding of the other tag files."""

    version: tuple[int, int]
    encoding: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a manifest. ``path`` is as written, without a leading ``./``; ``odd`` tells a tolerated habit."""

    digest: str
    path: str
    odd: str | None = None


def hash_name(label: str) -> str | None:
    """hashlib's name for the ``sha256`` of ``manifest-sha256.txt``; None when we cannot compute it."""
    return _HASHES.get(label.lower().replace("-", "").replace("_", ""))


def read_declaration(raw: bytes) -> Declaration | str:
    """bagit.txt read as its version demands, or why it cannot be."""
    if raw.startswith(codecs.BOM_UTF8):
        return "bom"
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return "not_utf8"
    loose = _BAGIT_0.fullmatch(text)
    if loose is None:
        return "declaration"
    major, minor = (int(part) for part in loose["version"].split("."))
    if (major, minor) >= (1, 0) and not _BAGIT_1.fullmatch(text):
        return "declaration"
    encoding = _charset(loose["encoding"])
    return Declaration((major, minor), encoding) if encoding else "encoding"


def _charset(name: str) -> str | None:
    try:
        found = codecs.lookup(name)
        "".encode(found.name)
    except (LookupError, ValueError, UnicodeError):
        return None
    return None if found.name.replace("-", "_") in _NOT_CHARSETS else found.name


def lines_of(text: str) -> list[str]:
    """Lines as BagIt counts them: CR, LF or CRLF, and nothing else that Python would split at."""
    return [line for line in _NEWLINE.split(text.removeprefix("\ufeff")) if line.strip()]


def read_info(text: str) -> list[tuple[str, str]]:
    """Labels (lower case) and values of bag-info.txt; a line that starts with white space goes on."""
    found: list[tuple[str, str]] = []
    for line in lines_of(text):
        if line[0] in " \t" and found:
            label, value = found[-1]
            found[-1] = (label, f"{value} {line.strip()}")
        else:
            label, _, value = line.partition(":")
            found.append((label.strip().lower(), value.strip()))
    return found


def read_manifest(text: str) -> tuple[list[Line], list[str]]:
    """Its lines, and those that are none."""
    good: list[Line] = []
    bad: list[str] = []
    for line in lines_of(text):
        match = _LINE.fullmatch(line)
        if match is None:
            bad.append(line)
            continue
        plain = match["path"].removeprefix("./")
        odd = "md5sum_star" if match["star"] else "dot_slash" if plain != match["path"] else None
        good.append(Line(match["digest"].lower(), plain, odd))
    return good, bad


def read_fetch(text: str) -> tuple[list[str], list[str]]:
    """The paths fetch.txt would fill, and lines that are none."""
    rows = [line.split(None, 2) for line in lines_of(text)]
    return [row[2] for row in rows if len(row) == 3], [" ".join(row) for row in rows if len(row) != 3]


def decode_path(path: str) -> str:
    """Undo the percent-encoding of CR, LF and ``%``; nothing else is encoded in a manifest."""
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), path)


def unsafe(path: str) -> bool:
    """Whether a name could leave the bag on some system."""
    parts = path.split("/")
    return (
        path.startswith(("/", "~"))
        or "\\" in path
        or "\0" in path
        or _SCHEME.match(path) is not None
        or any(part in ("", ".", "..") for part in parts)
    )


def twice(paths: Iterable[str]) -> set[str]:
    """The paths listed more than once."""
    seen: set[str] = set()
    again: set[str] = set()
    for path in paths:
        (again if path in seen else seen).add(path)
    return again
