"""XML as phones write it, made into XML a parser takes, without losing or inventing a character.

Emoji come as two references, one for each half of a surrogate pair: they are joined. Control characters,
which XML forbids, are carried through the parser as noncharacters and come out as they were. Half a pair alone
becomes U+FFFD. A pair split between two chunks of the file is held back until it is whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_REFERENCE = r"&#(?:x[0-9a-fA-F]{1,8}|[0-9]{1,10});"
_RUN = re.compile(rf"(?:{_REFERENCE})+")
_ONE = re.compile(r"&#(x?)([0-9a-fA-F]+);")
_TAIL = re.compile(rf"(?P<whole>{_REFERENCE})?(?P<begun>&(?:#(?:x[0-9a-fA-F]{{0,8}}|[0-9]{{0,10}}))?)?\Z")
_TAIL_LENGTH = 2 * len("&#1234567890;")

# XML 1.0 allows tab, line feed and carriage return only; U+FDD0 to U+FDEF are 32 noncharacters it allows.
_CARRIED = {code: 0xFDD0 + code for code in range(32) if code not in (9, 10, 13)}
_RESTORED = {carrier: code for code, carrier in _CARRIED.items()}
_UNREADABLE = 0xFFFD


def mended(chunks: Iterable[str]) -> Iterator[str]:
    """The same text in pieces that an XML parser accepts."""
    held = ""
    for chunk in chunks:
        text, held = _hold_back(held + chunk)
        yield _mend(text)
    yield _mend(held)


def restore(text: str) -> str:
    """A value from the parser with its control characters back."""
    return text.translate(_RESTORED)


def _hold_back(text: str) -> tuple[str, str]:
    """The text that can go on, and its end where a reference or a pair may still be unfinished."""
    match = _TAIL.search(text, max(0, len(text) - _TAIL_LENGTH))
    assert match is not None
    whole_pair_open = match["whole"] is not None and _is_high(_code(match["whole"]))
    start = match.start() if whole_pair_open else match.start("begun") if match["begun"] else len(text)
    return text[:start], text[start:]


def _mend(text: str) -> str:
    return _RUN.sub(lambda match: "".join(_joined(match[0])), text).translate(_CARRIED)


def _joined(run: str) -> Iterator[str]:
    """The references of a run, pairs as one; what XML takes is passed on as it was written."""
    references = _ONE.finditer(run)
    high: int | None = None
    for match in references:
        code = _code(match[0])
        if high is not None and _is_low(code):
            yield f"&#{0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)};"
            high = None
            continue
        if high is not None:
            yield chr(_UNREADABLE)
        high = code if _is_high(code) else None
        if high is None:
            yield _passed_on(code, match[0])
    if high is not None:
        yield chr(_UNREADABLE)


def _passed_on(code: int, reference: str) -> str:
    if code in _CARRIED:
        return chr(_CARRIED[code])
    allowed = code < 0xD800 or 0xE000 <= code <= 0xFFFD or 0x10000 <= code <= 0x10FFFF
    return reference if allowed else chr(_UNREADABLE)


def _code(reference: str) -> int:
    match = _ONE.fullmatch(reference)
    assert match is not None
    return int(match[2], 16 if match[1] else 10)


def _is_high(code: int) -> bool:
    return 0xD800 <= code < 0xDC00


def _is_low(code: int) -> bool:
    return 0xDC00 <= code < 0xE000
