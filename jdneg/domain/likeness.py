"""Whether a name just typed may be another, misspelt: 骚扰 and 骚擾, night and nigth. Warned of, never changed."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping

# A short word one letter away is another word: 法院 and 医院, day and may.
_SHORT_LATIN, _SHORT_HAN = 4, 4


def alike(typed: str, known: Iterable[str], simplified: Mapping[str, str]) -> str | None:
    """The first of ``known`` that ``typed`` is easily taken for; None where it is one of them, or like none."""
    names = list(known)
    if typed in names:
        return None
    mine = plain(typed, simplified)
    return next((name for name in names if _close(mine, plain(name, simplified))), None)


def plain(name: str, simplified: Mapping[str, str]) -> str:
    """One spelling: half width, small letters, simplified characters, no blanks and dashes."""
    text = unicodedata.normalize("NFKC", name).casefold()
    return "".join(simplified.get(char, char) for char in text if char.isalnum())


def _close(one: str, other: str) -> bool:
    if one == other:
        return bool(one)
    if (one + other).isascii():
        return min(len(one), len(other)) >= _SHORT_LATIN and _one_slip(one, other)
    long_enough = min(len(one), len(other)) >= _SHORT_HAN
    return (long_enough and _one_slip(one, other)) or _same_stem(one, other)


# 夜间 and 夜里, 夜间x: one word with another ending that says the same, or with a sign added.
_ENDINGS = "间里时类的"


def _same_stem(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if len(short) >= len("夜间") and long[:-1] == short:
        return long[-1].isascii() or long[-1] in _ENDINGS
    return len(short) == len(long) == len("夜间") and one[0] == other[0] and {one[1], other[1]} <= set(_ENDINGS)


def _one_slip(one: str, other: str) -> bool:
    """One character added, left out, changed, or two neighbours exchanged."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    mine, theirs = one[start:], other[start:]
    swapped = mine[:2] == theirs[:2][::-1] and mine[2:] == theirs[2:]
    return swapped or mine[1:] == theirs[1:] or mine[1:] == theirs or mine == theirs[1:]


# What the names of lenders have in common says nothing of which lender it is.
_COMMON = (
    "股份有限公司", "有限责任公司", "小额贷款", "消费金融", "有限公司", "商业银行", "小贷", "消金", "银行", "公司",
    "co.,ltd", "limited", "bank",
)  # fmt: skip


def same_house(typed: str, known: Iterable[str], simplified: Mapping[str, str]) -> str | None:
    """The first known lender whose own name holds the typed one's, or the other way round; None for one of them."""
    names = list(known)
    if typed in names:
        return None
    close = alike(typed, names, simplified)
    if close is not None:
        return close
    mine = _core(plain(typed, simplified))
    return next((name for name in names if _holds(mine, _core(plain(name, simplified)))), None)


def _core(name: str) -> str:
    for word in _COMMON:
        name = name.replace(word, "")
    return name


def _holds(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return bool(short) and (short == long or (len(short) > 1 and short in long))
