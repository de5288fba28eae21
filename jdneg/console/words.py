"""What is printed, in words: text from outside made inert, errors and messages as sentences, blocks as lines."""

from __future__ import annotations

import errno
import os
import unicodedata
from functools import cache

from jdneg.blocks import Bullets, Facts, Heading, Paragraph, Picture, Preformatted
from jdneg.domain.messages import Message
from jdneg.domain.plaintext import replaced
from jdneg.errors import JdnegError
from jdneg.i18n import area, language, say, t

# What the system says of a refused file, in the reader's language.
_REASONS = {
    errno.ENOSPC: "disk_full", errno.EFBIG: "too_big", errno.EACCES: "not_allowed",
    errno.EPERM: "not_allowed", errno.EROFS: "read_only", errno.EISDIR: "is_folder", errno.ENOTDIR: "not_folder",
    errno.ENOENT: "no_folder", errno.EEXIST: "in_the_way", errno.EIO: "device",
}  # fmt: skip


def visible(text: str) -> str:
    """The text with control, bidirectional and other format characters made visible (``\\x1b``)."""
    return replaced(text, _shown)


def _shown(char: str) -> str:
    code = ord(char)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def cells(text: str) -> int:
    """Width on a terminal: a wide or full-width character takes two cells."""
    if text.isascii():
        return len(text)
    return sum(map(_width, text))


@cache
def _width(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def one_line(text: str) -> str:
    """A cell is one line: a line break in a name cannot make a row of its own."""
    return visible(" ".join(text.split()) if "\n" in text or "\t" in text else text)


def sentence(error: JdnegError) -> str:
    facts = {key: _in_words(key, value) for key, value in error.facts.items()}
    said = say(Message(f"errors.{error.code}", facts))
    return say(Message("app.where", {"where": facts["where"], "said": said})) if "where" in facts else said


def _in_words(key: str, value: object) -> object:
    """A system's refusal and a record's state in the reader's words; every other fact as it is."""
    if key == "reason":
        known = {os.strerror(number): name for number, name in _REASONS.items()}
        return t(f"errors.reason_{known[value]}") if isinstance(value, str) and value in known else value
    return area(language(), "word").get(str(value), value) if key == "state" else value


def spoken(message: Message) -> str:
    mark = {"warning": t("app.warning"), "hint": t("app.hint"), "error": t("app.error")}.get(message.level, "")
    return visible(mark + say(message))


def lines(block: Heading | Paragraph | Picture | Preformatted | Bullets | Facts) -> str:
    """Every text of a list goes on under its own beginning, so that none can pass for another row."""
    if isinstance(block, Bullets):
        marks = (f"{number}. " if block.numbered else "- " for number in range(1, len(block.items) + 1))
        return "\n".join(mark + _hanging(item, len(mark)) for mark, item in zip(marks, block.items, strict=True))
    if isinstance(block, Facts):
        rows = [(one_line(label), value) for label, value in block.rows]
        wide = max((cells(label) for label, _ in rows), default=0)
        return "\n".join(
            f"{label}{' ' * (wide - cells(label))}  {_hanging(value, wide + 2)}" for label, value in rows
        )
    return one_line(block.text) if isinstance(block, Heading) else block.text


def _hanging(text: str, by: int) -> str:
    return text.replace("\n", "\n" + " " * by)
