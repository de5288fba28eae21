"""Text from outside made fit to stand in a file name or on a page. It is never a path, a control or a command."""

from __future__ import annotations

import re
import unicodedata

_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)", re.IGNORECASE)
_FORBIDDEN = frozenset('/\\:*?"<>|%')
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,8}\Z")
_DOTS = re.compile(r"_*\.{2,}_*")
_LONGEST = 120

# Characters that turn the direction of what follows, or cannot be seen at all; emoji need the two joiners.
_HIDDEN = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def safe_name(text: str, longest: int = _LONGEST) -> str:
    """One file name every system takes, of at most ``longest`` UTF-8 bytes, its ending kept; never empty."""
    name = _HIDDEN.sub("", _SURROGATE.sub("_", unicodedata.normalize("NFC", text)))
    name = _DOTS.sub("_", "".join("_" if _bad(char) else char for char in name)).strip(" ._")
    ending = _ENDING.search(name)
    tail = ending[0] if ending else ""
    stem = _cut(name.removesuffix(tail), longest - len(tail)).strip(" .")
    if not stem.strip("_.") or _RESERVED.match(stem):
        stem = f"_{stem}"
    return stem + tail


def _bad(char: str) -> bool:
    return char in _FORBIDDEN or unicodedata.category(char) in ("Cc", "Cn", "Co", "Zl", "Zp")


def _cut(text: str, longest: int) -> str:
    return text.encode("utf-8")[:longest].decode("utf-8", "ignore")


def visible(text: str) -> str:
    """``text`` with controls and hidden characters made visible, so that nothing acts on whoever reads it."""
    text = _CONTROL.sub(lambda match: _picture(match[0]), text)
    text = _HIDDEN.sub(lambda match: f"⟨U+{ord(match[0]):04X}⟩", text)
    return _SURROGATE.sub("\ufffd", text)


def _picture(char: str) -> str:
    return chr(0x2400 + ord(char)) if char < " " else "␡"
