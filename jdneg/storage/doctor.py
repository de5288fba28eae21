"""Looks at every file of the home and names what is not as it should be. Changes nothing but the index."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from jdneg.domain.messages import Message, info, warning
from jdneg.domain.records import RECORD_KINDS
from jdneg.errors import JdnegError, JournalBroken, VaultBroken
from jdneg.storage.index import Index
from jdneg.storage.journal import Journal
from jdneg.storage.replay import stored_of, survey, versions
from jdneg.storage.vault import Vault

_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def examine(journal: Journal, vault: Vault, index: Index) -> list[Message]:
    """All problems: level error for damage, warning for what needs a look, info for what is only left over."""
    found = list(_journal_problems(journal))
    if not found:
        found += _vault_problems(journal, vault)
        found += _index_problems(journal, index)
    return [*found, *_open_to_others(journal.home), *_left_over(journal, vault)]


def _journal_problems(journal: Journal) -> Iterator[Message]:
    """The chain and every hash, then every live record. The first broken line ends the look."""
    try:
        with journal.open() as file:
            survey(journal, file)
        for kind in RECORD_KINDS:
            for version in versions(journal, kind):
                stored_of(version, str(journal.path))
    except JournalBroken as broken:
        yield Message("integrity.journal_broken", broken.facts, "error")


def _vault_problems(journal: Journal, vault: Vault) -> Iterator[Message]:
    """Every file that a live exhibit names, read whole; and files that no exhibit ever named."""
    named: set[str] = set()
    for gone in (False, True):
        for version in versions(journal, "exhibit", gone=gone):
            if version.now.purged:
                continue
            digest = version.now.read()["record"]["sha256"]
            if not gone and digest not in named:
                yield from _file_problem(vault, digest, version.first.id)
            named.add(digest)
    for digest in vault.digests():
        if digest not in named:
            yield info("integrity.vault_unnamed", path=str(vault.path(digest)))


def _file_problem(vault: Vault, digest: str, exhibit: str) -> Iterator[Message]:
    try:
        vault.verify(digest)
    except VaultBroken as broken:
        yield Message("integrity.vault_broken", {**broken.facts, "id": exhibit}, "error")


def _index_problems(journal: Journal, index: Index) -> Iterator[Message]:
    """The index is checked against the journal and made again when they differ."""
    for kind in RECORD_KINDS:
        if index.live_ids(kind) != [version.first.id for version in versions(journal, kind)]:
            index.drop()
            yield info("integrity.index_rebuilt")
            return


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
