"""The package's own data: dated rules and the wording lexicon, read from TOML and kept parsed.

Parsing and checking more than a hundred TOML files takes a second, so what was parsed is kept in
``cache_dir``, under a stamp: size, times and place on the disk of every file, as Git knows an unchanged file. To
read and hash the files at each start would take ten times as long as to look at them. The cache is only ever a
shortcut: a missing, damaged, outdated or unwritable one changes nothing but the time it takes.
"""

from __future__ import annotations

import contextlib
import json
import os
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from jdneg import __version__
from jdneg.errors import DiskFailed
from jdneg.storage.datajson import (
    Lines,
    Text,
    book_from_text,
    book_to_text,
    dumps,
    lexicon_from_text,
    lexicon_to_text,
)
from jdneg.storage.digest import sha256
from jdneg.storage.files import SETTLED, atomic_write

if TYPE_CHECKING:
    from jdneg.domain.conduct.lexicon import Lexicon
    from jdneg.domain.explaining import Cards
    from jdneg.domain.rulebook import RuleBook
    from jdneg.domain.scam.signals import ScamBook

T = TypeVar("T")
DATA = Path(__file__).resolve().parent.parent / "data"

# Part of every stamp: a cache of another shape is simply not ours.
_SHAPE = "9"


def rule_book(cache_dir: Path | None = None, *, data: Path = DATA) -> RuleBook:
    """Every rule below ``data/rules``. Raises RuleBookBroken (several files: ManyErrors), all faults at once."""

    def parse(files: Mapping[str, bytes], version: str) -> RuleBook:
        from jdneg.storage.rulefiles import read_book

        return read_book(files, version)

    return _kept(cache_dir, data, "rules", parse, book_to_text, book_from_text)


def explaining(*, data: Path = DATA) -> Cards:
    """The cards of ``data/texts/explain``, in name order. Raises RuleBookBroken (several files: ManyErrors)."""
    from jdneg.storage.cardfiles import read_cards

    return read_cards(_read(data, "texts/explain"))


def wording(cache_dir: Path | None = None, *, data: Path = DATA) -> Lexicon:
    """The lexicon of ``data/wording``. Raises RuleBookBroken (several files: ManyErrors)."""

    def parse(files: Mapping[str, bytes], version: str) -> Lexicon:
        from jdneg.storage.wordfiles import read_lexicon

        return read_lexicon(files, version)

    return _kept(cache_dir, data, "wording", parse, lexicon_to_text, lexicon_from_text)


def scams(*, data: Path = DATA) -> ScamBook:
    """The signals of fraud. Raises RuleBookBroken (several files: ManyErrors).

    Not kept parsed: nothing but ``scam`` and ``letter classify`` asks for it, and one of them needs no home.
    """
    from jdneg.storage.scamfiles import read_scams

    return read_scams(_read(data, "scam"), _read(data, "wording"))


def _read(data: Path, folder: str) -> dict[str, bytes]:
    """Bytes of the folder's TOML files by name relative to the data folder, in name order."""
    found = ((name, Path(entry.path).read_bytes()) for name, entry in _walk(data, folder))
    return dict(sorted(found))


def _walk(data: Path, folder: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """The TOML files below a folder by name; links are not followed. Every log-call looks at all: no `Path.glob`."""
    with os.scandir(f"{data}{os.sep}{folder}") as entries:
        for entry in entries:
            name = f"{folder}/{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                yield from _walk(data, name)
            elif entry.name.endswith(".toml"):
                yield name, entry


def _version(files: Mapping[str, bytes]) -> str:
    total = sha256()
    for name, raw in files.items():
        # Lengths stand between, so that no two sets of files give the same bytes.
        total.update(f"\n{len(name.encode())} {name} {len(raw)}\n".encode())
        total.update(raw)
    return total.hexdigest()


def _stamp(data: Path, folder: str) -> str | None:
    """What is another when a file is; None where one changed so lately that its times may not tell the next change.

    A file put there anew has another place on the disk or time of change, whatever time it was given.
    """
    looks = sorted((name, entry.stat(follow_symlinks=False)) for name, entry in _walk(data, folder))
    now = time.time_ns()
    if any(abs(now - max(one.st_mtime_ns, one.st_ctime_ns)) < SETTLED for _, one in looks):
        return None
    facts = [(name, one.st_size, one.st_mtime_ns, one.st_ctime_ns, one.st_ino) for name, one in looks]
    return sha256(repr((_SHAPE, __version__, str(data), facts)).encode()).hexdigest()


def _kept(
    cache_dir: Path | None,
    data: Path,
    folder: str,
    parse: Callable[[Mapping[str, bytes], str], T],
    to_text: Callable[[T], Text],
    from_text: Callable[[Any, Lines, str], T],
) -> T:
    path = cache_dir / f"{folder}.cache" if cache_dir else None
    stamp = _stamp(data, folder) if path else None  # before the files are read: a later change is seen next time
    cached = _cached(path, stamp) if path and stamp else None
    if cached is not None:
        (version, head), lines = cached
        return from_text(head, lines, version)
    files = _read(data, folder)
    version = _version(files)
    made = parse(files, version)
    if path and stamp:
        head, texts = to_text(made)
        _keep(path, stamp, [dumps([version, head]), *texts])
    return made


def _cached(path: Path, stamp: str) -> tuple[Any, Lines] | None:
    """Head and lines of a whole cache, else None; its first line is the stamp with a sum of the rest."""
    try:
        raw = path.read_bytes()
        first, head, *lines = raw.split(b"\n")
        whole = first == _first(stamp, memoryview(raw)[len(first) + 1 :])
        return (json.loads(head), Lines(lines)) if whole else None
    except (OSError, ValueError):
        return None


def _keep(path: Path, stamp: str, lines: list[str]) -> None:
    """Write whole or not at all; a folder we may not write is no error, only slower next time."""
    body = "\n".join(lines).encode()
    with contextlib.suppress(OSError, DiskFailed):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        atomic_write(path, _first(stamp, body) + b"\n" + body)


def _first(stamp: str, body: bytes | memoryview) -> bytes:
    """Against damage, not against anybody: the home is the user's own."""
    return f"{stamp} {zlib.crc32(body):08x}".encode()
