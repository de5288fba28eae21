"""Yuan as `Decimal` to the fen. The one door for amounts: never a float, rounding always by name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from jdneg.domain.numerals import whole_number
from jdneg.errors import BadAmount, NegativeAmount

ZERO = Decimal("0.00")
FEN = Decimal("0.01")

_JSON = re.compile(r"-?\d+(\.\d{1,2})?", re.ASCII)
# Compiled when first a sum is typed.
_TYPED = r"(?P<sign>[-−])?(?P<number>(?:\d{1,3}(?:,\d{3})+|\d{1,20})(?:\.\d{1,6})?)\s*(?P<unit>[万千百])?"
_UNITS = {"万": 10_000, "千": 1_000, "百": 100, None: 1}
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
    found = value.quantize(FEN, ROUND_HALF_UP)
    return found or ZERO  # never -0.00


def in_proportion(amount: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """``amount`` to the fen, shared by weights to the fen; the fen that are left go to the largest fractions.

    The shares sum to ``amount`` exactly; no weight is below zero, and not all are zero.
    """
    fen, whole = int(amount / FEN), int(sum(weights) / FEN)
    parts = [divmod(fen * int(one / FEN), whole) for one in weights]
    over = fen - sum(share for share, _ in parts)
    lucky = set(sorted(range(len(parts)), key=lambda n: -parts[n][1])[:over])
    return [(share + (n in lucky)) * FEN for n, (share, _) in enumerate(parts)]


def less_from_the_end(amounts: Sequence[Decimal], less: Decimal) -> list[Decimal]:
    """The amounts with ``less`` taken off in all, the last ones first; none falls below zero."""
    found = []
    for one in reversed(amounts):
        gone = min(one, less)
        found.append(one - gone)
        less -= gone
    return found[::-1]


def grouped(value: Decimal) -> str:
    """``16,480.55``: how an amount is written for a reader."""
    return f"{round(value, 2) or ZERO:,.2f}"


def parse_amount(text: str, *, zero: bool = True) -> Decimal:
    """What people type: ``1234.5``, ``1,234.50``, ``1234元``, ``1.5万元``, ``三千``; full-width forms too.

    Raises NegativeAmount below zero (and at zero unless ``zero``), BadAmount otherwise, so ``1.234,56``
    and ``1e3`` are refused rather than guessed.
    """
    plain = unicodedata.normalize("NFKC", text).strip().removeprefix("¥")
    plain = re.sub(r"(元整?|块钱?|圆整?)$", "", plain).strip()
    match = re.fullmatch(_TYPED, plain, re.ASCII)
    words = None if match else whole_number(plain)
    if match is None and words is None:
        raise BadAmount(value=text)
    number = _in_figures(match, text) if match else money(str(words))
    if (match and match["sign"]) or (number == 0 and not zero):
        raise NegativeAmount(value=text)
    return number


def _in_figures(match: re.Match[str], text: str) -> Decimal:
    """``1.5万`` is 15000.00; finer than a fen is no amount."""
    number = Decimal(match["number"].replace(",", "")) * _UNITS[match["unit"]]
    if number.quantize(FEN) != number or (match["unit"] is None and "." in match["number"][:-3]):
        raise BadAmount(value=text)
    return money(f"{number.quantize(FEN):f}")
