"""Text from outside, made fit for any document: no control signs, no half characters, no hidden direction marks."""

from __future__ import annotations

import re

# What XML 1.0 forbids, C1 controls, lone surrogates, non-characters, and marks that turn the reading direction.
_UNFIT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def fit(text: str) -> str:
    """The text without what no document may carry; line ends are ``\\n``."""
    return _UNFIT.sub("", re.sub(r"\r\n?|\x85|\u2028|\u2029", "\n", text))


def one_line(text: str) -> str:
    return " ".join(fit(text).split())
