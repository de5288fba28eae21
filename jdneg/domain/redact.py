"""Masking: what identifies a person goes, what proves the case stays.

Gone from texts: mainland mobiles, identity numbers (checksum of ISO 7064), bank cards (Luhn), e-mail addresses and
the names given. Kept: official short numbers, 400 and 106 numbers, amounts, dates. One-way; masking twice changes
nothing. It cannot know a name nobody told it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import fields, replace
from functools import cache
from typing import Any, TypeVar

from jdneg.domain.codec import changed, field_types, inner_record
from jdneg.domain.phones import is_official_looking, line_of, normalise
from jdneg.domain.records.base import Record, Stored

STAR = "*"

_MOBILE = re.compile(r"(?<!\d)(?:(?:\+|00)?86[ -]?)?([1１][3-9３-９]\d[ -]?\d{4}[ -]?\d{4})(?!\d)")
_IDENTITY = re.compile(r"(?<!\d)\d{6}[ -]?\d{8}[ -]?\d{3}[\dXxＸｘ](?!\d)")
_CARD = re.compile(r"(?<!\d)(?:\d{15,19}|\d{4}([ -])\d{4}(?:\1\d{4}){1,2}(?:\1\d{1,4})?)(?!\d)")
_EMAIL = re.compile(
    r"(?<![A-Za-z0-9._%+-])([A-Za-z0-9._%+-])[A-Za-z0-9._%+-]*([@＠][A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)"
)
# Eleven digits, however they are spaced, or the sign of an address: without it nothing above is there.
_NUMBERED = re.compile(r"(?:\d[ -]?){11}|[@＠]")

_IDENTITY_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_IDENTITY_CHECKS = "10X98765432"


def mask_text(text: str, names: Collection[str] = (), keep: frozenset[str] = frozenset()) -> str:
    """``text`` with numbers of people, e-mail addresses and ``names`` masked; names of one character are not.

    ``keep`` are telephone numbers, normalised, that stay: those of whoever the case is against.
    """
    if pattern := _kept(keep):
        # What is kept stands at every second place, with no digit beside it.
        parts = pattern.split(text)
        return "".join(part if index % 2 else mask_text(part, names) for index, part in enumerate(parts))
    # Again until nothing changes: a mask can lay bare the edge of another number. Each round has fewer to mask.
    while (masked := _once(text, names)) != text:
        text = masked
    return text


@cache
def _kept(numbers: frozenset[str]) -> re.Pattern[str] | None:
    """The numbers as they are written, with a country's code or without, with blanks and dashes or without."""
    spelt = (r"[ -]?".join(map(re.escape, one)) for one in sorted(numbers, key=lambda one: (-len(one), one)) if one)
    either = "|".join(spelt)
    return re.compile(rf"(?<!\d)((?:(?:\+|00)?86[ -]?)?(?:{either}))(?!\d)") if either else None


def _once(text: str, names: Collection[str]) -> str:
    if _NUMBERED.search(text):
        text = _without_numbers(text)
    pattern = _names(frozenset(names))
    return pattern.sub(lambda match: match[0][0] + STAR * (len(match[0]) - 1), text) if pattern else text


def _without_numbers(text: str) -> str:
    text = _EMAIL.sub(lambda match: f"{match[1]}{STAR * 3}{match[2]}", text)
    text = _IDENTITY.sub(lambda match: _if(is_identity_number, match[0], 3, 2), text)
    text = _MOBILE.sub(lambda match: _keep_ends(match[1], 3, 4), text)
    return _CARD.sub(lambda match: _if(is_card_number, match[0], 0, 4), text)


def _if(check: Callable[[str], bool], found: str, head: int, tail: int) -> str:
    return _keep_ends(found, head, tail) if check(found) else found


def _keep_ends(found: str, head: int, tail: int) -> str:
    kept = found.replace(" ", "").replace("-", "")
    return kept[:head] + STAR * (len(kept) - head - tail) + kept[len(kept) - tail :]


@cache
def _names(names: frozenset[str]) -> re.Pattern[str] | None:
    """The longest first, so that no name hides inside a shorter one's mask."""
    usable = {name.strip() for name in names if len(name.strip()) > 1 and STAR not in name}
    if not usable:
        return None
    return re.compile("|".join(re.escape(name) for name in sorted(usable, key=lambda n: (-len(n), n))), re.IGNORECASE)


def is_identity_number(text: str) -> bool:
    """18 characters whose last is the ISO 7064 MOD 11-2 check of the rest."""
    plain = re.sub(r"[ -]", "", text).upper().replace("Ｘ", "X")
    if not re.fullmatch(r"\d{17}[\dX]", plain):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(plain[:17], _IDENTITY_WEIGHTS, strict=True))
    last = plain[17] if plain[17] == "X" else str(int(plain[17]))
    return _IDENTITY_CHECKS[total % 11] == last


def is_card_number(text: str) -> bool:
    """15 to 19 digits that pass Luhn and are no 106 sender."""
    digits = [int(char) for char in text if char.isdigit()]
    if digits[:3] == [1, 0, 6]:
        return False
    doubled = [digit * 2 - 9 if digit > 4 else digit * 2 for digit in digits[-2::-2]]
    return 15 <= len(digits) <= 19 and (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def mask_list(
    listed: Iterable[Stored[Any]], names: Collection[str] | None = None, numbers: Mapping[str, str] | None = None
) -> list[Stored[Any]]:
    """What a list shows: each record masked, its numbers told apart. ``names`` and ``numbers`` (as of `told_apart`)

    are those of the list itself, where it is not one of several that are read together.
    """
    records = list(listed)
    known = collect_names(records) if names is None else names
    apart = told_apart(numbers_in(records)) if numbers is None else numbers
    return [replace(one, record=_apart(mask_record(one.record, known), one.record, apart)) for one in records]


def numbers_in(records: Iterable[Stored[Any]]) -> set[str]:
    """The numbers that contacts came from, or letters."""
    every = (_came_from(one.record) for one in records)
    return {one for one in every if one}


def _came_from(record: Any) -> str | None:
    came = getattr(record, "received", record)  # a letter that came holds the contact it was
    return getattr(came, "number", None)


def _apart(masked: Any, record: Any, numbers: Mapping[str, str]) -> Any:
    shown = numbers.get(_came_from(record) or "")
    if shown is None:
        return masked
    came = getattr(masked, "received", None)
    if came is not None:
        return changed(masked, {"received": changed(came, {"number": shown})})
    return masked if masked.number == shown else changed(masked, {"number": shown})


def told_apart(numbers: Iterable[str]) -> dict[str, str]:
    """Each number masked; different lines that then look the same have a letter each, in the order of the numbers."""
    lines: dict[str, dict[str, None]] = {}
    masks = {one: _mask_phone(one, (), frozenset()) for one in sorted(numbers, key=line_of)}
    for one, mask in masks.items():
        lines.setdefault(mask, {})[line_of(one)] = None
    places = {mask: list(known) for mask, known in lines.items()}
    return {
        one: f"{mask} {_letter(places[mask].index(line_of(one)))}" if len(places[mask]) > 1 else mask
        for one, mask in masks.items()
    }


def _letter(place: int) -> str:
    """A to Z, then AA."""
    return (_letter(place // 26 - 1) if place >= 26 else "") + chr(ord("A") + place % 26)


def mask_record(record: Record, names: Collection[str] = (), keep: frozenset[str] = frozenset()) -> Record:
    """The record with its sensitive fields masked; records inside it too. ``keep`` as in `mask_text`."""
    changes: dict[str, Any] = {}
    cls: Any = type(record)
    for name, kind in _maskable(cls):
        value = getattr(record, name)
        if value is None or value == ():
            continue
        masked = _masked(kind, value, names, keep)
        if masked != value:
            changes[name] = masked
    return changed(record, changes)


def _masked(kind: str | None, value: Any, names: Collection[str], keep: frozenset[str]) -> Any:
    if kind is None:
        return _mask_inside(value, names, keep)
    mask = _MASKS.get(kind, _mask_whole)
    if isinstance(value, tuple):
        return tuple(mask(item, names, keep) for item in value)
    return mask(value, names, keep) if isinstance(value, str) else value


@cache
def _maskable(cls: Any) -> tuple[tuple[str, str | None], ...]:
    """The fields that are masked with their kind, and with None those that hold records; most hold neither."""
    hints = field_types(cls)
    holds = {name for name, hint in hints.items() if inner_record(hint) or isinstance(hint, TypeVar)}
    kinds = ((one.name, one.metadata.get("sensitive")) for one in fields(cls))
    return tuple((name, kind) for name, kind in kinds if kind or name in holds)


def _mask_inside(value: Any, names: Collection[str], keep: frozenset[str]) -> Any:
    if isinstance(value, tuple):
        return tuple(mask_record(item, names, keep) for item in value)
    return mask_record(value, names, keep)


def _mask_name(value: str, *_: object) -> str:
    return value[:1] + STAR * (len(value) - 1) if len(value) > 1 else STAR * len(value)


def _mask_phone(value: str, _: Collection[str], keep: frozenset[str]) -> str:
    """Numbers of organisations and those to keep stay; of everybody else three digits in front and four behind."""
    plain = normalise(value)
    if is_official_looking(value) or plain in keep:
        return value
    return _keep_ends(plain, 3, 4) if len(plain) > 8 else STAR * len(plain)


def _mask_identity(value: str, *_: object) -> str:
    return _keep_ends(value, 3, 2) if len(value) > 8 else STAR * len(value)


def _mask_number(value: str, *_: object) -> str:
    return _keep_ends(value, 0, 4) if len(value) > 6 else STAR * len(value)


def _mask_address(value: str, *_: object) -> str:
    return value[:3] + STAR * 3


def _mask_email(value: str, *_: object) -> str:
    local, at, host = value.rpartition("@")
    return f"{local[:1]}{STAR * 3}{at}{host}" if local else STAR * 3


def _mask_whole(value: str, *_: object) -> str:
    return STAR * 3 if value else value


_MASKS: dict[str, Callable[[str, Collection[str], frozenset[str]], str]] = {
    "text": mask_text,
    "filename": mask_text,
    "name": _mask_name,
    "phone": _mask_phone,
    "id": _mask_identity,
    "number": _mask_number,
    "address": _mask_address,
    "email": _mask_email,
}

# Who somebody is to the borrower is no name: masked, it would only make the text unreadable.
_RELATION = (
    "我|的|母亲|父亲|妈妈|爸爸|父母|妻子|丈夫|老婆|老公|配偶|爱人|儿子|女儿|哥哥|弟弟|姐姐|妹妹|爷爷|奶奶"
    "|同事|朋友|老板|领导|邻居|亲戚|家人|单位|公司|村委会|居委会"
)
_EN_RELATIONS = frozenset({
    "my", "the", "mother", "father", "mum", "mom", "dad", "wife", "husband", "son", "daughter", "brother", "sister",
    "colleague", "friend", "boss", "employer", "neighbour",
})  # fmt: skip


def collect_names(records: Iterable[Record]) -> frozenset[str]:
    """The names of people that records (or stored records) mention in their name fields, to be masked in texts.

    A relation (母亲, my wife) is no name and is left out: 母亲李芳 gives 李芳.
    """
    return frozenset(name for value in _name_values(records) for name in _names_in(value))


def _name_values(records: Iterable[Record]) -> Iterator[str]:
    for item in records:
        record = item.record if isinstance(item, Stored) else item
        cls: Any = type(record)
        for name, kind in _maskable(cls):
            if kind == "name" and (value := getattr(record, name)):
                yield value


def _names_in(value: str) -> Iterator[str]:
    for piece in re.split(r"[、,，;；/()（）:：]+", value):
        name = without_relation(piece)
        if len(name) > 1:
            yield name


def without_relation(piece: str) -> str:
    """A name without the words that say who somebody is to the borrower; empty for a mere relation."""
    if piece.isascii():
        return " ".join(word for word in piece.split() if word.lower() not in _EN_RELATIONS)
    return re.sub(rf"^(?:{_RELATION}|\s)+|(?:{_RELATION}|\s)+$", "", piece)
