"""Characters that act on whoever reads a text, or hide in it. Text from outside is shown, never obeyed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

# Control, format (reading direction, zero width), half characters, line and paragraph separators.
_ACTING = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
BREAKS = "\n\t"
JOINERS = "\u200c\u200d"  # joined emoji fall apart without them


def replaced(text: str, shown: Callable[[str], str], kept: str = BREAKS) -> str:
    """``text`` with ``shown(character)`` for each character that acts or hides, but for those in ``kept``."""
    if text.isprintable():  # as most are, and none of what is looked for is
        return text
    acting = {
        ord(one): shown(one)
        for one in set(text)
        if not one.isprintable() and one not in kept and unicodedata.category(one) in _ACTING
    }  # fmt: skip
    return text.translate(acting) if acting else text


# What may have several lines, or is quoted as it was: all other fields, and flags of the same names, are one line.
_LONG = frozenset({"said", "i_said", "text", "note", "reason", "answer", "summary", "set_"})
# A file is found by its name as it is.
_FILES = frozenset(
    {"file", "path", "output", "attach", "evidence", "recording", "photos", "original", "certificate", "schedule",
     "csv", "said_file", "text_file", "home"}
)  # fmt: skip


# What follows an ESC belongs to it: left alone, it would read like something typed.
_COMMAND = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\-_])")


def entered(name: str, text: str) -> str:
    """What was typed for a field or a flag: a name, a number or a tag is one line without signs that act."""
    if text.isprintable() or name in _LONG or name in _FILES:
        return text
    flat = replaced(_COMMAND.sub("", text), lambda _: " ", JOINERS)
    return text if flat == text else " ".join(flat.split())
