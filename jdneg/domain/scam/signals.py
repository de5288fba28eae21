"""What fraud looks like, as data: signals with their patterns, and what surrounds words.

A pattern may hold slots such as ``{bank}``; they stand for the word lists of ``data/scam/words.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from jdneg.domain.slots import filled
from jdneg.domain.tone import Tone
from jdneg.values import dataclass

Texts = Mapping[str, str]
# decisive: enough by itself. strong: two of them are. weak: shown only beside others.
# look: enough for a closer look by itself; beside a strong one it counts like a second.
Grade = Literal["decisive", "strong", "weak", "look"]
GRADES = ("decisive", "strong", "weak", "look")
# Found by code and not by a pattern: a link that nobody confirmed; a mobile or overseas number in the text.
COMPUTED = ("link", "mobile")


@dataclass(frozen=True, slots=True)
class Signal:
    """``needs`` and ``never``: contexts that must, or must not, stand anywhere in the text.

    ``hints``: words one of which stands in every match, so that most patterns are never compiled.
    ``row`` is the row of the fact sheet it rests on, ``checked`` how that was read; no patterns: found by code.
    """

    id: str
    grade: Grade
    reason: Texts
    row: str
    checked: str
    patterns: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    even_denied: bool = False


@dataclass(frozen=True, slots=True)
class Links:
    """``names`` are what impostors put into a domain; short ones count only as a part between hyphens or dots."""

    names: tuple[str, ...]
    shorteners: tuple[str, ...]
    cheap: tuple[str, ...]
    state: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScamBook:
    """All of ``data/scam``; ``words`` fill the slots of patterns; ``simplified`` and ``sounds``: see `textform`."""

    signals: Mapping[str, Signal]
    contexts: Mapping[str, tuple[str, ...]]
    words: Mapping[str, tuple[str, ...]]
    links: Links
    resellers: tuple[str, ...]
    simplified: Mapping[str, str]
    sounds: Mapping[str, str]
    tone: Tone

    def pattern(self, written: tuple[str, ...]) -> re.Pattern[str]:
        """One pattern for a list, slots filled. Texts are met in small letters: ignoring case costs a lot."""
        return re.compile("|".join(f"(?:{filled(one, self.words)})" for one in written))
