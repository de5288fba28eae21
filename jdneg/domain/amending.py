"""A record with some fields set anew from typed text: the whole new payload of an ``amend`` entry."""

from __future__ import annotations

import datetime as dt
import types
from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from jdneg.domain.codec import PLAIN_NUMBERS, encode, read_field
from jdneg.domain.ids import LocalRef, parse_id
from jdneg.domain.money import parse_amount
from jdneg.domain.naming import CHANNELS, TO_WHOM
from jdneg.domain.phrases import parse_duration
from jdneg.domain.plaintext import entered
from jdneg.domain.promises import read_sided_promise
from jdneg.domain.rate import Rate, parse_rate
from jdneg.domain.records.base import When
from jdneg.domain.records.promise import Promise
from jdneg.errors import BadChoice, InvalidValue, JdnegError, UnknownField, raise_all

_YES_NO = {"yes": True, "true": True, "是": True, "no": False, "false": False, "否": False}


def set_fields(record: Any, settings: Sequence[str], read_when: Callable[[str, bool], When]) -> Any:
    """``record`` with each ``field=value`` put in; an empty value makes the field unknown.

    ``read_when`` reads a time; with True as one that lies ahead. Raises every fault at once. Nested fields are
    reached by a dot: ``overdue.factor=1.5``; promises are ``lender:停止催收@2026-11-25``, parted by semicolons.
    """
    faults: list[JdnegError] = []
    for setting in settings:
        name, equals, text = setting.partition("=")
        try:
            if not equals:
                raise UnknownField(field=setting, known="field=value")
            record = _set(record, name.strip().replace("-", "_"), text.strip(), read_when)
        except JdnegError as error:
            faults.append(type(error)(**{"where": name.strip(), **error.facts}) if equals else error)
    raise_all(faults)
    return _held(record)


def _held(record: Any) -> Any:
    """What was put together from typed text is held to what a record from any other source is held to."""
    from jdneg.domain.schema import validate_part  # noqa: PLC0415 -- pydantic, for this alone

    return validate_part(type(record), encode(record))


def _set(record: Any, name: str, text: str, read_when: Callable[[str, bool], When]) -> Any:
    first, _, rest = name.partition(".")
    known = {one.name: one for one in fields(record)}
    if first not in known:
        raise UnknownField(field=name, known=", ".join(known))
    hint = _bare(get_type_hints(type(record))[first])
    if rest:
        inner = getattr(record, first) or (hint() if is_dataclass(hint) and isinstance(hint, type) else None)
        if not is_dataclass(inner):
            raise UnknownField(field=name, known=", ".join(known))
        return replace(record, **{first: _set(inner, rest, text, read_when)})
    return replace(record, **{first: _value(type(record), first, hint, text, read_when)})


def _bare(hint: Any) -> Any:
    """``X`` of ``X | None``; a union of two dates is left as it is."""
    if get_origin(hint) in (Union, types.UnionType):
        kinds = [one for one in get_args(hint) if one is not type(None)]
        return kinds[0] if len(kinds) == 1 else hint
    return hint


def _value(cls: type, name: str, hint: Any, text: str, read_when: Callable[[str, bool], When]) -> Any:
    if not text:
        default = next(one.default for one in fields(cls) if one.name == name)
        return default if default is None or default == () else _fault(name, text)
    text = entered(name, text)
    try:
        if name == "promises":
            return _promises(text, read_when)
        return _typed(cls, name, hint, text, read_when)
    except (ValueError, TypeError) as error:
        raise InvalidValue(value=text, flag=name) from error


def _typed(cls: type, name: str, hint: Any, text: str, read_when: Callable[[str, bool], When]) -> Any:
    if get_origin(hint) is tuple:
        parts = [part.strip() for part in text.replace("，", ",").split(",")]
        return read_field(cls, name, [_id(name, part) for part in parts] if _holds_ids(hint) else parts)
    if _holds_ids(hint):
        return read_field(cls, name, _id(name, text))
    if get_origin(hint) is Literal:
        return _chosen(name, hint, text)
    if hint is Decimal:
        return read_field(cls, name, text if name in PLAIN_NUMBERS else f"{parse_amount(text):f}")
    if hint is Rate:
        return parse_rate(text)
    if hint in (bool, int):
        return _yes_no(text) if hint is bool else _whole(name, text)
    if "datetime" in str(hint) or "date" in str(hint):
        return read_field(cls, name, read_when(text, name in _AHEAD).isoformat())
    return read_field(cls, name, text)


def _chosen(name: str, hint: Any, text: str) -> str:
    word = _CHINESE.get(name, {}).get(text, text)
    if word not in get_args(hint):
        raise BadChoice(value=text, choices=", ".join(get_args(hint)))
    return word


def _yes_no(text: str) -> bool:
    if text.lower() not in _YES_NO:
        raise BadChoice(value=text, choices="yes, no / 是, 否")
    return _YES_NO[text.lower()]


def _whole(name: str, text: str) -> int:
    """A number; a length of time in the words of one."""
    if name.endswith("_seconds"):
        return parse_duration(text)
    return int(text) if text.isdecimal() else int(_fault(name, text))


_CHINESE = {"channel": CHANNELS, "to_whom": TO_WHOM}
# What is yet to come when it is written down.
_AHEAD = frozenset({"next_at", "due", "valid_until", "first_due", "reply_by"})


def _promises(text: str, read_when: Callable[[str, bool], When]) -> tuple[Promise, ...]:
    parts = [part for part in text.replace("；", ";").split(";") if part.strip()]
    return tuple(read_sided_promise(part, "promises", lambda day: _day(day, read_when)) for part in parts)


def _day(text: str, read_when: Callable[[str, bool], When]) -> dt.date:
    """A day to come; a time of day would be lost."""
    when = read_when(text, True)
    return _fault("promises", text) if isinstance(when, dt.datetime) else when


def _holds_ids(hint: Any) -> bool:
    return hint is LocalRef or any(_holds_ids(one) for one in get_args(hint))


_KIND_OF = {"loan": "loan", "loans": "loan", "contact": "contact", "case": "case", "exhibits": "exhibit"}


def _id(name: str, text: str) -> str:
    return parse_id(text, _KIND_OF.get(name))


def _fault(name: str, text: str) -> Any:
    raise InvalidValue(value=text, flag=name)
