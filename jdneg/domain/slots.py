"""Word lists inside patterns: ``{kin}`` in a pattern stands for any word of the list called ``kin``."""

from __future__ import annotations

import re
from collections.abc import Mapping

_SLOT = re.compile(r"\{([a-z_]+)\}")


def slots_of(pattern: str) -> list[str]:
    """The names a pattern asks for."""
    return _SLOT.findall(pattern)


def filled(pattern: str, words: Mapping[str, tuple[str, ...]]) -> str:
    """The pattern with its lists put in; an unknown name raises KeyError."""
    return _SLOT.sub(lambda slot: f"(?:{'|'.join(words[slot[1]])})", pattern)
