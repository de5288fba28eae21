"""From a file taken into the vault to the exhibit that records it."""

from __future__ import annotations

from jdneg.domain.ids import Id
from jdneg.domain.records.exhibit import Exhibit
from jdneg.storage.vault import VaultFile


def exhibit_of(file: VaultFile, supports: tuple[Id, ...], original: str | None) -> Exhibit:
    """What the vault knows of a file; pages and what it proves are told later, never guessed."""
    return Exhibit(
        sha256=file.sha256,
        name=file.name,
        size=file.size,
        modified_at=file.modified_at,
        media_type=file.media_type,
        original=original,
        supports=supports,
    )
