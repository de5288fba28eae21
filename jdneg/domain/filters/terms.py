"""What a term of a filter is made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from jdneg.domain.records.base import Stored
from jdneg.values import dataclass

ContactTest = Callable[[Stored[Any]], bool]

KEYS = (
    "lender", "type", "number", "agent", "agency", "loan", "case", "after", "before", "on", "finding", "result",
    "text", "to", "tag",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FindingTest:
    """A term about findings: ``of_one`` for one of them, ``of_all`` for all that a contact has."""

    of_one: Callable[[Any], bool]
    of_all: Callable[[Sequence[Any]], bool]
