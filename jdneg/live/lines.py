"""The companion line by line, for a terminal without full screen, a reader aloud, or a pipe.

A line is what they say; ``< words`` is what I say; ``/t`` sets a tag, ``/3 words`` answers a question, ``/end``
closes the call, ``/log``, ``/keep`` and ``/discard`` decide about the draft.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from jdneg.domain.livecall.notes import Who
from jdneg.errors import Interrupted
from jdneg.i18n import pick, t
from jdneg.live.notebook import Notebook, Sheet, elapsed
from jdneg.live.words import lines_of

Choice = Literal["log", "keep", "discard"]
_BEFORE = {"heading": "\n", "strong": "- ", "source": "  "}


def run(sheet: Sheet, book: Notebook, ask: Callable[[str], str], echo: Callable[[str], None]) -> Choice:
    """Until the user decides; the end of the input keeps the draft."""
    for block in sheet.page:
        for text, kind in lines_of(block):
            echo(_BEFORE.get(kind, "") + text)
    echo("")
    echo(t("assist.line_help"))
    echo("  ".join(f"/{one.key} {pick(one.short)}" for one in sheet.script.tags))
    while True:
        try:
            line = ask(elapsed(book.notes.started, book.now())).strip()
        except (Interrupted, KeyboardInterrupt):
            return "keep"
        if line in ("/log", "/keep", "/discard"):
            _end(book)
            return line[1:]  # type: ignore[return-value]
        if line:
            _take(sheet, book, line, echo)
        if book.trouble is not None:
            echo(t("assist.not_kept"))


def _end(book: Notebook) -> None:
    if book.notes.ended is None:
        book.add("end")


def _take(sheet: Sheet, book: Notebook, line: str, echo: Callable[[str], None]) -> None:
    if line[0] in "<＜":
        _say(book, "me", line[1:])
    elif line[0] in "/／":
        _command(sheet, book, line[1:].strip(), echo)
    else:
        _say(book, "they", line.removeprefix(">"))


def _say(book: Notebook, who: Who, words: str) -> None:
    if words.strip():
        book.add(who, words.strip())


def _command(sheet: Sheet, book: Notebook, line: str, echo: Callable[[str], None]) -> None:
    word, _, words = line.partition(" ")
    tag = sheet.script.tag(word.lower())
    if word.isdecimal() and 1 <= int(word) <= len(sheet.script.questions):
        question = sheet.script.questions[int(word) - 1]
        book.add("answer", words.strip(), question.id) if words.strip() else book.add("tick", name=question.id)
        echo(pick(question.ask))
    elif tag is not None:
        book.add("tag", tag.about, tag.id)
        echo(f"[{pick(tag.short)}]")
    elif word == "end":
        _end(book)
        echo(t("assist.line_ended"))
    elif word == "drop":
        book.add("drop")
    else:
        echo(t("assist.line_help"))
