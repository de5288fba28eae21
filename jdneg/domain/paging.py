"""A long list page by page, the newest first: what is asked of a log is nearly always what came last."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from jdneg.domain.messages import Message, hint
from jdneg.values import dataclass

T = TypeVar("T")
SCREEN = 50


@dataclass(frozen=True, slots=True)
class Page:
    """``size`` None: everything on one page. ``number`` 1 is the newest."""

    size: int | None = None
    number: int = 1

    def of(self, ordered: Sequence[T]) -> Sequence[T]:
        """Those of the page, in their order, of a list that ends with the newest."""
        if self.size is None:
            return ordered
        end = max(0, len(ordered) - self.size * (self.number - 1))
        return ordered[max(0, end - self.size) : end]

    def older(self, total: int) -> tuple[Message, ...]:
        """How many are beyond the page, and how they are shown."""
        left = 0 if self.size is None else total - self.size * self.number
        return (hint("contact.older", count=left, page=self.number + 1),) if left > 0 else ()
