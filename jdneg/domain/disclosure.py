"""Whom a contact reached beside the borrower, and what they were told: yes, no, unknown or what."""

from __future__ import annotations

import re
from collections.abc import Iterable

from jdneg.domain.records.contact import Contact, ToWhom

# People type an answer where they are asked what was told: it is one, not a thing that was told. Compiled
# when first such an answer is read.
_NO = (
    r"(?:no|n|none|nothing|false|not|否|无|没|没有|未|不|不是|没什么|-+|/)(?:\s*(?:was\s+)?(?:said|told|disclosed))?"
    r"|(?:no|nothing|none|did ?n[o']t|not)\b.*\b(?:said|told|tell|say|disclosed?|mention\w*|debt)\b.*"
    r"|(?:都|什么都|并|从)?(?:没有?|未|不曾)(?:透露|泄露|披露|提|说|讲|谈|告诉|告知).*"
    r"|只(?:是)?(?:问|要)了?.*(?:联系|电话).*"
)
_UNKNOWN = r"unknown|unsure|not sure|don'?t know|not known|[?？]+|未知|不知道?|不清楚|不确定|不详|没?记不清|没有?记录"
_YES = frozenset({"yes", "y", "true", "是", "有", "说了", "透露了"})
_TRIM = " 。.!！,，"


def outsider(contact: Contact) -> ToWhom | None:
    """Whom other than the borrower it reached; ``other`` where only a person or what was told is recorded.

    A plain "to me" stands, whatever else is recorded.
    """
    if contact.to_whom is not None:
        return None if contact.to_whom == "me" else contact.to_whom
    return "other" if contact.third_party or told(contact.disclosed) else None


def told(disclosed: Iterable[str]) -> bool | None:
    """Whether anything of the debt was told: no where that is recorded, None where nobody knows."""
    words = [_bare(one) for one in disclosed]
    if items(words) or any(one.lower() in _YES for one in words):
        return True
    return False if any(_is(_NO, one) for one in words if not _is(_UNKNOWN, one)) else None


def items(disclosed: Iterable[str]) -> tuple[str, ...]:
    """What was told, without answers that name nothing."""
    return tuple(one for one in disclosed if _names_something(_bare(one)))


def _bare(word: str) -> str:
    """Without the signs that dress a text for a screen."""
    return re.sub(r"\[/?[a-z#][a-z0-9 #]*\]|\[/\]", "", word).strip(_TRIM)


def _names_something(word: str) -> bool:
    if word.lower() in _YES or not any(one.isalnum() for one in word):
        return False
    return not (_is(_UNKNOWN, word) or _is(_NO, word))


def _is(pattern: str, word: str) -> bool:
    return re.fullmatch(pattern, word, re.IGNORECASE) is not None


__all__ = ["items", "outsider", "told"]
