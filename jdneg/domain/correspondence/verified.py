"""How the source of a letter was verified: each attempt is kept, none replaces another."""

from __future__ import annotations

from dataclasses import replace

from jdneg.domain.records.paper import Letter, SourceCheck


def verified(letter: Letter, fresh: SourceCheck) -> Letter:
    """The letter with one more attempt."""
    return replace(letter, source_checks=(*letter.source_checks, fresh))
