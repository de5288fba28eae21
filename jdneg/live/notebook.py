"""What the screen and the line mode share: the sheet that is shown, and a notebook that keeps each entry at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from jdneg.blocks import Block
from jdneg.domain.livecall.notes import CallNotes, Entry, Kind, notes_of, with_entry
from jdneg.domain.livecall.script import CallScript
from jdneg.domain.plaintext import replaced
from jdneg.errors import JdnegError
from jdneg.values import dataclass


@dataclass(frozen=True, slots=True)
class Sheet:
    """Words for the screen: ``facts`` are label and value of what is known of the loan, the most important first;

    ``page`` is the script in full.
    """

    title: str
    facts: tuple[tuple[str, str], ...]
    script: CallScript
    page: tuple[Block, ...] = ()


class Notebook:
    """The notes and where they are kept. What the disk refuses is kept here and tried again with the next entry."""

    def __init__(
        self, entries: Sequence[Entry], keep: Callable[[Entry], None], clock: Callable[[], dt.datetime]
    ) -> None:
        found = notes_of(entries)
        assert found is not None, "the draft was started"
        self.notes: CallNotes = found
        self.trouble: JdnegError | None = None
        self._keep = keep
        self._clock = clock
        self._waiting: list[Entry] = []

    def now(self) -> dt.datetime:
        return self._clock()

    def add(self, kind: Kind, text: str = "", name: str = "") -> None:
        """One more entry: on the disk, then in the notes."""
        entry = Entry(self._clock(), kind, text, name)
        self._waiting.append(entry)
        self._write()
        self.notes = with_entry(self.notes, entry)

    def _write(self) -> None:
        try:
            while self._waiting:
                self._keep(self._waiting[0])
                self._waiting.pop(0)
            self.trouble = None
        except JdnegError as refused:
            self.trouble = refused

    def type(self, text: str) -> None:
        """Keep what is typed and not entered yet."""
        if text != self.notes.typing:
            self.add("typing", text)


def elapsed(start: dt.datetime, now: dt.datetime) -> str:
    """``00:03:21``"""
    seconds = max(0, int((now - start).total_seconds()))
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def harmless(text: str) -> str:
    """What acts on a terminal is shown, not obeyed; a line stays a line."""
    return replaced(text.replace("\n", " ").replace("\t", " "), lambda char: f"\\x{ord(char):02x}", kept="")
