"""Text from outside made fit to stand in a file name or on a page. It is never a path, a control or a command."""

from __future__ import annotations

import re
import unicodedata

from jdneg.domain.plaintext import BREAKS, JOINERS, replaced

_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)", re.IGNORECASE)
_FORBIDDEN = frozenset('/\\:*?"<>|%')
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,8}\Z")
_DOTS = re.compile(r"_*\.{2,}_*")
_LONGEST = 120


def safe_name(text: str, longest: int = _LONGEST) -> str:
    """One file name every system takes, of at most ``longest`` UTF-8 bytes, its ending kept; never empty."""
    name = replaced(unicodedata.normalize("NFC", text), _in_name, JOINERS)
    name = _DOTS.sub("_", "".join("_" if _bad(char) else char for char in name)).strip(" ._")
    ending = _ENDING.search(name)
    tail = ending[0] if ending else ""
    stem = _cut(name.removesuffix(tail), longest - len(tail)).strip(" .")
    if not stem.strip("_.") or _RESERVED.match(stem):
        stem = f"_{stem}"
    return stem + tail


def _in_name(char: str) -> str:
    return "" if unicodedata.category(char) == "Cf" else "_"


def _bad(char: str) -> bool:
    return char in _FORBIDDEN or unicodedata.category(char) in ("Cn", "Co")


def _cut(text: str, longest: int) -> str:
    return text.encode("utf-8")[:longest].decode("utf-8", "ignore")


def visible(text: str) -> str:
    """``text`` with controls and hidden characters made visible, so that nothing acts on whoever reads it."""
    return replaced(text, _picture, f"{BREAKS}\r{JOINERS}")


def _picture(char: str) -> str:
    kind = unicodedata.category(char)
    if kind == "Cc":
        return chr(0x2400 + ord(char)) if char < " " else "␡"
    return "\ufffd" if kind == "Cs" else f"⟨U+{ord(char):04X}⟩"
