"""The two profiles of a bundle. ``lawyer`` gets all; ``association`` gets no third party and no id.

Masking knows the names that records hold in their name fields, and numbers, ids and addresses by their shape or
because a record holds them. A name that stands only inside a text is not known to us: the bundle says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import fields, is_dataclass, replace
from functools import cached_property
from typing import Any, TypeVar

from jdneg.domain.evidence.links import CaseFile
from jdneg.domain.phones import normalise
from jdneg.domain.records.base import Stored
from jdneg.domain.records.contact import Contact
from jdneg.domain.records.exhibit import Exhibit
from jdneg.domain.records.journal import Profile
from jdneg.domain.redact import STAR, collect_names, mask_record, mask_text, without_relation
from jdneg.values import dataclass

T = TypeVar("T")

_HEX = re.compile(r"[0-9a-f]{64}")
_MOST_SHORT_DIGITS = 5
_FULL_WIDTH = 0xFF10
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,5}\Z")


@dataclass(frozen=True)
class Mask:
    """What must not be readable. ``names`` of people, ``numbers`` with digits, ``texts`` as they stand.

    ``keep``: normalised numbers of the other side, which are the evidence itself.
    """

    names: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    texts: frozenset[str] = frozenset()
    keep: frozenset[str] = frozenset()

    def text(self, text: str) -> str:
        """``text`` with all of it masked. Hashes are left alone."""
        if _HEX.fullmatch(text):
            return text
        for pattern in self._patterns:
            text = pattern.sub(_stars, text)
        return mask_text(text, keep=self.keep)

    def record(self, record: Any) -> Any:
        """A record with its sensitive fields masked as their kind demands, and every other text for what is known."""
        return self.value(mask_record(record, keep=self.keep))

    def leaks(self, text: str) -> bool:
        """Whether something that should be masked can still be read."""
        return any(pattern.search(text) for pattern in self._patterns)

    @cached_property
    def _patterns(self) -> tuple[re.Pattern[str], ...]:
        longest = sorted({*self.names, *self.texts}, key=lambda one: (-len(one), one))
        spaced = [_name_pattern(one) for one in longest]
        digits = [_number_pattern(one) for one in sorted(self.numbers, key=lambda one: (-len(one), one))]
        return tuple(re.compile(one, re.IGNORECASE) for one in (*spaced, *digits) if one)

    def value(self, value: Any) -> Any:
        """The same shape with every text in it masked: records, blocks, tuples."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, tuple):
            return tuple(self.value(one) for one in value)
        if is_dataclass(value) and not isinstance(value, type):
            return replace(value, **{one.name: self.value(getattr(value, one.name)) for one in fields(value)})
        return value


def _stars(match: re.Match[str]) -> str:
    return match[0][0] + STAR * (len(match[0]) - 1) if not match[0][0].isdigit() else STAR * len(match[0])


def _name_pattern(name: str) -> str:
    """The name with or without blanks in it; a Latin one only as a whole word."""
    spaced = r"\s*".join(re.escape(char) for char in name if not char.isspace())
    return rf"(?<![A-Za-z]){spaced}(?![A-Za-z])" if name.isascii() and spaced else spaced


def _number_pattern(number: str) -> str:
    """The digits as half or full width, with blanks or dashes between; the last may be an X."""
    chars = [
        f"[{char}{chr(_FULL_WIDTH + int(char))}]" if char.isascii() and char.isdigit() else "[XxＸｘ]"
        for char in number
        if char.isdigit() or char in "Xx"
    ]
    return r"(?<!\d)" + r"[\s\-]*".join(chars) + r"(?!\d)"


def mask_for(file: CaseFile, owner: Profile, elsewhere: Iterable[Stored[Contact]] = ()) -> Mask:
    """What ``association`` must not read, gathered from the records that hold it.

    ``elsewhere`` are contacts that stay at home: their people may be spoken of in those that go.
    """
    contacts = [one.record for one in (*file.contacted, *elsewhere)]
    keep = _other_side(contacts, owner)
    others = [one.number for one in contacts if one.number and not _to_the_user(one)]
    numbers = [one for one in others if normalise(one) not in keep]
    own = [one for one in (owner.phone, owner.id_number) if one]
    texts = {one for one in (owner.address, owner.email) if one and len(one) > 1}
    return Mask(collect_names(contacts), frozenset(_long_enough([*numbers, *own])), frozenset(texts), keep)


def _to_the_user(contact: Contact) -> bool:
    """Not to somebody else, and not handed on by them: the number may be theirs."""
    return contact.to_whom in (None, "me") and not (contact.told_by or contact.third_party)


def _other_side(contacts: Sequence[Contact], owner: Profile) -> frozenset[str]:
    """The numbers that called or wrote to the user, but for those saved under a relative's or another known name."""
    people = collect_names(contacts)
    found = {
        normalise(one.number)
        for one in contacts
        if one.direction == "in" and _to_the_user(one) and not _is_private(one.sender, people)
    }
    return frozenset(found - {"", normalise(owner.phone)})


def _is_private(sender: str | None, people: Iterable[str]) -> bool:
    return sender is not None and (not without_relation(sender) or any(name in sender for name in people))


def _long_enough(numbers: Iterable[str]) -> Iterable[str]:
    return (one for one in numbers if sum(char.isdigit() for char in one) > _MOST_SHORT_DIGITS)


def third_parties(file: CaseFile) -> tuple[str, ...]:
    """People other than the user and the other side whom the records name, for the user to see beforehand."""
    contacts = (one.record for one in file.contacted)
    named = {name for one in contacts for name in (one.third_party, one.told_by, one.witness) if name}
    return tuple(sorted(name for name in named if not any(name != other and name in other for other in named)))


def masked_file(file: CaseFile, mask: Mask) -> CaseFile:
    """Every record masked: sensitive fields as their kind demands, all other texts for what is known."""

    def all_of(items: Iterable[Stored[T]]) -> tuple[Stored[T], ...]:
        return tuple(replace(one, record=mask.record(_without_names(one.record))) for one in items)

    return replace(
        file,
        loans=all_of(file.loans), contacts=all_of(file.contacts), claims=all_of(file.claims),
        payments=all_of(file.payments), exhibits=all_of(file.exhibits), cases=all_of(file.cases),
        letters=all_of(file.letters), complaints=all_of(file.complaints),
    )  # fmt: skip


def _without_names(record: Any) -> Any:
    """An imported contact's key is made of its number and text, a file may be named after anybody."""
    if isinstance(record, Contact) and record.source is not None:
        return replace(record, source=replace(record.source, key=STAR))
    if isinstance(record, Exhibit):
        ending = _ENDING.search(record.name)
        return replace(record, name=STAR * 3 + (ending[0] if ending else ""))
    return record


def masked_owner(owner: Profile, mask: Mask) -> Profile:
    """The user signs with their name; their numbers and address go."""
    hidden: Profile = mask.value(mask_record(owner))
    return replace(hidden, name=owner.name)


def withheld_reason(media: str, text: str | None) -> str | None:
    """Why an original does not go to an association, None when it can be masked.

    ``media`` is its class, ``text`` what was read of it (None when that is no plain text).
    """
    if media != "text":
        return "not_text"
    return None if text is not None else "unreadable_text"
