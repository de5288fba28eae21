"""The package's own data: dated rules and the wording lexicon, read from TOML and kept parsed.

Parsing and checking more than a hundred TOML files takes a second, so what was parsed is kept as JSON in
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
from jdneg.storage.datajson import book_from_json, book_to_json, lexicon_from_json, lexicon_to_json
from jdneg.storage.digest import sha256
from jdneg.storage.files import SETTLED, atomic_write

if TYPE_CHECKING:
    from jdneg.domain.conduct.wording import Lexicon
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

    return _kept(cache_dir, data, "rules", parse, book_to_json, book_from_json)


def explaining(*, data: Path = DATA) -> Cards:
    """The cards of ``data/texts/explain``, in name order. Raises RuleBookBroken (several files: ManyErrors)."""
    from jdneg.storage.cardfiles import read_cards

    return read_cards(_read(data, "texts/explain"))


def wording(cache_dir: Path | None = None, *, data: Path = DATA) -> Lexicon:
    """The lexicon of ``data/wording``. Raises RuleBookBroken (several files: ManyErrors)."""

    def parse(files: Mapping[str, bytes], version: str) -> Lexicon:
        from jdneg.storage.wordfiles import read_lexicon

        return read_lexicon(files, version)

    return _kept(cache_dir, data, "wording", parse, lexicon_to_json, lexicon_from_json)


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
    to_json: Callable[[T], Any],
    from_json: Callable[[Any, str], T],
) -> T:
    stamp = _stamp(data, folder) if cache_dir else None  # before the files are read: a later change is seen next time
    cached = _cached(cache_dir / f"{folder}.json", stamp) if cache_dir and stamp else None
    if cached is not None:
        version, content = cached
        return from_json(content, version)
    files = _read(data, folder)
    version = _version(files)
    made = parse(files, version)
    if cache_dir and stamp:
        _keep(cache_dir / f"{folder}.json", stamp, [version, to_json(made)])
    return made


def _cached(path: Path, stamp: str) -> Any | None:
    """The content of a whole cache with this stamp, else None. Two lines: the stamp with a sum, the content."""
    try:
        head, _, body = path.read_bytes().partition(b"\n")
        return json.loads(body) if head == _head(stamp, body) else None
    except (OSError, ValueError):
        return None


def _keep(path: Path, stamp: str, content: Any) -> None:
    """Write whole or not at all; a folder we may not write is no error, only slower next time."""
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    with contextlib.suppress(OSError, DiskFailed):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        atomic_write(path, _head(stamp, body) + b"\n" + body)


def _head(stamp: str, body: bytes) -> bytes:
    """Against damage, not against anybody: the home is the user's own."""
    return f"{stamp} {zlib.crc32(body):08x}".encode()
