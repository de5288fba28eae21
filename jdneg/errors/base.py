"""What every failure is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar


class JdnegError(Exception):
    """Base of all expected failures. ``facts`` fill the sentence's placeholders."""

    code: ClassVar[str] = "error"
    exit_code: ClassVar[int] = 2

    def __init__(self, **facts: object) -> None:
        super().__init__(self.code, facts)
        self.facts = facts


class ManyErrors(JdnegError):
    """Several faults found in one reading, all reported at once; its code is that of the first."""

    code = "many"

    def __init__(self, errors: list[JdnegError]) -> None:
        super().__init__(count=len(errors))
        self.errors = errors


def raise_all(faults: Sequence[JdnegError]) -> None:
    """Raise what was gathered, if anything was: one as itself, several together."""
    if faults:
        raise faults[0] if len(faults) == 1 else ManyErrors(list(faults))


class InvalidValue(JdnegError):
    """A value a user gave cannot be used. Base of the exit-2 family."""

    code = "invalid_value"
