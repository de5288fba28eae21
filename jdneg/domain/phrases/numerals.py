"""Numbers as people type them: 9, ９, 九, 零五, 二十三, 五十九. Text is NFKC-normalised beforehand."""

from __future__ import annotations

DIGITS = "零〇一二两三四五六七八九"
NUM = rf"(?:零?[0-9]{{1,4}}|[{DIGITS}十]{{1,3}})"
YEAR = rf"(?:[0-9]{{4}}|[{DIGITS}]{{4}})"

_VALUE = dict(zip(DIGITS, (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))


def number(text: str) -> int:
    """The value of a `NUM`; ValueError for what is no number (十十, 三四)."""
    plain = text.removeprefix("零") or "零"
    if plain.isascii():
        return int(plain)
    tens, ten, ones = plain.partition("十")
    if not ten:
        return _digit(plain)
    return (_digit(tens) if tens else 1) * 10 + (_digit(ones) if ones else 0)


def _digit(text: str) -> int:
    if text not in _VALUE:
        raise ValueError(text)
    return _VALUE[text]


def year_number(text: str) -> int:
    """2026 or 二〇二六."""
    return int(text) if text.isascii() else int("".join(str(_VALUE[char]) for char in text))
