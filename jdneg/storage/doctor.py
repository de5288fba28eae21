"""Looks at every file of the home and names what is not as it should be. Nothing is changed but the index."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

from jdneg.domain.messages import Message, info, warning
from jdneg.domain.records import RECORD_KINDS
from jdneg.errors import JdnegError, JournalBroken, JournalShort, VaultBroken
from jdneg.storage.head import shortfall
from jdneg.storage.index import Index
from jdneg.storage.journal import PLACE_BUFFER, Journal
from jdneg.storage.replay import stored_of, versions
from jdneg.storage.vault import Vault

_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def examine(journal: Journal, vault: Vault, index: Index) -> list[Message]:
    """All problems: level error for damage, warning for what needs a look, info for what is only left over."""
    found = [*_missing(journal, index)]
    try:
        live, exhibits = _walk(journal)
    except JournalBroken as broken:
        found.append(Message("integrity.journal_broken", broken.facts, "error"))
    except JournalShort:
        pass  # said already: there is no journal left to walk through
    else:
        found += [*_vault_problems(journal, vault, exhibits), *_index_problems(index, live)]
    found += _open_to_others(journal.home)
    lost = any(one.code == "integrity.journal_short" for one in found)
    left = _left_over(journal, vault)
    # While entries are missing, a file that nothing names may be their evidence: never call it left over.
    found += [one for one in left if not (lost and one.code == "integrity.vault_unnamed")]
    found = [one for one in found if not (lost and one.code == "integrity.vault_unnamed")]
    journal.short = None  # said here, in full
    return found


def _missing(journal: Journal, index: Index) -> Iterator[Message]:
    """What the journal's head, or without it the index, saw beyond the journal's end."""
    try:
        with journal.open(PLACE_BUFFER) as file:
            tail = journal.tail(file)
            seen = None if journal.head_path.exists() else index.seen()
            short = journal.short or shortfall(journal.path, tail, seen)
    except JournalShort as gone:
        short = gone
    except JournalBroken:
        return  # named where the whole journal is read
    if short is not None:
        yield Message("integrity.journal_short", short.facts, "error")


def _walk(journal: Journal) -> tuple[dict[str, list[str]], dict[str, str]]:
    """Check the chain, every hash and every live record. The live ids by kind, the exhibits' files by id."""
    live: dict[str, list[str]] = {kind: [] for kind in RECORD_KINDS}
    exhibits: dict[str, str] = {}
    for version in versions(journal, None):
        stored = stored_of(version, str(journal.path))
        live[version.first.kind].append(stored.id)
        if version.first.kind == "exhibit":
            exhibits[stored.id] = stored.record.sha256
    return live, exhibits


def _vault_problems(journal: Journal, vault: Vault, exhibits: Mapping[str, str]) -> Iterator[Message]:
    """Every file that a live exhibit names, read whole; and files that no exhibit ever named."""
    checked: set[str] = set()
    for exhibit, digest in exhibits.items():
        if digest not in checked:
            yield from _file_problem(vault, digest, exhibit)
        checked.add(digest)
    withdrawn = (version.now for version in versions(journal, "exhibit", gone=True) if not version.now.purged)
    named = checked | {line.read()["record"]["sha256"] for line in withdrawn}
    for digest in vault.digests():
        if digest not in named:
            yield info("integrity.vault_unnamed", path=str(vault.path(digest)))


def _file_problem(vault: Vault, digest: str, exhibit: str) -> Iterator[Message]:
    try:
        vault.verify(digest)
    except VaultBroken as broken:
        yield Message("integrity.vault_broken", {**broken.facts, "id": exhibit}, "error")


def _index_problems(index: Index, live: Mapping[str, list[str]]) -> Iterator[Message]:
    """The index is checked against the journal; where they differ it is deleted, to be made again."""
    if any(index.live_ids(kind) != ids for kind, ids in live.items()):
        index.drop()
        yield info("integrity.index_rebuilt")


def _open_to_others(home: Path) -> Iterator[Message]:
    if os.name != "posix":  # elsewhere the mode says nothing about who may read
        return
    for path in (home, *sorted(home.rglob("*"))):
        if not path.is_symlink() and path.stat().st_mode & _OTHERS:
            yield warning("integrity.open_to_others", path=str(path))


def _left_over(journal: Journal, vault: Vault) -> Iterator[Message]:
    """What a crash left: set aside, not yet set aside, or half copied."""
    for path in sorted(journal.home.glob("journal.torn-*")):
        yield warning("integrity.torn_kept", path=str(path), size=path.stat().st_size)
    for path in sorted(journal.home.glob("drafts/call-*.jsonl")):
        yield info("integrity.call_draft", path=str(path))
    for folder in (journal.home, vault.folder):
        for path in sorted(folder.glob(".incoming-*")):
            yield info("integrity.half_copied", path=str(path))
    try:
        with journal.open() as file:
            size = os.fstat(file.fileno()).st_size - journal.tail(file).end
    except JdnegError:
        return  # named above
    if size:
        yield warning("integrity.torn_tail", path=str(journal.path), size=size)
