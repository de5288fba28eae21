"""The card for fraud: what to do now, in order; what to ask before paying a helper."""

from __future__ import annotations

from collections.abc import Mapping

from jdneg.values import dataclass

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ScamCard:
    """``free``: where help costs nothing, with its row of the fact sheet."""

    actions: tuple[Texts, ...]
    questions: tuple[Texts, ...]
    free: Texts
    row: str
