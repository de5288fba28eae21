"""Text from outside, made fit for any document: no control signs, no half characters, no hidden direction marks."""

from __future__ import annotations

import re

from jdneg.domain.plaintext import BREAKS, JOINERS, replaced

_LINE_END = re.compile(r"\r\n?|\x85|\u2028|\u2029")
_NO_CHARACTERS = str.maketrans("", "", "\ufffe\uffff")  # XML 1.0 forbids them


def fit(text: str) -> str:
    """The text without what no document may carry; line ends are ``\\n``."""
    return replaced(_LINE_END.sub("\n", text), lambda _: "", BREAKS + JOINERS).translate(_NO_CHARACTERS)


def one_line(text: str) -> str:
    """The same on one line, single spaces between its words."""
    return " ".join(fit(text).split())
