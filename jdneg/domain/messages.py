"""A sentence not yet spoken: a catalogue key, its facts, and how loud it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Literal

from jdneg.values import dataclass

Level = Literal["info", "hint", "warning", "error"]


@dataclass(frozen=True, slots=True)
class Message:
    """``code`` is a catalogue key such as ``loan.no_contract``; ``facts`` fill its placeholders."""

    code: str
    facts: Mapping[str, object] = field(default_factory=dict)
    level: Level = "info"


def info(code: str, **facts: object) -> Message:
    """A message that is simply so."""
    return Message(code, facts, "info")


def hint(code: str, **facts: object) -> Message:
    """A message that says what one could do."""
    return Message(code, facts, "hint")


def warning(code: str, **facts: object) -> Message:
    """A message that should not be overlooked."""
    return Message(code, facts, "warning")
