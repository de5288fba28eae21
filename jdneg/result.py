"""What a command hands back. No terminal, no Typer: `jdneg.console` shows it, as text or as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from jdneg.blocks import Block
from jdneg.domain.messages import Message
from jdneg.values import dataclass


@dataclass(frozen=True, slots=True)
class Result:
    """``data`` is the JSON body, ``view`` the same for a reader, ``messages`` go to stderr.

    ``exit_code`` is 0, or 1 when something was found that needs a look.
    """

    data: Mapping[str, object] = field(default_factory=dict)
    view: tuple[Block, ...] = ()
    messages: tuple[Message, ...] = ()
    exit_code: int = 0
