"""The package's own data: dated rules and the wording lexicon, read from TOML and kept parsed.

Parsing and checking some fifty TOML files costs more than the rest of a start, so what was parsed is kept as
JSON in ``cache_dir``, under the hash of the files' names and bytes. The cache is only ever a shortcut: a
missing, damaged, outdated or unwritable one changes nothing but the time it takes.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from jdneg.errors import DiskFailed
from jdneg.storage.datajson import book_from_json, book_to_json, lexicon_from_json, lexicon_to_json
from jdneg.storage.digest import sha256
from jdneg.storage.files import atomic_write

if TYPE_CHECKING:
    from jdneg.domain.conduct.wording import Lexicon
    from jdneg.domain.explaining import Cards
    from jdneg.domain.rulebook import RuleBook
    from jdneg.domain.scam.signals import ScamBook

T = TypeVar("T")
DATA = Path(__file__).resolve().parent.parent / "data"

# Written into every cache: a cache of another shape is simply not ours.
_SHAPE = "7"


def rule_book(cache_dir: Path | None = None, *, data: Path = DATA) -> RuleBook:
    """Every rule below ``data/rules``. Raises RuleBookBroken (several files: ManyErrors), all faults at once."""
    files = _read(data, "rules")

    def parse(version: str) -> RuleBook:
        from jdneg.storage.rulefiles import read_book

        return read_book(files, version)

    return _kept(cache_dir, "rules.json", files, parse, book_to_json, book_from_json)


def explaining(*, data: Path = DATA) -> Cards:
    """The cards of ``data/texts/explain``, in name order. Raises RuleBookBroken (several files: ManyErrors)."""
    from jdneg.storage.cardfiles import read_cards

    return read_cards(_read(data, "texts/explain"))


def wording(cache_dir: Path | None = None, *, data: Path = DATA) -> Lexicon:
    """The lexicon of ``data/wording``. Raises RuleBookBroken (several files: ManyErrors)."""
    files = _read(data, "wording")

    def parse(version: str) -> Lexicon:
        from jdneg.storage.wordfiles import read_lexicon

        return read_lexicon(files, version)

    return _kept(cache_dir, "wording.json", files, parse, lexicon_to_json, lexicon_from_json)


def scams(*, data: Path = DATA) -> ScamBook:
    """The signals of fraud. Raises RuleBookBroken (several files: ManyErrors).

    Not kept parsed: nothing but ``scam`` and ``letter classify`` asks for it, and one of them needs no home.
    """
    from jdneg.storage.scamfiles import read_scams

    return read_scams(_read(data, "scam"), _read(data, "wording"))


def _read(data: Path, folder: str) -> dict[str, bytes]:
    """Bytes of the folder's TOML files by name relative to the data folder, in name order; links are not followed."""
    return dict(sorted(_walk(f"{data}{os.sep}{folder}", folder)))


def _walk(path: str, name: str) -> Iterator[tuple[str, bytes]]:
    # Every log-call looks at all rules: this takes half the time of Path.glob and read_bytes.
    with os.scandir(path) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _walk(entry.path, f"{name}/{entry.name}")
            elif entry.name.endswith(".toml"):
                with open(entry.path, "rb", 0) as file:  # noqa: PTH123 -- see above
                    yield f"{name}/{entry.name}", file.read()


def _version(files: Mapping[str, bytes]) -> str:
    total = sha256(_SHAPE.encode())
    for name, raw in files.items():
        # Lengths stand between, so that no two sets of files give the same bytes.
        total.update(f"\n{len(name.encode())} {name} {len(raw)}\n".encode())
        total.update(raw)
    return total.hexdigest()


def _kept(
    cache_dir: Path | None,
    name: str,
    files: Mapping[str, bytes],
    parse: Callable[[str], T],
    to_json: Callable[[T], Any],
    from_json: Callable[[Any, str], T],
) -> T:
    version = _version(files)
    body = _cached(cache_dir / name, version) if cache_dir else None
    if body is not None:
        return from_json(body, version)
    made = parse(version)
    if cache_dir is not None:
        _keep(cache_dir / name, version, to_json(made))
    return made


def _cached(path: Path, version: str) -> Any | None:
    """The body of a whole cache of this version, else None. Two lines: the version with the body's hash, the body."""
    try:
        head, _, body = path.read_bytes().partition(b"\n")
        expected = f"{version} {sha256(body).hexdigest()}".encode()
        return json.loads(body) if head == expected else None
    except (OSError, ValueError):
        return None


def _keep(path: Path, version: str, content: Any) -> None:
    """Write whole or not at all; a folder we may not write is no error, only slower next time."""
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    head = f"{version} {sha256(body).hexdigest()}\n".encode()
    with contextlib.suppress(OSError, DiskFailed):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        atomic_write(path, head + body)
