"""Yuan as `Decimal` to the fen. The one door for amounts: never a float, rounding always by name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from jdneg.errors import BadAmount, NegativeAmount

ZERO = Decimal("0.00")
FEN = Decimal("0.01")

_JSON = re.compile(r"-?\d+(\.\d{1,2})?", re.ASCII)
_TYPED = re.compile(r"(?P<sign>[-−])?(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<fen>\d{1,2}))?", re.ASCII)
_LARGEST = Decimal(10) ** 13


def money(value: str | int | Decimal) -> Decimal:
    """Exact yuan to the fen from a stored string, an int or a Decimal that has no finer part.

    Raises BadAmount for floats, exponents, finer parts and anything unreadable.
    """
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise BadAmount(value=value)
    if isinstance(value, str) and not _JSON.fullmatch(value):
        raise BadAmount(value=value)
    number = Decimal(value)
    if not number.is_finite() or abs(number) >= _LARGEST:
        raise BadAmount(value=value)
    exact = number.quantize(FEN)
    if exact != number:
        raise BadAmount(value=value)
    return exact


def half_up(value: Decimal) -> Decimal:
    """To the fen, half away from zero: the rule of Chinese statements unless a contract says otherwise."""
    return value.quantize(FEN, ROUND_HALF_UP)


def in_proportion(amount: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """``amount`` to the fen, shared by weights to the fen; the fen that are left go to the largest fractions.

    The shares sum to ``amount`` exactly; no weight is below zero, and not all are zero.
    """
    fen, whole = int(amount / FEN), int(sum(weights) / FEN)
    parts = [divmod(fen * int(one / FEN), whole) for one in weights]
    over = fen - sum(share for share, _ in parts)
    lucky = set(sorted(range(len(parts)), key=lambda n: -parts[n][1])[:over])
    return [(share + (n in lucky)) * FEN for n, (share, _) in enumerate(parts)]


def grouped(value: Decimal) -> str:
    """``16,480.55``: how an amount is written for a reader."""
    return f"{value:,.2f}"


def parse_amount(text: str, *, zero: bool = True) -> Decimal:
    """What people type: ``1234.5``, ``1,234.50``, ``¥1,234``, ``1234元``; full-width forms too.

    Raises NegativeAmount below zero (and at zero unless ``zero``), BadAmount otherwise, so ``1.234,56``
    and ``1e3`` are refused rather than guessed.
    """
    plain = unicodedata.normalize("NFKC", text).strip().removeprefix("¥").removesuffix("元").strip()
    match = _TYPED.fullmatch(plain)
    if match is None:
        raise BadAmount(value=text)
    number = money(match["whole"].replace(",", "") + ("." + match["fen"] if match["fen"] else ""))
    if match["sign"] or (number == 0 and not zero):
        raise NegativeAmount(value=text)
    return number
