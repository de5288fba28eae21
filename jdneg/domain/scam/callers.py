"""What a calling number can say. Any number can be faked, so no number ever clears anybody."""

from __future__ import annotations

import re
import unicodedata

from jdneg.domain.phones import classify, normalise

_FOREIGN_SHORT = re.compile(r"(?:\+|00)(?:86)?0?9[56]\d{3,6}")


def caller_signals(number: str, resellers: tuple[str, ...], *, claims_office: bool) -> list[str]:
    """Ids of number signals. ``claims_office``: the caller speaks for a lender, a platform or an authority."""
    kind, plain = classify(number), normalise(number)
    typed = re.sub(r"[\s\-()（）]", "", unicodedata.normalize("NFKC", number))
    if _FOREIGN_SHORT.fullmatch(typed):
        return ["number_prefixed"]
    if kind == "overseas":
        return ["number_overseas"]
    found = []
    if kind == "hidden":
        found.append("number_hidden")
    if kind == "mobile":
        if plain.startswith(resellers):
            found.append("number_reseller")
        if claims_office:
            found.append("number_mobile_office")
    if kind == "landline" and claims_office:
        found.append("number_landline_office")
    return found
