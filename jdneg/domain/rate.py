"""A rate always says per what. Stored and typed as ``0.05%/day``."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import Literal

from jdneg.domain.numerals import whole_number
from jdneg.errors import BadRate, BelowLeast
from jdneg.values import dataclass

Per = Literal["year", "month", "day"]

_NAMES: dict[str, Per] = {
    "year": "year", "y": "year", "annum": "year", "annual": "year", "年": "year", "年化": "year", "年息": "year",
    "month": "month", "m": "month", "月": "month", "月息": "month",
    "day": "day", "d": "day", "日": "day", "天": "day", "日息": "day",
}  # fmt: skip
_PARTS = {"百": 1, "千": 10, "万": 100}  # of a hundred: 万分之五 is five hundredths of a percent
_FIGURE = r"\d+(?:\.\d+)?"
_COUNT = rf"{_FIGURE}|[一二两三四五六七八九十]+"
# Compiled when first a rate is read: few commands read one.
_AFTER = rf"(?P<number>{_FIGURE})%(?:/|per|a|每|一)(?P<per>[a-z]+|[年月日天])"
_BEFORE = (
    rf"(?:每|按)?(?P<per>年化|年息|年|月息|月|日息|日|天)(?:利率|费率|综合利率)?[为是:]?"
    rf"(?:(?P<number>{_FIGURE})%|(?P<part>[百千万])分之(?P<count>{_COUNT}))"
)
# As people say it: 日息万五. And 万分之五 alone is a rate a day, as 百分之 alone is of nothing in particular.
_A_DAY = rf"(?:日息(?P<part>万)|万分之)(?P<count>{_COUNT})(?:[/每][日天])?"


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
    """``18%/year``, ``18%/年``, ``0.05%/day``; ``年化18%``, ``月息1.2%``, ``日息万分之五``, ``日息万五``.

    ``万分之五`` alone is a rate a day; ``18%`` alone is none. Raises BadRate, and BelowLeast below zero.
    """
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).lower()
    if plain.startswith(("-", "−")):
        raise BelowLeast(value=text, least=0)
    match = re.fullmatch(_AFTER, plain) or re.fullmatch(_BEFORE, plain)
    per = _NAMES.get(match["per"]) if match else None
    if match is None:
        match = re.fullmatch(_A_DAY, plain)
        per = "day" if match else None
    if match is None or per is None:
        raise BadRate(value=text)
    found = match.groupdict()
    if found.get("number"):
        return Rate(Decimal(found["number"]), per)
    count = found["count"]
    number = Decimal(count) if count.isascii() else whole_number(count)
    if number is None:
        raise BadRate(value=text)
    return Rate(number / Decimal(_PARTS[found["part"] or "万"]), per)
