"""The small things a call's screens are made of."""

from __future__ import annotations

from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from jdneg.domain.livecall.notes import Line
from jdneg.i18n import t
from jdneg.live.notebook import harmless

SLIM = 56  # below, a spoken line has no columns: they would leave no room for its words
NARROW = 76  # cells: below, the left side has short labels alone and times have no seconds


def plain(text: str) -> Content:
    """A text as it stands: nothing in it is markup."""
    return Content(harmless(text))


class Row(Static):
    """A line of the left side or of the palette that can be tapped; ``key`` is what the keyboard has for it."""

    def __init__(self, key: str, classes: str = "") -> None:
        super().__init__("", markup=False, classes=classes)
        self.key = key

    class Tapped(Message):
        """A finger or a mouse instead of its key."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def on_click(self) -> None:
        self.post_message(self.Tapped(self.key))


class Spoken(Horizontal):
    """One timed line of the call, as wide as the screen allows: ``width`` is the screen's."""

    def __init__(self, line: Line, marks: str, width: int) -> None:
        time = f"{line.at:%H:%M:%S}" if width >= NARROW else f"{line.at:%H:%M}"
        columns = (time, t(f"assist.who_{line.who}"), line.text + marks)
        if width < SLIM:
            columns = ("", "", " ".join(columns))
        shown = zip(columns, ("time", "who", "words"), strict=True)
        super().__init__(
            *(Static(plain(text), classes=name, markup=False) for text, name in shown if text),
            classes=f"spoken {line.who}",
        )


class Head(Static):
    """One line across the screen, turned round: what is on the left, what on the right."""

    def show(self, left: str, right: str = "") -> None:
        first, last = harmless(left), harmless(right)
        room = self.app.size.width - 2 - Content(last).cell_length
        while first and Content(first).cell_length > room - 1:
            first = first[:-1]
        gap = " " * max(1, room - Content(first).cell_length)
        self.update(Content(f" {first}{gap}{last} "))
