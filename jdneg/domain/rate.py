"""A rate always says per what. Stored and typed as ``0.05%/day``."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import Literal

from jdneg.errors import BadRate
from jdneg.values import dataclass

Per = Literal["year", "month", "day"]

_NAMES: dict[str, Per] = {
    "year": "year", "y": "year", "年": "year", "annual": "year",
    "month": "month", "m": "month", "月": "month",
    "day": "day", "d": "day", "日": "day", "天": "day",
}  # fmt: skip
_TYPED = re.compile(r"(\d+(?:\.\d+)?)\s*%\s*/\s*(\w+)")


@dataclass(frozen=True, slots=True)
class Rate:
    """``percent`` per ``per``: Rate(Decimal("0.05"), "day") is 0.05 % a day."""

    percent: Decimal
    per: Per

    @property
    def fraction(self) -> Decimal:
        """The rate as a number: 0.0005 for 0.05 %."""
        return self.percent / 100

    def __str__(self) -> str:
        return f"{self.percent:f}%/{self.per}"


def parse_rate(text: str) -> Rate:
    """``18%/year``, ``1.5%/month``, ``0.05%/day``, also ``/年 /月 /日``. Raises BadRate."""
    match = _TYPED.fullmatch(unicodedata.normalize("NFKC", text).strip())
    per = _NAMES.get(match[2].lower()) if match else None
    if match is None or per is None:
        raise BadRate(value=text)
    return Rate(Decimal(match[1]), per)
