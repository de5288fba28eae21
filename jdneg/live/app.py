"""The full-screen companion for a call: runs until the user logs, keeps or throws away."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from typing import ClassVar, Literal, cast

from textual.app import App
from textual.binding import Binding, BindingType

from jdneg.live.notebook import Notebook, Sheet
from jdneg.live.screen import CallScreen

Choice = Literal["log", "keep", "discard"]

# The terminal's own colours: a light screen stays light, and without colour the weight of the type is enough.
_STYLE = """
Screen { background: ansi_default; color: ansi_default; scrollbar-size: 0 0; overflow: hidden; }
VerticalScroll { scrollbar-size: 0 0; }
#head { height: 1; text-style: reverse; }
#facts { height: 1; padding: 0 1; text-style: dim; text-wrap: nowrap; text-overflow: clip; }
#body { height: 1fr; margin-top: 1; }
#left { width: 32; padding: 0 1; }
#right { width: 1fr; border-left: ascii ansi_default; padding: 0 1; }
.heading { text-style: bold underline; }
.later { margin-top: 1; }
.question { height: auto; max-height: 2; }
.asking { text-style: reverse; }
.hint { text-style: dim; }
.source { text-style: dim; padding-left: 2; }
.spoken { height: auto; }
.time { width: 9; text-style: dim; }
.who { width: 6; }
.me .who, .me .words { text-style: italic; }
.they .who { text-style: bold; }
.words { width: 1fr; height: auto; }
#foot { height: auto; }
#say { height: 2; padding: 0 1; text-style: bold; }
#palette { height: auto; display: none; padding: 0 1; layout: grid; grid-size: 4; grid-rows: 1; }
.choosing #palette { display: block; }
.choosing #say { display: none; }
.tag.on { text-style: reverse; }
#line { height: 1; padding: 0 1; }
#prompt { width: auto; text-style: bold; }
Input { background: ansi_default; color: ansi_default; border: none; padding: 0; height: 1; width: 1fr; }
Input:focus { background: ansi_default; background-tint: ansi_default 0%; border: none; }
Input > .input--cursor { text-style: reverse; color: ansi_default; background: ansi_default; }
#keys { height: 1; padding: 0 1; text-style: dim; text-wrap: nowrap; text-overflow: clip; }
.narrow #left { width: 23; }
.narrow #right { padding: 0 0 0 1; }
.narrow .time { width: 6; }
.narrow .who { width: 5; }
.narrow #palette { grid-size: 3; }
.short #body { margin-top: 0; }
.short #left .later { margin-top: 0; }
.short #left .first { display: none; }
#pages { height: 1fr; padding: 0 1; margin-top: 1; }
#pages .heading { margin-top: 1; margin-bottom: 1; }
#pages .strong { text-style: bold; margin-top: 1; }
.field { height: 1; }
.label { width: 14; text-style: bold; }
.narrow .label { width: 12; }
.long { height: auto; margin-top: 1; }
.said { padding-left: 2; }
Fields:focus { text-style: underline; }
"""


class CallApp(App[str]):
    """``book`` keeps every entry at once; what is left when this process is killed is the draft."""

    CSS = _STYLE
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+c", "leave", show=False, priority=True)]

    def __init__(self, sheet: Sheet, book: Notebook) -> None:
        super().__init__(ansi_color=True)
        self.theme = "ansi-light"
        self.first = CallScreen(sheet, book)

    def on_mount(self) -> None:
        self.push_screen(self.first)
        if sys.platform != "win32":
            loop = asyncio.get_running_loop()
            loop.add_signal_handler(signal.SIGTERM, self.action_leave)
            loop.add_signal_handler(signal.SIGHUP, self.vanish)

    def action_leave(self) -> None:
        """Ctrl-C: away, with everything kept."""
        self.first.keep_typing()
        self.exit("keep")

    def vanish(self) -> None:
        """The terminal was closed: an orderly exit would wait for ever to write to it."""
        self.first.keep_typing()
        os._exit(128 + signal.SIGHUP)


def run(sheet: Sheet, book: Notebook) -> Choice:
    """Show the screen; what the user chose at its end."""
    return cast(Choice, CallApp(sheet, book).run() or "keep")
