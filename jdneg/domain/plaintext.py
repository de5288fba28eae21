"""Characters that act on whoever reads a text, or hide in it. Text from outside is shown, never obeyed."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

# Control, format (reading direction, zero width), half characters, line and paragraph separators.
_ACTING = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
BREAKS = "\n\t"
JOINERS = "\u200c\u200d"  # joined emoji fall apart without them


def replaced(text: str, shown: Callable[[str], str], kept: str = BREAKS) -> str:
    """``text`` with ``shown(character)`` for each character that acts or hides, but for those in ``kept``."""
    acting = {
        ord(one): shown(one)
        for one in set(text)
        if one not in kept and unicodedata.category(one) in _ACTING
    }  # fmt: skip
    return text.translate(acting) if acting else text
