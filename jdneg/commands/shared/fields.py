"""Typed flags into values, each fault with the flag it stands in: what the calculators read with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from jdneg.commands.shared.options import Question, complete
from jdneg.commands.shared.reading import Reader, named
from jdneg.errors import JdnegError, MissingFlags, raise_all


class Fields(Reader):
    """A reader whose faults say where they are."""

    def ask(self, questions: Sequence[Question]) -> list[Any]:
        """The values in order, asked for where somebody can be asked; what is missing is a fault like the others."""
        try:
            return complete(self.session, questions)
        except MissingFlags as error:
            self.errors.append(error)
            return [one.value for one in questions]

    def at(self, flag: str, text: str | None, parse: Callable[[str], Any]) -> Any:
        """As `read`, with the flag first: here every value has one."""
        return self.read(text, parse, flag)

    def done(self) -> None:
        """Raise what was found wrong; what is missing is named in one sentence."""
        missing = [one for one in self.errors if isinstance(one, MissingFlags)]
        flags = " ".join(str(one.facts["flags"]) for one in missing)
        rest = [one for one in self.errors if not isinstance(one, MissingFlags)]
        raise_all([MissingFlags(flags=flags), *rest] if missing else rest)

    def note(self, error: JdnegError, flag: str) -> None:
        """Keep a fault for `done`; one that has its place already (a row) keeps it."""
        self.errors += named(error, flag)
