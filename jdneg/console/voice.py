"""The only room that talks to the terminal: text or JSON, data to stdout, messages to stderr.

Text from outside is inert here: Rich markup and emoji codes are off, control characters are shown, not obeyed.
Tables and JSON are imported where they are met, because most commands print a few lines and start-up counts.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from io import UnsupportedOperation
from typing import TextIO

from jdneg.blocks import Block, Heading, Table
from jdneg.console.words import lines, sentence, spoken, visible
from jdneg.domain.messages import Message, hint
from jdneg.errors import Interrupted, JdnegError, ManyErrors
from jdneg.i18n import t
from jdneg.result import Result

_NOTHING: Mapping[str, object] = {}


class Console:
    """One command's voice. ``json`` decides the form, ``color`` is auto, always or never."""

    def __init__(self, *, json: bool, color: str | None = None) -> None:
        self.json = json
        self.color = color
        self._told: list[Message] = []
        self._waiting = False
        for stream in (sys.stdin, sys.stdout, sys.stderr):
            _never_crash(stream)

    # What a session may ask of us (`jdneg.session.Ports`).

    def can_ask(self) -> bool:
        return not self.json and sys.stdin.isatty() and sys.stderr.isatty()

    def ask(self, question: str, note: str | None = None) -> str:
        """One line from the person; end of input is the same as Ctrl-C."""
        self._err(visible(f"{question}{f' ({note})' if note else ''}: "), end="")
        line = sys.stdin.readline()
        if not line:
            raise Interrupted()
        return line.rstrip("\n")

    def tell(self, message: Message) -> None:
        """Say it now; what was said during a command is not said again at its end."""
        if not self.json and message not in self._told:
            self._told.append(message)
            self._err(spoken(message))

    def patient(self) -> bool:
        """Whether somebody sees how far a long piece of work is."""
        return not self.json and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"

    def on_screen(self) -> bool:
        """Whether what is printed goes to a screen, not to a file or another program."""
        return not self.json and sys.stdout.isatty()

    def wait(self, message: Message) -> None:
        """A line in the place of the last such line, gone when anything else is said."""
        if self.patient():
            self._err(visible(spoken(message)).partition("\n")[0], end="")
            self._waiting = True

    def _back(self) -> None:
        """To the start of a line that was only to wait by."""
        if self._waiting:
            self._waiting = False
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

    def offer_languages(self) -> None:
        """Where nothing said which language: how to choose, in both."""
        self.tell(hint("app.bilingual_hint"))

    def echo(self, text: str) -> None:
        """A line of a long run as it goes; JSON has it all at the end."""
        if not self.json:
            self._back()
            sys.stdout.write(visible(text) + "\n")
            sys.stdout.flush()

    # How a command ends.

    def show(self, command: str, result: Result) -> int:
        if self.json:
            self._as_json(command, result.exit_code, result.data, result.messages)
            return result.exit_code
        self._back()
        self._blocks(result.view)
        sys.stdout.flush()
        for message in result.messages:
            self.tell(message)
        return result.exit_code

    def fail(self, command: str, error: JdnegError) -> int:
        every = error.errors if isinstance(error, ManyErrors) else [error]
        if isinstance(error, Interrupted) and not self.json and sys.stderr.isatty():
            self._err("")  # leave the line of the question
        code = max(one.exit_code for one in every)
        if self.json:
            self._as_json(command, code, errors=every)
        else:
            for one in every:
                self._err(visible(f"{t('app.error')}{sentence(one)}").replace("\n", "\\n"))
        return code

    def bug(self, command: str, error: Exception) -> int:
        """Something we did not foresee: its kind and place, never its values (they may be private)."""
        trace, place = error.__traceback__, "?"
        while trace is not None:
            code = trace.tb_frame.f_code
            place = f"{os.path.basename(code.co_filename)}:{trace.tb_lineno}"  # noqa: PTH119 -- a name for people
            trace = trace.tb_next
        return self.fail(command, Bug(kind=type(error).__name__, place=place))

    def _as_json(
        self,
        command: str,
        exit_code: int,
        data: Mapping[str, object] = _NOTHING,
        messages: Sequence[Message] = (),
        errors: Sequence[JdnegError] = (),
    ) -> None:
        from jdneg.console import envelope

        envelope.write(sys.stdout, command, exit_code, data, messages, errors)

    def _err(self, text: str, end: str = "\n") -> None:
        self._back()
        sys.stdout.flush()  # where both go to one file, they stay in order
        sys.stderr.write(text + end)
        sys.stderr.flush()

    def _blocks(self, blocks: Sequence[Block]) -> None:
        apart = False  # the last row of a list of facts is parted from what follows
        for index, block in enumerate(blocks):
            if index and (apart or isinstance(block, Heading | Table)):
                sys.stdout.write("\n")
            apart = False
            if isinstance(block, Table):
                from jdneg.console import tables

                apart = tables.write(sys.stdout, block, self._styled())
            else:
                sys.stdout.write(visible(lines(block)) + "\n")

    def _styled(self) -> bool:
        if self.color in ("always", "never"):
            return self.color == "always"
        plain_wanted = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
        return sys.stdout.isatty() and not plain_wanted


class Bug(JdnegError):
    """Not foreseen. Facts: kind, place."""

    code = "bug"
    exit_code = 70


def _never_crash(stream: TextIO) -> None:
    """What the terminal's encoding lacks, or cannot be read in it, becomes an escape, never a traceback."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        with suppress(UnsupportedOperation):  # somebody read from it already
            reconfigure(errors="backslashreplace")
