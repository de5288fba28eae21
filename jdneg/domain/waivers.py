"""A waiver, whole or in part: as people type it, and what it comes to."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from decimal import Decimal

from jdneg.domain.money import half_up, parse_amount
from jdneg.domain.records.case import PartWaiver, Waived
from jdneg.errors import BadChoice

WHOLE = Decimal(100)
_PERCENT = re.compile(r"(\d{1,3}(?:\.\d{1,4})?)%", re.ASCII)
_BETWEEN = re.compile(r"[,，、](?!\d{3}(?!\d))")  # the comma of 1,668.55 parts nothing


def waived_amount(one: PartWaiver, there: Decimal) -> Decimal:
    """Yuan let go of a part of which ``there`` is owed; an amount is taken as said, a percentage to the fen."""
    if one.percent is not None:
        return half_up(there * one.percent / WHOLE)
    assert one.amount is not None
    return one.amount


def split_waivers(texts: Iterable[str]) -> tuple[str, ...]:
    """``penalty=80%,interest`` as its two."""
    parts = (part.strip() for text in texts for part in _BETWEEN.split(text))
    return tuple(part for part in parts if part)


def parse_waiver(text: str, names: Mapping[str, str]) -> Waived:
    """``penalty`` is all of it, ``penalty=80%`` and ``interest=300`` a part; 100 % of a part is all of it.

    ``names`` gives a part by what people call it. Raises BadChoice, BadAmount, NegativeAmount.
    """
    name, equals, much = (one.strip() for one in unicodedata.normalize("NFKC", text).partition("="))
    part = names.get(name.lower())
    if part is None or (part == "principal" and not equals):
        raise BadChoice(
            value=text, choices=", ".join((*dict.fromkeys(names.values()), "penalty=80%", "interest=300"))
        )
    if not equals:
        return part
    share = _PERCENT.fullmatch(much)
    if share is None:
        return PartWaiver(part=part, amount=parse_amount(much, zero=False))  # type: ignore[arg-type]
    percent = Decimal(share[1])
    if percent == WHOLE and part != "principal":
        return part
    return PartWaiver(part=part, percent=percent)  # type: ignore[arg-type]
